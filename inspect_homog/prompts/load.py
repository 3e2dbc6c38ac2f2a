"""Prompts as an Inspect dataset: the bundled ones, the paper's, or a file of the user's own."""

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import as_file, files
from logging import getLogger
from os.path import exists
from pathlib import Path
from typing import Any

from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage

from ..errors import HomogError
from ..taxonomy.category import built_in_categories
from ..taxonomy.taxonomy import Taxonomy, installed_taxonomy
from .read import read_rows, validate_row
from .record import PromptRecord

logger = getLogger(__name__)


def load_prompts(
    prompts: str = "bundled",
    category: str | None = None,
    prompts_dir: str | None = None,
    labels: str | None = None,
    labelled: bool = True,
    taxonomy: Taxonomy | None = None,
) -> MemoryDataset:
    """The prompts of one category, or of all when `category` is None.

    Prompts of another category than the one asked for are left out with a warning, so that one mixed file
    serves all tasks.

    A folder `prompts_dir` is read instead of the network. It holds, of the sources that are asked for,
    `simple_qa_test_set.csv`, `math500.jsonl` (MATH-500's `test.jsonl`), `problem_solution_pair.xlsx` or
    `macgyver_problem_solution_pair.xlsx`, `curated.jsonl` or `novelty_bench/curated.jsonl`,
    `community_alignment.csv`, `wildbench.jsonl` or `wildbench.parquet` (`test` of `v2`).

    Args:
        prompts: `bundled`; `paper` (the paper's six sources) or one of them: `simpleqa`, `math500`,
            `macgyver`, `novelty_bench`, `community_alignment`, `wildbench`; or the path of a JSONL or CSV
            file (fields: see `PromptRecord`).
        category: Category name. Rows of a file without a category belong to it.
        prompts_dir: Folder with local copies of the sources.
        labels: JSON file (id and letter) with the categories of the prompts of WildBench and Community
            Alignment, as `homog labels` writes it.
        labelled: Whether each prompt of the sources must have a category.
        taxonomy: The categories there are; by default the installed ones. Only the paper's eight have bundled
            prompts.

    Raises:
        HomogError: When a file is missing, empty, or has a bad line, a duplicate id or an unknown category;
            names the file and the line.
    """
    from .sources.paper import PAPER, SOURCES, read_sources  # not needed to register the tasks

    known = taxonomy or installed_taxonomy()
    if prompts in (PAPER, *SOURCES):
        samples = read_sources(prompts, prompts_dir, labels, labelled, known)
        return MemoryDataset(_of_category(samples, category, prompts), name=prompts, location=prompts_dir)
    if prompts_dir is not None or labels is not None:
        raise HomogError(
            f"prompts_dir and labels go with prompts={PAPER} or one of {', '.join(SOURCES)}, "
            f"not with {prompts!r}."
        )
    if prompts == "bundled":
        names = [category] if category else list(built_in_categories())
        samples = [sample for name in names for sample in _bundled(name)]
        return MemoryDataset(samples, name=f"bundled-{category or 'all'}")
    if not Path(prompts).suffix and not exists(prompts):
        named = ", ".join(("bundled", PAPER, *SOURCES))
        raise HomogError(
            f"Unknown prompts {prompts!r}. Use one of {named}, or the path of a JSONL or CSV file."
        )
    return _from_file(Path(prompts), category, known)


def _from_file(path: Path, category: str | None, known: Taxonomy) -> MemoryDataset:
    samples = read_prompts(path, category, known)
    if not samples:
        raise HomogError(f"{path}: no prompts in it.")
    kept = _of_category(samples, category, str(path))
    return MemoryDataset(kept, name=path.stem, location=str(path.absolute()))


def read_prompts(path: Path, category: str | None = None, taxonomy: Taxonomy | None = None) -> list[Sample]:
    """Every prompt of the file as a sample with a unique id; see `load_prompts` for errors."""
    known = taxonomy or installed_taxonomy()
    samples: list[Sample] = []
    lines: dict[str, int] = {}
    for line, row in read_rows(path):
        record = validate_row(PromptRecord, row, path, line, known)
        if record.category is None and category is None:
            raise HomogError(f"{path}, line {line}: field 'category' is missing.")
        sample = record.sample(f"{path.stem}-{line}", category)
        sample.metadata = known.described(sample.metadata or {})
        if (earlier := lines.setdefault(str(sample.id), line)) != line:
            raise HomogError(f"{path}, line {line}: id {sample.id!r} is already used in line {earlier}.")
        samples.append(sample)
    return samples


def prompt_set_hash(samples: Iterable[Sample]) -> str:
    """SHA-256 over ids, inputs and categories in their order: equal when the same was asked."""
    return input_set_hash(
        (sample.id, plain_input(sample.input), (sample.metadata or {}).get("category")) for sample in samples
    )


def input_set_hash(rows: Iterable[tuple[str | int | None, str | list[dict[str, Any]], str | None]]) -> str:
    """The same over ids, inputs (as `plain_input` gives them) and categories."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def plain_input(asked: str | list[ChatMessage]) -> str | list[dict[str, Any]]:
    """A prompt as JSON has it: its text, or the turns of a conversation by `role` and `content`."""
    if isinstance(asked, str):
        return asked
    return plain_turns([message.model_dump(mode="json", include={"role", "content"}) for message in asked])


def plain_turns(turns: list[dict[str, Any]]) -> str | list[dict[str, Any]]:
    """The turns of a conversation; of a single turn of the user its text, for that asks the same."""
    match turns:
        case [{"role": "user", "content": str(text)}]:
            return text
    return turns


def _of_category(samples: list[Sample], category: str | None, where: str) -> list[Sample]:
    """The samples of the category, all of them when it is None; says how many it left out."""
    kept = [s for s in samples if category is None or (s.metadata or {})["category"] == category]
    if not kept:
        raise HomogError(f"{where}: none of its {len(samples)} prompts is of category {category!r}.")
    if len(kept) < len(samples):
        logger.warning(
            f"{where}: {len(samples) - len(kept)} of {len(samples)} prompts left out: not {category}."
        )
    return kept


def _bundled(category: str) -> list[Sample]:
    with as_file(files(__package__) / "bundled" / f"{category}.jsonl") as path:
        return read_prompts(path)
