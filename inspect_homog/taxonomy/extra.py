"""Categories from outside the package: read from a folder or a log, and held to the rules of the house."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import HomogError, describe
from .category import GENERAL, Category, built_in_categories, parse_category

DEFINITION = "category_definition"
"""Key of a sample's metadata under which the category stands in full, where it is not this package's own."""

RESERVED = (GENERAL, "task", "predicted", "mismatch", "all", "unreadable")
"""Names that mean something else where categories are named."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_folder(folder: Path) -> dict[str, tuple[Path, Category]]:
    """The categories of a folder's Markdown files by name, with the file of each.

    Raises:
        HomogError: When the folder is missing or empty, a file cannot be read or is wrong, or two of them
            define one name or letter; names the file and the field.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".md")
    except OSError as error:
        reason = "it is a file; give its folder" if folder.is_file() else error.strerror
        raise HomogError(f"{folder}: not a folder of rubrics: {reason}.") from error
    if not files:
        raise HomogError(f"{folder}: no rubric in it. A category is a file that ends in .md.")
    found: dict[str, tuple[Path, Category]] = {}
    for path in files:
        category = _read(path)
        for other, known in found.values():
            _check_pair(category, path, known, other.name)
        found[category.name] = (path, category)
    return found


def check_distinct(
    known: Mapping[str, Category], added: Mapping[str, tuple[Path, Category]]
) -> dict[str, Category]:
    """The categories known and those added to them.

    Raises:
        HomogError: When one that is added has the name or the letter of a known one.
    """
    for path, category in added.values():
        for other in known.values():
            _check_pair(category, path, other, "an installed package")
    return {**known, **{name: category for name, (_, category) in added.items()}}


def check_extra(category: Category, source: str) -> Category:
    """The category, if it can stand beside those of the package.

    Raises:
        HomogError: When a field is blank, the name is no plain one or means something else, the letter is
            not one capital, or either belongs to a category of the package: another rubric under its
            name would make figures incomparable without a trace.
    """
    if blank := next(_blank(category.model_dump()), None):
        raise HomogError(f"{source}: field '{blank}': is blank.")
    for field, fault in _faults(category):
        raise HomogError(f"{source}: field '{field}': {fault}.")
    return category


def own_definition(metadata: Mapping[str, Any]) -> Category | None:
    """The category that a sample's metadata defines, if it is the sample's own.

    Raises:
        HomogError: When it is not a category, or not one that may stand beside the package's.
    """
    found = metadata.get(DEFINITION)
    if found is None:
        return None
    category = _defined(found if isinstance(found, str) else json.dumps(found, sort_keys=True))
    return category if category.name == metadata.get("category") else None


@lru_cache(maxsize=256)
def _defined(text: str) -> Category:
    """One object for all samples of a category: a log may have 100,000 of them."""
    try:
        category = Category.model_validate_json(text)
    except ValidationError as error:
        raise HomogError(f"The log's {DEFINITION}: {describe(error, nested=True)}.") from error
    return check_extra(category, f"The log's {DEFINITION}")


def _read(path: Path) -> Category:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HomogError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start}).") from error
    except OSError as error:
        raise HomogError(f"{path}: cannot be read: {error.strerror}.") from error
    return check_extra(parse_category(text, str(path)), str(path))


def _check_pair(category: Category, path: Path, known: Category, where: str) -> None:
    for field in ("name", "letter"):
        if (value := getattr(category, field)) == getattr(known, field):
            raise HomogError(f"{path}: field '{field}': {value!r} is already that of {known.name} ({where}).")


def _faults(category: Category) -> Iterator[tuple[str, str]]:
    """Fields that are wrong, and how."""
    built_in = built_in_categories()
    if not _NAME.fullmatch(category.name):
        yield "name", f"{category.name[:80]!r} is not a plain name: small letters, digits and _, at most 40"
    if category.name in RESERVED:
        yield "name", f"{category.name!r} means something else here; choose another"
    if category.name in built_in:
        yield "name", f"{category.name!r} is a category of inspect_homog, whose rubric cannot be replaced"
    letters = [one.letter for one in built_in.values()]
    if not re.fullmatch("[A-Z]", category.letter) or category.letter in letters:
        yield "letter", f"{category.letter[:80]!r} is not one capital letter after {letters[-1]}"
    if category.version < 1:
        yield "version", f"{category.version} is not 1 or more"


def _blank(fields: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Fields whose text is blank."""
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from _blank(value, f"{prefix}{name}.")
        elif isinstance(value, str) and not value.strip():
            yield prefix + name
