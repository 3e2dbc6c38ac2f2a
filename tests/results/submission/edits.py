"""Edits of a submission, each with the place and the reason that a check must name."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.results.submission.conftest import PROMPTS, Submission

Rows = list[dict[str, Any]]
Edit = Callable[[Submission], Any]


def opened(row: dict[str, Any], name: str) -> Any:
    return json.loads(row["metadata"][name])


def put(row: dict[str, Any], name: str, value: Any) -> None:
    row["metadata"][name] = json.dumps(value)


def result(value: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in value["evaluation_results"] if one["evaluation_result_id"].endswith(name)]
    return dict(found)


def row(place: int, change: Callable[[dict[str, Any]], Any]) -> Edit:
    return lambda submission: submission.edit_rows(lambda rows: change(rows[place]))


def raise_score(one: dict[str, Any]) -> None:
    one["evaluation"]["score"] = 4.0


def raise_both(one: dict[str, Any]) -> None:
    raise_score(one)
    put(one, "figures", opened(one, "figures") | {"unique": 4.0, "diversity": 1.0, "fit": 1.0})


def raise_everywhere(submission: Submission) -> None:
    submission.edit_rows(lambda rows: [raise_both(one) for one in rows[:-1]])
    for key in ("unique", "diversity", "fit"):
        submission.edit(lambda value, key=key: result(value, key)["score_details"].update(score=4.0))


def drop_response(one: dict[str, Any]) -> None:
    one["output"]["raw"].pop()


def drop_response_and_its_traces(one: dict[str, Any]) -> None:
    drop_response(one)
    put(one, "responses", opened(one, "responses")[:-1])
    put(one, "usable", opened(one, "usable")[:-1])
    put(one, "correct", opened(one, "correct")[:-1])
    graders = opened(one, "graders")
    put(one, "graders", [{**each, "grades": each["grades"][:-1]} for each in graders])
    judges = opened(one, "judges")
    put(
        one,
        "judges",
        [{**each, "verdicts": [v for v in each["verdicts"] if 3 not in v[:2]]} for each in judges],
    )


def change_judges(change: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], None]:
    def edit(one: dict[str, Any]) -> None:
        judges = opened(one, "judges")
        change(judges[0])
        put(one, "judges", judges)

    return edit


def change_grade(one: dict[str, Any]) -> None:
    graders = opened(one, "graders")
    graders[0]["grades"][0] = 1 if graders[0]["grades"][0] > 1 else 5
    put(one, "graders", graders)


def score_the_unscored(one: dict[str, Any]) -> None:
    del one["error"]
    raise_both(one)
    one["evaluation_result_id"] = one["evaluation_result_id"].replace("obtained", "unique")


def bytes_of(change: Callable[[bytes], bytes]) -> Edit:
    def edit(submission: Submission) -> None:
        submission.rows.write_bytes(change(submission.rows.read_bytes()))
        submission.seal()

    return edit


def details(name: str, value: str) -> Callable[[dict[str, Any]], Any]:
    return lambda one: one["source_metadata"]["additional_details"].update({name: value})


NOBODY = {"judge": "mockllm/judge-1", "details": {}, "verdicts": [], "abstained": 0, "asked": 0}
ROWS, RECORD = "X_samples.jsonl", "X.json"
EDITS: dict[str, tuple[Edit, str, str]] = {
    "score of a row": (
        row(1, raise_score),
        f"{ROWS}:2:",
        "evaluation.score is 4.0; what stands in the row gives",
    ),
    "score and figures of a row": (row(1, raise_both), f"{ROWS}:2:", "metadata.figures.unique is 4.0;"),
    "a mean": (
        lambda s: s.edit(lambda value: result(value, "/unique")["score_details"].update(score=3.9)),
        f"{RECORD}:",
        "evaluation_results.math/math/unique.score_details.score is 3.9; the rows give",
    ),
    "an interval": (
        lambda s: s.edit(
            lambda value: result(value, "/fit")["score_details"]["uncertainty"]["confidence_interval"].update(
                lower=0.9
            )
        ),
        f"{RECORD}:",
        "math/math/fit.score_details.uncertainty.confidence_interval.lower is 0.9",
    ),
    "rows and means together": (raise_everywhere, f"{ROWS}:1:", "metadata.figures.unique is 4.0;"),
    "a response dropped": (
        row(2, drop_response),
        f"{ROWS}:3:",
        "output.raw holds 3 responses, metadata.responses describes 4",
    ),
    "a response dropped with its traces": (
        row(2, drop_response_and_its_traces),
        f"{ROWS}:3:",
        "3 of 4 responses, and no note of a shortfall",
    ),
    "a prompt reworded": (
        row(3, lambda one: one["input"].update(raw="What is 1 + 1?")),
        f"{ROWS}:4:",
        "prompt 'math-04' is not worded as the bundled one",
    ),
    "a prompt removed": (
        lambda s: s.edit_rows(lambda rows: rows.pop(4)),
        f"{RECORD}:",
        "prompt 'math-05' was to be",
    ),
    "a prompt that was not to be asked": (
        row(4, lambda one: one.update(sample_id="math-13")),
        f"{RECORD}:",
        "prompt 'math-13' has a row and was not to be asked",
    ),
    "a judge renamed in a row": (
        row(0, change_judges(lambda judge: judge.update(judge="openai/gpt-4o"))),
        f"{ROWS}:1:",
        "judged by openai/gpt-4o, mockllm/judge-2, but the run's judges are mockllm/judge-1, mockllm/judge-2",
    ),
    "a judge renamed in the record": (
        lambda s: s.edit(
            lambda value: result(value, "/unique")["metric_config"]["llm_scoring"]["judges"][0][
                "model_info"
            ].update(name="openai/gpt-4o")
        ),
        f"{RECORD}:",
        "llm_scoring.judges[0].model_info.name is 'openai/gpt-4o'; the rows give 'mockllm/judge-1'",
    ),
    "another rubric in the judges' prompt": (
        lambda s: s.edit(
            lambda value: result(value, "/unique")["metric_config"]["llm_scoring"].update(input_prompt="Yes?")
        ),
        f"{RECORD}:",
        "llm_scoring.input_prompt is 'Yes?'",
    ),
    "NaN": (
        bytes_of(lambda text: text.replace(b'"score": ', b'"score": NaN, "old": ', 1)),
        f"{ROWS}:1:",
        "not strict JSON: NaN is not a finite number",
    ),
    "Infinity": (
        bytes_of(lambda text: text.replace(b'"score": ', b'"score": 1e999, "old": ', 1)),
        f"{ROWS}:1:",
        "not strict JSON: 1e999 is not a finite number",
    ),
    "a key twice": (
        bytes_of(lambda text: text.replace(b'"score": ', b'"score": 1.0, "score": ', 1)),
        f"{ROWS}:1:",
        "key 'score' stands twice",
    ),
    "an id twice": (
        lambda s: s.edit_rows(lambda rows: rows.append(deepcopy(rows[5]))),
        f"{ROWS}:13:",
        "prompt 'math-06' of epoch 1 stands in line 6 already",
    ),
    "an unscored row scored": (
        row(PROMPTS - 1, score_the_unscored),
        f"{ROWS}:12:",
        "metadata.figures.unique is 4.0;",
    ),
    "classes": (
        row(6, change_judges(lambda judge: judge.update(classes=[0, 0, 0, 0], unique=1))),
        f"{ROWS}:7:",
        "metadata.judges[0].classes",
    ),
    **{
        f"a judge's {name}": (
            row(6, change_judges(lambda judge, name=name, value=value: judge.update({name: value}))),
            f"{ROWS}:7:",
            f"metadata.judges[0].{name} is {value};",
        )
        for name, value in (("unique", 3), ("pairwise", 0.5), ("asked", 5), ("abstained", 1))
    },
    "which responses are usable": (
        row(6, lambda one: put(one, "usable", [3, 2, 1, 0])),
        f"{ROWS}:7:",
        "metadata.usable",
    ),
    "a judge where there is nothing to judge": (
        row(PROMPTS - 1, lambda one: put(one, "judges", [{**NOBODY, "classes": []}])),
        f"{ROWS}:12:",
        "metadata.judges",
    ),
    "an error of a scored row": (
        row(6, lambda one: one.update(error="no_response")),
        f"{ROWS}:7:",
        "error is 'no_response';",
    ),
    "no error of an unscored row": (
        row(PROMPTS - 1, lambda one: one.pop("error")),
        f"{ROWS}:12:",
        "error is missing; what stands in the row gives 'unscored'",
    ),
    "verdicts": (
        row(6, change_judges(lambda judge: judge.update(verdicts=[[0, 9, "same"]]))),
        f"{ROWS}:7:",
        "has a verdict on the pair [0, 9] of 4 usable responses",
    ),
    "a grade": (row(7, change_grade), f"{ROWS}:8:", "metadata.figures.quality is"),
    "a grade dropped": (
        row(7, lambda one: put(one, "graders", [{**opened(one, "graders")[0], "grades": [5]}])),
        f"{ROWS}:8:",
        "grader 'mockllm/judge-1' has 1 grades for 4 usable responses",
    ),
    "a figure left out": (
        row(
            7,
            lambda one: put(
                one, "figures", {k: v for k, v in opened(one, "figures").items() if k != "worst"}
            ),
        ),
        f"{ROWS}:8:",
        "metadata.figures.worst is missing;",
    ),
    "another prompt set": (
        lambda s: s.edit(details("prompt_set_hash", "0" * 64)),
        f"{RECORD}:",
        "source_metadata.additional_details.prompt_set_hash is '000",
    ),
    "the number of rows": (
        lambda s: s.edit(lambda value: value["detailed_evaluation_results"].update(total_rows=13)),
        f"{RECORD}:",
        "total_rows is 13; the file of rows has 12",
    ),
    "a row's model": (row(8, lambda one: one.update(model_id="x/y")), f"{ROWS}:9:", "model_id is 'x/y'"),
    "the record's model": (
        lambda s: s.edit(lambda value: value["model_info"].update(id="openai/gpt-4o")),
        f"{RECORD}:",
        "model id 'openai/gpt-4o' belongs in data/inspect_homog/openai/gpt-4o/",
    ),
    "is_correct": (
        row(9, lambda one: one["evaluation"].update(is_correct=not one["evaluation"]["is_correct"])),
        f"{ROWS}:10:",
        "evaluation.is_correct is",
    ),
    "the category": (
        row(10, lambda one: one["metadata"].update(category="advice")),
        f"{ROWS}:11:",
        "prompt 'math-11' is of category math",
    ),
    "a category that is none": (
        row(10, lambda one: one["metadata"].update(category="poetry")),
        f"{ROWS}:11:",
        "poetry",
    ),
    "a field that is none": (row(0, lambda one: one.update(bonus=1)), f"{ROWS}:1:", "bonus: Extra inputs"),
    "a number as a text": (
        row(0, lambda one: one["evaluation"].update(score="3")),
        f"{ROWS}:1:",
        "evaluation.score: Input should be a valid number",
    ),
    "a truncated line": (bytes_of(lambda text: text[:-40]), f"{ROWS}:12:", "not strict JSON"),
    "a byte that is not UTF-8": (
        bytes_of(lambda text: text.replace(b"boxed", b"box\xffed", 1)),
        f"{ROWS}:1:",
        "not UTF-8 text",
    ),
    "half of a surrogate pair": (
        bytes_of(lambda text: text.replace(b"boxed", b"box\\ud800ed", 1)),
        f"{ROWS}:1:",
        "\\ud800 is half of a surrogate pair",
    ),
    "completeness": (
        lambda s: s.edit(
            lambda value: [
                value["source_metadata"]["additional_details"].pop(name)
                for name in ("partial", "prompts_in_set")
            ]
        ),
        f"{RECORD}:",
        "claims to be complete, and lacks 28 of the 40 prompts of bundled-math",
    ),
    "the strategy": (
        lambda s: s.edit(
            lambda value: value["eval_library"]["additional_details"].update(strategy="regenerate (task)")
        ),
        f"{RECORD}:",
        "eval_library.additional_details.strategy is 'regenerate (task)'; the rows give 'temperature'",
    ),
    "the headline for the Hub": (
        lambda s: [
            path.write_text(path.read_text("utf-8").replace("value: ", "value: 1"), "utf-8")
            for path in s.folder.glob(".eval_results/*")
        ],
        ".yaml:1:",
        "[0].value is 1",
    ),
    "a file of nobody": (
        lambda s: (s.folder / "data" / "stray.jsonl").write_text("{}\n", "utf-8"),
        "stray.jsonl:1:",
        "belongs to no submission here",
    ),
    "the rows gone": (lambda s: s.rows.unlink(), f"{RECORD}:1:", "its file of rows is not there"),
}
