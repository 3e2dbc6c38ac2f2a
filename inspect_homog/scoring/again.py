"""A sample that is scored again: which of its scores counts, and what was said before.

Inspect appends a score under its scorer's name and a number (`quality1`), or, with `action="overwrite"`,
drops all earlier scores and their events without a trace. So a new score says itself what it follows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import Any

from inspect_ai.event import Event, ScoreEvent, SpanBeginEvent
from inspect_ai.log import transcript
from inspect_ai.scorer import Score

FORMER = "former"
"""Key in a score's metadata: the scores of the same scorer that came before it, oldest first."""

_BULKY = ("verdicts", "reasons", "notes", "checklist", FORMER)
"""What a summary of a former score leaves out."""


def latest_name(names: Iterable[str], scorer: str) -> str | None:
    """The last of the names under which Inspect keeps scores of a scorer: its own, then with a number."""
    found = [name for name in names if _is_of(name, scorer)]
    return found[-1] if found else None


def latest(scores: Mapping[str, Score] | None, scorer: str) -> Score | None:
    """A sample's latest score of a scorer, or None."""
    name = latest_name(scores or {}, scorer)
    return None if name is None else (scores or {})[name]


def former(scorer: str) -> dict[str, list[dict[str, Any]]]:
    """Metadata for a score that is being made: what earlier scorings said; empty at the first.

    Each of them is its values (None: unscored), and the judges or graders with their classes or grades, the
    rubric's version and the hash of the judge's prompt, as far as it had them.
    """
    found = former_in(transcript().events, scorer)
    return {FORMER: found} if found else {}


def former_in(events: Sequence[Event], scorer: str) -> list[dict[str, Any]]:
    """The same from the events of a sample, of which those of the scoring under way do not count."""
    starts = [place for place, one in enumerate(events) if isinstance(one, SpanBeginEvent)]
    under_way = next((place for place in reversed(starts) if _is_scoring(events[place])), len(events))
    before = [
        event.score
        for event in events[:under_way]
        if isinstance(event, ScoreEvent) and event.scorer and _is_of(event.scorer, scorer)
    ]
    earlier = list((before[0].metadata or {}).get(FORMER, [])) if before else []
    return earlier + [_summary(score) for score in before]


def _is_of(name: str, scorer: str) -> bool:
    return re.fullmatch(rf"{re.escape(scorer)}\d*", name) is not None


def _is_scoring(event: Event) -> bool:
    return isinstance(event, SpanBeginEvent) and event.name == "scorers"


def _summary(score: Score) -> dict[str, Any]:
    metadata = score.metadata or {}
    return {"value": _brief(score.value)} | {
        key: _brief(value) for key, value in metadata.items() if key not in _BULKY
    }


def _brief(value: Any) -> Any:
    """The value without what is bulky, and None for NaN."""
    if isinstance(value, Mapping):
        return {key: _brief(one) for key, one in value.items() if key not in _BULKY}
    if isinstance(value, list):
        return [_brief(one) for one in value]
    return None if isinstance(value, float) and isnan(value) else value
