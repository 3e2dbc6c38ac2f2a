"""What a leaderboard reads from a folder of submissions: one entry for each category of each run."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from ...errors import HomogError
from ...record import Record
from ...taxonomy.category import Category
from ..summary import Figure
from .metrics import METRICS
from .records import Aggregate, Result
from .rows import group_name
from .strict_json import loads


class Entry(Record):
    """The figures of one run over the prompts of one category, or over all of its prompts."""

    evaluation_id: str
    """Id of the submission."""

    model: str
    """The model as `developer/model`."""

    task: str
    """Name of the task, without the package's."""

    category: str | None
    """Category name; None for all prompts of a run over several categories."""

    strategy: str
    """Name of the sampling strategy."""

    wording: str | None
    """Whose wording the strategy used; None where it has none."""

    judges: list[str]
    """Names of the judges, in the order bound."""

    judging: str | None
    """`pairs`, `lossless` or `single_call`."""

    num_responses: int
    """Responses asked for, a prompt."""

    prompt_set_hash: str
    """SHA-256 of the entry's prompts: equal when the same was asked."""

    rubric_versions: list[int]
    """Versions of the rubrics of the entry's categories, without repeats."""

    definitions: tuple[Category, ...] = ()
    """Those of the entry's categories in full that are not the package's own."""

    package_version: str | None
    """Version of inspect_homog that drew and judged."""

    framework: str
    """`inspect_ai` or `lm_eval`."""

    created: str
    """When it was run, ISO 8601."""

    figures: dict[str, Figure]
    """The keys that are scored."""

    record: Path
    """The aggregate file, from the folder of submissions."""


def read_entries(folder: Path) -> list[Entry]:
    """Every entry below a folder, in the order of the files' paths.

    Nothing is recomputed here: run `homog validate` first.

    Raises:
        HomogError: When there is no submission, or a file is not one; names it.
    """
    paths = aggregate_paths(folder)
    if not paths:
        raise HomogError(f"{folder}: no submission there. Run `homog submit LOGS -o {folder}` first.")
    return [entry for path in paths for entry in entries_of(read_aggregate(path), path.relative_to(folder))]


def aggregate_paths(folder: Path) -> list[Path]:
    """The aggregate files below a folder, sorted."""
    return sorted((folder / "data").rglob("*.json"))


def read_aggregate(path: Path) -> Aggregate:
    """An aggregate file.

    Raises:
        HomogError: When it cannot be read or is not one; names it and the first thing that is wrong.
    """
    try:
        return Aggregate.model_validate(loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise HomogError(f"{path}: {where}: {first['msg']}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise HomogError(f"{path}: {error}") from error


def entries_of(aggregate: Aggregate, record: Path) -> Iterator[Entry]:
    """The entries of one aggregate."""
    known = aggregate.eval_library.additional_details
    strategy, _, wording = known.strategy.partition(" (")
    groups: dict[str, list[Result]] = {}
    for result in aggregate.evaluation_results:
        groups.setdefault(result.evaluation_name, []).append(result)
    for name, results in groups.items():
        category = None if name == group_name(known.task, None) else name.removeprefix(f"{known.task}/")
        versions = known.rubric_versions
        yield Entry(
            evaluation_id=aggregate.evaluation_id,
            model=aggregate.model_info.id,
            task=known.task,
            category=category,
            strategy=strategy,
            wording=wording.removesuffix(")") or None,
            judges=known.judges,
            judging=known.judging,
            num_responses=known.num_responses,
            prompt_set_hash=results[0].source_data.additional_details.get("prompt_set_hash", ""),
            rubric_versions=sorted({v for k, v in versions.items() if category in (None, k)}),
            definitions=tuple(one for k, one in (known.definitions or {}).items() if category in (None, k)),
            package_version=known.inspect_homog,
            framework=aggregate.eval_library.name,
            created=aggregate.evaluation_timestamp,
            figures={key: _figure(result) for result in results if (key := _key(result)) is not None},
            record=record,
        )


def _key(result: Result) -> str | None:
    key = result.metric_config.metric_id.removeprefix("inspect_homog.")
    return key if key in METRICS else None


def _figure(result: Result) -> Figure:
    details = result.score_details
    error, interval = details.uncertainty.standard_error, details.uncertainty.confidence_interval
    return Figure(
        mean=details.score,
        stderr=error.value if error else None,
        ci_lower=interval.lower if interval else None,
        ci_upper=interval.upper if interval else None,
        prompts=details.details.prompts,
        unscored=details.details.unscored,
    )
