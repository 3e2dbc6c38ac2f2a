"""Categories: what each kind of task is (paper section 3), read from Markdown rubrics with front matter."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import ConfigDict, Field, ValidationError

from ..errors import HomogError, describe
from ..record import Record

GENERAL = "general"
"""Name of the wording and rubric that know no category."""


class Anchored(Record):
    """What a strategy tells the model about which differences matter."""

    model_config = ConfigDict(extra="forbid")

    several: str
    """Said when one completion must hold several responses: what varies, what stays."""

    another: str
    """User turn that asks for one more response after an earlier one."""

    strategies: str
    """Said when strategies are elicited first: what makes two of them distinct."""


class Category(Record):
    """One kind of task and its own idea of when two responses say the same thing."""

    model_config = ConfigDict(extra="forbid")

    letter: str
    """Letter in the paper's taxonomy, A to H; a later one for further categories; empty for `general`."""

    name: str
    """Name users type, such as `creative_writing`."""

    title: str
    """Display name."""

    homogenization: Literal["wanted", "unwanted"]
    """Whether responses to one prompt ought to say the same thing."""

    version: int
    """Raised whenever the rubric changes its meaning; written in every log."""

    definition: str
    """Which prompts belong here; what a classifier is shown."""

    axis: str
    """Plural noun phrase that completes "List n distinct ..."."""

    anchored: Anchored
    """The category's wording for the strategies that need one."""

    quality_hints: str
    """What a good response does, for a quality grader."""

    rubric: str = Field(repr=False)
    """Markdown shown to a judge: when two responses are equivalent, with examples."""

    @property
    def digest(self) -> str:
        """SHA-256, shortened, over all of it: equal when the same is meant."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


def parse_category(text: str, source: str) -> Category:
    """Read one rubric: YAML front matter between `---` lines, then the Markdown rubric.

    Raises:
        HomogError: When the front matter is missing, not YAML, or lacks a field; names `source`.
    """
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise HomogError(f"{source}: expected YAML front matter between two '---' lines at the top.")
    try:
        return Category.model_validate({**yaml.safe_load(parts[1]), "rubric": parts[2].strip()})
    except ValidationError as error:
        raise HomogError(f"{source}: {describe(error, nested=True)}.") from error
    except (ValueError, TypeError, yaml.YAMLError) as error:
        raise HomogError(f"{source}: {error}") from error


@cache
def built_in_categories() -> dict[str, Category]:
    """The paper's eight categories by name, in the order of their letters."""
    folder = files(__package__) / "categories"
    found = [parse_category(path.read_text("utf-8"), path.name) for path in folder.iterdir()]
    return {category.name: category for category in sorted(found, key=lambda c: c.letter)}


@cache
def general_category() -> Category:
    """The wording and rubric for prompts outside the taxonomy."""
    path = files(__package__) / "general.md"
    return parse_category(path.read_text("utf-8"), path.name)


def load_categories() -> dict[str, Category]:
    """The paper's eight categories and those of installed packages, by name, in the order of letters."""
    from .taxonomy import installed_taxonomy  # which is made of categories

    return dict(installed_taxonomy().categories)


def load_category(name: str) -> Category:
    """The one of these with this name or letter; `general` is the one outside the taxonomy.

    Raises:
        HomogError: When there is none; lists those there are.
    """
    from .taxonomy import installed_taxonomy  # see above

    return installed_taxonomy().find(name)
