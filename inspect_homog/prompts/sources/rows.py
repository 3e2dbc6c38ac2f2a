"""The samples of a source, from its local copy or as published, or an error that names row and field."""

from hashlib import sha256
from logging import getLogger
from os.path import isfile
from pathlib import Path
from typing import Any

from inspect_ai.dataset import RecordToSample, Sample, csv_dataset, hf_dataset, json_dataset
from pydantic import ValidationError

from ...errors import HomogError, describe
from .source import Source
from .workbook import workbook_rows

logger = getLogger(__name__)


def eligible(source: Source, folder: str | None = None) -> list[Sample]:
    """Every eligible prompt of the source once, with ids that start with the source's name.

    Args:
        source: Which one.
        folder: Where a local copy is. By default the pinned revision is downloaded.

    Raises:
        HomogError: When it cannot be had or read, a row lacks a field or has another type in it, two
            prompts have one id, or no row is left; names the source, the revision, the row and the field.
    """
    local = None if folder is None else _local(source, Path(folder))
    where = f"{source.name} (revision {source.revision})"
    known = {"source": source.name, "source_revision": source.revision}
    if local is not None:
        where = f"{source.name} ({local}; expected is revision {source.revision})"
        known["source_revision"] = f"sha256:{sha256(local.read_bytes()).hexdigest()}"
        if source.revision.startswith("sha256:") and source.revision != known["source_revision"]:
            logger.warning(f"{where}: not the pinned content; it has {known['source_revision']}.")
    records = _records(source, local, where)
    found: dict[str, Sample] = {}
    for number, record in enumerate(records, start=1):
        try:
            sample = source.row.model_validate(record).sample()
        except ValidationError as error:
            raise HomogError(f"{where}, row {number}: {describe(error)}") from error
        if sample is None:
            continue
        sample.id = f"{source.name}-{sample.id}"
        sample.metadata = (sample.metadata or {}) | known
        if _asked(found.setdefault(sample.id, sample)) != _asked(sample):
            raise HomogError(f"{where}, row {number}: another prompt has the id {sample.id!r} already.")
    if not found:
        raise HomogError(f"{where}: none of its {len(records)} rows is an eligible prompt.")
    return list(found.values())


def _records(source: Source, local: Path | None, where: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []

    def give(record: dict[str, Any]) -> list[Sample]:
        records.append(record)
        return []

    try:
        source.published(give) if local is None else _read(local, give)
    except HomogError:
        raise
    except Exception as error:  # each library has its own kinds
        hint = "" if local else " Without a network, give a folder with a copy: -T prompts_dir=FOLDER."
        raise HomogError(f"{where}: cannot be read: {error}.{hint}") from error
    return records


def _asked(sample: Sample) -> tuple[list[str], str | list[str]]:
    """What is asked, and the answer to it."""
    parts = [sample.input] if isinstance(sample.input, str) else [m.text for m in sample.input]
    return parts, sample.target


def _local(source: Source, folder: Path) -> Path:
    for name in source.files:
        if isfile(folder / name):
            return folder / name
    names = " or ".join(source.files)
    raise HomogError(f"{folder}: holds no copy of {source.name}: expected a file {names}.")


def _read(path: Path, give: RecordToSample) -> None:
    if path.suffix == ".csv":
        csv_dataset(str(path), sample_fields=give)
    elif path.suffix == ".jsonl":
        json_dataset(str(path), sample_fields=give)
    elif path.suffix == ".parquet":
        hf_dataset("parquet", split="train", data_files=str(path), cached=False, sample_fields=give)
    else:
        for row in workbook_rows(path):
            give(row)
