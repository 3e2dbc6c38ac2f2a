"""What a log says of its rubrics and prompts: what must be equal for two logs to be compared."""

from importlib.metadata import version
from typing import Any

from inspect_ai.dataset import Dataset

from .prompts.load import prompt_set_hash
from .taxonomy.taxonomy import Taxonomy


def rubrics(category: str | None, taxonomy: Taxonomy) -> dict[str, Any]:
    """The rubric that decides: its category and version, or the versions of all.

    Rubrics from outside the package have a hash too, since only their author keeps their versions.
    """
    chosen = taxonomy.categories.values() if category is None else [taxonomy.find(category)]
    hashes = {one.name: one.digest for one in chosen if one.name in taxonomy.extra}
    known = {"rubric_hash": hashes} if hashes else {}
    if category is None:
        return {"rubric_version": {one.name: one.version for one in chosen}, **known}
    (one,) = chosen
    return {
        "category": one.name,
        "homogenization": one.homogenization,
        "rubric_version": one.version,
        **known,
    }


def provenance(dataset: Dataset) -> dict[str, str]:
    """The version of this package and the hash of the prompts."""
    return {
        "inspect_homog": version("inspect_homog"),
        "prompt_set_hash": prompt_set_hash(dataset),
    }
