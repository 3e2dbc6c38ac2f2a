"""Whether runs may be compared: what must be equal for their figures to mean the same."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields

from .run import Run, Scored, scored_set_hash
from .summary import by_category


@dataclass(frozen=True)
class Basis:
    """What the figures of one run and category rest on; the names of the fields are those in the warning."""

    prompt_set: str
    """Hash of the prompts, shortened."""

    rubric: str
    """Version of the rubric, the hash of the judge's prompt, and that of a category's own definition."""

    judges: str
    """The panel in alphabetical order."""

    judging: str
    """`pairs`, `lossless` or `single_call`."""

    package: str
    """Version of inspect_homog."""


def unlike(runs: Sequence[Run]) -> list[str]:
    """One line a category for whatever differs between runs that have it; empty when all may be compared."""
    found: dict[str, list[Basis]] = {}
    for run in runs:
        for category, scored in by_category(run.scored).items():
            found.setdefault(category or "outside the taxonomy", []).append(_basis(run, scored))
    lines = {category: _differing(bases) for category, bases in found.items()}
    return [
        f"Not comparable as they stand, {category}: {'; '.join(differing)}."
        for category, differing in lines.items()
        if differing
    ]


def rubrics(scored: Iterable[Scored]) -> dict[str | None, set[tuple[str, str | None]]]:
    """By category: the rubrics that decided, and the ways of judging."""
    found: dict[str | None, set[tuple[str, str | None]]] = {}
    for one in scored:
        if one.judges:
            found.setdefault(one.category, set()).add((_rubric(one), one.judging))
    return found


def _basis(run: Run, scored: Sequence[Scored]) -> Basis:
    used = sorted({_rubric(one) for one in scored if one.judges})
    asked = sorted(scored, key=lambda one: one.id)  # files of recorded responses may have another order
    return Basis(
        prompt_set=scored_set_hash(asked)[:12],
        rubric=" and ".join(used),
        judges=", ".join(sorted({judged.judge for one in scored for judged in one.judges})),
        judging=" and ".join(sorted({one.judging for one in scored if one.judging})),
        package=run.package_version or "unknown",
    )


def _rubric(one: Scored) -> str:
    """The rubric that decided, as the warning names it."""
    own = "" if one.definition is None else f", defined as {one.definition.digest}"
    return f"version {one.rubric_version} ({one.prompt_hash}{own})"


def _differing(bases: Sequence[Basis]) -> list[str]:
    """`prompt_set a | b` for each field in which the runs differ; what is empty differs from nothing."""
    columns = zip(*map(astuple, bases), strict=True)
    values = [list(dict.fromkeys(value for value in column if value)) for column in columns]
    return [
        f"{field.name.replace('_', ' ')} {' | '.join(known)}"
        for field, known in zip(fields(Basis), values, strict=True)
        if len(known) > 1
    ]
