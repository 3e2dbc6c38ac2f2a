"""Each row of a submission, computed again from what stands in it."""

from collections.abc import Iterable, Iterator, Mapping

from inspect_ai.dataset import Sample

from ...errors import HomogError
from ...record import Record
from ..run import Scored
from .checks import facts_of_row, prompt_of_row, shape_of_row
from .differences import differences
from .figures import recomputed
from .files import as_json
from .parse import ReadRow
from .records import RunDetails
from .rows import Place, row_of, scored_of


class RowOutcome(Record):
    """What a check made of one row."""

    line: int
    """Its line, from 1."""

    scored: Scored | None
    """The row with its figures computed again; None where they cannot be."""

    texts: list[str]
    """What is wrong."""


def check_rows(
    rows: Iterable[ReadRow], place: Place, known: RunDetails, bundled: Mapping[str, Sample] | None
) -> Iterator[RowOutcome]:
    """The outcome of each row.

    Args:
        rows: The rows.
        place: The submission that they belong to.
        known: What the submission says of the run.
        bundled: The installed prompts of the set by their ids; None where there are none.
    """
    lines: dict[tuple[str, int], int] = {}
    for row in rows:
        key = (row.record.sample_id, row.record.metadata.epoch)
        if (earlier := lines.setdefault(key, row.line)) != row.line:
            text = f"prompt {key[0]!r} of epoch {key[1]} stands in line {earlier} already"
            yield RowOutcome(line=row.line, scored=None, texts=[text])
            continue
        yield _check_row(row, place, known, bundled)


def _check_row(
    row: ReadRow, place: Place, known: RunDetails, bundled: Mapping[str, Sample] | None
) -> RowOutcome:
    try:
        scored = _defined(scored_of(row.record), known)
        texts = list(shape_of_row(scored))
        again = None if texts else recomputed(scored)
    except (ValueError, HomogError) as error:
        return RowOutcome(line=row.line, scored=None, texts=[str(error)])
    if bundled is not None and (text := prompt_of_row(scored, bundled)):
        texts.append(text)
    texts += facts_of_row(scored, known)
    if again is not None:
        texts += [
            f"{one.where} is {one.given}; what stands in the row gives {one.expected}"
            for one in differences(row.value, as_json(row_of(again, place)))
        ]
    return RowOutcome(line=row.line, scored=again, texts=texts)


def _defined(scored: Scored, known: RunDetails) -> Scored:
    """The row with the definition of its category, which the aggregate holds once for all rows."""
    definition = (known.definitions or {}).get(scored.category or "")
    return scored if definition is None else scored.model_copy(update={"definition": definition})
