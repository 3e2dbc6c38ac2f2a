"""MacGyver: problems to solve with the things at hand (E)."""

from hashlib import sha256
from io import BytesIO
from typing import Literal
from urllib.request import urlopen

from inspect_ai.dataset import RecordToSample, Sample
from pydantic import Field

from ...errors import HomogError
from .source import Row, Source
from .workbook import workbook_rows

URL = "https://raw.githubusercontent.com/allenai/MacGyver/main/data/MacGyver/problem_solution_pair.xlsx"
"""Where the workbook is published."""
SHA256 = "85faadd871e081066ed6dbe0ecafad82f4c79c16619f6b90da562a81f3ccceac"
"""Of the workbook with 1,683 problems. Content is pinned, not a commit: what is downloaded must have it."""


class MacGyverRow(Row):
    """A problem, one solution and whether it can be solved."""

    id: int = Field(alias="ID")
    """Its number."""

    problem: str = Field(alias="Problem", min_length=1)
    """The situation and the things at hand."""

    solvable: Literal["Yes", "No"] = Field(alias="Solvable?")
    """Whether it can be solved at all."""

    unconventional: Literal["unconventional", "conventional", "N/A"] = Field(alias="Unconventional?")
    """Whether it takes an unusual use of a thing; `N/A` when it cannot be solved."""

    solution: str = Field(alias="Solution")
    """One solution."""

    label: str = Field(alias="Label")
    """What that solution is worth."""

    def sample(self) -> Sample | None:
        """See `Row.sample`. Eligible: solvable and unconventional."""
        if self.solvable != "Yes" or self.unconventional != "unconventional":
            return None
        return Sample(id=str(self.id), input=self.problem)


def _published(give: RecordToSample) -> None:
    with urlopen(URL, timeout=60) as answer:
        content: bytes = answer.read()
    if (found := sha256(content).hexdigest()) != SHA256:
        raise HomogError(f"{URL}: its SHA-256 is {found}, not the pinned {SHA256}.")
    for row in workbook_rows(BytesIO(content)):
        give(row)


MACGYVER = Source(
    name="macgyver",
    revision=f"sha256:{SHA256}",
    files=("problem_solution_pair.xlsx", "macgyver_problem_solution_pair.xlsx"),
    row=MacGyverRow,
    published=_published,
    count=50,
    category="problem_solving",
)
"""Solvable problems that need an unconventional use of things."""
