"""Prompts that ask for a number: which number a response gives, and whether two numbers are one."""

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .claims import REJECTED, Claim
from .lexicon import MEASURES, canonical_tokens, is_number, stem

_ASKS_NUMBER = re.compile(
    r"\b(?:at|to) what (?:temperature|speed|price|angle|depth|height)\b|\bhow (?:many|much|long|far|tall|"
    r"old|fast|big|deep|high|heavy|large|wide|hot|cold|often)\b|"
    r"\bwhat(?: is|['’]s) (?:the )?(?:\d|sum|product|remainder|square|cube|difference|quotient|average|"
    r"mean|median|"
    r"boiling|freezing|melting|speed|population|atomic number|value|area|volume|perimeter|hypotenuse|"
    r"number|probability)|"
    r"\b(?:what|which) (?:percentage|percent|fraction|year|number|time|age|share|century|date)\b|"
    r"\bwhen (?:did|was|is|were)\b|"
    r"\bconvert\b|\bcalculate\b|\baverage speed\b|\b(?:integer|whole number|prime|pin|fraction|decimal)\b|"
    r"\brandom number\b|\bnumber (?:between|from)\b|\bdigit numbers?\b|\b(?:six|ten|twenty|\d+)-sided\b|"
    r"\b(?:die|dice)\b|"
    r"\b(?:a|any|one) year\b",
    re.I,
)
UNIT_TOLERANCE = 0.01
"""Relative difference up to which two sizes in different units are roundings of each other."""

_TOLERANCES = {"temperature": 0.002}
_TO_KELVIN: dict[str, Callable[[float], float]] = {
    stem("celsius"): lambda degrees: degrees + 273.15,
    stem("fahrenheit"): lambda degrees: (degrees - 32) / 1.8 + 273.15,
    stem("kelvin"): float,
    stem("kelvins"): float,
}
_ASKS_TIME = re.compile(r"\b(?:what|which|at what) time\b|\bwhat does it show\b|\bo'clock\b", re.I)
_SCALES = frozenset(
    map(stem, ("dollars", "euros", "pounds", "yen", "celsius", "fahrenheit", "kelvin", "kelvins"))
)
_NO_NOUN = frozenset({"time", "year", "percentage", "percent", "day", "number", "is", "are", "was"})
_ASKS_YEAR = re.compile(r"\b(?:which|what|a|any) year\b", re.I)
_ASKED_NOUN = re.compile(r"\b(?:which|what) ([a-z]{3,20})\b", re.I)
_YEAR = re.compile(r"(?:1\d|20)\d\d$")
_LATER = re.compile(r"^(?:take|add|cut|divide|multiply|counting|count)\b", re.I)


def asks_number(prompt: str) -> bool:
    """Whether the answer is one number."""
    return bool(_ASKS_NUMBER.search(prompt) or _ASKS_TIME.search(prompt))


def main_numbers(claims: list[Claim], prompt: str) -> tuple[str, ...]:
    """The numbers of the best-standing part that has any beyond the prompt's; () when none has."""
    known = {token for token in canonical_tokens(prompt) if is_number(token)}
    held = [claim for claim in claims if claim.standing > REJECTED]
    held.sort(key=lambda claim: -claim.standing + bool(_LATER.match(claim.text)))
    for without in (known, frozenset[str]()):
        for claim in held:
            tokens = canonical_tokens(claim.text)
            signed = [
                f"{token}-" if i and tokens[i - 1] == "minus" else token
                for i, token in enumerate(tokens)
                if is_number(token) and token not in without
            ]
            if signed:
                return tuple(_wanted(signed, prompt))
    return ()


def numbered(claims: list[Claim], prompt: str) -> str | None:
    """The number next to the noun that the prompt asks for ("which amendment": "the 13th Amendment")."""
    noun = _ASKED_NOUN.search(prompt)
    if not noun:
        return None
    name = noun[1].lower()
    if name in _NO_NOUN:
        return None
    shape = re.compile(rf"\b(\d+) {name}\b|\b(?:{name}|number) (\d+)\b")
    for claim in sorted(claims, key=lambda claim: -claim.standing):
        found = shape.search(" ".join(canonical_tokens(claim.text)))
        if found:
            return found[1] or found[2]
    return None


@dataclass(frozen=True)
class Size:
    """A quantity: what its unit measures, how much in base units, and the units that it is said in."""

    kind: str
    amount: float
    units: frozenset[str]

    def unlike(self, other: "Size") -> bool:
        """Whether both measure one thing, in other units."""
        return self.kind == other.kind and self.units != other.units

    def near(self, other: "Size") -> bool:
        """Whether both are one size; in other units, also roundings of one."""
        tolerance = _TOLERANCES.get(self.kind, UNIT_TOLERANCE) if self.unlike(other) else 1e-9
        return math.isclose(self.amount, other.amount, rel_tol=tolerance)


def measured(tokens: Sequence[str], numbers: Collection[str]) -> Size | None:
    """The sum of those of the numbers that a unit follows in the tokens, if all measure one thing."""
    found: list[tuple[str, float, str]] = []
    for token, following in pairwise(tokens):
        value, unit = (_value(token) if token in numbers else None), stem(following)
        if value is not None and unit in _TO_KELVIN:
            found.append(("temperature", _TO_KELVIN[unit](value), unit))
        elif value is not None and unit in MEASURES:
            kind, factor = MEASURES[unit]
            found.append((kind, value * factor, unit))
    if len({kind for kind, _, _ in found}) != 1:
        return None
    return Size(
        found[0][0], sum(size for _, size, _ in found), frozenset(_singular(unit) for *_, unit in found)
    )


def _singular(unit: str) -> str:
    """One name for a unit: "metre" and "metr" are those of singular and plural."""
    return str(MEASURES[unit]) if unit in MEASURES else unit


def rival_units(a: str, b: str) -> bool:
    """Whether two texts count in different currencies or on different scales."""
    x, y = (set(map(stem, canonical_tokens(text))) & _SCALES for text in (a, b))
    return bool(x and y) and x.isdisjoint(y)


def same_numbers(x: tuple[str, ...], y: tuple[str, ...], percent: bool, rounded: bool) -> bool:
    """Whether two answers name the same numbers.

    Args:
        x: Numbers of one answer, as `main_numbers` gives them.
        y: Those of the other.
        percent: Whether 0.75 is 75.
        rounded: Whether 3.14 is 3.14159.
    """
    a, b = set(x), set(y)
    if len(a) == len(b) == 1:
        (p,), (q,) = a, b
        return _equal(p, q, percent, rounded)
    if min(len(a), len(b)) == 1:
        return a <= b or b <= a
    return a == b


def _equal(p: str, q: str, percent: bool, rounded: bool) -> bool:
    if p == q:
        return True
    v, w = _value(p), _value(q)
    if v is None or w is None:
        return False
    if percent and min(abs(v), abs(w)) < 1 < max(abs(v), abs(w)):
        v, w = (v * 100, w) if abs(v) < abs(w) else (v, w * 100)
    digits = [len(n.rstrip("-").partition(".")[2]) for n in (p, q) if "/" not in n]
    if math.isclose(v, w) or not rounded or len(set(digits)) < 2:
        return math.isclose(v, w)
    return round(v, min(digits)) == round(w, min(digits)) and math.isclose(v, w, rel_tol=0.01)


def _value(number: str) -> float | None:
    """The number that a token stands for; a sign stands behind it."""
    try:
        value = float(Fraction(number.rstrip("-")))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return -value if number.endswith("-") else value


def _wanted(numbers: list[str], prompt: str) -> list[str]:
    """Of several numbers, clock times or years where the prompt asks for them."""
    for asked, fits in ((_ASKS_TIME, lambda n: ":" in n), (_ASKS_YEAR, _YEAR.match)):
        if asked.search(prompt) and (some := [n for n in numbers if fits(n)]):
            return some
    return numbers
