"""Does a response give one of the known answers? Rules for names, options and patterns; no model is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Literal

from ..judging.answer_text import clause_rank, marked_spans, split_clauses
from ..judging.lexicon import REFUSAL
from ..judging.text import strip_frame
from ..languages import fold, is_unspaced, pattern

Answers = Sequence[str | Sequence[str]]
"""Known answers, each as text or as the list of its names."""

SHORT = 3
"""A word of fewer letters counts within a sentence only right after a cue such as "I pick".

Not where a character is a word, as in Chinese."""

DENIED_WITHIN = 3
"""Words before a name in which a denial makes the mention no answer."""

PATTERN_SECONDS = 2.0
"""How long a pattern may be matched with one response."""

LONGEST = 12
"""Words of the longest name that is found within a sentence."""

_DENIAL = frozenset({"not", "never", "isnt", "wasnt", "unlike", "except", "nor", "than", "without", "no"})
_CUES = frozenset(
    {"say", "pick", "choose", "chose", "select", "with", "is", "drew", "rolled", "got", "its", "name"}
)
_APOSTROPHES = re.compile(r"['’‘`ʻʼ´]")
_TOKEN = r"UNSPACED\p{M}*|(?:(?!UNSPACED)[\w\p{N}])+(?:[.,:/]\d+)*|[^\w\p{N}\s]"
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_LABEL = re.compile(r"^(?:(?:my|the|final)\s+)*(?:answer|pick|choice)\s*(?:is|:)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """What the rules found in a response."""

    how: Literal["exact", "stated", "several", "none", "refused", "too slow"]
    """The response is an answer; it states one; it names several; it names none; it declines;
    its pattern takes too long."""

    answer: int | None = None
    """Which of the known answers, or None."""


def find_known(text: str, answers: Answers) -> Match:
    """Which known answer the response gives.

    `exact` when nothing else is said, or in the last line (but for case, accents, punctuation, articles, a
    label such as "Answer:").
    Otherwise the first place that names any decides: what is set in bold or quoted, then a clause that
    announces a pick, then the others in their order, then the whole. A name that is part of a longer known
    name there, or that is denied, does not count.
    """
    names = [(i, _joined(normal(name))) for i, known in enumerate(answers) for name in _names(known)]
    core = strip_frame(text).strip()
    for candidate in (core, _LABEL.sub("", core), core.splitlines()[-1] if core else ""):
        if found := [i for i, name in names if name and name == _joined(normal(candidate))]:
            return Match("exact", found[0])
    spans = marked_spans(core)
    clauses = sorted(split_clauses(core), key=lambda clause: clause_rank(clause, frozenset()))
    for place, whole in [*((span, True) for span in spans), *((part, False) for part in [*clauses, core])]:
        mentioned = _mentioned(place, names, whole)
        if len(mentioned) > 1:
            return Match("several")
        if mentioned:
            return Match("stated", mentioned.pop())
    return Match("refused" if REFUSAL.search(text) else "none")


def find_pattern(text: str, pattern: str) -> tuple[Match, str | None]:
    """The first part of the response that matches the pattern in full, case ignored: exact or stated.

    The parts are the whole response, what is set in bold or quoted, the clauses, and the words. A pattern
    that would run for long on this response leaves it undecided.
    """
    import regex  # type: ignore[import-untyped]  # knows time limits, which `re` does not; slow to import

    compiled = regex.compile(pattern, regex.IGNORECASE)
    core = strip_frame(text).strip()
    whole = _LABEL.sub("", core).strip(" .!*`\"'")
    end = monotonic() + PATTERN_SECONDS
    try:
        if compiled.fullmatch(whole, timeout=PATTERN_SECONDS):
            return Match("exact", 0), whole
        for part in dict.fromkeys([*marked_spans(core), *split_clauses(core), *core.split()]):
            stripped = part.strip(" .,;:!?*`\"'()“”")
            if compiled.fullmatch(stripped, timeout=max(0.01, end - monotonic())):
                return Match("stated", 0), stripped
    except TimeoutError:
        return Match("too slow"), None
    return Match("refused" if REFUSAL.search(text) else "none"), None


def normal(text: str) -> str:
    """The text without case, accents, apostrophes, markup and outer articles: tokens, blanks between."""
    folded = _APOSTROPHES.sub("", fold(text)).casefold()
    tokens = [
        token for token in pattern(_TOKEN).findall(folded) if token[0].isalnum() or token in "#♠♥♦♣♤♡♢♧"
    ]
    return _ARTICLE.sub("", " ".join(tokens))


def _names(known: str | Sequence[str]) -> Sequence[str]:
    return [known] if isinstance(known, str) else known


def _joined(normalised: str) -> str:
    """Without blanks, so that "north-east", "north east" and "northeast" are one name."""
    return normalised.replace(" ", "")


def _mentioned(place: str, names: Sequence[tuple[int, str]], whole: bool) -> set[int]:
    """The answers that the place names and does not deny; the longest name wins where names overlap."""
    tokens = normal(place).split()
    runs: dict[str, list[tuple[int, int]]] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + LONGEST) + 1):
            runs.setdefault("".join(tokens[start:end]), []).append((start, end))
    found: set[int] = set()
    taken = [False] * len(tokens)
    for answer, name in sorted(names, key=lambda entry: -len(entry[1])):
        for start, end in runs.get(name, []):
            before = tokens[max(0, start - DENIED_WITHIN) : start]
            short = len(name) < SHORT and name.isalpha() and not is_unspaced(name)
            hidden = short and not whole and _CUES.isdisjoint(before[-1:])
            if not hidden and not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                if _DENIAL.isdisjoint(before):
                    found.add(answer)
    return found
