"""Responses of every size and kind, through a run and through what reads its log."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner
from inspect_ai.log import EvalLog

from inspect_homog.cli import main
from inspect_homog.judging.judge import Pair, Question, Verdict
from inspect_homog.tasks import score_responses

pytestmark = pytest.mark.reliability

MEGABYTE = "lorem ipsum " * 87_400
SETS: dict[str, list[str]] = {
    "none": [],
    "blank": ["", " \r\n"],
    "one": ["x"],
    "two of a character": ["x", "y"],
    "a megabyte": [MEGABYTE, "lorem"],
    "odd": ["\ud800", "a\x00b", "one\r\ntwo\rthree\u2028four", "\udfff\ud800", "\x1b[31mred"],
    "two hundred": [f"{'even' if i % 2 else 'odd'} {i}" for i in range(200)],
}


class ByFirstWord:
    """Two responses are the same when their first words are."""

    name = "first-word"
    details: ClassVar[dict[str, str]] = {}

    async def compare(self, question: Question, responses: list[str], pairs: list[Pair]) -> list[Verdict]:
        first = [text.split()[:1] for text in responses]
        return [Verdict(pair=p, answer="same" if first[p[0]] == first[p[1]] else "different") for p in pairs]


def test_every_size_is_scored_or_unscored_with_a_reason(run: Callable[..., EvalLog], tmp_path: Path) -> None:
    file = tmp_path / "responses.jsonl"
    rows = [{"id": k, "prompt": f"P {k}", "responses": v, "category": "advice"} for k, v in SETS.items()]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    log = run(score_responses(str(file), scorers="functional_diversity", judge=ByFirstWord()), model="none")
    found = {one.id: (one.scores or {})["functional_diversity"] for one in log.samples or []}
    assert set(found) == set(SETS)
    unique = {name: score.value["unique"] for name, score in found.items() if isinstance(score.value, dict)}
    assert [found[name].reason for name in ("none", "blank")] == ["no_response"] * 2
    scored = {name: value for name, value in unique.items() if value == value}
    assert scored == {"one": 1, "two of a character": 2, "a megabyte": 1, "odd": 5, "two hundred": 2}
    assert len((found["two hundred"].metadata or {})["judges"][0]["verdicts"]) == 19_900
    for args in (
        ["show", log.location],
        ["report", log.location, "-o", str(tmp_path / "r.html"), "--csv", str(tmp_path)],
        ["submit", log.location, "-o", str(tmp_path / "s"), "--model-id", "a/b"],
        ["validate", str(tmp_path / "s"), "--max-unscored", "0.5"],
    ):
        done = CliRunner().invoke(main, args)
        assert done.exit_code == 0, (args[0], done.output[:500], done.exception)
        assert "\x1b" not in done.output
