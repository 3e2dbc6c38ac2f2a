"""Weights that a package carries, checked before they are loaded."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from ..errors import HomogError


def packaged_file(package: str, name: str) -> Path | None:
    """Path of a file inside an installed package, found without importing it; None when not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / name
    return path if path.is_file() else None


def verify_sha256(path: Path, expected: str) -> None:
    """Check a file against its known hash.

    Raises:
        HomogError: When it differs: the weights are not the ones this package was tested with.
    """
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise HomogError(
            f"{path}: SHA-256 is {found}, expected {expected}. The file is damaged or was replaced; "
            "reinstall the package that carries it."
        )
