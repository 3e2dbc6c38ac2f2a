"""The models that judged or graded, and what they were told, as a record."""

from collections.abc import Iterable, Sequence

from ...judging.request import ASK_GROUPS, ASK_PAIR, INSTRUCTIONS, prompt_hash
from ...scoring.checklist import GRADE, MATERIAL
from ..run import Scored
from .figures import category_of
from .identity import model_id
from .metrics import METRICS
from .records import JudgeConfig, LlmScoring, ModelInfo

UNKNOWN = {"deployment_type": "unknown", "model_availability": "unknown"}
"""What a log does not say of a model, as Every Eval Ever wants it said."""

TEMPERATURE = {"temperature": "0 unless the role's own settings say otherwise"}
"""What is said of a judge model's temperature, which a log does not hold."""

EMBEDDED = "embedded"
"""Name of the judge that is no language model."""


def llm_scoring(key: str, scored: Sequence[Scored]) -> LlmScoring | None:
    """The language models behind a key over these prompts; None where there are none."""
    who = METRICS[key].models
    if who == "judges":
        known = judge_details(scored)
        names = [name for name, details in known.items() if name != EMBEDDED and "orders" in details]
        return _scoring(names, judge_prompt(scored), known) if names else None
    names = grader_names(scored) if who == "graders" else []
    template = GRADE.format(checklist="{checklist}", material=MATERIAL.format(nonce="{nonce}"))
    return _scoring(names, template, {}) if names else None


def judge_details(scored: Iterable[Scored]) -> dict[str, dict[str, str]]:
    """What identifies each judge further, by its name, in the order bound."""
    return {judged.judge: judged.details for one in scored for judged in one.judges}


def grader_names(scored: Iterable[Scored]) -> list[str]:
    """Names of the models that graded quality, in the order bound."""
    return list(dict.fromkeys(graded.grader for one in scored for graded in one.graders))


def judge_prompt(scored: Sequence[Scored]) -> str:
    """What the judges were told besides the material, with names in braces for what is filled in.

    The text is that of the installed package where its hash is the one in the log; else the hash stands for
    it. Over several categories the rubric is left open.
    """
    judged = [one for one in scored if one.prompt_hash]
    told = {(one.category, one.judging, one.prompt_hash, one.rubric_version) for one in judged}
    if len(told) != 1:
        return INSTRUCTIONS + "\n(The rubric is that of each category: see the results of the categories.)"
    ((_, judging, known, version),) = told
    category = category_of(judged[0])
    if known != prompt_hash(category, judging or ""):
        return f"The judge's prompt with the hash {known}, rubric version {version} (not the installed one)."
    asked = ASK_GROUPS if judging == "single_call" else ASK_PAIR
    return INSTRUCTIONS.format(nonce="{nonce}", title=category.title, rubric=category.rubric) + asked


def _scoring(names: Iterable[str], prompt: str, details: dict[str, dict[str, str]]) -> LlmScoring:
    judges = [
        JudgeConfig(
            model_info=ModelInfo(name=name, id=model_id(name), additional_details=dict(UNKNOWN)),
            additional_details=TEMPERATURE | details.get(name, {}),
        )
        for name in names
    ]
    return LlmScoring(judges=judges, input_prompt=prompt)
