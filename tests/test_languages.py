"""Prompts and responses that are not English: what is counted right, and what says that it cannot be."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspect_ai.log import EvalLog
from inspect_ai.model import ModelOutput

from inspect_homog import general_diversity, languages
from inspect_homog.languages import fold, foreign_share, words
from inspect_homog.results.read import read_runs
from inspect_homog.results.submission.options import Options
from inspect_homog.results.submission.submit import submit
from inspect_homog.results.submission.validate import validate
from inspect_homog.scoring.answers import Match, find_known
from inspect_homog.tasks import underspecified
from tests.support.runs import inspect_log, reply_of

RIVERS = {
    "japanese": ("川の名前を一つ挙げてください。", ["長江", "長江です。", "信濃川"], [["長江", "揚子江"]]),
    "arabic": ("اذكر اسم نهر.", ["النيل", "نهر النيل", "دجلة"], ["النيل"]),
    "hindi": ("एक नदी का नाम बताइए।", ["गंगा", "यह गंगा है", "यमुना"], ["गंगा"]),
    "russian": ("Назови реку.", ["Волга", "Река Волга", "Дон"], ["Волга"]),
    "thai": ("บอกชื่อแม่น้ำ", ["เจ้าพระยา", "แม่น้ำเจ้าพระยา", "โขง"], ["เจ้าพระยา"]),
}
"""Prompt, three responses of which the first two give the accepted answer, and what is accepted."""


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    known = {"category": "underspecified"}
    rows = [
        {"id": name, "input": prompt, "target": gave[0], "accepted": accepted} | known
        for name, (prompt, gave, accepted) in RIVERS.items()
    ]
    path = tmp_path / "rivers.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def responses(input: Any, tools: Any, choice: Any, config: Any) -> ModelOutput:
    """The three responses to each prompt, in their order."""
    asked = next(texts for prompt, texts, _ in RIVERS.values() if prompt in input[-1].text)
    return reply_of("target", asked[config.seed - 1])


def scored(log: EvalLog, scorer: str) -> dict[str, Any]:
    """Each sample's score."""
    return {str(one.id): (one.scores or {})[scorer] for one in log.samples or []}


def test_other_scripts_run_through_to_a_submission(rivers: Path, tmp_path: Path) -> None:
    task = underspecified(prompts=str(rivers), num_responses=3, judge="embedded")
    log = inspect_log(tmp_path / "logs", task, responses, judges=0, seed=1)

    correct = scored(log, "correctness")
    assert {name: one.value["validity"] for name, one in correct.items()} == pytest.approx(
        dict.fromkeys(RIVERS, 2 / 3)
    )

    for one in scored(log, "functional_diversity").values():
        assert one.value["obtained"] == 3
        (said,) = [note for note in one.metadata["notes"] if "not Latin" in note]
        assert said.startswith("most letters")
        assert "the judge embedded" in said
    (run,) = read_runs(str(tmp_path / "logs"))
    assert len(run.scored) == len(RIVERS)
    (done,) = submit(str(tmp_path / "logs"), tmp_path / "submission", Options())
    assert done.paths, done.line
    (checked,) = validate(tmp_path / "submission", 1.0)
    assert not checked.problems


def test_one_warning_says_what_is_made_for_english(
    rivers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(languages, "warn_once", lambda logger, message: said.append(message))
    task = underspecified(prompts=str(rivers), num_responses=3, judge="embedded")
    task.scorer = [*(task.scorer or []), general_diversity()]
    log = inspect_log(tmp_path / "logs", task, responses, judges=0, seed=1)
    assert len(set(said)) == 2
    assert any("--model-role grader=MODEL" in one for one in said)
    assert any("HOMOG_ENCODER" in one for one in said)
    for one in scored(log, "general_diversity").values():
        assert "all-MiniLM-L6-v2 is made for English" in one.metadata["notes"][0]

    said.clear()
    judged = underspecified(prompts=str(rivers), num_responses=3)
    log = inspect_log(tmp_path / "judged", judged, responses, judges=1, seed=1)
    assert not any("the judge" in one for one in said), "a model may know the language"


def test_vocabulary_of_scripts_without_blanks() -> None:
    assert words("東京タワーへ go 3回") == ["東", "京", "タ", "ワ", "ー", "へ", "go", "3", "回"]
    assert words("ที่นี่") == ["ที่", "นี่"]
    assert words("कि की") == ["कि", "की"]
    assert words("e\u0301t\u00e9 Don't x_1") == ["\u00e9t\u00e9", "don", "t", "x_1"]


@given(st.text())
def test_words_hold_every_letter_once_and_no_blank(text: str) -> None:
    found = "".join(words(text))
    folded = unicodedata.normalize("NFC", text.casefold())
    assert [c for c in found if c.isalnum()] == [c for c in folded if c.isalnum()]
    assert not any(c.isspace() for c in found)


@given(st.text(st.characters(max_codepoint=0x24F, exclude_characters="\u0130")))
def test_latin_words_are_those_of_python(text: str) -> None:
    assert words(text) == re.findall(r"\w+", unicodedata.normalize("NFC", text.casefold()))


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("caf\u00e9", "cafe"),
        ("\u0664\u0662", "42"),
        ("\uff21\uff11", "A1"),
        ("\u304c", "\u304c"),
        ("\u0439", "\u0439"),
    ],
)
def test_accents_go_and_other_letters_stay(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("が", "か", Match("none")),
        ("कि", "की", Match("none")),
        ("東京です", "京都", Match("none")),
        ("答えは東京です。", "東京", Match("stated", 0)),
        ("\u0664\u0662", "42", Match("exact", 0)),
    ],
)
def test_known_answers(text: str, known: str, found: Match) -> None:
    assert find_known(text, [known]) == found


@pytest.mark.parametrize(
    ("text", "share"), [("", 0), ("1 + 1", 0), ("na\u00efve", 0), ("ab \u03b1\u03b2", 0.5), ("東京 2", 1)]
)
def test_share_of_letters_that_are_not_latin(text: str, share: float) -> None:
    assert foreign_share([text]) == share
