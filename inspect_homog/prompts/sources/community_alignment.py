"""Community Alignment: first prompts that annotators wrote themselves (mostly F and H)."""

from inspect_ai.dataset import RecordToSample, Sample, hf_dataset

from .source import Row, Source, text_id

REVISION = "97343c7f6399fcbea430ed0f37c1768281a78d56"
"""A commit with one file, `community_alignment.csv`, and so one split; others have other splits."""


class CommunityAlignmentRow(Row):
    """A conversation, of which the first prompt is used."""

    first_turn_prompt: str | None
    """The first prompt; a few conversations have none."""

    assigned_lang: str
    """Code of the annotator's language, such as `en`."""

    is_pregenerated_first_prompt: bool
    """Whether the annotator was given the prompt."""

    def sample(self) -> Sample | None:
        """See `Row.sample`. Eligible: English, and written by the annotator."""
        prompt = (self.first_turn_prompt or "").strip()
        if not prompt or self.assigned_lang != "en" or self.is_pregenerated_first_prompt:
            return None
        return Sample(id=text_id(prompt), input=prompt)


def _published(give: RecordToSample) -> None:
    hf_dataset("facebook/community-alignment-dataset", split="train", revision=REVISION, sample_fields=give)


COMMUNITY_ALIGNMENT = Source(
    name="community_alignment",
    revision=REVISION,
    files=("community_alignment.csv",),
    row=CommunityAlignmentRow,
    published=_published,
    count=50,
)
"""English first prompts that users wrote."""
