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
    from .sampling.records import Response, ResponseSet
    from .sampling.strategy_first import strategy_first
    from .sampling.temperature import temperature
    from .scoring.functional_diversity import functional_diversity
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
    "functional_diversity": "scoring.functional_diversity",
    "load_categories": "taxonomy.category",
    "load_category": "taxonomy.category",
    "load_prompts": "prompts.load",
    "strategy_first": "sampling.strategy_first",
    "temperature": "sampling.temperature",
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
    "functional_diversity",
    "load_categories",
    "load_category",
    "load_prompts",
    "strategy_first",
    "temperature",
]


def __getattr__(name: str) -> Any:
    """Import a public name from the file that defines it."""
    if name not in _HOME:
        raise AttributeError(f"module 'inspect_homog' has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
