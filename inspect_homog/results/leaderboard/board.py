"""The leaderboard as data: what `leaderboard.json` holds and the page shows."""

from collections.abc import Iterable, Mapping

from ...record import Record
from ..submission.identity import model_id
from ..submission.read import Entry
from ..summary import Figure
from .likeness import Likeness, likeness
from .ranking import RULE, Interval, Rank, rank


class Row(Record):
    """One submission in one table."""

    rank: Rank | None
    """The places it may have, best and worst; None without an interval."""

    model: str
    """The model under test."""

    strategy: str
    """How the responses were drawn, with the wording where there is one."""

    task: str
    """The task that asked the prompts."""

    framework: str
    """What ran it."""

    created: str
    """When it was run, ISO 8601."""

    prompts: int
    """Prompts whose headline is scored."""

    unscored: int
    """Prompts whose headline is not."""

    figures: dict[str, Figure]
    """Every key that is scored."""

    judges_itself: bool
    """Whether the model is one of its judges."""

    evaluation_id: str
    """The submission's id."""

    record: str
    """Link to the submission's record, from the page."""

    samples: str
    """Link to its responses, from the page."""


class Table(Record):
    """Rows that may be compared."""

    id: str
    """Its place in the page, for links."""

    title: str
    """Display name of what was asked."""

    headline: str
    """The key that ranks."""

    more_is_better: bool
    """False where the least headline comes first."""

    like: Likeness
    """What is equal among the rows."""

    rows: list[Row]
    """From the best mean of the headline on; rows without it last."""


class Refused(Record):
    """A submission that is not shown among the others."""

    file: str
    """Where it is, from the folder of submissions."""

    reason: str
    """Why: the first of its faults."""


class Repeated(Record):
    """A submission that is there a second time and counts once."""

    file: str
    """The copy, from the folder of submissions."""

    same_as: str
    """The one that counts."""


class Board(Record):
    """All that the page says."""

    rule: str = RULE
    """How the ranks are made."""

    tables: list[Table]
    """Whole tasks first, then the categories by letter; of one category the fullest first."""

    refused: list[Refused]
    """Submissions that do not hold, by file."""

    repeated: list[Repeated]
    """Copies, by file."""


def tables(entries: Mapping[str, Iterable[Entry]]) -> list[Table]:
    """Comparable entries together, ranked.

    Args:
        entries: Those of each submission, by the path of its record from the folder of the page.
    """
    together: dict[Likeness, list[tuple[str, Entry]]] = {}
    for record, found in entries.items():
        for entry in found:
            together.setdefault(likeness(entry), []).append((record, entry))
    return sorted((_table(like, found) for like, found in together.items()), key=_place)


def _table(like: Likeness, found: list[tuple[str, Entry]]) -> Table:
    ranks = rank([_interval(entry.figures.get(like.headline)) for _, entry in found], like.more_is_better)
    rows = [_row(*one, place, like) for one, place in zip(found, ranks, strict=True)]

    def order(row: Row) -> tuple[bool, float, str, str, str, str]:
        figure = row.figures.get(like.headline)
        mean = 0.0 if figure is None else figure.mean
        best_first = -mean if like.more_is_better else mean
        return figure is None, best_first, row.model, row.strategy, row.created, row.evaluation_id

    return Table(
        id=like.id,
        title=like.title,
        headline=like.headline,
        more_is_better=like.more_is_better,
        like=like,
        rows=sorted(rows, key=order),
    )


def _row(record: str, entry: Entry, place: Rank | None, like: Likeness) -> Row:
    headline = entry.figures.get(like.headline)
    asked = max((figure.prompts + figure.unscored for figure in entry.figures.values()), default=0)
    return Row(
        rank=place,
        model=entry.model,
        strategy=entry.strategy if entry.wording is None else f"{entry.strategy} ({entry.wording})",
        task=entry.task,
        framework=entry.framework,
        created=entry.created,
        prompts=headline.prompts if headline else 0,
        unscored=headline.unscored if headline else asked,
        figures=dict(sorted(entry.figures.items())),
        judges_itself=entry.model in map(model_id, entry.judges),
        evaluation_id=entry.evaluation_id,
        record=record,
        samples=record.removesuffix(".json") + "_samples.jsonl",
    )


def _interval(figure: Figure | None) -> Interval | None:
    if figure is None or figure.ci_lower is None or figure.ci_upper is None:
        return None
    return Interval(figure.ci_lower, figure.ci_upper)


def _place(table: Table) -> tuple[str, str, int, str]:
    letter = table.like.rubric_of.letter or "~" if table.like.category else ""
    return letter, table.title, -len(table.rows), table.id
