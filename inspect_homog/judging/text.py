"""Parts of a text: its sentences, words and list items, and what is left without small talk."""

import re

from .lexicon import STOP, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]*”’]*\s+(?=[\"'(\[*“‘A-Z0-9#-])|\n+")
_OPENING = re.compile(
    r"^\s*(?:(?:sure|certainly|absolutely|of course|okay|ok|alright|great|yes|got it|you got it|no problem)\b"
    r"[^\n]{0,160}?[!:,.]\s*|here(?:['’]s| is| are)\b[^\n]{0,200}:\s*\n)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\n[^\S\n]*(?:let me know|feel free|would you like|do you want|i hope|is there anything|"
    r"if you(?:['’]d| would| have| need))[^\n]*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[^\S\n]*(?:\d{1,2}[.)]|[-*•])\s+(.+)$", re.MULTILINE)


def strip_frame(text: str) -> str:
    """The text without a chatty opening ("Sure! Here is ...:") and a closing offer."""
    core = _CLOSING.sub("", _OPENING.sub("", _OPENING.sub("", text, count=1), count=1))
    return core.strip() or text.strip()


def sentences(text: str) -> list[str]:
    """Sentences and lines with at least one word character, without bullets; never empty."""
    parts = (part.strip(" \t-*#•>").strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if re.search(r"\w", part)] or [text.strip() or " "]


def words(text: str) -> list[str]:
    """Words as written; "don't" is one."""
    return [match.group(0) for match in _WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """Stems of the words that are not function words."""
    return [stem(word) for word in words(text) if word.lower() not in STOP]


def list_items(text: str) -> list[str]:
    """Lines of a bulleted or numbered list, without their marks."""
    return _ITEM.findall(text)
