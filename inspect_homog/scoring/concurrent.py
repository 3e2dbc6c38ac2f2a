"""Scorers that do their slow work side by side, where Inspect runs one scorer after the other."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar, cast

from inspect_ai.scorer import Score, Scorer, Target
from inspect_ai.solver import TaskState
from inspect_ai.util import collect

T = TypeVar("T")


class ConcurrentScorer(Generic[T]):
    """A scorer in two steps: `prepare` asks models, `conclude` makes the score and may read earlier ones.

    When it is one of a group (`together`), the first scorer that Inspect runs on a sample prepares all of
    them at once, so that a group takes as many rounds of model calls as its slowest member. Alone, as in
    re-scoring by a single scorer, it just prepares and concludes.
    """

    def __init__(
        self,
        prepare: Callable[[TaskState, Target], Awaitable[T]],
        conclude: Callable[[TaskState, T], Score],
    ) -> None:
        self._prepare = prepare
        self._conclude = conclude
        self._group: Sequence[ConcurrentScorer[object]] = [cast(ConcurrentScorer[object], self)]
        self._prepared: dict[str, T] = {}

    async def __call__(self, state: TaskState, target: Target) -> Score:
        """The sample's score."""
        if state.uuid not in self._prepared:
            found = await collect(*[scorer._prepare(state, target) for scorer in self._group])
            for scorer, prepared in zip(self._group, found, strict=True):
                scorer._prepared[state.uuid] = prepared
        return self._conclude(state, self._prepared.pop(state.uuid))


def together(scorers: Sequence[Scorer]) -> list[Scorer]:
    """The scorers, made to prepare at once where they are of this package; others run in their turn."""
    group = [scorer for scorer in scorers if isinstance(scorer, ConcurrentScorer)]
    for scorer in group:
        scorer._group = group
    return list(scorers)
