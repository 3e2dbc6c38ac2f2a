"""Files of rows, spoilt in every way that occurred to us, for property tests of whatever reads them.

A row is a list of `(name, JSON text)`, so that a name can stand there twice and a value need not be JSON.
"""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from inspect_homog import HomogError

Row = list[tuple[str, str]]

ODD = [
    *("null", "true", "0", "-1", "1.5", "1e999", "NaN", "Infinity", "-Infinity", '""', '" "', '"x"', "[]"),
    *("{}", "[[]]", "[null]", '["a", 1]', '[["a"], []]', '{"a": {"a": [NaN]}}', '{"a": 1, "a": 2}', '"A"'),
    *('"\\ud800"', '"a\\u0000b"', '"\\u001b[31m"', '"one\\r\\ntwo\\rthree\\u2028four"', '"\u2028\u0085"'),
    *(str(2**63), "9" * 400, "9" * 5000, "[" * 90 + "]" * 90, "[" * 400 + "]" * 400, "[" * 100_000),
    *('{"a":' * 3000 + "1" + "}" * 3000, '"' + "y" * 60_000 + '"', '"(a+)+("', '"x{99999999999}"'),
    *('[{"role": "user", "content": "hi"}]', '[{"role": "user"}]', '[{"role": "king", "content": 1}]'),
    *('[{"role": "assistant", "content": [{"type": "image"}]}]', "tru", "'a'", "!!python/object:os.system"),
]
"""Values in the place of others: other types, odd numbers, deep nesting, half surrogates, no JSON at all."""

CELLS = [
    *("", " ", "x", "nan", "1e999", '"', '""', '"a', "a,b", "[", "[1", "[" * 100_000, '["a", "b"]', "[NaN]"),
    *("=1+1", "\ud800", "a\x00b", "one\rtwo", "one\r\ntwo", "one\u2028two", "y" * 60_000, "y" * 140_000, "G"),
]
"""Cells in the place of others."""

NEWLINES = ["\n", "\r\n", "\r", "\n\n", "\n \t\n", "\u2028", "\x0b", ""]


@st.composite
def spoilt_rows(draw: st.DrawFn, valid: Sequence[dict[str, Any]], values: Sequence[str]) -> list[Row]:
    """One to four of the valid rows, with up to three fields dropped, renamed, repeated or retyped."""
    rows = [[(k, json.dumps(v)) for k, v in row.items()] for row in _some(draw, valid)]
    names = sorted({name for row in valid for name in row} | {"", "x", "id\x00", "\ud800"})
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.sampled_from(rows))
        if not row:
            continue
        place = draw(st.integers(0, len(row) - 1))
        name, value = row[place]
        how = draw(
            st.sampled_from(["drop", "rename", "repeat", "add", "retype", "retype", "retype", "retype"])
        )
        if how == "drop":
            row.pop(place)
        elif how == "rename":
            row[place] = (draw(st.sampled_from(names)), value)
        elif how == "retype":
            row[place] = (name, draw(st.sampled_from(values)))
        else:
            other = name if how == "repeat" else draw(st.sampled_from(names))
            row.append((other, draw(st.sampled_from([value, *values]))))
    return rows


def _some(draw: st.DrawFn, valid: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = draw(st.lists(st.sampled_from(list(valid)), min_size=1, max_size=4))
    if draw(st.integers(0, 5)):  # else ids stand there twice
        rows = [{**row, "id": f"{row['id']}-{i}"} if "id" in row else row for i, row in enumerate(rows)]
    return rows


@st.composite
def jsonl(draw: st.DrawFn, valid: Sequence[dict[str, Any]]) -> bytes:
    """A JSONL file."""
    rows = draw(spoilt_rows(valid, ODD))
    lines = ["{" + ", ".join(f"{json.dumps(k)}: {v}" for k, v in row) + "}" for row in rows]
    newline = draw(st.sampled_from(["\n", "\n", "\n", *NEWLINES]))
    return _spoilt(draw, newline.join(lines) + draw(st.sampled_from(["\n", "", "\r\n"])))


@st.composite
def csv_file(draw: st.DrawFn, valid: Sequence[dict[str, str]]) -> bytes:
    """A CSV file, of columns that some of the rows have."""
    rows = _some(draw, valid)
    header = list(dict.fromkeys(name for row in rows for name in row))
    table = [header, *([row.get(name, "") for name in header] for row in rows)]
    for _ in range(draw(st.integers(0, 3))):
        line = draw(st.integers(0, len(table) - 1))
        place = draw(st.integers(0, len(header) - 1))
        other = draw(st.sampled_from(header if line == 0 else CELLS))
        how = draw(st.sampled_from(["cell", "cell", "cell", "more", "fewer"]))
        table[line][place : place + (how != "more")] = [] if how == "fewer" else [other]
        if not table[line]:
            table[line] = [""]
        header = table[0]
    out = io.StringIO()
    newline = draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
    if draw(st.booleans()):
        csv.writer(out, lineterminator=newline).writerows(table)
        return _spoilt(draw, out.getvalue())
    return _spoilt(draw, newline.join(",".join(cells) for cells in table))


def _spoilt(draw: st.DrawFn, text: str) -> bytes:
    """The file's bytes, now and then cut, not UTF-8, with a byte order mark, or with a byte too many."""
    content = text.encode("utf-8", draw(st.sampled_from(["surrogatepass", "replace"])))
    how = draw(st.sampled_from([*["whole"] * 8, "cut", "byte", "mark", "utf-16", "empty", "blank", "wide"]))
    place = draw(st.integers(0, min(len(content), 400)))
    odd = draw(
        st.sampled_from([b"\x00", b"\xff", b"\xc3", b'"', b"\r", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b","])
    )
    return {
        "whole": content,
        "cut": content[:place],
        "byte": content[:place] + odd + content[place:],
        "mark": b"\xef\xbb\xbf" + content,
        "utf-16": text.encode("utf-16", "replace"),
        "empty": b"",
        "blank": b"\n \r\n\t\n",
        "wide": content + b" " * 300_000,
    }[how]


def told(error: HomogError, name: str) -> str:
    """The message, which is one printable line and names the file."""
    message = str(error)
    assert message.isprintable(), ascii(message)
    assert name in message, message
    assert len(message) < 1500, len(message)
    return message
