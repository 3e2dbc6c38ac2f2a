"""Pairs of responses with a label, to check a judge against: the bundled contrast set, or a file."""

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from inspect_ai.dataset import MemoryDataset, Sample
from pydantic import AliasChoices, BeforeValidator, Field

from ..errors import HomogError
from ..record import Record
from ..taxonomy.category import GENERAL
from ..taxonomy.taxonomy import Taxonomy, installed_taxonomy
from .read import read_rows, validate_row
from .record import category_name


class PairRecord(Record):
    """Two responses to one prompt, and whether people hold them to be equivalent.

    NoveltyBench's column names (`generation_0`, `generation_1`, `similar`) are understood. Further fields
    are passed over.
    """

    prompt: str = Field(min_length=1)
    """The prompt."""

    a: str = Field(min_length=1, validation_alias=AliasChoices("a", "generation_0"))
    """One response."""

    b: str = Field(min_length=1, validation_alias=AliasChoices("b", "generation_1"))
    """The other response."""

    same: bool = Field(validation_alias=AliasChoices("same", "similar"))
    """Whether they are equivalent; 1 and 0 are understood."""

    category: Annotated[str, BeforeValidator(category_name)] = GENERAL
    """Category name or letter, whose rubric decides; by default the general one."""

    id: str | int | None = None
    """Name of the pair. Ids may repeat: one prompt can stand in several pairs."""


def load_pairs(pairs: str = "contrast_set", taxonomy: Taxonomy | None = None) -> MemoryDataset:
    """Labelled pairs, one sample each: the prompt as input, `same` or `different` as target.

    Args:
        pairs: `contrast_set` (bundled: 24 pairs a category, labelled by construction), or the path of a JSONL
            or CSV file (fields: see `PairRecord`).
        taxonomy: The categories there are; by default the installed ones.

    Raises:
        HomogError: When the file is missing, empty or has a bad line; names the file and the line.
    """
    known = taxonomy or installed_taxonomy()
    if pairs == "contrast_set":
        with as_file(files("inspect_homog.judging") / "contrast_set.jsonl") as path:
            return MemoryDataset(_read(path, known), name="contrast_set")
    path = Path(pairs)
    samples = _read(path, known)
    if not samples:
        raise HomogError(f"{path}: no pairs in it.")
    return MemoryDataset(samples, name=path.stem, location=str(path.absolute()))


def _read(path: Path, taxonomy: Taxonomy) -> list[Sample]:
    samples = []
    for line, row in read_rows(path):
        record = validate_row(PairRecord, row, path, line, taxonomy)
        samples.append(
            Sample(
                input=record.prompt,
                id=f"{path.stem}-{line}",
                target="same" if record.same else "different",
                metadata=taxonomy.described(
                    {"category": record.category, "a": record.a, "b": record.b, "pair_id": record.id}
                ),
            )
        )
    return samples


def pair_set_hash(samples: Iterable[Sample]) -> str:
    """SHA-256 over prompts, pairs, labels and categories in their order: equal when the same was asked."""
    digest = hashlib.sha256()
    for sample in samples:
        known = sample.metadata or {}
        row = [sample.input, known["a"], known["b"], sample.target, known["category"]]
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()
