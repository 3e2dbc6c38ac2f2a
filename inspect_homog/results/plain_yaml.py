"""YAML that cannot harm its reader: no aliases, of which a few lines can stand for gigabytes; no depths."""

from typing import Any

import yaml

DEEPEST = 50
"""Levels of nesting."""


def read_yaml(text: str) -> Any:
    """The value of a YAML text.

    Raises:
        ValueError: When it is not YAML, holds an alias, or is nested too deep.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise ValueError("holds an alias (*), which is not allowed here")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise ValueError(f"nested more than {DEEPEST} levels deep")
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {' '.join(str(error).split())}") from error
