"""Categories of samples by id: a JSON object of id and letter, or null where voters found none."""

import json
from pathlib import Path

from ...errors import HomogError
from ...taxonomy.taxonomy import Taxonomy, installed_taxonomy

Labels = dict[str, str | None]
"""Category name by sample id; None: voted on without a majority, so the sample is left out."""


def read_labels(path: Path, taxonomy: Taxonomy | None = None) -> Labels:
    """The labels of a file.

    Args:
        path: The file.
        taxonomy: The categories that it can name; by default the installed ones.

    Raises:
        HomogError: When it cannot be read, is not a JSON object, or a label is neither the letter or name
            of a category nor null; names the file and the id.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise HomogError(f"{path}: labels cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise HomogError(f"{path}: expected a JSON object of id and letter.")
    known = taxonomy or installed_taxonomy()
    return {
        id: None if label is None else _name(label, f"{path}, {id!r}", known) for id, label in found.items()
    }


def _name(label: object, where: str, taxonomy: Taxonomy) -> str:
    categories = taxonomy.categories.values()
    if label not in [known for one in categories for known in (one.letter, one.name)]:
        letters = ", ".join(one.letter for one in categories)
        raise HomogError(f"{where}: {str(label)[:80]!r} is no category. Use one of {letters}, or null.")
    return taxonomy.find(str(label)).name
