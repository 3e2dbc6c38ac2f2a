"""The base of the records of a submission."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from ...record import Record

SCHEMA_VERSION: Literal["0.3.0"] = "0.3.0"
"""Version of the schema of Every Eval Ever."""

Details = dict[str, str]
"""Further facts; the schema wants texts."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A hash in hexadecimal."""


def epoch_seconds(moment: str) -> int:
    """Seconds since 1970 of a date and time in ISO 8601.

    Raises:
        ValueError: When it is none, or lies outside the years that can be counted.
    """
    try:
        return int(datetime.fromisoformat(moment).timestamp())
    except (ValueError, OverflowError) as error:
        raise ValueError("not a date and time such as 2026-01-31T12:00:00+00:00") from error


def _moment(text: str) -> str:
    epoch_seconds(text)
    return text


Moment = Annotated[str, AfterValidator(_moment)]
"""A date and time, kept as it was written."""


class Strict(Record):
    """A record of closed fields, exact types and finite numbers: nothing in a file is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
