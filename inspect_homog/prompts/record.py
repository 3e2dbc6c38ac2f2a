"""One line of a prompts file, checked, and its translation into an Inspect sample."""

from typing import Annotated, Any, ClassVar
from unicodedata import category as kind_of
from warnings import catch_warnings

from inspect_ai.dataset import Sample
from inspect_ai.model import ChatMessage
from pydantic import AliasChoices, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from ..record import Record
from ..taxonomy.category import Category
from ..taxonomy.extra import DEFINITION, check_extra
from ..taxonomy.taxonomy import Taxonomy, installed_taxonomy
from .read import TAXONOMY

LONGEST_ID = 500
"""Characters of an id."""

KNOWN = ("accepted", "pattern", "options", "level", "routes", "checklist", "prompt_id", "paraphrases")
"""Fields that become sample metadata under their own names."""

_Strings = Annotated[list[str], Field(min_length=1)]
_Answers = Annotated[list[str | _Strings], Field(min_length=1)]


def category_name(value: object, info: ValidationInfo) -> object:
    """A category's name from its name or letter; anything but text is left for the type check.

    A row may define its category itself, as logs do; else the taxonomy that is the context of the validation
    has it, or the installed one.
    """
    if not isinstance(value, str):
        return value
    if info.data.get(DEFINITION) is not None and info.data[DEFINITION].name == value:
        return value
    taxonomy: Taxonomy = (info.context or {}).get(TAXONOMY) or installed_taxonomy()
    return taxonomy.find(value).name


class PromptRecord(Record):
    """A prompt with what is known about its answers. Further fields are kept as sample metadata."""

    model_config = ConfigDict(extra="allow")

    to_be_answered: ClassVar[bool] = True
    """Whether a model will answer the prompt, for which a conversation must end in the user's turn."""

    input: str | list[ChatMessage] = Field(min_length=1)
    """The prompt, or a conversation that ends in the user's turn."""

    id: str | int | None = None
    """Stable id; by default the file's name and the line's number. Logs name a sample's part by it."""

    category_definition: Category | None = None
    """The category in full, where it is not this package's own; logs carry it."""

    category: Annotated[str | None, BeforeValidator(category_name)] = None
    """Category name or letter; by default the task's own."""

    target: str | _Strings | None = None
    """Accepted answer or answers, the canonical one first (A, D)."""

    accepted: _Answers | None = None
    """Valid answers, each as text or as the list of its names (B)."""

    pattern: str | None = None
    """Regular expression that a valid answer matches in full (B)."""

    options: _Answers | None = None
    """The options to pick from, each as text or as the list of its names (C)."""

    level: int | None = Field(default=None, ge=1, le=5)
    """Difficulty, 1 to 5 (D)."""

    routes: _Strings | None = None
    """Different ways to the answer (D)."""

    checklist: _Strings | None = None
    """What makes a good answer to this prompt, one factor each; without it the grader writes one."""

    prompt_id: str | int | None = None
    """The prompt of which this one is a variant; variants count as one where errors are estimated."""

    paraphrases: list[str] | None = Field(
        default=None, validation_alias=AliasChoices("paraphrases", "prompt_paraphrases")
    )
    """The prompt in other words, for the strategy `paraphrase`; NoveltyBench's name is understood, and an
    empty list is as good as none."""

    @field_validator("input", "prompt_id")
    @classmethod
    def _not_blank(cls, value: object) -> object:
        if isinstance(value, str) and not value.strip():
            raise ValueError("is blank")
        return value

    @field_validator("input")
    @classmethod
    def _ends_in_the_users_turn(cls, value: str | list[ChatMessage]) -> str | list[ChatMessage]:
        if cls.to_be_answered and not isinstance(value, str) and value[-1].role != "user":
            raise ValueError(f"ends in a turn of the {value[-1].role}; the last turn must be the user's")
        return value

    @field_validator("prompt_id", mode="before")
    @classmethod
    def _names_a_prompt(cls, value: object) -> object:
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
            raise ValueError("must be text or a whole number")
        return value

    @field_validator("paraphrases")
    @classmethod
    def _none_blank(cls, value: list[str] | None) -> list[str] | None:
        for number, text in enumerate(value or [], start=1):
            if not text.strip():
                raise ValueError(f"text {number} is blank")
        return value

    @field_validator("category_definition")
    @classmethod
    def _beside_ours(cls, value: Category | None) -> Category | None:
        return None if value is None else check_extra(value, "as given")

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            import regex  # type: ignore[import-untyped]  # slow to import

            try:
                with catch_warnings(action="ignore"):
                    regex.compile(value)
            except (regex.error, OverflowError, RecursionError) as error:
                raise ValueError(f"is not a regular expression: {error}") from error
        return value

    @field_validator("id")
    @classmethod
    def _fit_for_a_log(cls, value: str | int | None) -> str | int | None:
        # Inspect's logs cut a name at NUL, and cannot be written with half a surrogate pair or 64 KB in one.
        text = "x" if value is None else str(value)
        if not text.strip() or len(text) > LONGEST_ID or any(kind_of(c) in ("Cc", "Cs") for c in text):
            raise ValueError(f"must have 1 to {LONGEST_ID} characters, and no control characters")
        return value

    def sample(self, id: str, category: str | None) -> Sample:
        """The Inspect sample; `id` and `category` stand in where the record has none."""
        metadata: dict[str, Any] = {"category": self.category or category}
        if self.category_definition is not None and self.category_definition.name == metadata["category"]:
            metadata[DEFINITION] = self.category_definition.model_dump()
        for name in KNOWN:
            if (value := getattr(self, name)) is not None:
                metadata[name] = value
        return Sample(
            input=self.input,
            id=id if self.id is None else self.id,
            target=self.target if self.target is not None else "",
            metadata=metadata | (self.model_extra or {}),
        )
