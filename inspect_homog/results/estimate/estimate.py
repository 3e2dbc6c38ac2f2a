"""From a plan to its calls, tokens and costs: each prompt is rehearsed, and the sums are taken."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from inspect_ai.dataset import Sample
from rich.console import Console
from rich.progress import track

from ...recorded.dataset import RECORD
from ...sampling.records import Response, ResponseSet
from ...sampling.strategies import SAMPLERS
from ...sampling.strategy import fill
from ...scoring.asked import asked_in, prompt_text
from ...taxonomy.category import GENERAL
from .assumptions import CHARS_A_TOKEN, Sizes, assumptions
from .grading import scorer_askings
from .plan import Drawing, Plan
from .prices import Prices, cost_of
from .records import NONE, Asking, Calls, Estimate, Line
from .rehearsal import Rehearsal, classify_asking, state_of

Key = tuple[str, str, str]
"""Role, model and purpose of a line."""


@dataclass
class _Sum:
    """What a line adds up to."""

    calls: Calls = NONE
    input_tokens: float = 0
    output_tokens: float = 0


@dataclass
class _Sums:
    """The lines of an estimate as they grow."""

    most_output: int
    lines: dict[Key, _Sum] = field(default_factory=dict)

    def add(self, role: str, model: str, asking: Asking, times: int) -> None:
        """Add one prompt's calls to a model, so many times."""
        line = self.lines.setdefault((role, model, asking.purpose), _Sum())
        number = asking.calls.expected * times
        output = asking.output_chars / CHARS_A_TOKEN
        line.calls += asking.calls.times(times)
        line.input_tokens += number * asking.input_chars / CHARS_A_TOKEN
        line.output_tokens += number * (min(output, self.most_output) if role == "target" else output)


def estimate(plan: Plan, prices: Prices, sizes: Sizes) -> Estimate:
    """What the run asks for.

    Args:
        plan: The run.
        prices: What models cost.
        sizes: How long responses are.
    """
    sums, rounds = _Sums(sizes.max_tokens), 0
    for sample in track(plan.samples, "Estimating", console=Console(stderr=True), transient=True):
        rounds = max(rounds, asyncio.run(_add_prompt(sample, plan, sizes, sums)))
    lines = list(_lines(sums, prices))
    return Estimate(
        task=plan.task,
        prompts=len(plan.samples),
        epochs=plan.epochs,
        lines=lines,
        rounds=rounds,
        assumptions=assumptions(plan, sizes, lines),
    )


async def _add_prompt(sample: Sample, plan: Plan, sizes: Sizes, sums: _Sums) -> int:
    """Add the calls for one prompt; returns its rounds."""
    state = state_of(sample)
    draws = Rehearsal(
        n=plan.responses.num_responses if isinstance(plan.responses, Drawing) else 0,
        prompt=len(prompt_text(state)),
        response=sizes.response_tokens * CHARS_A_TOKEN,
        category=str(state.metadata.get("category") or GENERAL),
    )
    before: list[Asking] = []
    if isinstance(plan.responses, Drawing):
        drawing = plan.responses
        sampler, n = SAMPLERS[drawing.strategy], drawing.num_responses
        await fill(state, drawing.strategy, sampler, n, drawing.choice, draws)
    else:
        recorded = plan.responses[state.metadata[RECORD]].responses
        state.store_as(ResponseSet).responses = [Response(text=text) for text in recorded]
        before = [] if state.metadata.get("category") else [classify_asking(state.messages, plan.taxonomy)]
    for model in plan.models:
        for asking in draws.made:
            sums.add("target", model, asking, plan.epochs)
    once, each, rounds = scorer_askings(asked_in(state), plan)
    for asking in once:
        sums.add("grader", plan.graders[0], asking, 1)
    for model in plan.graders:
        for asking in [*before, *each]:
            sums.add("grader", model, asking, plan.runs)
    return draws.rounds + rounds + (len(before) if plan.graders else 0)


def _lines(sums: _Sums, prices: Prices) -> Iterator[Line]:
    for (role, model, purpose), found in sorted(sums.lines.items(), key=lambda line: line[0][0] == "grader"):
        yield Line(
            role="target" if role == "target" else "grader",
            model=model,
            purpose=purpose,
            calls=found.calls,
            input_tokens=found.input_tokens,
            output_tokens=found.output_tokens,
            cost=cost_of(prices, model, found.input_tokens, found.output_tokens),
        )
