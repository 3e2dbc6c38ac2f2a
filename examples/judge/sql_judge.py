"""A judge that runs the answers: two SQL queries are the same when they return the same rows."""

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspect_ai import Task, task

from inspect_homog import Question, Verdict, judge_agreement, score_responses

HERE = Path(__file__).parent
DATABASE = """
create table staff (name text, team text, pay integer);
insert into staff values
  ('Ada', 'lab', 70), ('Bo', 'lab', 40), ('Cy', 'shop', 55), ('Di', 'shop', 30), ('Eve', null, 55);
"""
MOST_STEPS = 1_000_000
"""Instructions of SQLite after which a query is stopped."""

LONGEST = 100_000
"""Bytes of a value or a query beyond which it is refused."""

ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
"""What a query may do."""


class SqlJudge:
    """Implements `inspect_homog.Judge`: a name, what identifies it further, and a comparison of pairs."""

    name = "sql-rows"
    details = {"version": "1", "database": "staff, 5 rows"}  # noqa: RUF012

    async def compare(
        self, question: Question, responses: Sequence[str], pairs: Sequence[tuple[int, int]]
    ) -> list[Verdict]:
        """One verdict a pair; where a query does not run, an abstention with SQLite's reason."""
        found = [rows_of(response) for response in responses]
        return [verdict(pair, found[pair[0]], found[pair[1]]) for pair in pairs]


def verdict(pair: tuple[int, int], a: Counter[Any] | str, b: Counter[Any] | str) -> Verdict:
    """What follows from the rows, or the errors, of two queries."""
    for found in (a, b):
        if isinstance(found, str):
            return Verdict(pair=pair, answer=None, reason=found)
    return Verdict(pair=pair, answer="same" if a == b else "different")


def rows_of(response: str) -> Counter[Any] | str:
    """The query's rows, whatever their order, or why it has none. A stranger wrote it: it may only read."""
    fenced = re.search(r"```(?:sql)?\s*(.*?)```", response, re.DOTALL)
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(DATABASE)
        database.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY
        )
        database.set_progress_handler(lambda: 1, MOST_STEPS)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        found = database.execute(fenced[1] if fenced else response)
        return Counter(found.fetchall()) if found.description else "nothing to run"
    except (sqlite3.Error, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        database.close()


@task
def check_judge() -> Task:
    """How far the judge agrees with labelled pairs."""
    return judge_agreement(pairs=str(HERE / "pairs.jsonl"), judge=SqlJudge())


@task
def queries() -> Task:
    """Functional diversity of queries that exist already, by this judge."""
    return score_responses(file=str(HERE / "queries.jsonl"), scorers="functional_diversity", judge=SqlJudge())
