"""Rows of an Excel workbook."""

from pathlib import Path
from typing import Any, BinaryIO


def workbook_rows(file: Path | BinaryIO) -> list[dict[str, Any]]:
    """The rows of the first sheet by column; an empty cell is an empty text."""
    import pandas

    sheet = pandas.read_excel(file, keep_default_na=False, na_filter=False)
    rows: list[dict[str, Any]] = sheet.to_dict("records")
    return rows
