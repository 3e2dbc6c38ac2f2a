"""Runs from the output folders of lm-evaluation-harness (`--output_path` with `--log_samples`)."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import HomogError, describe
from ..prompts.load import plain_turns
from ..sampling.records import Response
from ..taxonomy.extra import own_definition
from .run import Graded, Judged, Run, Scored

_STAMP = re.compile(r"results_(?P<stamp>.+)\.json")


def lm_eval_runs(path: Path) -> list[Run]:
    """Every run of a `homog_*` task, oldest first, from a results file or a folder of them.

    Raises:
        HomogError: When the samples of a run are not there, or a file is not lm-eval's; names the file.
    """
    files = [path] if path.is_file() else sorted(path.rglob("results_*.json"))
    return sorted((run for file in files for run in _runs(file)), key=lambda run: run.created)


def _runs(file: Path) -> Iterator[Run]:
    results, stamp = _read(file, "".join(text for _, text in _lines(file)), 1), _STAMP.fullmatch(file.name)
    if stamp is None or not {"results", "configs", "lm_eval_version", "date"} <= set(results):
        raise HomogError(f"{file}: not a results file of lm-eval (results_<time>.json).")
    for task in results["configs"]:
        if not task.startswith("homog_"):
            continue
        samples = file.with_name(f"samples_{task}_{stamp['stamp']}.jsonl")
        if not samples.is_file():
            raise HomogError(f"{samples}: not there. Run lm_eval with --log_samples to keep the responses.")
        yield _run(task, results, samples)


def _run(task: str, results: Mapping[str, Any], samples: Path) -> Run:
    rows = [_read(samples, line, number) for number, line in _lines(samples)]
    records = [_record(row, samples, number) for number, row in enumerate(rows, start=1)]
    scored = [
        _checked(row, record, samples, number)
        for number, (row, record) in enumerate(zip(rows, records, strict=True), start=1)
    ]
    metadata = results["configs"][task].get("metadata") or {}
    prompts = str(metadata.get("prompts", "bundled"))
    category = str(metadata.get("category", ""))
    config = results.get("config") or {}
    figures = results["results"].get(task, {})
    return Run(
        framework="lm_eval",
        framework_version=results["lm_eval_version"],
        package_version=next((record.get("inspect_homog") for record in records), None),
        id=f"{results.get('task_hashes', {}).get(task, task)[:16]}-{int(results['date'])}",
        source=str(samples),
        task=task,
        model=results.get("model_name") or str(config.get("model")),
        backend=config.get("model"),
        created=datetime.fromtimestamp(results["date"], UTC).isoformat(timespec="seconds"),
        dataset=f"bundled-{category}" if prompts == "bundled" else Path(prompts).stem,
        planned=[one.id for one in scored],
        prompts_in_set=results.get("n-samples", {}).get(task, {}).get("original"),
        scored=scored,
        reported={
            name.removesuffix(",none"): value
            for name, value in figures.items()
            if name.endswith(",none")
            and isinstance(value, float)
            and name != "unscored,none"
            and "_stderr" not in name
        },
    )


def _checked(row: Mapping[str, Any], record: Mapping[str, Any], file: Path, line: int) -> Scored:
    try:
        return _scored(row, record)
    except (KeyError, TypeError, ValueError) as error:
        what = describe(error) if isinstance(error, ValidationError) else f"{type(error).__name__} {error}"
        raise HomogError(f"{file}, line {line}: not as a homog_* task logs a sample: {what}.") from error


def _scored(row: Mapping[str, Any], record: Mapping[str, Any]) -> Scored:
    doc, anchor = row["doc"], record["anchor"]
    figures = {name: value for name, value in record["values"].items() if name != "unscored"}
    usable = record.get("usable", [])
    wording = (
        "task" if anchor == record["category"] else anchor if anchor in (None, "general") else "mismatch"
    )
    return Scored(
        id=record["id"],
        cluster=record["id"],
        category=record["category"],
        definition=own_definition(record),
        input=doc["input"] if isinstance(doc["input"], str) else plain_turns(doc["input"]),
        target=doc["target"] or [],
        strategy=record["strategy"],
        wording=wording,
        predicted=record["predicted"],
        requested=record["requested"],
        responses=[Response.model_validate(_in_utf8(response)) for response in record["responses"]],
        usable=usable,
        judges=[Judged.model_validate(judge) for judge in record["judges"]],
        graders=[Graded.model_validate(grader) for grader in record.get("graders", [])],
        correct=record.get("correct", []),
        judging=record["judging"] if usable else None,
        prompt_hash=record.get("prompt_hash"),
        rubric_version=record["rubric_version"] if usable else None,
        figures=figures if usable else {},
        unscored=None if "unique" in figures else "grader_failed" if usable else "no_response",
        settings=record["settings"],
        calls=record["calls"],
        notes=record["notes"],
    )


def _in_utf8(response: Mapping[str, Any]) -> dict[str, Any]:
    """The response with its halves of surrogate pairs as escapes, which is how Inspect logs them."""
    return {
        name: value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value
        for name, value in response.items()
    }


def _record(row: Mapping[str, Any], file: Path, line: int) -> dict[str, Any]:
    """What this package's task logged of a document."""
    try:
        (text,) = row["filtered_resps"]
        record = json.loads(text)
    except (KeyError, TypeError, ValueError) as error:
        raise HomogError(f"{file}, line {line}: not a sample of a homog_* task.") from error
    if not isinstance(record, dict) or "values" not in record:
        raise HomogError(f"{file}, line {line}: responses without figures, as --predict_only leaves them.")
    return record


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        with file.open(encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    except UnicodeDecodeError as error:
        raise HomogError(f"{file}: not UTF-8 text ({error.reason} at byte {error.start}).") from error


def _read(file: Path, text: str, line: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise HomogError(f"{file}, line {line}: not JSON: {error}") from error
    if not isinstance(found, dict):
        raise HomogError(f"{file}, line {line}: expected a JSON object.")
    return found
