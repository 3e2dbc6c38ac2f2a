"""One submission, computed again from its rows."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ...record import Record
from ..run import Run
from .aggregate import Naming, names_of, unscored_prompts
from .check_others import check_others
from .check_rows import check_rows
from .checks import bundled_prompts, installed, prompts_of_run
from .differences import Difference, differences
from .files import Files, as_json, files_of
from .hub import headline_of
from .json_lines import Path as Keys
from .json_lines import line_of, value_lines
from .parse import ReadAggregate, ReadRow, parse_aggregate, parse_rows
from .problem import Problem, together
from .records import Aggregate
from .source import options_of, run_of

WORDED = frozenset({"evaluation_description", "metric_name", "input_prompt"})
"""Fields with texts of the package, which another version may word otherwise."""

DETAILED = ("detailed_evaluation_results",)
"""Where an aggregate says which file holds its rows."""


class Checked(Record):
    """What a check of one submission found."""

    cells: list[str]
    """Model, task, strategy, prompts, unscored and headline figure; empty where it could not be read."""

    problems: list[Problem]
    """What is wrong, the most telling first."""

    paths: list[str]
    """Its files, from the folder of submissions."""


class _Given(Record):
    """A submission as it stands."""

    name: str
    """The aggregate file, from the folder of submissions."""

    read: ReadAggregate
    """The same, read."""

    names: Naming
    """The names that follow from what it says, with the id that it has."""

    rows: list[ReadRow | Problem]
    """Its rows, or what is wrong with their form."""

    checksum: str
    """SHA-256 of the file of rows as it is."""

    @property
    def record(self) -> Aggregate:
        """The aggregate."""
        return self.read.record

    def problem(self, text: str, *keys: str | int) -> Problem:
        """A problem of the aggregate file, in the line of the value that the keys lead to."""
        return Problem(path=self.name, line=line_of(value_lines(self.read.text), keys), text=text)


def check_submission(folder: Path, path: Path, max_unscored: float) -> Checked:
    """Check the submission of one aggregate file below a folder."""
    name, rows = path.relative_to(folder).as_posix(), path.with_name(f"{path.stem}_samples.jsonl")
    paths = [name, rows.relative_to(folder).as_posix()]
    read = parse_aggregate(path, name)
    if not isinstance(read, ReadAggregate):
        return Checked(cells=[], problems=read, paths=paths)
    if not rows.is_file():
        missing = Problem(path=name, line=1, text=f"its file of rows is not there: {rows.name}")
        return Checked(cells=[], problems=[missing], paths=paths)
    content = rows.read_bytes()
    given = _Given(
        name=name,
        read=read,
        names=_names(read.record, path.stem),
        rows=list(parse_rows(content, paths[1])),
        checksum=sha256(content).hexdigest(),
    )
    problems, files = _problems(folder, given, max_unscored)
    others = [] if files is None else list(files.others)
    return Checked(
        cells=_cells(read.record), problems=together([*problems, *_on_files(given)]), paths=[*paths, *others]
    )


def _names(record: Aggregate, uuid: str | None = None) -> Naming:
    library = record.eval_library
    return names_of(
        library.name,
        record.evaluation_timestamp,
        library.additional_details,
        record.model_info.id,
        uuid,
    )


def _problems(folder: Path, given: _Given, max_unscored: float) -> tuple[list[Problem], Files | None]:
    """What is wrong in the rows and the figures; and the files that follow from the rows, where they do."""
    record = given.record
    known, prompts = record.eval_library.additional_details, record.source_metadata.additional_details
    bundled = bundled_prompts(prompts, known)
    broken = [one for one in given.rows if isinstance(one, Problem)]
    place = given.names.model_copy(update={"evaluation_id": record.evaluation_id})
    good = [one for one in given.rows if isinstance(one, ReadRow)]
    outcomes = list(check_rows(good, place, known, bundled))
    problems = broken + [
        Problem(path=given.names.rows, line=one.line, text=text) for one in outcomes for text in one.texts
    ]
    scored = [one.scored for one in outcomes if one.scored is not None]
    if len(scored) < len(given.rows) or not scored:
        return [*problems, given.problem("its figures cannot be computed again, for want of rows")], None
    run = run_of(record, scored)
    texts = [*prompts_of_run(run, prompts, bundled), *_too_many_unscored(run, max_unscored)]
    at = ("source_metadata", "additional_details", "prompts_planned")
    problems += [given.problem(text, *at) for text in texts]
    files = files_of(run, options_of(record), given.names, given.checksum)
    return [*problems, *_on_figures(given, files), *check_others(folder, files.others)], files


def _too_many_unscored(run: Run, most: float) -> Iterator[str]:
    unscored, planned = unscored_prompts(run), len(run.planned)
    if planned and unscored / planned > most:
        yield f"{unscored} of {planned} prompts are unscored, more than {most:.0%}"


def _on_figures(given: _Given, files: Files) -> Iterator[Problem]:
    """Every field of the aggregate that is not what the rows give."""
    same = installed(given.record.eval_library.additional_details)
    for one in differences(given.read.value, as_json(files.aggregate)):
        if one.path[:1] == DETAILED or (not same and WORDED & set(one.path)):
            continue
        text = f"{one.where} is {one.given}; the rows give {one.expected}"
        yield given.problem(text, *_keys(given.record, one))


def _on_files(given: _Given) -> Iterator[Problem]:
    """What is wrong with names, numbers and hashes; they say least, so they come last."""
    rows, detailed = len(given.rows), given.record.detailed_evaluation_results
    if detailed.total_rows != rows:
        text = f"total_rows is {detailed.total_rows}; the file of rows has {rows}"
        yield given.problem(text, *DETAILED, "total_rows")
    if detailed.file_path != given.names.rows:
        text = f"file_path is {detailed.file_path}; the rows stand in {given.names.rows}"
        yield given.problem(text, *DETAILED, "file_path")
    if given.names.record != given.name:
        text = f"model id {given.names.model_id!r} belongs in {given.names.folder}/"
        yield given.problem(text, "model_info", "id")
    if (uuid := _names(given.record).uuid) != given.names.uuid:
        yield given.problem(f"run, model, strategy or judges were changed: they belong to the id {uuid}")
    if detailed.checksum != given.checksum:
        text = "checksum is not that of the file of rows: it was edited after it was written"
        yield given.problem(text, *DETAILED, "checksum")


def _keys(record: Aggregate, difference: Difference) -> Keys:
    """The path of a difference with places instead of the ids of results."""
    places = {one.evaluation_result_id: place for place, one in enumerate(record.evaluation_results)}
    return tuple(places.get(str(part), part) for part in difference.path)


def _cells(record: Aggregate) -> list[str]:
    known, prompts = record.eval_library.additional_details, record.source_metadata.additional_details
    key, value = headline_of(record)
    return [
        record.model_info.id,
        known.task,
        known.strategy,
        prompts.partial or str(len(prompts.prompts_planned)),
        str(prompts.unscored),
        f"{key} {value:.3f}",
    ]
