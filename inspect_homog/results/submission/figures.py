"""The figures of one row, computed again from what stands in it."""

from collections.abc import Sequence
from math import isnan

from ...judging.panel import conclude
from ...languages import words
from ...scoring import functional_diversity, quality
from ...scoring.correctness import KEYS as CHECKED
from ...scoring.measures import distinct_n, jaccard_distance, mean_or_nan, mean_over_pairs
from ...taxonomy.category import Category, general_category, load_category
from ..run import Judged, Scored
from .metrics import STORED, upper_bound

ROUNDING = 1e-9
"""How far above its bound a figure may be for want of exact arithmetic; it is then put on it."""


def recomputed(scored: Scored) -> Scored:
    """The row with classes, counts and figures that follow from its responses, verdicts, grades and checks.

    The keys of `metrics.STORED` are kept as they are.

    Raises:
        HomogError: When the category is unknown.
    """
    usable = [place for place, response in enumerate(scored.responses) if response.usable]
    texts = [scored.responses[place].text for place in usable]
    judges = [_judged(judged, texts, scored.judging) for judged in scored.judges] if texts else []
    again = scored.model_copy(update={"usable": usable, "judges": judges})
    figures = _figures(again, texts)
    return again.model_copy(
        update={
            "figures": figures,
            "unscored": None if "unique" in figures else scored.unscored or "unscored",
        }
    )


def category_of(scored: Scored) -> Category:
    """The category of a prompt, as it is defined there or else installed; the general one outside.

    Raises:
        HomogError: When the category is unknown.
    """
    if scored.definition is not None:
        return scored.definition
    return general_category() if scored.category is None else load_category(scored.category)


def _judged(judged: Judged, texts: Sequence[str], judging: str | None) -> Judged:
    classes, pairwise = conclude(judged.verdicts, texts)
    update = {
        "classes": classes,
        "unique": None if classes is None else len(set(classes)),
        "pairwise": pairwise,
    }
    if judging != "single_call":  # where one question sorts all, verdicts are not what was asked
        missing = sum(verdict.answer is None for verdict in judged.verdicts)
        update |= {"asked": len(judged.verdicts), "abstained": missing}
    return judged.model_copy(update=update)


def _figures(scored: Scored, texts: Sequence[str]) -> dict[str, float]:
    figures = {"obtained": float(len(texts))}
    if texts:
        if scored.judges:
            figures |= functional_diversity.values(scored.judges, len(texts), category_of(scored))
        if scored.graders:
            figures |= quality.values(scored.graders, [judged.classes for judged in scored.judges])
        if scored.category in CHECKED and scored.correct:
            share = "accuracy" if "accuracy" in CHECKED[scored.category] else "validity"
            figures[share] = mean_or_nan(scored.correct)
        split = [words(text) for text in texts]
        figures["vocabulary"] = mean_over_pairs([frozenset(one) for one in split], jaccard_distance)
        figures["distinct_n"] = distinct_n(split)
        figures |= {
            key: _bounded(key, value, scored.requested)
            for key, value in scored.figures.items()
            if key in STORED
        }
    return {key: float(value) for key, value in figures.items() if not isnan(value)}


def _bounded(key: str, value: float, n: int) -> float:
    upper = upper_bound(key, n)
    return upper if upper < value <= upper + ROUNDING else value
