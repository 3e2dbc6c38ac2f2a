"""Task-dependent functional diversity for Inspect AI (arXiv 2509.21267).

The names below are the public API for use in your own tasks. They are resolved on first use, so that
importing the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import HomogError
    from .judging.embedded import EmbeddedJudge
    from .judging.judge import Judge, Question, Verdict
    from .judging.llm import LLMJudge
    from .prompts.load import load_prompts
    from .prompts.pairs import load_pairs
    from .recorded.slices import score_responses_in_slices
    from .recorded.solver import recorded
    from .sampling.paraphrase import paraphrase
    from .sampling.records import Response, ResponseSet
    from .sampling.regenerate import regenerate
    from .sampling.strategy_first import strategy_first
    from .sampling.system_prompt import system_prompt
    from .sampling.temperature import temperature
    from .sampling.verbalized import verbalized
    from .scoring.concurrent import together
    from .scoring.correctness import correctness
    from .scoring.functional_diversity import functional_diversity
    from .scoring.general_diversity import general_diversity
    from .scoring.novelty_bench import novelty_bench
    from .scoring.quality import quality
    from .tasks import (
        advice,
        classify_prompts,
        creative_writing,
        encyclopedia,
        homog,
        judge_agreement,
        math,
        problem_solving,
        random_generation,
        score_responses,
        underspecified,
        well_specified,
    )
    from .taxonomy.category import Category, load_categories, load_category

_HOME = {
    "Category": "taxonomy.category",
    "EmbeddedJudge": "judging.embedded",
    "HomogError": "errors",
    "Judge": "judging.judge",
    "LLMJudge": "judging.llm",
    "Question": "judging.judge",
    "Response": "sampling.records",
    "ResponseSet": "sampling.records",
    "Verdict": "judging.judge",
    "advice": "tasks",
    "classify_prompts": "tasks",
    "correctness": "scoring.correctness",
    "creative_writing": "tasks",
    "encyclopedia": "tasks",
    "functional_diversity": "scoring.functional_diversity",
    "general_diversity": "scoring.general_diversity",
    "homog": "tasks",
    "judge_agreement": "tasks",
    "load_categories": "taxonomy.category",
    "load_category": "taxonomy.category",
    "load_pairs": "prompts.pairs",
    "load_prompts": "prompts.load",
    "math": "tasks",
    "novelty_bench": "scoring.novelty_bench",
    "paraphrase": "sampling.paraphrase",
    "problem_solving": "tasks",
    "quality": "scoring.quality",
    "random_generation": "tasks",
    "recorded": "recorded.solver",
    "regenerate": "sampling.regenerate",
    "score_responses": "tasks",
    "score_responses_in_slices": "recorded.slices",
    "strategy_first": "sampling.strategy_first",
    "system_prompt": "sampling.system_prompt",
    "temperature": "sampling.temperature",
    "together": "scoring.concurrent",
    "underspecified": "tasks",
    "verbalized": "sampling.verbalized",
    "well_specified": "tasks",
}

__all__ = [
    "Category",
    "EmbeddedJudge",
    "HomogError",
    "Judge",
    "LLMJudge",
    "Question",
    "Response",
    "ResponseSet",
    "Verdict",
    "advice",
    "classify_prompts",
    "correctness",
    "creative_writing",
    "encyclopedia",
    "functional_diversity",
    "general_diversity",
    "homog",
    "judge_agreement",
    "load_categories",
    "load_category",
    "load_pairs",
    "load_prompts",
    "math",
    "novelty_bench",
    "paraphrase",
    "problem_solving",
    "quality",
    "random_generation",
    "recorded",
    "regenerate",
    "score_responses",
    "score_responses_in_slices",
    "strategy_first",
    "system_prompt",
    "temperature",
    "together",
    "underspecified",
    "verbalized",
    "well_specified",
]


def __getattr__(name: str) -> Any:
    """Import a public name from the file that defines it."""
    if name not in _HOME:
        raise AttributeError(f"module 'inspect_homog' has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
