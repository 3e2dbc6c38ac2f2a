"""Where a short response says its answer: cuts it to that clause, and takes out the prompt's words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lexicon import (
    ALIASES,
    FILLER,
    GLUE,
    HEDGES,
    MEASURES,
    NEGATORS,
    PRELUDES,
    STOP,
    canonical_tokens,
    is_number,
    stem,
)
from .text import sentences, strip_frame, words

_BOLD = re.compile(r"\*\*([^*\n]{1,80})\*\*(?!\s*:)")
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{1,60})[\"”]")
_CLAUSE_END = re.compile(r"(?<=[^\s.][^\s.])[.!?…]{1,20}(?=\s|$)|[;\n()—–]|\s-\s|,(?!\d{3}\b)(?!\s*\d{4}\b)")
LABEL = re.compile(r"(?m)^[^:\n]{0,80}:(?!\d\d)(?=\s*\n|\s*\S+(?:\s+\S+){0,4}\s*$)")
"""What stands before a colon at the end of a line, or in front of at most five words."""
NARROW_LABEL = re.compile(r"(?m)^[^:\n]{0,80}:(?!\d\d)(?=\s*\n|\s*\S+(?:\s+\S+){0,2}\s*$)")
"""The same in front of at most three words, which are no clause of their own."""
_OPTIONS = re.compile(r"\bor\b|,[^,]*,|\b(?:from|among|between)\b[^.?!]{0,300},")
_SUBJECT = re.compile(r"((?:\S+\s+){1,4}?)(?:is|are|was|were)\b")
_CUE = re.compile(
    r"\bi(?:['’]ll|['’]d|['’]ve| will| would)? (?:say|pick(?:ed)?|choose|chose|select(?:ed)?|go(?:ing)? with|"
    r"drew|rolled|got|guess(?:ed)?)\b|\b(?:answer|result|pick|choice|outcome) (?:is|was)\b|"
    r"\bland(?:s|ed) on\b|\byou (?:rolled|drew|got)\b",
    re.IGNORECASE,
)


def _without_e(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


_STEMMED_ALIASES = {_without_e(stem(word)): name for word, name in ALIASES.items()}


@dataclass(frozen=True)
class Asked:
    """What a prompt says already."""

    words: frozenset[str]
    """Its words, but for the options: they are no part of an answer."""

    options: frozenset[str]
    """Words of the clauses that offer options."""


@dataclass(frozen=True)
class Found:
    """The answer of one response."""

    tokens: tuple[str, ...]
    """Content tokens of the clause that holds it, in order."""

    names: frozenset[str]
    """Those written with a capital."""

    inside: frozenset[tuple[str, str]]
    """Neighbours within one compound or name: ("blue", "whale")."""

    rest: frozenset[str]
    """Content tokens of the whole response."""

    hedged: bool
    """Whether the clause leaves several candidates open."""

    denied: bool
    """Whether the clause is negated."""

    weak: bool = False
    """Whether the clause says it only in passing, or describes it."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Number tokens of the clause."""
        return tuple(token for token in self.tokens if is_number(token))

    @property
    def plain(self) -> tuple[str, ...]:
        """The other tokens of the clause, but for units of measure next to a number."""
        units = MEASURES if self.numbers else {}
        return tuple(token for token in self.tokens if not is_number(token) and token not in units)

    @property
    def first_name(self) -> tuple[str, ...]:
        """The first name of the clause: neighbouring tokens with a capital."""
        run: list[str] = []
        for token in self.tokens:
            if token in self.names and (not run or (run[-1], token) in self.inside):
                run.append(token)
            elif run:
                break
        return tuple(run)


def marked_spans(text: str) -> list[str]:
    """Short spans that a response sets off: bold ones, else those quoted in its first sentence."""
    spans = _BOLD.findall(text) or _QUOTED.findall(sentences(text)[0])
    return [span for span in spans if len(span.split()) <= 8 and not span.rstrip().endswith(":")]


def find_answer(text: str, asked: Asked, parts: Sequence[str] | None = None) -> Found:
    """The answer of a response: its first marked span or clause that says more than the prompt does.

    Without any such clause, the prompt's own words are the answer; without words, the names of emoji.

    Args:
        text: The response.
        asked: What the prompt says.
        parts: Where to look instead, best first.
    """
    core = strip_frame(text)
    rest = frozenset(residue(core, frozenset()))
    clauses = sorted(split_clauses(core), key=lambda clause: clause_rank(clause, asked.options))
    spans = marked_spans(core) if parts is None else parts
    for places, without in ((spans, asked.words), (clauses, asked.words), (clauses, frozenset[str]())):
        for clause in places:
            if tokens := residue(clause, without, asked.options):
                return _found(clause, tokens, core, rest)
    emoji = [unicodedata.name(c, "").lower() for c in text if unicodedata.category(c) == "So"]
    tokens = residue(" ".join(emoji), frozenset()) or canonical_tokens(core)[:3]
    return _found("", tokens, core, rest)


def _found(clause: str, tokens: tuple[str, ...], core: str, rest: frozenset[str]) -> Found:
    capital = {normal(t) for w in words(clause) if w[:1].isupper() for t in canonical_tokens(w)}
    lower = {normal(t) for w in words(core) if w[:1].islower() for t in canonical_tokens(w)}
    inside, last, known = set(), "", set(tokens)  # a tuple would make it quadratic
    for token in map(normal, canonical_tokens(clause)):
        if token in known:
            inside.add((last, token))
            last = token
        elif token not in GLUE:
            last = ""
    names = {token for token in tokens if token in capital - lower}
    subject = _SUBJECT.match(clause)
    if subject and residue(clause.split()[0], frozenset())[:1] == tokens[:1]:
        names.update(set(residue(subject[1], frozenset())) & set(tokens))
    negators = sum(token in NEGATORS for token in canonical_tokens(clause))
    named = frozenset(name for name in names if not is_number(name))
    hedged = bool(HEDGES.search(clause))
    return Found(tokens, named, frozenset(inside), rest, hedged, bool(negators % 2))


def read_prompt(prompt: str) -> Asked:
    """The prompt's words and the options that it offers."""
    words: set[str] = set()
    options: set[str] = set()
    for part in re.split(r"[:;.?!—\n]", prompt):
        if _OPTIONS.search(part):
            options.update(
                residue(part, frozenset()), map(normal, re.findall(r"\w+(?= or )|(?<= or )\w+", part))
            )
        else:
            words.update(map(normal, canonical_tokens(part)))
    return Asked(frozenset(words), frozenset(options))


def normal(token: str) -> str:
    """The stem of a token, or of the first of its second names, without an "e" that plurals lose."""
    if is_number(token):
        return token
    named = ALIASES.get(token) or _STEMMED_ALIASES.get(_without_e(stem(token))) or stem(token)
    return f"{named[:-3]}ter" if named.endswith("tre") else _without_e(named)


def residue(text: str, asked: frozenset[str], kept: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Content tokens of a text that are neither the prompt's nor small talk, and those to be kept anyway."""
    tokens = list(canonical_tokens(text))
    if tokens[-1:] == ["one"]:
        tokens[-1] = "1"
    sized = {token for last, token in pairwise(tokens) if is_number(last)} & MEASURES.keys()
    content = [
        normal(t) for t in tokens if t in sized or normal(t) in kept or (t not in STOP and t not in FILLER)
    ]
    return tuple(t for t in content if t in kept or (t not in asked and t not in FILLER))


def split_clauses(text: str, label: re.Pattern[str] = LABEL) -> list[str]:
    """Clauses in order; the label in front of a short answer ("Result: 7") is left out."""
    text = re.sub(r"[*_`#]+", "", text)
    text = label.sub("", text)
    return [part.strip() for part in _CLAUSE_END.split(text) if part.strip()] or [text]


def clause_rank(clause: str, options: frozenset[str]) -> int:
    """0 for a clause that announces a pick or names an option, 2 for one that only leads up to it, else 1."""
    if _CUE.search(clause) or not options.isdisjoint(residue(clause, frozenset(), options)):
        return 0
    first = "".join(clause.split(maxsplit=1)[:1])
    return 2 if first.lower().strip("'\"“") in PRELUDES else 1
