"""Text that somebody else wrote, made harmless for a terminal, a spreadsheet, or a file's name."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take text for a formula."""


def printable(text: str) -> str:
    """The text on one line; control characters and other unprintable ones never reach the terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def no_formula(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def file_name(text: str) -> str:
    """A part of a file's name: letters, digits, `_`, `.` and `-`, at most 100, and no dot in front."""
    return re.sub(r"[^\w.-]|^\.", "-", text, flags=re.ASCII)[:100]
