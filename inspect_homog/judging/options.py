"""Prompts that offer options, in words ("A or B", a list) or by what they ask for (a coin, a weekday)."""

import re
from dataclasses import dataclass

from .answer_text import residue
from .claims import REJECTED, Claim
from .lexicon import COMPARED, OPPOSITES, canonical_tokens

_SETS = [
    (re.compile(asked, re.I), tuple(text.split()))
    for asked, text in (
        (r"\bcoins?\b(?! ?flips)", "heads tails"),
        (
            r"\b(?:day of the week|weekdays?|which day)\b",
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        ),
        (
            r"\bmonths?\b",
            "January February March April May June July August September October November December",
        ),
        (r"\bplanets?\b", "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune"),
        (r"\bseasons?\b", "spring summer autumn winter"),
        (r"\bcontinents?\b", "Africa Antarctica Asia Europe Australia America"),
        (r"\boceans?\b", "Atlantic Pacific Indian Arctic Southern"),
        (r"\bsuits?\b", "hearts spades diamonds clubs"),
        (r"\b(?:which|what|one|either) (?:side|hand|way)\b", "left middle right"),
        (r"\btrue or false\b", "true false"),
    )
]
_ASKS = re.compile(r"^(?:which|what|who|where)\b(?! of\b)", re.I)
_NUMBERED = re.compile(r"(?:^|\s)(?:\d|[A-Da-d])[.)]\s+([^\n]{1,40}?)(?=\s+(?:\d|[A-Da-d])[.)]\s|\s*$)")
_PLACES = {
    "first": 0,
    "1": 0,
    "former": 0,
    "second": 1,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
    "8": 7,
}
_PLACE = re.compile(
    r"\b(?:(?:the|number|option|choice) )?(first|second|former|latter|last|(?<=number )[1-8]|"
    r"(?<=option )[1-8]|"
    r"(?<=the )[3-8])\b(?! of (?:january|february|march|april|may|june|july))",
    re.I,
)


@dataclass(frozen=True)
class Options:
    """Options in their order, each as the tokens that no other has."""

    tokens: tuple[frozenset[str], ...]
    said: bool
    """Whether the prompt names them; otherwise they follow from what it asks for."""


def read_options(prompt: str) -> Options | None:
    """The options of a prompt, or None."""
    named = _named(prompt)
    if len(named) < 2:
        for asked, known in _SETS:
            if asked.search(prompt):
                return Options(tuple(_own([residue(word, frozenset()) for word in known])), said=False)
        return None
    own = _own([residue(option, frozenset()) or (option.lower(),) for option in named])
    return Options(tuple(own), said=True) if all(own) else None


def pick_option(claims: list[Claim], options: Options, prompt: str) -> int | None:
    """The option that the best-standing part names, or its place in the list; None when none is.

    Of two, it is the other one that "lies farther south" when the prompt asks for the north.
    """
    asked = set(canonical_tokens(prompt))
    every = frozenset().union(*options.tokens)
    for claim in sorted(claims, key=lambda claim: -claim.standing):
        if claim.standing == REJECTED:
            break
        told = residue(claim.text, frozenset(), every)
        named = [i for token in told for i, option in enumerate(options.tokens) if token in option]
        if named:
            contrary = len(options.tokens) == 2 and _contrary(set(canonical_tokens(claim.text)), asked)
            return 1 - named[0] if contrary else named[0]
    return _by_place(claims, options)


def _contrary(said: set[str], asked: set[str]) -> bool:
    pairs = ((OPPOSITES.get(word, set()) | COMPARED.get(word, set())) - said for word in said - asked)
    return any(not asked.isdisjoint(opposite) for opposite in pairs)


def _by_place(claims: list[Claim], options: Options) -> int | None:
    """The option that "the second" or "the latter" means."""
    for claim in claims:
        place = _PLACE.search(claim.text)
        if place and claim.standing != REJECTED:
            word = place[1].lower()
            at = len(options.tokens) - 1 if word in ("last", "latter") else _PLACES.get(word, 99)
            return at if at < len(options.tokens) else None
    return None


def _named(prompt: str) -> list[str]:
    numbered: list[str] = _NUMBERED.findall(prompt[:1_000])
    if len(numbered) > 1:
        return numbered
    parts = re.split(r"[:;.?!—\n]", prompt[:2_000])
    for i, part in enumerate(parts):
        listed = i and part.count(",") > 1 and len(part) < 200
        if not listed and not re.search(r"\bor\b", part):
            continue
        chunks = [chunk.strip(" '\"") for chunk in re.split(r",\s*(?:or |and )?|\s+(?:or|and)\s+", part)]
        chunks = [chunk for chunk in chunks if chunk]
        if len(chunks) > 2 and _ASKS.match(chunks[0]):
            chunks = chunks[1:]
        size = max(1, min(len(chunk.split()) for chunk in chunks))
        return [" ".join(chunks[0].split()[-size:]), *chunks[1:]] if len(chunks) > 1 else []
    return []


def _own(options: list[tuple[str, ...]]) -> list[frozenset[str]]:
    return [
        frozenset(option).difference(*(other for j, other in enumerate(options) if j != i))
        for i, option in enumerate(options)
    ]
