"""A file of recorded responses as an index: which prompts it holds, and where each can be read again."""

import json
from array import array
from collections.abc import Sequence
from os.path import isfile
from pathlib import Path
from typing import Protocol

from inspect_ai.log import read_eval_log_sample, read_eval_log_sample_summaries
from pydantic import ValidationError

from ..errors import HomogError, describe
from ..prompts.read import TAXONOMY, json_object, validate_row
from ..sampling.records import ResponseSet
from ..taxonomy.taxonomy import Taxonomy, installed_taxonomy
from .record import FOR_DRAWING, RecordedSet, is_lm_eval, recorded_fields


class Source(Protocol):
    """Recorded sets by number, each read when it is asked for: memory does not grow with the file."""

    taxonomy: Taxonomy
    """Where their categories are looked up."""

    notes: Sequence[str]
    """What of the file is passed over, each as one line."""

    def __len__(self) -> int:
        """How many prompts there are."""
        ...

    def __getitem__(self, number: int) -> RecordedSet:
        """The recorded set with this number, from 0."""
        ...

    def place(self, number: int) -> str:
        """Where in the file it is, for error messages."""
        ...


class JsonLines:
    """Lines of a JSONL file: plain, NoveltyBench's, or lm-eval's samples.

    lm-eval repeats every document for each filter of its task. The responses are the same, so the lines of
    the first filter are kept.
    """

    def __init__(self, path: Path, taxonomy: Taxonomy) -> None:
        self.path = path
        self.taxonomy = taxonomy
        self._offsets = array("Q")
        self._lines = array("Q")
        offset = 0
        kept: str | None = None
        others = 0
        with path.open("rb") as file:
            for line, text in enumerate(file, start=1):
                name = lm_eval_filter(text)
                kept = name if kept is None else kept
                if name is not None and name != kept:
                    others += 1
                elif text.strip():
                    self._offsets.append(offset)
                    self._lines.append(line)
                offset += len(text)
        told = (
            f"{others} lines passed over: they repeat the responses of lm-eval's filter {kept!r} for others."
        )
        self.notes: Sequence[str] = [told] if others else []

    def __len__(self) -> int:
        return len(self._offsets)

    def __getitem__(self, number: int) -> RecordedSet:
        with self.path.open("rb") as file:
            file.seek(self._offsets[number])
            text = file.readline()
        return self._read(text, self._lines[number])

    def place(self, number: int) -> str:
        """The line."""
        return f"line {self._lines[number]}"

    def _read(self, text: bytes, line: int) -> RecordedSet:
        try:
            row = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            reason = f"{error.reason} at byte {error.start}"
            raise HomogError(f"{self.path}, line {line}: not UTF-8 text ({reason}).") from error
        try:
            fields = recorded_fields(json_object(row, self.path, line))
        except HomogError as error:
            raise HomogError(f"{self.path}, line {line}: {error}") from error
        record = validate_row(RecordedSet, fields, self.path, line, self.taxonomy)
        return (
            record if record.id is not None else record.model_copy(update={"id": f"{self.path.stem}-{line}"})
        )


def lm_eval_filter(line: bytes) -> str | None:
    """The filter that a line of lm-eval's samples names, or None: another line, or one that is wrong."""
    if b'"filter"' not in line or b'"resps"' not in line:  # most lines need not be parsed
        return None
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    name = row.get("filter") if isinstance(row, dict) and is_lm_eval(row) else None
    return name if isinstance(name, str) else None


class InspectLog:
    """Samples of an Inspect log: its own response sets, or epochs, or the choices of one completion."""

    notes: Sequence[str] = ()

    def __init__(self, path: Path, taxonomy: Taxonomy) -> None:
        self.path = path
        self.taxonomy = taxonomy
        epochs: dict[str | int, list[int]] = {}
        try:
            for summary in read_eval_log_sample_summaries(str(path)):
                epochs.setdefault(summary.id, []).append(summary.epoch)
        except Exception as error:  # of many kinds: of the archive, of its JSON, of Inspect's records
            raise HomogError(f"{path}: not an Inspect log that can be read: {_brief(error)}") from error
        self._epochs = [(id, sorted(numbers)) for id, numbers in epochs.items()]

    def __len__(self) -> int:
        return len(self._epochs)

    def place(self, number: int) -> str:
        """The sample."""
        return f"sample {self._epochs[number][0]!r}"

    def __getitem__(self, number: int) -> RecordedSet:
        id, epochs = self._epochs[number]
        responses: list[str] = []
        try:
            for epoch in epochs:
                sample = read_eval_log_sample(str(self.path), id, epoch, exclude_fields={"events"})
                drawn = sample.store_as(ResponseSet).responses
                texts = [r.text if r.usable else "" for r in drawn]
                # An epoch without an answer, such as one that failed, is an empty response.
                responses += texts or [choice.message.text for choice in sample.output.choices] or [""]
            names = [name for name in RecordedSet.model_fields if name not in FOR_DRAWING]
            known = {name: (sample.metadata or {}).get(name) for name in names}
            fields = {
                "id": id,
                "input": sample.input,
                "target": sample.target or None,
                "responses": responses,
            }
            return RecordedSet.model_validate({**known, **fields}, context={TAXONOMY: self.taxonomy})
        except ValidationError as error:
            raise HomogError(f"{self.path}, {self.place(number)}: {describe(error)}") from error
        except Exception as error:  # see above
            raise HomogError(f"{self.path}, {self.place(number)}: cannot be read: {_brief(error)}") from error


def _brief(error: Exception) -> str:
    """The first line of what a library says, and what kind of error it is."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"


def open_source(path: Path, taxonomy: Taxonomy | None = None) -> Source:
    """The file as a source.

    Args:
        path: The file.
        taxonomy: Where categories are looked up; by default the installed one.

    Raises:
        HomogError: When the file is missing, empty, or of another kind than .jsonl, .eval or .json.
    """
    if not isfile(path):
        raise HomogError(f"{path}: no such file.")
    kinds: dict[str, type[JsonLines] | type[InspectLog]] = {
        ".jsonl": JsonLines,
        ".eval": InspectLog,
        ".json": InspectLog,
    }
    if path.suffix not in kinds:
        raise HomogError(f"{path}: expected .jsonl (responses) or .eval or .json (an Inspect log).")
    source = kinds[path.suffix](path, taxonomy or installed_taxonomy())
    if not len(source):
        raise HomogError(f"{path}: no responses in it.")
    return source
