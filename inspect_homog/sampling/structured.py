"""Several items in one completion: reading what came.

Each item is a stretch of the completion, or a string that its JSON holds; what cannot be told apart is left
out. Every step takes linear time, since a model can repeat one mark until its tokens run out.
"""

import json
import re
from contextlib import suppress
from itertools import dropwhile, islice, pairwise
from typing import Any

Span = tuple[int, int]
"""Start and end in a text, from 0, the end not included."""

_ASKED = ("responses", "strategies", "paraphrases")
_TEXT_KEYS = ("text", "response", "answer", "content", "strategy", "story")
_TAGS = ("response", "paraphrase", "strategy", "candidate", "item", "answer")
_STARTS, _DEPTH = 32, 50

# Where JSON may start: an object with a key we asked for anywhere, anything else as a block of its own.
_NAMED = re.compile(rf'(?=\{{\s*"(?:{"|".join(_ASKED)})"\s*:)', re.IGNORECASE)
_BLOCK = re.compile(
    r"(?m)(?:\A(?:[^\n\[{]{0,300}:)?\s*|^(?:<\w+>)?|^[ \t]*[`~]{3}[ \t]*(?:json\w*)?\s*)(?=[\[{]\s*[\"\[{])"
)
_BLOCK_END = re.compile(r"(?m)[ \t\r]*(?:$|```|~~~|</)")
_LEAD = re.compile(r"\s*(?:(?:```|~~~)\w*\s*)?(?=[\[{]\s*[\"\[{])")
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
_TOKEN = re.compile(r'(?s)\s*("[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|[-+.\w]+)')
_BREAKS_OFF = re.compile(r'(?s)\s*(?:\Z|".*|```|~~~)')
_SURROGATE = re.compile("[\ud800-\udfff]")

# A tag that is talked about, as in "put it in <response> tags", opens nothing.
_TAG = re.compile(
    rf"(?i)(?:<(/)|(?<![\w`'\",])(?<![\w`'\",][ \t])<)({'|'.join(_TAGS)})[ _-]?\d*(?:\s[^<>]*)?>"
)
_HEADING = re.compile(
    r"(?im)^([ \t]*)(?:[-*+>][ \t]+)?(?:#{1,6}[ \t]*)?(?:\*\*|__)?"
    r"(response|answer|option|version|variation|strategy|approach|story|item|candidate|paraphrase)"
    r"[ \t]*#?[ \t]*(\d{1,3})[ \t]*(?:(?:\*\*|__)[ \t]*[:.)\-–—]?|[:.)\-–—](?:[ \t]*(?:\*\*|__))?|$)[ \t]*"
)
_NUMBER = re.compile(r"(?m)^([ \t]*)()(?:#{1,6} )?(?:\*\*|__)?[(\[]?(\d{1,3})[.):\]](?:\*\*|__)?(?:[ \t]+|$)")
_BULLET = re.compile(r"(?m)^([ \t]*)([-*+•‣◦▪●○■►➢·–—])[ \t]+")
_RULE = re.compile(r"(?m)^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}|#{3,})\r?$")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")


class _Number(float):
    """A JSON number that keeps its digits as written: 1e3 as an item is "1e3", not "1000.0"."""

    def __init__(self, written: str) -> None:
        self.written = written


_JSON = json.JSONDecoder(strict=False, parse_int=_Number, parse_float=_Number, parse_constant=lambda _: None)


def parse_items(text: str, n: int = 0) -> list[str]:
    """The items of a completion in their order, blank ones left out; `[]` when they cannot be told apart.

    The first of these that is there decides: JSON (bare, fenced or after prose), XML-like tags, headings such
    as "Response 2:", numbered lines that count up without a gap or a repeat, lines of dashes, bullets.

    Args:
        text: The completion.
        n: How many full answers were asked for, or 0 for one-liners such as strategies. An answer can hold
            marks too: so dashes and bullets must make n items, and 1 answer without JSON or tags is whole.
    """
    if values := find_json_list(text):
        return [_as_text(value) or "" for value in values]
    tagged = None if values == [] and _LEAD.match(text) else _by_tags(text)
    if tagged is not None:
        return [item for start, end in tagged if (item := text[start:end].strip())]
    if values is not None or not text.strip():
        return []
    if n == 1:
        return [text.strip()]
    spans = _by_count(text)
    items = _texts(text, spans or _by_rules(text) or _by_bullets(text)) if spans != [] else []
    return items if len(spans or []) > 1 or n in (0, len(items)) else []


def find_json_list(text: str) -> list[Any] | None:
    """The items that the completion's JSON lists, without blank ones.

    JSON that breaks off still gives its complete items. The list is empty when the JSON is broken otherwise
    or not clearly a list, and None when there is no JSON, or only inside one of several marked items.
    """
    text = _ESCAPE.sub(lambda m: m.group() if m[1] else r"\\", text)  # LaTeX: \( is no JSON escape
    tags, marks, lead, broken = _by_tags(text) or [], _by_count(text) or [], _LEAD.match(text), False
    for pattern in (_NAMED, _BLOCK):
        read = 0
        for match in islice([] if broken else pattern.finditer(text), _STARTS):
            start, named = match.end(), pattern is _NAMED
            marked = not named and len(marks) > 1 and start >= marks[0][0]
            if start < read or (len(tags) > 1 and start >= tags[0][0]) or (marked and start < marks[-1][0]):
                continue
            value, read = _decoded(text, start)
            found = _list_in(value)
            if found is not None and (named or _BLOCK_END.match(text, read)):
                clear = [v for v in found if (item := _as_text(v)) and not _SURROGATE.search(item)]
                return [] if marked else clear
            unclear = value is None or text[start] == "["
            broken = broken or named or (unclear and lead is not None and lead.end() == start)
    return [] if broken else None


def _decoded(text: str, start: int) -> tuple[Any, int]:
    """The JSON that starts here, or None, and where reading it ended.

    JSON that breaks off is read without its last, incomplete item, and a comma before a bracket is ignored.
    """
    with suppress(ValueError, RecursionError):
        return _JSON.raw_decode(text, start)
    words: list[str] = []
    closing: list[str] = []
    complete, rest, end = 0, "", start
    while (closing or not words) and len(closing) < _DEPTH and (token := _TOKEN.match(text, end)):
        word, before, end = token[1], words[-1:], token.end()
        if word in "[{":
            closing.append("]" if word == "[" else "}")
        elif word in "]}":
            if closing.pop() != word:
                return None, end
            if before == [","]:
                words.pop()
        words.append(word)
        value = word in "]}" or (word[0] == '"' and (before == [":"] or closing[-1] == "]"))
        if value and (closing in ([], ["}"]) or (closing[-1] == "]" and closing.count("]") == 1)):
            complete, rest = len(words), "".join(reversed(closing))
    if closing:
        cut = _BREAKS_OFF.match(text, end)
        complete, end = (complete, cut.end()) if cut else (0, end)
    with suppress(ValueError, RecursionError):
        return _JSON.decode("".join(words[:complete]) + rest), end
    return None, end


def _list_in(value: Any) -> list[Any] | None:
    """The values of a list of items, or of the one such list or the numbered keys that an object holds."""
    for _ in range(_DEPTH):
        if isinstance(value, list):
            return value if all(v is None or _as_text(v) is not None for v in value) else None
        if not isinstance(value, dict) or not value:
            return None
        named = [v for k, v in value.items() if k.lower() in _ASKED]
        lists = [v for v in value.values() if isinstance(v, list)]
        if len(named) == 1:
            value = named[0]
        elif any(isinstance(value.get(key), str) for key in _TEXT_KEYS):
            return None
        elif len(numbers := [int(m[0]) for k in value if (m := re.search(r"\d{1,3}$", k))]) == len(value):
            value = list(value.values()) if _in_turn(numbers) else None
        else:
            value = (lists or list(value.values()))[0] if len(lists or value) == 1 else None
    return None


def _as_text(value: Any) -> str | None:
    """The text of an item: a string, a number, or the one long field of an object."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        named = [value[k] for k in _TEXT_KEYS if k in value]
        texts = [v for v in (named or value.values()) if isinstance(v, str)]
        value = texts[0] if len(texts) == 1 else None
    if isinstance(value, _Number):
        return value.written
    return value.strip() if isinstance(value, str) else None


def _by_tags(text: str) -> list[Span] | None:
    """What tags enclose: None without tags, `[]` when they do not pair up."""
    tags = list(_TAG.finditer(text))
    for name in _TAGS:
        marks = list(dropwhile(lambda m: m[1], (m for m in tags if m[2].lower() == name)))
        shape = "".join(m[1] or "o" for m in marks)
        if re.fullmatch("oo+", shape):
            return _between(text, marks)
        if shape:
            pairs = zip(marks[::2], marks[1::2], strict=False)
            return [(a.end(), b.start()) for a, b in pairs] if re.fullmatch("(?:o/)*o?", shape) else []
    return None


def _by_count(text: str) -> list[Span] | None:
    """What stands between numbered headings or numbers: None without any, `[]` when they do not count up."""
    for pattern in (_HEADING, _NUMBER):
        marks = list(pattern.finditer(text))
        marks = [m for m in marks if m[2].lower() == marks[0][2].lower() and len(m[1]) <= len(marks[0][1])]
        before = text[: marks[0].start()] if marks else ""
        if not marks or (len(marks) == 1 and before.strip()):
            continue
        word, numbers = marks[0][2], [int(m[3]) for m in marks]
        in_one_line = rf"(?i)(?<!\d){word}[ \t]?{numbers[-1] + 1}[.):\]](?!\d)"
        ingredients = not word and _BULLET.search(before)
        unclear = not _in_turn(numbers) or ingredients or (len(marks) == 1 and re.search(in_one_line, text))
        return [] if unclear else _between(text, marks)
    return None


def _by_rules(text: str) -> list[Span]:
    ends = [(0, 0), *(m.span() for m in _RULE.finditer(text)), (len(text), len(text))]
    spans = [(a, b) for (_, a), (b, _) in pairwise(ends) if text[a:b].strip()]
    if spans and text[: spans[0][1]].rstrip().endswith(":"):
        spans = spans[1:]
    return spans if len(spans) > 1 else []


def _by_bullets(text: str) -> list[Span]:
    marks = list(_BULLET.finditer(text))
    marks = [m for m in marks if m[1] == marks[0][1]]
    return _between(text, marks) if len(marks) > 1 and len({m[2] for m in marks}) == 1 else []


def _in_turn(numbers: list[int]) -> bool:
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _between(text: str, marks: list[re.Match[str]]) -> list[Span]:
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _texts(text: str, spans: list[Span]) -> list[str]:
    """The items there, without dashes between them and without closing words, a last line by itself."""
    parts = [text[start:end].strip() for start, end in spans]
    if len(parts) > 1:
        ruled = [_RULE.split(part, maxsplit=1) for part in parts]
        if all(len(part) == 2 and not part[1].strip() for part in ruled[:-1]):
            parts = [part[0].strip() for part in ruled]
        body, *more = [p for p in _PARAGRAPH.split(parts[-1]) if not _RULE.fullmatch(p)] or [""]
        one_line = len(more) == 1 and "\n" not in more[0] and not body.endswith(":")
        if one_line and not any(map(_PARAGRAPH.search, parts[:-1])):
            parts[-1] = body.strip()
    parts = [p[:-2].rstrip() if p.endswith("**") and p.count("**") % 2 else p for p in parts]
    return [p for p in parts if p]
