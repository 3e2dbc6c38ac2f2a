"""MATH-500: competition problems of five levels (D)."""

from inspect_ai.dataset import RecordToSample, Sample, hf_dataset
from pydantic import Field

from .source import Row, Source

REVISION = "6e4ed1a2a79af7d8630a6b768ec859cb5af4d3be"
"""The commit that many public evaluations pin."""


class Math500Row(Row):
    """A problem with its solution and answer."""

    problem: str = Field(min_length=1)
    """The problem."""

    solution: str
    """A worked solution."""

    answer: str = Field(min_length=1)
    """The final answer in LaTeX."""

    subject: str
    """Such as `Algebra`."""

    level: int = Field(ge=1, le=5)
    """Difficulty."""

    unique_id: str = Field(min_length=1)
    """Such as `test/algebra/1.json`."""

    def sample(self) -> Sample:
        """See `Row.sample`."""
        return Sample(
            id=self.unique_id.removesuffix(".json").replace("/", "-"),
            input=self.problem,
            target=self.answer,
            metadata={"level": self.level, "subject": self.subject},
        )


def _published(give: RecordToSample) -> None:
    hf_dataset("HuggingFaceH4/MATH-500", split="test", revision=REVISION, sample_fields=give)


MATH500 = Source(
    name="math500",
    revision=REVISION,
    files=("math500.jsonl",),
    row=Math500Row,
    published=_published,
    count=50,
    category="math",
    levels=(1, 2, 3, 4, 5),
)
"""Problems of five levels, as many of each."""
