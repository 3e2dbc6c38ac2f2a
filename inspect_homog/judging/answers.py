"""Do two short responses give the same answer? Rules for facts, names and random picks.

Refusals, sides of a yes or no, picks among options and numbers that are asked for are compared as such.
Otherwise each response is cut down to the part that stands for its answer, the prompt's words and small talk
are taken out, and what is left is compared: numbers, then names, then words. Only where words differ on both
sides does the cosine decide, since they may be two names of one thing.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from .answer_text import Asked, Found, find_answer, read_prompt, residue
from .claims import PASSING, REJECTED, Claim, read_claims
from .judge import Answer
from .lexicon import canonical_tokens, is_number
from .notation import one_notation
from .options import pick_option, read_options
from .quantities import (
    asks_number,
    main_numbers,
    measured,
    numbered,
    rival_units,
    same_numbers,
)
from .stance import asks_yes_no, declines, read_stance
from .text import list_items, strip_frame

SHORT_ANSWER = frozenset({"well_specified", "underspecified", "random_generation"})
"""Categories in which only the answer given counts."""

WORDS = 60
"""Longest response, in words, that is taken to hold one answer: a sentence of answer and a few around it."""

CHARACTERS = 2_000
"""Longest such response in characters: without blanks, one word could hold any number of answers."""

ALIAS_COSINE = 0.8
"""Cosine from which two answers that share few words are names of one thing.

High on purpose: MiniLM puts siblings (lion, tiger) as near each other as second names (cougar, mountain
lion), so most second names come out as different.
"""

Similarity = Callable[[str, str], float]
"""Cosine of two texts."""

_CHANGE = re.compile(
    r"\b(?:no,? wait|wait,? no|on second thought|actually, (?:no|make)|scratch that)\b", re.I
)
_FRONT = re.compile(r"^(?:[ ,—]|[-.](?!\.?\d))+")
_SEVERAL = re.compile(
    r"(?<!with )(?<!of )(?<!has )(?<!have )(?<!in )(?<!and )"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|10|several|some|few)\s+(?:\w+\s+){0,2}?"
    r"(?!s\b)\w+s\b|\bone\b.{0,300}\band one\b|\b(?:shuffle|sequence|permutation)\b",
    re.I,
)
_ONE_OF = re.compile(
    r"\b(?:which one|one of|which of|how [a-z]+|what(?: is|['’]s| time| year)|convert)\b", re.I
)
_TORN = re.compile(
    r"\b(?:might be either|could be either|one of (?:the|those) two|waver|torn between|(?:whether|"
    r"either) .{1,60} or)\b",
    re.I,
)
_PERCENT = re.compile(r"percent|%")
_HALVES = [
    (re.compile("forenoon"), re.compile("afternoon")),
    (re.compile(r"\bB\.?C(?:\.?E)?\b"), re.compile(r"\b(?:A\.?D|CE|C\.E)\b")),
]
"""Halves of the day and of history."""
_ORDERED = re.compile(r"\b(?:order|shuffle|sequence|permutation|rank)", re.I)


def compare_answers(prompt: str, category: str, a: str, b: str, similarity: Similarity) -> Answer | None:
    """Whether two responses give the same answer; None when they hold no answer that the rules can find.

    Args:
        prompt: The prompt; its words are no part of an answer, unless it offers them as options.
        category: One of SHORT_ANSWER.
        a: One response, best of at most WORDS words and CHARACTERS characters.
        b: The other; the order does not matter.
        similarity: Asked only when the two have nothing in common.
    """
    a, b = _settled(a), _settled(b)
    refused = declines(a), declines(b)
    if any(refused):
        return "same" if all(refused) else "different"
    if asks_yes_no(prompt):
        return "same" if read_stance(a, prompt) == read_stance(b, prompt) else "different"
    prompt = _shortened(prompt)
    prompt, a, b = (one_notation(text, prompt) for text in (prompt, a, b))
    asked = read_prompt(prompt)
    several = bool(_SEVERAL.search(prompt)) and not _ONE_OF.search(prompt)
    if several or min(len(list_items(a)), len(list_items(b))) > 1:
        return _compare_lists(a, b, asked, category, bool(_ORDERED.search(prompt)))
    claims = read_claims(strip_frame(a), prompt), read_claims(strip_frame(b), prompt)
    if not _ORDERED.search(prompt) and (options := read_options(prompt)):
        one, two = (pick_option(side, options, prompt) for side in claims)
        if one is not None and two is not None:
            return "same" if one == two else "different"
    if verdict := _by_number(prompt, category, a, b, claims):
        return verdict
    x, y = _find(a, asked, claims[0]), _find(b, asked, claims[1])
    if not x.tokens or not y.tokens:
        return None
    if x.hedged != y.hedged:
        return "different"
    return _compare_found(x, y, category, similarity)


def _shortened(prompt: str) -> str:
    """Both ends of a long prompt, where its question stands."""
    return prompt if len(prompt) <= 2 * CHARACTERS else f"{prompt[:CHARACTERS]}\n{prompt[-CHARACTERS:]}"


def _by_number(
    prompt: str, category: str, a: str, b: str, claims: tuple[list[Claim], list[Claim]]
) -> Answer | None:
    """What the numbers say where one is asked for; None when either response gives none."""
    counted = numbered(claims[0], prompt), numbered(claims[1], prompt)
    if all(counted):
        return "same" if counted[0] == counted[1] else "different"
    if not asks_number(prompt):
        return None
    x, y = main_numbers(claims[0], prompt), main_numbers(claims[1], prompt)
    if not x or not y:
        return None
    sizes = measured(canonical_tokens(a), x), measured(canonical_tokens(b), y)
    if sizes[0] and sizes[1] and sizes[0].kind != sizes[1].kind:
        return "different"
    if sizes[0] and sizes[1] and sizes[0].unlike(sizes[1]):
        return "same" if sizes[0].near(sizes[1]) else "different"
    if rival_units(a, b) or any(_opposed(a, b, *sides) for sides in _HALVES):
        return "different"
    said = [bool(_PERCENT.search(text)) for text in (a, b)]
    percent = said[0] != said[1] or (not any(said) and bool(_PERCENT.search(prompt)))
    return "same" if same_numbers(x, y, percent, category == "well_specified") else "different"


def _opposed(a: str, b: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    return bool((one.search(a) and other.search(b)) or (other.search(a) and one.search(b)))


def _find(text: str, asked: Asked, claims: list[Claim]) -> Found:
    """The answer of a response, looked for where it stands best; what it rejects is none of its words."""
    held = sorted((c for c in claims if c.standing > REJECTED), key=lambda c: -c.standing)
    found = find_answer(text, asked, [claim.text for claim in held])
    rest = frozenset(token for claim in held for token in residue(claim.text, frozenset()))
    best = next((c.standing for c in held if residue(c.text, asked.words, asked.options)), REJECTED)
    return replace(
        found, rest=rest or found.rest, weak=best <= PASSING, hedged=found.hedged or bool(_TORN.search(text))
    )


def _compare_found(x: Found, y: Found, category: str, similarity: Similarity) -> Answer:
    if x.denied != y.denied and set(x.tokens) == set(y.tokens):
        return "different"
    if "".join(x.tokens) == "".join(y.tokens) or _initials(x, y) or _initials(y, x):
        return "same"
    overlap = not set(x.tokens).isdisjoint(y.tokens)
    nested = set(x.tokens) <= set(y.tokens) or set(y.tokens) <= set(x.tokens)
    if (nested or x.weak or y.weak) and set(x.tokens) <= y.rest and set(y.tokens) <= x.rest:
        return "same"
    if not overlap and x.weak != y.weak:
        strong, weak = (y, x) if x.weak else (x, y)
        shared = set(strong.tokens) & weak.rest
        if strong.tokens[0] in shared and len(shared) >= 0.5 * len(set(strong.tokens)):
            return "same"
    if x.numbers or y.numbers:
        verdict = _compare_numbers(x, y, category)
        if verdict:
            return verdict
    runs = x.first_name, y.first_name
    if all(runs) and max(len(x.plain), len(y.plain)) > 3:
        return "same" if not all(_leftovers(*runs, category)) or _alias(*runs, similarity) else "different"
    return _compare_words(x, y, category, similarity)


def _compare_numbers(x: Found, y: Found, category: str) -> Answer | None:
    """What the numbers say; None when they agree and words remain to be compared."""
    if not (x.numbers and y.numbers):
        lone, other = (x, y) if x.numbers else (y, x)
        if lone.plain:
            shared = category == "random_generation" and not set(lone.plain).isdisjoint(other.plain)
            return "different" if shared else None
        return "same" if set(lone.numbers) <= other.rest else "different"
    sizes = measured(x.tokens, x.numbers), measured(y.tokens, y.numbers)
    if sizes[0] and sizes[1] and sizes[0].kind == sizes[1].kind:
        return "same" if sizes[0].near(sizes[1]) else "different"
    only_x, only_y = set(x.numbers) - set(y.numbers), set(y.numbers) - set(x.numbers)
    if only_x and only_y:
        rounded = len(only_x) == len(only_y) == 1 and _rounds(only_x.pop(), only_y.pop())
        return None if rounded else "different"
    if (only_x or only_y) and category == "random_generation":
        return "different"
    return None if x.plain and y.plain else "same"


def _compare_words(x: Found, y: Found, category: str, similarity: Similarity) -> Answer:
    only_x, only_y = _leftovers(x.plain, y.plain, category)
    if only_x and only_y:
        shared = len(set(x.plain)) - len(only_x)
        if shared and max(len(only_x), len(only_y)) <= 2:
            return "different"
        return "same" if _alias(x.plain, y.plain, similarity) else "different"
    if not only_x and not only_y:
        return "same"
    if category == "well_specified":
        return "same"
    longer, shorter, extra = (x, y, only_x) if only_x else (y, x, only_y)
    surname = category == "underspecified" and set(shorter.plain) <= (longer.names | shorter.names)
    narrowed = any(one in extra and other not in extra for one, other in longer.inside if one)
    return "different" if narrowed and not (surname and longer.names & set(shorter.plain)) else "same"


def _compare_lists(a: str, b: str, asked: Asked, category: str, ordered: bool) -> Answer | None:
    x, y = (residue(strip_frame(text), asked.words) for text in (a, b))
    if not x or not y:
        return None
    if category == "random_generation":
        if min(sum(map(is_number, x)), sum(map(is_number, y))) > 1:
            x, y = tuple(filter(is_number, x)), tuple(filter(is_number, y))
        return "same" if (x == y if ordered else sorted(x) == sorted(y)) else "different"
    only_x, only_y = _leftovers(x, y, category)
    return "same" if len(only_x) + len(only_y) <= 0.5 * len({*x, *y}) else "different"


def _settled(text: str) -> str:
    """The text from its last change of mind on, without a dash or point in front that is no number's."""
    return _FRONT.sub("", _CHANGE.split(text)[-1]).rstrip(" ,.-—") or text


def _leftovers(x: tuple[str, ...], y: tuple[str, ...], category: str) -> tuple[set[str], set[str]]:
    """Tokens of each without a counterpart in the other; among random picks near spellings are two picks."""
    alike = str.__eq__ if category == "random_generation" else _close
    return (
        {t for t in x if not any(alike(t, u) for u in y)},
        {u for u in y if not any(alike(t, u) for t in x)},
    )


def _close(a: str, b: str) -> bool:
    """Whether two tokens are one word but for a letter within, left out of one of them, of six or more.

    Another letter in a place (propane, propene), or one more at the end (Daniel, Daniela), is another word.
    """
    short, long = sorted((a, b), key=len)
    if len(long) != len(short) + 1 or len(long) < 6 or not long.isalpha() or a[0] != b[0]:
        return a == b
    return any(short == long[:i] + long[i + 1 :] for i in range(1, len(long) - 1))


def _alias(x: tuple[str, ...], y: tuple[str, ...], similarity: Similarity) -> bool:
    return similarity(*sorted((" ".join(x), " ".join(y)))) >= ALIAS_COSINE


def _initials(x: Found, y: Found) -> bool:
    """Whether one answer is an acronym of the other."""
    return len(x.plain) == 1 and len(y.plain) > 1 and x.plain[0] == "".join(t[0] for t in y.plain)


def _rounds(a: str, b: str) -> bool:
    """Whether one decimal number is the other with fewer digits behind the point."""
    short, long = sorted((a, b), key=len)
    try:
        digits = len(short.partition(".")[2])
        return "." in long and f"{float(long):.{digits}f}" == f"{float(short):.{digits}f}"
    except ValueError:
        return False
