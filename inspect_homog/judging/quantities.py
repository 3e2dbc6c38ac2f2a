"""Prompts that ask for a number: which number a response gives, and whether two numbers are one."""

import math
import re
from fractions import Fraction

from .claims import REJECTED, Claim
from .lexicon import canonical_tokens, is_number

_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|long|far|tall|old|fast|big|deep|high|heavy|large|wide|hot|cold|often)\b|"
    r"\bwhat(?: is|['’]s) (?:the )?(?:\d|sum|product|remainder|square|cube|difference|quotient|average|mean|median|"
    r"boiling|freezing|melting|speed|population|atomic number|value|area|volume|perimeter|hypotenuse|number|probability)|"
    r"\b(?:what|which) (?:percentage|percent|fraction|year|number|time|age|share|century|date)\b|\bwhen (?:did|was|is|were)\b|"
    r"\bconvert\b|\bcalculate\b|\baverage speed\b|\b(?:integer|whole number|prime|pin|fraction|decimal)\b|"
    r"\brandom number\b|\bnumber (?:between|from)\b|\bdigit numbers?\b|\b(?:six|ten|twenty|\d+)-sided\b|\b(?:die|dice)\b|"
    r"\b(?:a|any|one) year\b",
    re.I,
)
_ASKS_TIME = re.compile(r"\b(?:what|which|at what) time\b|\bwhat does it show\b|\bo'clock\b", re.I)
_ASKS_YEAR = re.compile(r"\b(?:which|what|a|any) year\b", re.I)
_ASKED_NOUN = re.compile(r"\b(?:which|what) ([a-z]{3,20})\b", re.I)
_YEAR = re.compile(r"(?:1\d|20)\d\d$")
_LATER = re.compile(r"^(?:take|add|cut|divide|multiply|counting|count|sixty times)\b", re.I)


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
    shape = re.compile(rf"\b(\d+)(?:st|nd|rd|th)? {name}s?\b|\b(?:{name}|number) (\d+)\b", re.I)
    for claim in sorted(claims, key=lambda claim: -claim.standing):
        found = shape.search(" ".join(canonical_tokens(claim.text)))
        if found:
            return found[1] or found[2]
    return None


def same_numbers(x: tuple[str, ...], y: tuple[str, ...], percent: bool = False) -> bool:
    """Whether two answers name the same numbers, up to rounding to the digits given.

    Args:
        x: Numbers of one answer, as `main_numbers` gives them.
        y: Those of the other.
        percent: Whether 0.75 is 75.
    """
    a, b = set(x), set(y)
    if len(a) == len(b) == 1:
        (p,), (q,) = a, b
        return _equal(p, q, percent)
    if min(len(a), len(b)) == 1:
        return a <= b or b <= a
    return a == b


def _equal(p: str, q: str, percent: bool) -> bool:
    if p == q:
        return True
    v, w = _value(p), _value(q)
    if v is None or w is None:
        return False
    if percent and min(abs(v), abs(w)) <= 1 < max(abs(v), abs(w)):
        v, w = (v * 100, w) if abs(v) < abs(w) else (v, w * 100)
    digits = [len(n.rstrip("-").partition(".")[2]) for n in (p, q) if "/" not in n]
    if not digits or digits == [0, 0]:
        return math.isclose(v, w)
    return math.isclose(v, w) or (min(digits) != max(digits) and round(v, min(digits)) == round(w, min(digits)))


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
