"""The base of the package's records."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable record; its validator is built on first use, for Inspect imports the package at start."""

    model_config = ConfigDict(frozen=True, defer_build=True)
