"""SimpleQA: short questions with one answer (A)."""

from inspect_ai.dataset import RecordToSample, Sample, hf_dataset
from pydantic import Field

from .source import Row, Source, text_id

REVISION = "e319282ab125c3dbd0c7fd00be2e4dd54e7e8f94"
"""Commit of the mirror `basicv8vc/SimpleQA`, which holds the published CSV."""


class SimpleQARow(Row):
    """A question and its answer."""

    metadata: str
    """Topic, kind of answer and links."""

    problem: str = Field(min_length=1)
    """The question."""

    answer: str = Field(min_length=1)
    """The one right answer."""

    def sample(self) -> Sample:
        """See `Row.sample`."""
        return Sample(id=text_id(f"{self.problem}\n{self.answer}"), input=self.problem, target=self.answer)


def _published(give: RecordToSample) -> None:
    hf_dataset("basicv8vc/SimpleQA", split="test", revision=REVISION, sample_fields=give)


SIMPLEQA = Source(
    name="simpleqa",
    revision=REVISION,
    files=("simple_qa_test_set.csv",),
    row=SimpleQARow,
    published=_published,
    count=50,
    category="well_specified",
)
"""Short questions of fact."""
