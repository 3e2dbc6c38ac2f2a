"""Scripts other than Latin: their words, their marks and digits, and where what is made for English ends."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from logging import getLogger
from typing import TYPE_CHECKING

from inspect_ai.util import warn_once

if TYPE_CHECKING:
    from re import Pattern

logger = getLogger(__name__)

UNSPACED = "Han Hiragana Katakana Thai Lao Khmer Myanmar Tibetan Tai_Le New_Tai_Lue Javanese"
"""Scripts that set no blanks between words, by their names in Unicode."""

BEYOND_ENGLISH = "most letters of the prompt and its responses are not Latin, but {what} is made for English"
"""The note on texts that are mostly in another script; `what` is English only."""


@cache
def _unspaced() -> str:
    return "".join(rf"\p{{{script}}}" for script in UNSPACED.split())


@cache
def pattern(text: str) -> "Pattern[str]":
    r"""A pattern by `regex`, whose \w holds marks (Hindi vowels), with UNSPACED for one of those scripts."""
    import regex  # type: ignore[import-untyped]  # slow to import, so not before it is needed

    found: Pattern[str] = regex.compile(text.replace("UNSPACED", f"[{_unspaced()}]"), regex.VERSION1)
    return found


def words(text: str) -> list[str]:
    """The words of a text, case-folded: runs of letters, marks, digits and underscores of any script.

    In scripts that set no blanks between words each character is a word, with the marks that it carries.
    """
    folded = unicodedata.normalize("NFC", text.casefold())
    return pattern(r"UNSPACED\p{M}*|(?:(?!UNSPACED)[\w\p{N}])+").findall(folded)


def is_unspaced(text: str) -> bool:
    """Whether the text holds a letter of a script that sets no blanks between words."""
    return not text.isascii() and pattern("UNSPACED").search(text) is not None


def fold(text: str) -> str:
    """The text in compatible form, Latin letters without accents, decimal digits as 0-9; case stays.

    Elsewhere marks make other letters (Japanese "ga" of "ka", Hindi vowels), so there they stay.
    """
    if text.isascii():
        return text
    kept: list[str] = []
    latin = False
    for char in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(char):
            latin = char < "\N{MODIFIER LETTER SMALL H}"
            kept.append(str(unicodedata.decimal(char)) if char.isdecimal() else char)
        elif not latin:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def foreign_share(texts: Iterable[str]) -> float:
    """Share of letters that are not Latin, 0..1; 0 without a letter."""
    joined = " ".join(texts)
    if joined.isascii():
        return 0.0
    letters = len(pattern(r"\p{L}").findall(joined))
    return len(pattern(r"[\p{L}--\p{Latin}]").findall(joined)) / letters if letters else 0.0


def beyond_english(what: str, texts: Iterable[str], instead: str) -> list[str]:
    """A note when most letters are not Latin, and one warning a process for each `what`; else nothing.

    Args:
        what: The part that is made for English.
        texts: Prompt and responses.
        instead: What to do about it, for the warning.
    """
    if foreign_share(texts) <= 0.5:
        return []
    note = BEYOND_ENGLISH.format(what=what)
    warn_once(logger, f"For at least one prompt {note}. {instead}")
    return [note]
