"""Which category's wording a strategy uses for a sample, and where that choice came from."""

from dataclasses import dataclass

from inspect_ai.solver import TaskState

from ..errors import HomogError
from ..taxonomy.category import GENERAL, Category
from ..taxonomy.taxonomy import Taxonomy, category_in
from .classify import ask_category, parse_category_answer
from .draw import Draws

ANCHORS = (GENERAL, "task", "predicted")
"""Values of `-T anchor=` besides the names of the categories."""


@dataclass(frozen=True)
class Choice:
    """Whose wording the user asked for."""

    anchor: str
    """`general`, `task`, `predicted` or a category's name."""

    taxonomy: Taxonomy
    """The categories there are."""


@dataclass(frozen=True)
class Anchor:
    """The wording in force for one sample."""

    category: Category
    """The category whose wording is used; `general` when it knows no category."""

    predicted: str | None = None
    """What the model predicted, when it was asked and answered."""


def check_anchor(anchor: str, taxonomy: Taxonomy) -> Choice:
    """The choice of this anchor.

    Raises:
        HomogError: When it is neither `general`, `task`, `predicted` nor a category's name.
    """
    if anchor not in ANCHORS and anchor not in taxonomy.categories:
        raise HomogError(
            f"Unknown anchor {anchor!r}. Use one of: {', '.join([*ANCHORS, *taxonomy.categories])}."
        )
    return Choice(anchor, taxonomy)


async def resolve_anchor(choice: Choice, state: TaskState, draws: Draws) -> Anchor:
    """Decide the wording for this sample (paper section 4, step 1).

    `predicted` asks the model under test once; a prompt outside the taxonomy, or an answer that cannot be
    read, falls back to the general wording and says so in `draws.notes`.

    Raises:
        HomogError: When `task` is asked for and the sample has no category.
    """
    anchor, taxonomy = choice.anchor, choice.taxonomy
    if anchor == "task":
        return Anchor(_category_of(state))
    if anchor == "predicted":
        predicted = parse_category_answer(await ask_category(state.messages, draws, taxonomy), taxonomy)
        if predicted is None:
            draws.notes.append("category not predicted: answer not understood; general wording used")
        return Anchor(taxonomy.find(predicted or GENERAL), predicted)
    return Anchor(taxonomy.find(anchor))


def _category_of(state: TaskState) -> Category:
    category = category_in(state.metadata)
    if category is None:
        raise HomogError(
            f"Sample {state.sample_id!r} has no category in its metadata, which anchor=task needs. "
            "Add metadata={'category': ...} to the sample, or use anchor=general."
        )
    return category
