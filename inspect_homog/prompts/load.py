"""Prompts as an Inspect dataset: the bundled ones, or a file of the user's own."""

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import as_file, files
from logging import getLogger
from pathlib import Path

from inspect_ai.dataset import MemoryDataset, Sample

from ..errors import HomogError
from ..taxonomy.category import load_categories
from .read import read_rows, validate_row
from .record import PromptRecord

logger = getLogger(__name__)


def load_prompts(prompts: str = "bundled", category: str | None = None) -> MemoryDataset:
    """The prompts of one category, or of all eight when `category` is None.

    Rows of a file that name another category than the one asked for are left out with a warning, so that
    one mixed file serves all eight tasks.

    Args:
        prompts: `bundled`, or the path of a JSONL or CSV file (fields: see `PromptRecord`).
        category: Category name. Rows without a category belong to it.

    Raises:
        HomogError: When the file is missing, empty, or has a bad line, a duplicate id or an unknown
            category; names the file and the line.
    """
    if prompts == "bundled":
        names = [category] if category else list(load_categories())
        samples = [sample for name in names for sample in _bundled(name)]
        return MemoryDataset(samples, name=f"bundled-{category or 'all'}")
    path = Path(prompts)
    samples = read_prompts(path, category)
    if not samples:
        raise HomogError(f"{path}: no prompts in it.")
    kept = [s for s in samples if category is None or (s.metadata or {})["category"] == category]
    if not kept:
        raise HomogError(f"{path}: none of its {len(samples)} prompts is of category {category!r}.")
    if len(kept) < len(samples):
        logger.warning(
            f"{path}: {len(samples) - len(kept)} of {len(samples)} prompts left out: not {category}."
        )
    return MemoryDataset(kept, name=path.stem, location=str(path.absolute()))


def read_prompts(path: Path, category: str | None = None) -> list[Sample]:
    """Every prompt of the file as a sample with a unique id; see `load_prompts` for errors."""
    samples: list[Sample] = []
    lines: dict[str, int] = {}
    for line, row in read_rows(path):
        record = validate_row(PromptRecord, row, path, line)
        if record.category is None and category is None:
            raise HomogError(f"{path}, line {line}: field 'category' is missing.")
        sample = record.sample(f"{path.stem}-{line}", category)
        if (earlier := lines.setdefault(str(sample.id), line)) != line:
            raise HomogError(f"{path}, line {line}: id {sample.id!r} is already used in line {earlier}.")
        samples.append(sample)
    return samples


def prompt_set_hash(samples: Iterable[Sample]) -> str:
    """SHA-256 over ids, inputs and categories in their order: equal when the same was asked."""
    digest = hashlib.sha256()
    for sample in samples:
        asked = (
            sample.input
            if isinstance(sample.input, str)
            else [message.model_dump(mode="json", exclude={"id"}) for message in sample.input]
        )
        row = [sample.id, asked, (sample.metadata or {}).get("category")]
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()


def _bundled(category: str) -> list[Sample]:
    with as_file(files(__package__) / "bundled" / f"{category}.jsonl") as path:
        return read_prompts(path)
