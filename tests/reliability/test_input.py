"""Spoilt files and arguments: a clear error, or every row loaded; nothing else ever happens."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from inspect_ai import Task

from inspect_homog import HomogError
from inspect_homog.prompts.load import load_prompts, read_prompts
from inspect_homog.prompts.pairs import load_pairs
from inspect_homog.prompts.sources.labels import read_labels
from inspect_homog.recorded.dataset import recorded_dataset
from inspect_homog.recorded.source import open_source
from inspect_homog.results.estimate.options import Options
from inspect_homog.results.estimate.plan import make_plan
from inspect_homog.results.estimate.prices import read_prices
from inspect_homog.tasks import math, score_responses
from tests.recorded.test_score_responses import LM_EVAL, NOVELTY, PLAIN
from tests.support.mutations import ODD, csv_file, jsonl, told
from tests.support.sizes import many

pytestmark = pytest.mark.reliability

PROMPT = {
    "id": "p",
    "input": "Name a river.",
    "category": "underspecified",
    "target": "Nile",
    "accepted": ["Nile", ["Rhine", "Rhein"]],
    "pattern": "N.*",
    "options": ["a", "b"],
    "level": 2,
    "routes": ["look"],
    "checklist": ["one", "two", "three"],
    "mine": {"kept": [1, 2.5]},
}
CHAT = {"id": 7, "category": "G", "input": [{"role": "user", "content": "Hello"}], "paraphrases": ["Hi"]}
PAIR = {"prompt": "Say a letter.", "a": "a", "b": "b", "same": True, "category": "advice", "id": "q"}
NOVEL_PAIR = {"prompt": "Say one.", "generation_0": "a", "generation_1": "b", "similar": 0}
CELLS = [
    {"id": "c", "input": "Name a river, please", "category": "B", "target": '["a", "b"]', "pattern": "a|b"},
    {"input": 'Say "x"\nand go', "category": "advice", "mine": ""},
]
PAIR_CELLS = [
    {"prompt": "Say a, b", "a": "a\nb", "b": '"b"', "same": "1", "category": "H"},
    {"prompt": "Say", "generation_0": "[1", "generation_1": "2", "similar": "false"},
]


def loaded(load: Callable[[Path], list[Any]], path: Path, content: bytes) -> list[Any] | None:
    """What was loaded; None when the file was refused by name."""
    path.write_bytes(content)
    try:
        return load(path)
    except HomogError as error:
        message = told(error, path.name)
        assert "line" in message or "UTF-8" in message or "in it" in message, message
        return None


def lines(content: bytes, universal: bool) -> list[dict[str, Any]]:
    """The rows by an independent reading, which fails where a row would have to be guessed."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode()
    if universal:
        text = text.replace("\r\n", "\n").replace("\r", "\n")

    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    found = [json.loads(line, object_pairs_hook=whole) for line in text.split("\n") if line.strip()]
    assert all(isinstance(row, dict) for row in found)
    return found


def records(content: bytes) -> int:
    """Records of a CSV file besides its header, counted by the quotes alone."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n").replace("\r", "\n")
    quoted, start, filled, found = False, True, False, 0
    for character in text + "\n":
        if character == '"' and (quoted or start):
            quoted, start, filled = not quoted, True, True
        elif character == "\n" and not quoted:
            found, start, filled = found + filled, True, False
        else:
            start, filled = character == "," and not quoted, True
    return max(0, found - 1)


@many(2_000)
@given(content=jsonl([PROMPT, CHAT]))
def test_prompts_in_jsonl(tmp_path: Path, content: bytes) -> None:
    found = loaded(lambda path: read_prompts(path, "advice"), tmp_path / "p.jsonl", content)
    if found is not None:
        rows = lines(content, universal=True)
        assert [s.input for s in found if isinstance(s.input, str)] == [
            row["input"] for row in rows if isinstance(row["input"], str)
        ]
        assert len(found) == len(rows)
        for one, row in zip(found, rows, strict=True):
            lost = set(row) - {"id", "input", "target"} - set(one.metadata or {})
            assert all(row[name] is None for name in lost), lost


@many(1_000)
@given(content=csv_file(CELLS))
def test_prompts_in_csv(tmp_path: Path, content: bytes) -> None:
    found = loaded(lambda path: read_prompts(path, "advice"), tmp_path / "p.csv", content)
    assert found is None or len(found) == records(content)


@many(200)
@given(content=st.one_of(jsonl([PROMPT]), csv_file(CELLS)), name=st.sampled_from(["p.yaml", "p", "p.json"]))
def test_prompts_of_another_kind_are_refused(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HomogError, match=r"ends in \.jsonl or \.csv") as error:
        load_prompts(str(tmp_path / name), "advice")
    told(error.value, name)


@many(2_200)
@given(content=st.one_of(*[jsonl([{**row, "id": "r"}]) for row in (PLAIN, NOVELTY)], jsonl([LM_EVAL])))
def test_responses(tmp_path: Path, content: bytes) -> None:
    def load(path: Path) -> list[Any]:
        source = open_source(path)
        return [source[number] for number in range(len(recorded_dataset(source, path, None)))]

    found = loaded(load, tmp_path / "r.jsonl", content)
    if found is not None:
        rows = lines(content, universal=False)
        texts = [
            row.get("responses", row.get("generations")) if "resps" not in row else row["resps"][0]
            for row in rows
        ]
        assert [one.responses for one in found] == texts


@many(1_500)
@given(content=st.one_of(jsonl([PAIR]), jsonl([PAIR, NOVEL_PAIR])))
def test_pairs_in_jsonl(tmp_path: Path, content: bytes) -> None:
    found = loaded(lambda path: list(load_pairs(str(path))), tmp_path / "q.jsonl", content)
    if found is not None:
        rows = lines(content, universal=True)
        assert [(s.input, (s.metadata or {})["a"]) for s in found] == [
            (row["prompt"], row.get("a", row.get("generation_0"))) for row in rows
        ]


@many(500)
@given(content=csv_file(PAIR_CELLS))
def test_pairs_in_csv(tmp_path: Path, content: bytes) -> None:
    found = loaded(lambda path: list(load_pairs(str(path))), tmp_path / "q.csv", content)
    assert found is None or len(found) == records(content)


ARGS = {
    "strategy": "temperature",
    "anchor": "task",
    "num_responses": 3,
    "prompts": "bundled",
    "prompts_dir": None,
    "labels": None,
    "judge": "embedded",
    "judging": "pairs",
    "both_orders": False,
}
RECORDED_ARGS = {"category": "advice", "scorers": "all", "judge": "embedded", "judging": "lossless"}
VALUES = [
    *(None, True, False, 0, -1, 2, 2.5, 10**9, "", " ", "x" * 300, "a\x00b", "\ud800", "../..", "2", "D"),
    *(
        [],
        ["pairs"],
        {},
        {"a": 1},
        "pairs",
        "single_call",
        "grader",
        "task",
        "math",
        "paper",
        "quality,,",
        ".",
    ),
    *("strategy_first", "verbalized", float("nan"), float("inf"), "\x1b[31m", "x.jsonl", "1e3"),
]
VALUE = st.sampled_from(VALUES)


@many(600)
@given(
    changed=st.dictionaries(st.sampled_from(sorted(ARGS)), VALUE, max_size=3),
    recorded=st.dictionaries(st.sampled_from([*sorted(RECORDED_ARGS), "file"]), VALUE, max_size=2),
)
def test_arguments_of_run_configs(tmp_path: Path, changed: dict[str, Any], recorded: dict[str, Any]) -> None:
    rows, file = tmp_path / "prompts.jsonl", tmp_path / "responses.jsonl"
    rows.write_text(json.dumps({"input": "1 + 1?"}) + "\n", "utf-8")
    file.write_text(json.dumps(PLAIN) + "\n", "utf-8")
    asked = {**ARGS, "prompts": str(rows), **changed}
    for build, args in ((math, asked), (score_responses, {**RECORDED_ARGS, "file": str(file), **recorded})):
        try:
            assert isinstance(build(**args), Task)
        except HomogError as error:
            told(error, "")
        try:
            typed = tuple(f"{name}={json.dumps(value)}" for name, value in args.items())
            make_plan(Options(task=build.__name__, args=typed, models="mockllm/model"))
        except HomogError as error:
            told(error, "")


@many(200)
@given(value=st.sampled_from(ODD), name=st.sampled_from(["wildbench-1", "x\x00"]), cut=st.integers(0, 30))
def test_labels(tmp_path: Path, value: str, name: str, cut: int) -> None:
    path, text = tmp_path / "labels.json", f'{{{json.dumps(name)}: {value}, "wildbench-2": "G"}}'
    path.write_text(text if cut > 9 else text[:-cut], "utf-8", errors="surrogatepass")
    try:
        assert set(read_labels(path)) == {name, "wildbench-2"}
    except HomogError as error:
        told(error, "labels.json")


BOMB = "\n".join([f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'x'}]" for i in range(40)])
PRICES = yaml.safe_dump(
    {"m/n": dict.fromkeys(("input", "output", "input_cache_write", "input_cache_read"), 1.0)}
)
YAML = [
    *(
        "&a [*a]",
        "!!python/object/apply:os.system [true]",
        "2026-99-99",
        "9" * 5000,
        "[" * 5000,
        "? [a]\n: b",
    ),
    *(
        "a: *b",
        "\x00",
        "\t- a",
        ".nan",
        "m/n: .inf",
        "m/n: {input: .nan}",
        "- a\n- b",
        "{",
        "\ufeff" + PRICES,
        BOMB,
    ),
]


@many(200)
@given(text=st.sampled_from([PRICES, *YAML]), other=st.sampled_from(YAML), place=st.integers(0, 200))
def test_prices(tmp_path: Path, text: str, other: str, place: int) -> None:
    path = tmp_path / "prices.yaml"
    path.write_bytes(f"{text[:place]}\n{other}\n{text[place:]}".encode() if place else text.encode())
    try:
        assert {name.strip("\ufeff") for name in read_prices(path)} <= {"m/n"}
    except HomogError as error:
        told(error, "prices.yaml")
