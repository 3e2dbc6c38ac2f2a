"""The paper's prompts: which sources there are, and what is drawn from each."""

from collections import Counter
from importlib.resources import as_file, files
from logging import getLogger
from pathlib import Path

from inspect_ai.dataset import Sample

from ...errors import HomogError
from ...taxonomy.taxonomy import Taxonomy, installed_taxonomy
from .community_alignment import COMMUNITY_ALIGNMENT
from .labels import Labels, read_labels
from .macgyver import MACGYVER
from .math500 import MATH500
from .novelty_bench import NOVELTY_BENCH
from .rows import eligible
from .simpleqa import SIMPLEQA
from .source import SEED, Source, select
from .wildbench import WILDBENCH

logger = getLogger(__name__)

SOURCES = {
    source.name: source
    for source in (SIMPLEQA, MATH500, MACGYVER, NOVELTY_BENCH, COMMUNITY_ALIGNMENT, WILDBENCH)
}
"""The six by name."""

PAPER = "paper"
"""Stands for all six."""


def read_sources(
    prompts: str,
    folder: str | None = None,
    labels: str | None = None,
    labelled: bool = True,
    taxonomy: Taxonomy | None = None,
) -> list[Sample]:
    """The prompts drawn from one source, or from all six: as many as the paper has, by a fixed seed.

    The paper does not publish which rows it drew, so these are as many rows as its own, not the same ones.

    Args:
        prompts: A source's name, or `paper`.
        folder: Where local copies are; by default the pinned revisions are downloaded.
        labels: JSON file with the categories of the prompts of WildBench and Community Alignment.
        labelled: Whether every prompt must have a category.
        taxonomy: The categories that labels can name; by default the installed ones.

    Raises:
        HomogError: See `eligible`; and when a source has too few prompts, or a prompt has no category.
    """
    known = taxonomy or installed_taxonomy()
    given = {} if labels is None else read_labels(Path(labels), known)
    chosen = list(SOURCES.values()) if prompts == PAPER else [SOURCES[prompts]]
    found = [
        sample
        for source in chosen
        for sample in _with_category(source, draw(source, folder), given, labelled)
    ]
    for sample in found:
        sample.metadata = known.described(sample.metadata or {})
    return found


def draw(source: Source, folder: str | None = None, seed: int = SEED) -> list[Sample]:
    """The source's prompts that are used: as many from each level where it has levels; see `select`.

    Raises:
        HomogError: See `eligible`; and when there are too few.
    """
    found = eligible(source, folder)
    if not source.levels:
        return _enough(select(found, source.count, seed), source.count, source.name)
    share = source.count // len(source.levels)
    drawn = []
    for level in source.levels:
        of_level = [sample for sample in found if (sample.metadata or {})["level"] == level]
        drawn += _enough(select(of_level, share, seed), share, f"{source.name}, level {level}")
    return select(drawn, len(drawn), seed)


def _enough(samples: list[Sample], count: int, what: str) -> list[Sample]:
    if len(samples) < count:
        raise HomogError(f"{what}: has {len(samples)} eligible prompts, {count} are needed.")
    return samples


def _with_category(source: Source, samples: list[Sample], given: Labels, labelled: bool) -> list[Sample]:
    """The samples with their categories, without those on which the voters found no majority."""
    if source.category is not None:
        known: Labels = {str(sample.id): source.category for sample in samples}
    elif source.labels is not None:
        with as_file(files(__package__) / source.labels) as path:
            known = read_labels(path)
    else:
        known = given
    missing = [str(sample.id) for sample in samples if sample.id not in known]
    if missing and labelled:
        raise HomogError(_unlabelled(source, missing, len(samples)))
    for sample in samples:
        (sample.metadata or {})["category"] = known.get(str(sample.id))
    without = Counter(known.get(str(sample.id), "") for sample in samples)[None]
    if without and labelled:
        logger.warning(
            f"{source.name}: {without} of {len(samples)} prompts left out: the voters found no majority."
        )
        return [sample for sample in samples if known[str(sample.id)] is not None]
    return samples


def _unlabelled(source: Source, missing: list[str], total: int) -> str:
    what = f"{source.name}: {len(missing)} of {total} prompts have no category ({missing[0]}"
    what += ")." if len(missing) == 1 else ", ...)."
    if source.labels is not None:
        return f"{what} Labels are there for the pinned revision only."
    return (
        f"{what} Let several models vote once: `inspect eval inspect_homog/classify_prompts "
        f"-T prompts={source.name} --model a,b,c --log-dir VOTES`, then `homog labels VOTES labels.json`, "
        "and add -T labels=labels.json."
    )
