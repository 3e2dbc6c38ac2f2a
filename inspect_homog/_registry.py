"""What Inspect loads through the entry point `inspect_ai`."""

from inspect_ai.model import ModelAPI, modelapi

from .preflight import load_ahead, preflight
from .recorded.slices import score_responses_in_slices
from .recorded.solver import recorded
from .sampling.classify import classify
from .sampling.paraphrase import paraphrase
from .sampling.regenerate import regenerate
from .sampling.strategy_first import strategy_first
from .sampling.system_prompt import system_prompt
from .sampling.temperature import temperature
from .sampling.verbalized import verbalized
from .scoring.agreement import judge_verdict
from .scoring.classification import classification
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

__all__ = [
    "advice",
    "classification",
    "classify",
    "classify_prompts",
    "correctness",
    "creative_writing",
    "embedded_models",
    "encyclopedia",
    "functional_diversity",
    "general_diversity",
    "homog",
    "judge_agreement",
    "judge_verdict",
    "load_ahead",
    "math",
    "novelty_bench",
    "paraphrase",
    "preflight",
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
    "underspecified",
    "verbalized",
    "well_specified",
]


@modelapi(name="homog")
def embedded_models() -> type[ModelAPI]:
    """Models that run inside this process: `homog/smollm2`."""
    from .embedded.smollm2 import SmolLM2API

    return SmolLM2API
