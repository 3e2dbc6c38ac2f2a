"""What is drawn from the published files of NoveltyBench and MacGyver."""

import json
import random
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from inspect_homog import load_categories, load_prompts
from inspect_homog.prompts.sources import macgyver
from inspect_homog.prompts.sources.paper import SOURCES, draw
from inspect_homog.prompts.sources.rows import eligible
from tests.support.data import DATA, needs_data
from tests.support.sources import write

PAPER = {"A": 53, "B": 16, "C": 14, "D": 55, "E": 50, "F": 23, "G": 45, "H": 88}
WORKBOOK = DATA / "macgyver_problem_solution_pair.xlsx"


def test_labels_are_letters_of_the_taxonomy_and_hold_no_text() -> None:
    labels = json.loads(
        (files("inspect_homog.prompts.sources") / "novelty_bench_labels.json").read_text("utf-8")
    )
    assert list(labels) == [f"novelty_bench-curated-{i}" for i in range(100)]
    assert set(labels.values()) <= {category.letter for category in load_categories().values()}


@needs_data
def test_every_curated_prompt_of_novelty_bench_has_a_label(capsys: pytest.CaptureFixture[str]) -> None:
    samples = list(load_prompts("novelty_bench", None, str(DATA)))
    letters = {category.name: category.letter for category in load_categories().values()}
    counts = Counter(letters[(s.metadata or {})["category"]] for s in samples)
    with capsys.disabled():
        print("\nNoveltyBench curated, ours (the paper's six sources):")
        print(", ".join(f"{letter} {counts[letter]} ({PAPER[letter]})" for letter in PAPER))
    published = [
        json.loads(line) for line in (DATA / "novelty_bench/curated.jsonl").read_text("utf-8").splitlines()
    ]
    assert counts.total() == len(published) == 100
    assert {(s.id, s.input) for s in samples} == {
        (f"novelty_bench-{row['id']}", row["prompt"]) for row in published
    }


@needs_data
def test_macgyver_draws_from_exactly_the_solvable_and_unconventional(tmp_path: Path) -> None:
    sheet = pd.read_excel(WORKBOOK, sheet_name="Sheet1")
    wanted = sheet[(sheet["Solvable?"] == "Yes") & (sheet["Unconventional?"] == "unconventional")]
    found = eligible(SOURCES["macgyver"], str(DATA))
    assert {s.id: s.input for s in found} == {
        f"macgyver-{row['ID']}": row["Problem"] for row in wanted.to_dict("records")
    }
    assert len(found) == 956

    drawn = draw(SOURCES["macgyver"], str(DATA))
    assert len({s.id for s in drawn}) == 50
    assert {s.id for s in drawn} <= {s.id for s in found}
    rows = pd.read_excel(WORKBOOK, na_filter=False).to_dict("records")
    random.Random(1).shuffle(rows)
    write(tmp_path / "problem_solution_pair.xlsx", [{str(k): v for k, v in row.items()} for row in rows])
    assert [s.id for s in draw(SOURCES["macgyver"], str(tmp_path))] == [s.id for s in drawn]
    assert {s.id for s in draw(SOURCES["macgyver"], str(DATA), seed=1)} != {s.id for s in drawn}


@needs_data
def test_the_published_workbook_has_the_pinned_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macgyver, "URL", WORKBOOK.as_uri())
    samples = list(load_prompts("macgyver"))
    assert [s.id for s in samples] == [s.id for s in load_prompts("macgyver", None, str(DATA))]
    assert {(s.metadata or {})["source_revision"] for s in samples} == {f"sha256:{macgyver.SHA256}"}
