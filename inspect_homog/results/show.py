"""A log as a small table for the terminal: prompt, count, and one line from each class."""

from collections.abc import Iterator
from pathlib import Path

from inspect_ai.log import EvalLog, EvalSample, list_eval_logs, read_eval_log
from inspect_ai.scorer import Score
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from ..errors import HomogError
from ..plain import printable
from ..sampling.records import Response
from ..scoring.again import FORMER, latest
from ..scoring.panel import results_of
from .finished import readable

SCORER = "functional_diversity"
"""The scorer whose answers are shown."""


def find_log(path: str) -> str:
    """The log itself, or the newest log of a folder.

    Raises:
        HomogError: When there is none.
    """
    if Path(path).is_file():
        return path
    logs = list_eval_logs(path, descending=True) if Path(path).is_dir() else []
    if not logs:
        raise HomogError(f"{path}: no Inspect log there. Run `inspect eval` first, or give a log's path.")
    return readable(logs[0].name)


def show_log(location: str, console: Console) -> None:
    """Print the table of one log.

    Raises:
        HomogError: When the log cannot be read, or holds no functional diversity.
    """
    try:
        log = read_eval_log(location)
    except Exception as error:  # of many kinds: of the archive, of its JSON, of Inspect's records
        reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
        raise HomogError(f"{location}: not an Inspect log that can be read: {reason}") from error
    rows = [(s, score) for s in log.samples or [] if (score := latest(s.scores, SCORER))]
    if not rows:
        raise HomogError(f"{location}: no sample with a score of {SCORER} (status: {log.status}).")
    console.print(_table(log, rows))
    judges = dict.fromkeys(result.judge for _, score in rows for result in results_of(score))
    before = dict.fromkeys(judge for _, score in rows for judge in _former_judges(score))
    again = f" (scored again; before: {', '.join(before)})" if before else ""
    console.print(Text(printable(f"Judged by: {', '.join(judges)}{again}")))
    console.print(Text(printable(f"Log: {location}")), soft_wrap=True)


def _former_judges(score: Score) -> list[str]:
    former = (score.metadata or {}).get(FORMER, [])
    return [judged["judge"] for one in former for judged in one.get("judges", [])]


def _table(log: EvalLog, rows: list[tuple[EvalSample, Score]]) -> Table:
    table = Table(
        title=Text(printable(f"{log.eval.task} · {log.eval.model}"), style="table.title"),
        show_lines=True,
        expand=True,
    )
    table.add_column("prompt", ratio=2)
    table.add_column("drawn", justify="right")
    table.add_column("unique", justify="right")
    table.add_column("one of each class", ratio=5)
    for sample, score in rows:
        responses = _responses(sample)
        value = score.value if isinstance(score.value, dict) else {}
        unique = value.get("unique", float("nan"))
        prompt = sample.input if isinstance(sample.input, str) else sample.input[-1].text
        table.add_row(
            Text(printable(prompt)),
            str(len(responses)),
            f"{unique:g}" if unique == unique else Text(printable(f"unscored ({score.reason})")),
            Group(*_one_of_each(responses, score)),
        )
    return table


def _one_of_each(responses: list[Response], score: Score) -> Iterator[Text]:
    usable = [response for response in responses if response.usable]
    labels = next((result.classes for result in results_of(score) if result.classes is not None), [])
    for label in dict.fromkeys(labels):
        yield _line("• " + usable[labels.index(label)].text)


def _responses(sample: EvalSample) -> list[Response]:
    return [Response.model_validate(r) for r in sample.store.get("ResponseSet:responses", [])]


def _line(text: str) -> Text:
    """One line that the table cuts to its width."""
    return Text(printable(text), no_wrap=True, overflow="ellipsis")
