"""Several items in one completion: ask for JSON where the provider can, then read what came.

`parse_items` never invents text: each item it returns is a stretch of the completion, or a string that the
completion's JSON holds.
"""

import json
import re
from typing import Any

from inspect_ai.model import ResponseSchema
from inspect_ai.util import JSONSchema
from pydantic_core import from_json

_FENCE = re.compile(r"^\s*(?:```|~~~)[\w+-]*[ \t]*\n(.*?)\n?\s*(?:```|~~~)", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<(response|item|answer|strategy)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*|__)?(?:response|answer|option|version|strategy|approach|story|item)"
    r"[ \t]*#?[ \t]*(\d{1,3})[ \t]*(?:(?:\*\*|__)[ \t]*[:.)\-–—]?|[:.)\-–—](?:[ \t]*(?:\*\*|__))?|$)[ \t]*",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:\*\*|__)?[(\[]?(\d{1,3})[.):\]](?:\*\*|__)?(?:[ \t]+|$)", re.MULTILINE)
_BULLET = re.compile(r"^([-*+•‣◦▪●–—])[ \t]+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,})[ \t]*$", re.MULTILINE)


def items_schema(name: str, description: str, **properties: JSONSchema) -> ResponseSchema:
    """Schema of `{name: [item, ...]}`; items are strings, or objects of `properties` when those are given."""
    item = (
        JSONSchema(
            type="object",
            properties=properties,
            required=list(properties),
            additionalProperties=False,
        )
        if properties
        else JSONSchema(type="string")
    )
    return ResponseSchema(
        name=name,
        description=description,
        json_schema=JSONSchema(
            type="object",
            properties={name: JSONSchema(type="array", items=item)},
            required=[name],
            additionalProperties=False,
        ),
    )


def parse_items(text: str) -> list[str]:
    """The items of a completion in their order, blank ones left out; `[]` when none can be told apart.

    Tried in this order, the first that yields items wins: JSON (bare, fenced or inside prose), XML-like
    tags, headings such as "Response 2:", numbered lines counting up from 1, lines of dashes, bullets.
    One blob without any of these is no list: splitting it would be a guess.
    """
    values = find_json_list(text)
    if values is not None:
        return [item for value in values if (item := _as_text(value))]
    for split in (_by_tags, _by_headings, _by_numbers, _by_rules, _by_bullets):
        if items := [item for part in split(text) if (item := part.strip())]:
            return items
    return []


def find_json_list(text: str) -> list[Any] | None:
    """The list that the completion's JSON carries, or None when it holds no JSON list of items."""
    fenced = [match.group(1) for match in _FENCE.finditer(text)]
    for candidate in (text, *fenced):
        value = _loads(candidate)
        if (found := _list_in(value)) is not None:
            return found
    decoder = json.JSONDecoder(strict=False)
    for match in re.finditer(r"^[ \t]*[\[{]|[\[{](?=\s*[\"{\[])", text, re.MULTILINE):
        start = match.end() - 1
        try:
            value, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            value = _cut_off(text[start:])
        if (found := _list_in(value)) is not None:
            return found
    return None


def _loads(text: str) -> Any:
    try:
        return json.loads(text.strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def _cut_off(text: str) -> Any:
    """JSON that ends too early, without its last, incomplete item."""
    try:
        return from_json(text, allow_partial=True)
    except ValueError:
        return None


def _list_in(value: Any) -> list[Any] | None:
    """A list of strings or objects, or the only such list among an object's values."""
    if isinstance(value, list):
        return value if value and all(_as_text(item) is not None for item in value) else None
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list)]
        if len(lists) == 1:
            return _list_in(lists[0])
        numbered = [v for k, v in value.items() if re.search(r"\d$", k)]
        if value and len(numbered) == len(value):
            return _list_in(numbered)
    return None


def _as_text(value: Any) -> str | None:
    """The text of an item: a string, a number, or the one long field of an object."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        named = [
            value[k] for k in ("text", "response", "answer", "content", "strategy", "story") if k in value
        ]
        texts = [v for v in (named or value.values()) if isinstance(v, str)]
        return texts[0].strip() if len(texts) == 1 else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def _by_tags(text: str) -> list[str]:
    return [match.group(2) for match in _TAG.finditer(text)]


def _by_headings(text: str) -> list[str]:
    return _between(text, _counting(_HEADING, text))


def _by_numbers(text: str) -> list[str]:
    return _between(text, _counting(_NUMBER, text))


def _by_rules(text: str) -> list[str]:
    parts = _RULE.split(text)
    return parts if len(parts) > 1 and sum(bool(p.strip()) for p in parts) > 1 else []


def _by_bullets(text: str) -> list[str]:
    marks = list(_BULLET.finditer(text))
    same = [mark for mark in marks if mark.group(1) == marks[0].group(1)]
    return _between(text, same) if len(same) > 1 else []


def _counting(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The marks that count 1, 2, 3, ... so that a number inside an item does not split it."""
    marks: list[re.Match[str]] = []
    for mark in pattern.finditer(text):
        if int(mark.group(1)) == len(marks) + 1:
            marks.append(mark)
    return marks if len(marks) > 1 else []


def _between(text: str, marks: list[re.Match[str]]) -> list[str]:
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return _without_closing_words([text[m.end() : end] for m, end in zip(marks, ends, strict=True)])


def _without_closing_words(parts: list[str]) -> list[str]:
    """Where every earlier item is one paragraph, what follows the last item's first paragraph is chatter."""
    if any("\n\n" in part.strip() for part in parts[:-1]):
        return parts
    return [*parts[:-1], parts[-1].strip().split("\n\n")[0]]
