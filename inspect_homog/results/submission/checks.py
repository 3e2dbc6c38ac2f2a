"""What must hold of a submission's rows besides their form, each rule on its own."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version

from inspect_ai.dataset import Sample

from ...errors import HomogError
from ...judging.request import prompt_hash
from ...prompts.load import load_prompts, plain_input
from ..run import Run, Scored
from .judges import grader_names
from .records import RunDetails, SetDetails

BUNDLED = "bundled"
"""Start of the names of the prompt sets that come with the package."""


def installed(known: RunDetails) -> bool:
    """Whether the run was made with the version of the package that is checking it."""
    return known.inspect_homog == version("inspect_homog")


def shape_of_row(scored: Scored) -> Iterator[str]:
    """What keeps the row's figures from being computed again."""
    n = len(scored.usable)
    usable = [place for place, response in enumerate(scored.responses) if response.usable]
    if scored.usable != usable:
        yield f"metadata.usable is {scored.usable}, but the responses that can be compared are {usable}"
    for graded in scored.graders:
        if len(graded.grades) != n:
            yield f"grader {graded.grader!r} has {len(graded.grades)} grades for {n} usable responses"
    if len(scored.correct) not in (0, n):
        yield f"metadata.correct has {len(scored.correct)} entries for {n} usable responses"


def facts_of_row(scored: Scored, known: RunDetails) -> Iterator[str]:
    """What does not fit the run that the row belongs to."""
    got = len(scored.responses)
    if got > scored.requested:
        yield f"{got} responses, and only {scored.requested} were asked for"
    told = any(note.startswith("shortfall") for note in scored.notes)
    if got < scored.requested and scored.unscored is None and not told:
        yield f"{got} of {scored.requested} responses, and no note of a shortfall: was one dropped?"
    names = [judged.judge for judged in scored.judges]
    if names and names != known.judges:
        yield f"judged by {', '.join(names)}, but the run's judges are {', '.join(known.judges)}"
    yield from _rubric_of_row(scored, known)
    for grader in grader_names([scored]):
        if grader not in known.graders:
            yield f"graded by {grader}, which is none of the run's graders ({', '.join(known.graders)})"


def _rubric_of_row(scored: Scored, known: RunDetails) -> Iterator[str]:
    """Whether the rubric that the submission defines is the one that the judges were given."""
    if (own := scored.definition) is None or scored.prompt_hash is None:
        return
    if scored.rubric_version != own.version:
        yield f"judged by version {scored.rubric_version} of {own.name}; version {own.version} is defined"
    if installed(known) and scored.prompt_hash != prompt_hash(own, scored.judging or ""):
        yield f"judged by another rubric than the one defined for {own.name}"


def prompt_of_row(scored: Scored, bundled: Mapping[str, Sample]) -> str | None:
    """How the row's prompt differs from the installed prompt with its id."""
    sample = bundled.get(scored.id)
    if sample is None:
        return f"there is no bundled prompt {scored.id!r}"
    if plain_input(sample.input) != scored.input:
        return f"prompt {scored.id!r} is not worded as the bundled one"
    if (sample.metadata or {}).get("category") != scored.category:
        return f"prompt {scored.id!r} is of category {(sample.metadata or {}).get('category')}"
    return None


def prompts_of_run(run: Run, prompts: SetDetails, bundled: Mapping[str, Sample] | None) -> Iterator[str]:
    """Which prompts are missing, or are there and ought not to be."""
    there = {one.id for one in run.scored}
    for id in run.planned:
        if id not in there and id not in prompts.prompts_lost:
            yield f"prompt {id!r} was to be asked and has no row"
    for id in sorted(there - set(run.planned)):
        yield f"prompt {id!r} has a row and was not to be asked"
    epochs = {one.epoch for one in run.scored}
    rows = {(one.id, one.epoch) for one in run.scored}
    for id in run.planned:
        missing = [epoch for epoch in epochs if (id, epoch) not in rows]
        if id in there and missing:
            yield f"prompt {id!r} has no row of epoch {missing[0]}"
    if bundled is not None and prompts.partial is None and set(run.planned) != set(bundled):
        lacking = len(set(bundled) - set(run.planned))
        yield f"claims to be complete, and lacks {lacking} of the {len(bundled)} prompts of {prompts.dataset}"


def bundled_prompts(prompts: SetDetails, known: RunDetails) -> dict[str, Sample] | None:
    """The installed prompts of the set by their ids; None for another set or another version."""
    if not prompts.dataset.startswith(f"{BUNDLED}-") or not installed(known):
        return None
    return _bundled(prompts.dataset.removeprefix(f"{BUNDLED}-"))


@cache
def _bundled(category: str) -> dict[str, Sample] | None:
    try:
        samples: Sequence[Sample] = load_prompts(BUNDLED, None if category == "all" else category)
    except (HomogError, OSError):
        return None
    return {str(sample.id): sample for sample in samples}
