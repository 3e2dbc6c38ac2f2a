"""Check of the built site: every public name, and every module that a prompt goes through, is documented."""

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

import inspect_homog
from inspect_homog import _registry

ROOMS = ("taxonomy", "prompts", "sampling", "judging", "scoring", "recorded", "embedded")
"""Folders of which no module may be missing. Of `results`, the pages show what others build on."""

_found: set[str] = set()


def on_page_content(html: str, **kwargs: Any) -> None:
    """Note the objects that a page documents."""
    _found.update(part.split('"', 1)[0] for part in html.split(' id="inspect_homog.')[1:])


def on_post_build(**kwargs: Any) -> None:
    """Stop when something is on no page."""
    if missing := sorted((_public() | _modules()) - _found):
        raise PluginError(f"Not documented in docs/api: {', '.join(missing)}.")


def _public() -> set[str]:
    """Where each name that users import or Inspect registers is defined, below inspect_homog."""
    homes = {f"{inspect_homog._HOME[name]}.{name}" for name in inspect_homog.__all__}
    for name in _registry.__all__:
        room, _, home = getattr(_registry, name).__module__.partition(".")
        # Inspect wraps a model provider, whose module is therefore one of Inspect's.
        homes.add(f"{home if room == 'inspect_homog' else '_registry'}.{name}")
    return homes


def _modules() -> set[str]:
    """The modules of the rooms, below inspect_homog."""
    package = Path(inspect_homog.__file__).parent
    files = [path.relative_to(package) for room in ROOMS for path in (package / room).rglob("*.py")]
    return {".".join(path.with_suffix("").parts) for path in files if path.stem != "__init__"}
