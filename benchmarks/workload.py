"""The standard workload, as task files that `inspect eval` runs: draw n responses a prompt, judge every pair.

inspect eval benchmarks/workload.py@draw_and_judge --model ... --model-role grader=a,b,c
"""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample

from benchmarks.beside import beside
from inspect_homog import functional_diversity, temperature


def stories(count: int) -> MemoryDataset:
    """Prompts of one category, none of which needs a file."""
    category = {"category": "creative_writing"}
    asked = [f"Write a story of under 100 words about lighthouse number {i}." for i in range(1, count + 1)]
    return MemoryDataset([Sample(id=i, input=text, metadata=category) for i, text in enumerate(asked, 1)])


@task
def draw_and_judge(prompts: int = 100, num_responses: int = 5, judging: str = "pairs") -> Task:
    """Two rounds: all draws of a prompt, then all questions about it to all judges."""
    return Task(
        dataset=stories(prompts),
        solver=temperature(num_responses),
        scorer=functional_diversity(judging=judging),
    )


@task
def draw(prompts: int = 100, num_responses: int = 5) -> Task:
    """The draws alone."""
    return Task(dataset=stories(prompts), solver=temperature(num_responses))


@task
def draw_as_inspect_evals(prompts: int = 100, num_responses: int = 5) -> Task:
    """The draws alone, by the solver of `inspect_evals/novelty_bench`."""
    with beside():
        from inspect_evals.novelty_bench.novelty_bench import multiple_generator

    return Task(dataset=stories(prompts), solver=multiple_generator(num_responses))
