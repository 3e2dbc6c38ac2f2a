"""What categories an evaluation knows: the paper's eight, those of installed packages and of a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..errors import HomogError
from .category import GENERAL, Category, built_in_categories, general_category
from .extra import DEFINITION, check_distinct, own_definition, read_folder

GROUP = "inspect_homog.taxonomy"
"""Entry points of this group name a folder of rubrics, or a function that gives one."""


@dataclass(frozen=True)
class Taxonomy:
    """Categories by name. It is passed on, never registered, so that two evaluations can have their own."""

    categories: Mapping[str, Category]
    """By name, in the order of their letters."""

    chosen: frozenset[str] = frozenset()
    """Names of the categories of the user's folder, which go before the definitions that logs carry."""

    def find(self, name: str) -> Category:
        """The category with this name or letter; `general` is the one outside the taxonomy.

        Raises:
            HomogError: When there is none; lists those there are.
        """
        if name == GENERAL:
            return general_category()
        if name in self.categories:
            return self.categories[name]
        for category in self.categories.values():
            if category.letter == name:
                return category
        raise HomogError(f"Unknown category {name[:80]!r}. Use one of: {', '.join(self.categories)}.")

    @property
    def extra(self) -> dict[str, Category]:
        """Those of the categories that do not come with this package."""
        built_in = built_in_categories()
        return {name: one for name, one in self.categories.items() if name not in built_in}

    def described(self, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """A sample's metadata with the definition of its category, where that is not this package's own.

        So a log says by itself what its categories are: it is scored again and reported without the folder
        or the package that they came from.
        """
        name = metadata.get("category")
        if name not in self.extra or (DEFINITION in metadata and name not in self.chosen):
            return dict(metadata)
        return {**metadata, DEFINITION: self.categories[name].model_dump()}


@cache
def installed_taxonomy() -> Taxonomy:
    """The paper's eight categories, and those that installed packages add through entry points.

    Raises:
        HomogError: When a package's folder or rubric is wrong; names the package.
    """
    found: dict[str, Category] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        try:
            given = entry.load()
            folder = Path(given() if callable(given) else given)
        except Exception as error:  # of any kind: it is another package's code
            kind = type(error).__name__
            raise HomogError(f"Entry point {entry.name!r} of {GROUP} fails: {kind}: {error}") from error
        found = check_distinct(found, read_folder(folder))
    return _taxonomy(found)


def open_taxonomy(folder: str | None) -> Taxonomy:
    """The installed taxonomy, with the categories of a folder where one is given.

    Args:
        folder: Holds a Markdown file for each further category, of the form of those in
            `inspect_homog/taxonomy/categories`.

    Raises:
        HomogError: When the folder is missing or empty, or a file is wrong; names the file and the field.
    """
    installed = installed_taxonomy()
    if folder is None:
        return installed
    own = read_folder(Path(folder))
    together = check_distinct(installed.extra, own)
    return _taxonomy(together, frozenset(together) - installed.categories.keys())


def category_in(metadata: Mapping[str, Any]) -> Category | None:
    """The category of a sample by its metadata: as it is defined there, else as installed; None without one.

    Raises:
        HomogError: When it is defined wrongly, or is unknown.
    """
    name = metadata.get("category")
    if not name:
        return None
    return own_definition(metadata) or installed_taxonomy().find(str(name))


def _taxonomy(extra: Mapping[str, Category], chosen: frozenset[str] = frozenset()) -> Taxonomy:
    ordered = sorted(extra.values(), key=lambda category: category.letter)
    return Taxonomy(MappingProxyType({**built_in_categories(), **{one.name: one for one in ordered}}), chosen)
