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
    from .sampling.paraphrase import paraphrase
    from .sampling.records import Response, ResponseSet
    from .sampling.regenerate import regenerate
    from .sampling.strategy_first import strategy_first
    from .sampling.system_prompt import system_prompt
    from .sampling.temperature import temperature
    from .sampling.verbalized import verbalized
    from .scoring.functional_diversity import functional_diversity
    from .tasks import (
        advice,
        classify_prompts,
        creative_writing,
        encyclopedia,
        judge_agreement,
        math,
        problem_solving,
        random_generation,
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
    "creative_writing": "tasks",
    "encyclopedia": "tasks",
    "functional_diversity": "scoring.functional_diversity",
    "judge_agreement": "tasks",
    "load_categories": "taxonomy.category",
    "load_category": "taxonomy.category",
    "load_pairs": "prompts.pairs",
    "load_prompts": "prompts.load",
    "math": "tasks",
    "paraphrase": "sampling.paraphrase",
    "problem_solving": "tasks",
    "random_generation": "tasks",
    "regenerate": "sampling.regenerate",
    "strategy_first": "sampling.strategy_first",
    "system_prompt": "sampling.system_prompt",
    "temperature": "sampling.temperature",
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
    "creative_writing",
    "encyclopedia",
    "functional_diversity",
    "judge_agreement",
    "load_categories",
    "load_category",
    "load_pairs",
    "load_prompts",
    "math",
    "paraphrase",
    "problem_solving",
    "random_generation",
    "regenerate",
    "strategy_first",
    "system_prompt",
    "temperature",
    "underspecified",
    "verbalized",
    "well_specified",
]


def __getattr__(name: str) -> Any:
    """Import a public name from the file that defines it."""
    if name not in _HOME:
        raise AttributeError(f"module 'inspect_homog' has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
