"""Log-level figures of the judges: how each counted, how far they agree, what was abstained and saved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import Any, Literal, cast

from inspect_ai.scorer import Metric, MetricProtocol, SampleScore, Score, krippendorff_alpha, metric
from inspect_ai.solver import TaskState

from ..judging.judge import Pair
from ..judging.panel import JudgeResult
from .again import latest


@metric(scores="unreduced")
def panel() -> Metric:
    """Figures over all judged samples of all epochs.

    `abstention_rate` (share of questions without an answer), `intransitive` (mean share of triples in which a
    judge contradicts itself), `flip_rate` (share of pairs whose answer depended on the order, when both were
    asked), `calls`, `calls_saved`. With several judges also each judge's mean count (`unique_<judge>`) and
    their agreement: Krippendorff's alpha over the counts (`alpha_counts`, interval) and over the verdicts on
    pairs (`alpha_verdicts`, nominal).
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        tally = _Tally()
        for score in scores:
            tally.add(results_of(score.score))
        return tally.figures()

    return compute


DIVERSITY = "functional_diversity"
"""Where other scores carry the functional diversity of their sample, for statistics over both."""


def results_in(state: TaskState) -> list[JudgeResult]:
    """What each judge made of the sample, by its score of functional diversity; empty without one."""
    score = latest(state.scores, DIVERSITY)
    return results_of(score) if score else []


def diversity_in(state: TaskState) -> dict[str, float]:
    """That score's `diversity` as metadata for another score; nothing where it is missing."""
    score = latest(state.scores, DIVERSITY)
    value = score.value.get("diversity") if score and isinstance(score.value, dict) else None
    return {DIVERSITY: value} if isinstance(value, float | int) and not isnan(value) else {}


def diversity_of(score: Score) -> float:
    """The functional diversity that a score carries, or NaN."""
    return float((score.metadata or {}).get(DIVERSITY, nan))


def results_of(score: Score) -> list[JudgeResult]:
    """What each judge made of a sample, read back from its score."""
    metadata: Mapping[str, Any] = score.metadata or {}
    return [JudgeResult.model_validate(result) for result in metadata.get("judges", [])]


@dataclass
class _Tally:
    """Sums over samples. Their verdicts are not kept: of 100,000 prompts they would fill gigabytes."""

    asked: int = 0
    abstained: int = 0
    calls: int = 0
    saved: int = 0
    triples: list[float] = field(default_factory=list)
    flips: Counter[bool] = field(default_factory=Counter)
    counts: dict[str, list[int]] = field(default_factory=dict)
    """Each judge's counts."""
    counted: Counter[tuple[int, ...]] = field(default_factory=Counter)
    """How often the judges' counts of a sample were these, in the order of size."""
    answered: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How often their answers on a pair were these, in the order of the alphabet."""

    def add(self, results: Sequence[JudgeResult]) -> None:
        """Add one sample."""
        for result in results:
            self.asked += result.asked
            self.abstained += result.abstained
            self.calls += result.calls
            self.saved += result.calls_saved
            self.triples += [] if result.intransitive is None else [result.intransitive]
            self.flips.update(v.flipped for v in result.verdicts if v.flipped is not None)
            self.counts.setdefault(result.judge, []).extend([] if result.unique is None else [result.unique])
        self.counted[tuple(sorted(r.unique for r in results if r.unique is not None))] += 1
        self.answered.update(_ratings(results))

    def figures(self) -> dict[str, float]:
        """The figures by name; empty without a judge."""
        if not self.counts:
            return {}
        figures = {"calls": float(self.calls), "calls_saved": float(self.saved)}
        if self.asked:
            figures["abstention_rate"] = self.abstained / self.asked
        if self.triples:
            figures["intransitive"] = sum(self.triples) / len(self.triples)
        if self.flips:
            figures["flip_rate"] = self.flips[True] / self.flips.total()
        return figures | (self._agreement() if len(self.counts) > 1 else {})

    def _agreement(self) -> dict[str, float]:
        means = {f"unique_{name}": sum(own) / len(own) for name, own in self.counts.items() if own}
        alphas = {
            "alpha_counts": alpha("interval", self.counted.elements()),
            "alpha_verdicts": alpha("nominal", self.answered.elements()),
        }
        return means | {name: value for name, value in alphas.items() if not isnan(value)}


def _ratings(results: Sequence[JudgeResult]) -> list[tuple[str, ...]]:
    """For each pair, the answers of the judges that gave one."""
    pairs: dict[Pair, list[str]] = {}
    for result in results:
        for verdict in result.verdicts:
            if verdict.answer is not None:
                pairs.setdefault(verdict.pair, []).append(verdict.answer)
    return [tuple(sorted(answers)) for answers in pairs.values()]


def alpha(level: Literal["nominal", "interval"], ratings: Iterable[Sequence[Any]]) -> float:
    """Krippendorff's alpha, 1 at best, of units each rated by several; NaN where it has no value.

    Args:
        level: What the ratings are.
        ratings: The ratings of each unit, in any order; a unit with fewer than two says nothing.
    """
    units: list[SampleScore] = []
    # The units that are rated alike share one object: there may be millions of them.
    for unit, times in Counter(tuple(sorted(unit)) for unit in ratings if len(unit) > 1).items():
        units += [SampleScore(score=Score(value=list(unit)))] * times
    found = cast(MetricProtocol, krippendorff_alpha(level))(units)
    return found if isinstance(found, float) else nan
