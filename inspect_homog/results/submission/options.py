"""What the user says of a submission besides the run."""

from typing import Literal, get_args

from ...record import Record

Relationship = Literal["first_party", "third_party", "collaborative", "other"]
"""How the evaluator stands to the model's developer."""

RELATIONSHIPS: tuple[str, ...] = get_args(Relationship)
"""The same as a list of choices."""


class Options(Record):
    """Whose evaluation it is, and the names of the model and the prompts where the log's do not do."""

    organization: str = "unknown"
    """Who ran it."""

    relationship: Relationship = "third_party"
    """How they stand to the model's developer."""

    model_id: str | None = None
    """The model as `developer/model`; by default made of the framework's name for it."""

    dataset_id: str | None = None
    """The prompts' id on the Hugging Face Hub; by default the one that is known."""
