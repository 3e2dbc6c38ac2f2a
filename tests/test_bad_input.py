"""Wrong input fails with one clear message, and before any model call."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.dataset import Sample

from inspect_homog import HomogError, paraphrase, temperature
from inspect_homog.preflight import preflight
from inspect_homog.tasks import creative_writing, math
from tests.support.cli import inspect_cli
from tests.support.server import scripted


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"strategy": "foo"}, ["'foo'", "temperature, system_prompt"]),
        ({"num_responses": 0}, ["num_responses", "at least 1", "0"]),
        ({"num_responses": 2.5}, ["num_responses", "2.5"]),
        ({"num_responses": True}, ["num_responses"]),
        ({"judge": "gpt"}, ["'gpt'", "auto, embedded, grader"]),
        ({"strategy": "regenerate", "anchor": "maths"}, ["'maths'", "predicted", "math"]),
    ],
)
def test_wrong_arguments(args: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(HomogError) as error:
        creative_writing(**args)
    assert all(part in str(error.value) for part in said)


GOOD = json.dumps({"input": "Write a haiku.", "id": "x"})

FILES = {
    "empty.jsonl": ("", ["no prompts"]),
    "blank.jsonl": ("\n\n  \n", ["no prompts"]),
    "badline.jsonl": (f"{GOOD}\n\n{{'input': 1}}\n", ["line 3", "not JSON"]),
    "list.jsonl": ('["a"]\n', ["line 1", "JSON object"]),
    "noinput.jsonl": (f'{GOOD}\n{{"prompt": "x"}}\n', ["line 2", "'input'", "missing"]),
    "blankinput.jsonl": ('{"input": "  "}\n', ["line 1", "'input'", "blank"]),
    "duplicate.jsonl": (f'{GOOD}\n{{"input": "b"}}\n{GOOD}\n', ["line 3", "'x'", "line 1"]),
    "category.jsonl": (
        '{"input": "a", "category": "poetry"}\n',
        ["line 1", "'category'", "'poetry'", "creative_writing"],
    ),
    "pattern.jsonl": ('{"input": "a", "pattern": "("}\n', ["line 1", "'pattern'", "regular expression"]),
    "noneofit.jsonl": ('{"input": "a", "category": "math"}\n', ["none of its 1", "'creative_writing'"]),
    "letters.jsonl": (
        f'{GOOD}\n{{"input": "How do I boil an egg?", "paraphrases": "How to boil eggs"}}\n',
        ["line 2", "'paraphrases'", "list"],
    ),
    "novelty.jsonl": (
        '{"input": "a", "prompt_paraphrases": "b"}\n',
        ["line 1", "'prompt_paraphrases'", "list"],
    ),
    "blankwording.jsonl": (
        '{"input": "a", "paraphrases": ["b", " "]}\n',
        ["line 1", "'paraphrases'", "text 2 is blank"],
    ),
    "letters.csv": ("input,paraphrases\nEggs?,How to boil eggs\n", ["line 2", "'paraphrases'", "list"]),
    "variant.jsonl": ('{"input": "a", "prompt_id": ["a"]}\n', ["line 1", "'prompt_id'", "whole number"]),
    "truth.jsonl": ('{"input": "a", "prompt_id": true}\n', ["line 1", "'prompt_id'", "whole number"]),
    "novariant.jsonl": ('{"input": "a", "prompt_id": ""}\n', ["line 1", "'prompt_id'", "is blank"]),
    "prefill.jsonl": (
        f'{GOOD}\n{{"input": [{{"role": "assistant", "content": "hi"}}]}}\n',
        ["line 2", "'input'", "turn of the assistant", "must be the user's"],
    ),
    "cells.csv": ("id,input\n1,a,b\n", ["line 2", "cells"]),
    "noinput.csv": ("id,text\n1,a\n", ["line 2", "'input'", "missing"]),
    "header.csv": ("id,input\n", ["no prompts"]),
    "prompts.txt": ("hello", [".jsonl or .csv"]),
}


@pytest.mark.parametrize("name", FILES)
def test_wrong_prompts_files_name_the_file_and_the_line(name: str, tmp_path: Path) -> None:
    content, said = FILES[name]
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(HomogError) as error:
        creative_writing(prompts=str(path))
    assert all(part in str(error.value) for part in [name, *said]), str(error.value)


def test_a_missing_file_and_one_that_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(HomogError, match="no such file"):
        creative_writing(prompts=str(tmp_path / "none.jsonl"))
    (tmp_path / "latin.jsonl").write_bytes(b'{"input": "caf\xe9"}\n')
    with pytest.raises(HomogError, match="UTF-8"):
        creative_writing(prompts=str(tmp_path / "latin.jsonl"))


def test_the_command_line_prints_one_line_and_calls_no_model(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(f"{GOOD}\nnonsense\n", "utf-8")
    with scripted(lambda body: "x") as target:
        done = inspect_cli(
            "eval",
            "inspect_homog/creative_writing",
            "--model=openai-api/scripted/m",
            "-T",
            "prompts=p.jsonl",
            cwd=tmp_path,
            SCRIPTED_BASE_URL=target.url,
        )
        assert not target.requests
    assert done.returncode == 1
    assert "Error: p.jsonl, line 2: not JSON" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_without_a_model_the_error_names_both_ways_on(tmp_path: Path) -> None:
    done = inspect_cli("eval", "inspect_homog/math", cwd=tmp_path)
    assert done.returncode == 1
    assert "--model provider/name" in done.stderr
    assert "--model homog/smollm2" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_preflight_in_a_task_of_ones_own() -> None:
    task = Task(dataset=[Sample(input="x")], setup=preflight("grader"), solver=temperature())
    with scripted(lambda body: "x") as target:
        (log,) = inspect_eval(task, model=target.model(), display="none")
        assert not target.requests
    assert log.status == "error"
    (log,) = inspect_eval(task, model="none", display="none")
    assert log.error
    assert "--model homog/smollm2" in log.error.message


def test_an_unbound_judge_fails_before_the_first_call() -> None:
    with scripted(lambda body: "x") as target:
        (log,) = inspect_eval(math(judge="grader"), model=target.model(), limit=1, display="none")
        assert not target.requests
    assert log.status == "error"
    assert log.error
    assert "--model-role grader=" in log.error.message


def test_other_wordings_and_the_prompt_of_a_variant_reach_the_sample(tmp_path: Path) -> None:
    wordings = ["How to boil eggs?", "Egg, boiled: how?"]
    (tmp_path / "p.jsonl").write_text(
        "".join(
            json.dumps({"input": "Eggs?", "prompt_id": 1, **row}) + "\n"
            for row in ({"paraphrases": wordings}, {"prompt_paraphrases": wordings}, {"paraphrases": []})
        ),
        "utf-8",
    )
    (tmp_path / "p.csv").write_text('input,paraphrases,prompt_id\nEggs?,"[""How?"", ""Eh?""]",1\n', "utf-8")
    rows = creative_writing(prompts=str(tmp_path / "p.jsonl")).dataset
    assert [((s.metadata or {})["paraphrases"], (s.metadata or {})["prompt_id"]) for s in rows] == [
        (wordings, 1),
        (wordings, 1),
        ([], 1),
    ]
    (cells,) = creative_writing(prompts=str(tmp_path / "p.csv")).dataset
    assert ((cells.metadata or {})["paraphrases"], (cells.metadata or {})["prompt_id"]) == (
        ["How?", "Eh?"],
        "1",
    )


@pytest.mark.parametrize("wordings", ["How to boil eggs", ["How?", ""], ["How?", 1]])
def test_wrong_wordings_in_a_data_set_of_ones_own_are_not_sent(wordings: Any) -> None:
    sample = Sample(input="How do I boil an egg?", id="egg", metadata={"paraphrases": wordings})
    with scripted(lambda body: "x") as target:
        task = Task(dataset=[sample], solver=paraphrase(num_responses=2))
        (log,) = inspect_eval(task, model=target.model(), display="none")
        assert not target.requests
    assert log.error
    assert "Sample 'egg': metadata 'paraphrases' must be a list of texts" in log.error.message


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_users_own_file(suffix: str, tmp_path: Path, run: Callable[..., Any]) -> None:
    path = tmp_path / f"mine.{suffix}"
    path.write_text(
        'input,category,target\n"One, two?",creative_writing,\nSum?,math,"[""4"", ""four""]"\nBare?,,x\n'
        if suffix == "csv"
        else '{"input": "One, two?", "category": "G"}\n'
        '{"input": "Sum?", "category": "math", "target": ["4", "four"]}\n'
        '{"input": "Bare?", "target": "x"}\n',
        "utf-8",
    )
    with scripted(lambda body: "x") as target:
        log = run(creative_writing(prompts=str(path), judge="embedded"), model=target.model())
    first = 2 if suffix == "csv" else 1
    assert [(s.id, s.input) for s in log.samples] == [
        (f"mine-{first}", "One, two?"),
        (f"mine-{first + 2}", "Bare?"),
    ]
    assert [s.metadata["category"] for s in log.samples] == ["creative_writing"] * 2
    assert log.samples[1].target == "x"
    assert log.eval.metadata["prompt_set_hash"]
