"""The six sources in their true schemas: what is drawn from them, and what is said of bad rows."""

import json
import logging
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import EvalLog

from inspect_homog import HomogError, load_prompts
from inspect_homog.prompts.load import prompt_set_hash
from inspect_homog.prompts.sources import macgyver
from inspect_homog.prompts.sources.paper import SOURCES, draw
from inspect_homog.prompts.sources.rows import eligible
from inspect_homog.tasks import homog
from tests.support.server import Request, last_text, scripted
from tests.support.sources import FILES, Rows, write, write_all

MIXED = ("community_alignment", "wildbench")


def labels_for(folder: Path, letter: str | None = "H") -> Path:
    """A label for every eligible prompt of the two sources that need labels."""
    path = folder / "labels.json"
    ids = [sample.id for name in MIXED for sample in eligible(SOURCES[name], str(folder))]
    path.write_text(json.dumps(dict.fromkeys(map(str, ids), letter)), "utf-8")
    return path


def test_the_paper_is_344_prompts_of_six_sources(tmp_path: Path) -> None:
    folder = write_all(tmp_path)
    samples = list(load_prompts("paper", None, str(folder), str(labels_for(folder))))
    assert Counter((s.metadata or {})["source"] for s in samples) == {
        "simpleqa": 50,
        "math500": 50,
        "macgyver": 50,
        "novelty_bench": 100,
        "community_alignment": 50,
        "wildbench": 44,
    }
    assert len({s.id for s in samples}) == 344
    for sample in samples:
        known = sample.metadata or {}
        assert str(sample.id).startswith(f"{known['source']}-")
        assert known["source_revision"].startswith("sha256:")
        assert known["category"] == {
            "simpleqa": "well_specified",
            "math500": "math",
            "macgyver": "problem_solving",
            "community_alignment": "advice",
            "wildbench": "advice",
        }.get(known["source"], known["category"])
        if known["source"] in ("simpleqa", "math500"):
            assert sample.target
    levels = Counter((s.metadata or {}).get("level") for s in samples if str(s.id).startswith("math500-"))
    assert levels == dict.fromkeys(range(1, 6), 10)


@pytest.mark.parametrize("name", FILES)
def test_the_order_of_the_rows_decides_nothing_and_the_seed_everything(name: str, tmp_path: Path) -> None:
    file, rows = FILES[name]
    write(tmp_path / "there" / file, rows())
    write(tmp_path / "back" / file, rows()[::-1])
    source = SOURCES[name]
    there, back = (draw(source, str(tmp_path / way)) for way in ("there", "back"))
    assert prompt_set_hash(there) == prompt_set_hash(back)
    other = draw(source, str(tmp_path / "there"), seed=1)
    assert [s.id for s in other] != [s.id for s in there]
    if name != "novelty_bench":  # all of it is drawn
        assert {s.id for s in other} != {s.id for s in there}


def change(rows: Rows, row: int, **fields: Any) -> Rows:
    rows[row - 1] = {**rows[row - 1], **fields}
    return rows


def without(rows: Rows, field: str) -> Rows:
    return [{key: value for key, value in row.items() if key != field} for row in rows]


def renamed(rows: Rows, field: str) -> Rows:
    return [{f"{key}_v2" if key == field else key: value for key, value in row.items()} for row in rows]


BAD = {
    "simpleqa": [
        (lambda rows: without(rows, "answer"), "row 1: field 'answer': is missing"),
        (lambda rows: renamed(rows, "problem"), "row 1: field 'problem': is missing"),
        (lambda rows: change(rows, 3, answer=""), "row 3: field 'answer'"),
    ],
    "math500": [
        (lambda rows: without(rows, "unique_id"), "row 1: field 'unique_id': is missing"),
        (lambda rows: renamed(rows, "level"), "row 1: field 'level': is missing"),
        (lambda rows: change(rows, 7, level="Level 2"), "row 7: field 'level'"),
        (lambda rows: change(rows, 7, level=6), "row 7: field 'level'"),
        (lambda rows: change(rows, 4, answer=12), "row 4: field 'answer'"),
        (lambda rows: change(rows, 2, unique_id=rows[0]["unique_id"]), "row 2: another prompt has the id"),
    ],
    "macgyver": [
        (lambda rows: without(rows, "Unconventional?"), "row 1: field 'Unconventional?': is missing"),
        (lambda rows: renamed(rows, "Solvable?"), "row 1: field 'Solvable?': is missing"),
        (lambda rows: change(rows, 5, **{"Solvable?": "Maybe"}), "row 5: field 'Solvable?'"),
        (lambda rows: change(rows, 5, ID="five"), "row 5: field 'ID'"),
    ],
    "novelty_bench": [
        (lambda rows: without(rows, "prompt"), "row 1: field 'prompt': is missing"),
        (lambda rows: renamed(rows, "prompt_paraphrases"), "row 1: field 'prompt_paraphrases': is missing"),
        (lambda rows: change(rows, 9, prompt_paraphrases="one"), "row 9: field 'prompt_paraphrases'"),
    ],
    "community_alignment": [
        (lambda rows: without(rows, "assigned_lang"), "row 1: field 'assigned_lang': is missing"),
        (lambda rows: renamed(rows, "first_turn_prompt"), "row 1: field 'first_turn_prompt': is missing"),
        (
            lambda rows: change(rows, 2, is_pregenerated_first_prompt="perhaps"),
            "row 2: field 'is_pregenerated_first_prompt'",
        ),
    ],
    "wildbench": [
        (lambda rows: without(rows, "id"), "row 1: field 'id': is missing"),
        (lambda rows: renamed(rows, "conversation_input"), "row 1: field 'conversation_input': is missing"),
        (lambda rows: change(rows, 6, conversation_input="Plan."), "row 6: field 'conversation_input'"),
        (
            lambda rows: change(rows, 6, conversation_input=[{"role": "assistant", "content": "Hi"}]),
            "row 6: field 'conversation_input': does not end in a user's turn",
        ),
        (
            lambda rows: change(rows, 6, conversation_input=[{"role": "user", "text": "Hi"}]),
            "row 6: field 'conversation_input'",
        ),
    ],
}
CASES = [(name, spoil, said) for name, cases in BAD.items() for spoil, said in cases]


@pytest.mark.parametrize(("name", "spoil", "said"), CASES, ids=[f"{name}-{said}" for name, _, said in CASES])
def test_a_changed_schema_names_source_revision_row_and_field(
    name: str, spoil: Callable[[Rows], Rows], said: str, tmp_path: Path
) -> None:
    file, rows = FILES[name]
    write(tmp_path / file, spoil(rows()))
    with pytest.raises(HomogError) as error:
        load_prompts(name, None, str(tmp_path))
    for part in (name, SOURCES[name].revision, file, said):
        assert part in str(error.value), str(error.value)


@pytest.mark.parametrize("name", FILES)
def test_empty_and_missing_files(name: str, tmp_path: Path) -> None:
    file, rows = FILES[name]
    with pytest.raises(HomogError, match=f"holds no copy of {name}: expected a file .*{file}"):
        load_prompts(name, None, str(tmp_path))
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    with pytest.raises(HomogError, match=f"{name} .*(0 rows|cannot be read)"):
        load_prompts(name, None, str(tmp_path))
    write(path, rows()[:20])
    with pytest.raises(HomogError, match=rf"{name}.* eligible prompts, \d+ are needed"):
        load_prompts(name, None, str(tmp_path), labelled=False)


def test_a_file_that_is_not_what_its_name_says(tmp_path: Path) -> None:
    (tmp_path / "math500.jsonl").write_text("<html>\n", "utf-8")
    with pytest.raises(HomogError, match=r"math500\.jsonl.*cannot be read"):
        load_prompts("math500", None, str(tmp_path))
    (tmp_path / "simple_qa_test_set.csv").write_text("metadata,problem,answer\na,b\n", "utf-8")
    with pytest.raises(HomogError, match=r"simple_qa_test_set\.csv.*cannot be read"):
        load_prompts("simpleqa", None, str(tmp_path))


def test_community_alignment_is_english_written_by_the_user_and_each_prompt_once(tmp_path: Path) -> None:
    file, rows = FILES["community_alignment"]
    write(tmp_path / file, rows())
    found = eligible(SOURCES["community_alignment"], str(tmp_path))
    assert sorted(str(s.input) for s in found) == sorted(
        f"Which hobby suits a person of {i}?" for i in range(60)
    )


def test_wildbench_keeps_earlier_turns_and_reads_parquet_too(tmp_path: Path) -> None:
    write(tmp_path / "jsonl" / "wildbench.jsonl", FILES["wildbench"][1]())
    write(tmp_path / "parquet" / "wildbench.parquet", FILES["wildbench"][1]())
    lines, table = (eligible(SOURCES["wildbench"], str(tmp_path / way)) for way in ("jsonl", "parquet"))
    assert prompt_set_hash(lines) == prompt_set_hash(table)
    assert lines[0].input == "Plan trip 0."
    assert [(m.role, m.text) for m in lines[1].input if not isinstance(m, str)] == [
        ("user", "Plan trip 1."),
        ("assistant", "Where to?"),
        ("user", "To the sea."),
    ]


def test_without_labels_the_error_says_what_to_run(tmp_path: Path) -> None:
    folder = write_all(tmp_path)
    with pytest.raises(HomogError) as error:
        load_prompts("paper", None, str(folder))
    for part in ("community_alignment: 50 of 50", "classify_prompts", "homog labels", "-T labels="):
        assert part in str(error.value)
    unlabelled = load_prompts("wildbench", None, str(folder), labelled=False)
    assert {(s.metadata or {})["category"] for s in unlabelled} == {None}


def test_prompts_without_a_majority_are_left_out_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_all(tmp_path)
    path = labels_for(folder)
    drawn = [str(s.id) for s in draw(SOURCES["wildbench"], str(folder))]
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | dict.fromkeys(drawn[:3])), "utf-8")
    with caplog.at_level(logging.WARNING):
        kept = load_prompts("wildbench", None, str(folder), str(path))
    assert [s.id for s in kept] == drawn[3:]
    assert "wildbench: 3 of 44 prompts left out" in caplog.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "JSON object"),
        ("{", "cannot be read"),
        ('{"wildbench-w1": "Z"}', "wildbench-w1"),
        ('{"wildbench-w1": "general"}', "'general' is no category"),
        ('{"wildbench-w1": 3}', "wildbench-w1"),
    ],
)
def test_wrong_labels(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(content, "utf-8")
    with pytest.raises(HomogError, match=f"labels.json.*{said}"):
        load_prompts("wildbench", None, str(tmp_path), str(tmp_path / "labels.json"))


def test_options_that_do_not_apply(tmp_path: Path) -> None:
    with pytest.raises(HomogError, match="prompts_dir and labels go with prompts=paper"):
        load_prompts("bundled", None, str(tmp_path))
    with pytest.raises(HomogError, match=r"Unknown prompts 'papers'.*paper.*simpleqa"):
        load_prompts("papers")
    write(tmp_path / FILES["math500"][0], FILES["math500"][1]())
    with pytest.raises(HomogError, match="math500: none of its 50 prompts is of category 'advice'"):
        load_prompts("math500", "advice", str(tmp_path))


@pytest.mark.parametrize("name", FILES)
def test_without_a_network_the_error_names_the_revision_and_the_way_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(HomogError) as error:
        load_prompts(name)
    for part in (name, SOURCES[name].revision, "-T prompts_dir="):
        assert part in str(error.value)


def test_a_download_with_another_content_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "other.xlsx", FILES["macgyver"][1]())
    monkeypatch.setattr(macgyver, "URL", (tmp_path / "other.xlsx").as_uri())
    with pytest.raises(HomogError, match="not the pinned"):
        load_prompts("macgyver")


def test_answers_of_simpleqa_and_math500_are_checked(tmp_path: Path, run: Callable[..., EvalLog]) -> None:
    folder = write_all(tmp_path)

    def solve(body: Request) -> str:
        words = last_text(body).replace("$", "").rstrip("?").split()
        return rf"\boxed{{{int(words[-3]) + int(words[-1])}}}" if "+" in words else f"No. {words[-1]}"

    for name in ("simpleqa", "math500"):
        with scripted(solve) as target:
            task = homog(prompts=name, prompts_dir=str(folder), num_responses=1, judge="embedded")
            log = run(task, model=target.model(), limit=2)
        for sample in log.samples or []:
            value = (sample.scores or {})["correctness"].value
            assert isinstance(value, dict)
            assert value["accuracy"] == 1
