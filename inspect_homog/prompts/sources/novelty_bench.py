"""NoveltyBench's curated prompts (mostly B, C, G and H), with a category for each id."""

from inspect_ai.dataset import RecordToSample, Sample, hf_dataset
from pydantic import Field

from .source import Row, Source

REVISION = "255584e0f4538d1f2acb4c1d287b4d3bb30fe2f9"
"""The commit that is read."""


class NoveltyBenchRow(Row):
    """A prompt and other wordings of it."""

    id: str = Field(min_length=1)
    """Such as `curated-0`."""

    category: str
    """NoveltyBench's own grouping, which is not that of the taxonomy."""

    prompt: str = Field(min_length=1)
    """The prompt."""

    prompt_paraphrases: list[str] | None
    """The same request in other words."""

    def sample(self) -> Sample:
        """See `Row.sample`."""
        known = {"paraphrases": self.prompt_paraphrases} if self.prompt_paraphrases else {}
        return Sample(id=self.id, input=self.prompt, metadata=known)


def _published(give: RecordToSample) -> None:
    hf_dataset("yimingzhang/novelty-bench", split="curated", revision=REVISION, sample_fields=give)


NOVELTY_BENCH = Source(
    name="novelty_bench",
    revision=REVISION,
    files=("novelty_bench/curated.jsonl", "curated.jsonl"),
    row=NoveltyBenchRow,
    published=_published,
    count=100,
    labels="novelty_bench_labels.json",
)
"""The 100 curated prompts."""
