"""From the answers of several classifiers to one category a prompt: a majority vote (paper section 6)."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inspect_ai.log import read_eval_log_samples

from ..errors import HomogError
from ..sampling.classify import majority
from ..sampling.records import ResponseSet
from ..taxonomy.category import GENERAL, built_in_categories
from .finished import finished_logs

TASK = "classify_prompts"
"""The task whose logs hold votes."""


@dataclass(frozen=True)
class Votes:
    """What each model took each prompt for."""

    voters: list[str]
    """The models, in the order of their logs."""

    of: dict[str, list[str | None]]
    """By sample id, one vote a model that was asked: a category, `general`, or None: not readable."""


def count_votes(folder: str) -> Votes:
    """The votes in the logs of a folder; of two logs of one model, the newer one's count.

    Raises:
        HomogError: When the folder holds no finished log of `classify_prompts`.
    """
    ballots: dict[str, dict[str, str | None]] = {}
    for info, header in finished_logs(folder, {TASK}, descending=False):
        ballot = ballots.setdefault(header.eval.model, {})
        for sample in read_eval_log_samples(info):
            ballot[str(sample.id)] = sample.store_as(ResponseSet).predicted
    if not ballots:
        raise HomogError(
            f"{folder}: no finished log of {TASK} there. Run `inspect eval inspect_homog/{TASK} "
            f"-T prompts=wildbench --model a,b,c --log-dir {folder}` first."
        )
    ids = dict.fromkeys(id for ballot in ballots.values() for id in ballot)
    of = {id: [ballot[id] for ballot in ballots.values() if id in ballot] for id in ids}
    return Votes(list(ballots), of)


def write_labels(votes: Votes, path: str) -> str:
    """Write id and letter (or name), or null where there is no majority for a category; returns a summary."""
    elected = {id: majority(given) for id, given in votes.of.items()}
    letters = {id: _letter(name) for id, name in elected.items()}
    Path(path).write_text(json.dumps(letters, indent=2) + "\n", "utf-8")
    return _summary(votes, elected, letters, path)


def _letter(name: str | None) -> str | None:
    """Its letter; of a category from elsewhere its name, since letters alone do not tell which it is."""
    if name is None or name == GENERAL:
        return None
    category = built_in_categories().get(name)
    return name if category is None else category.letter


def _summary(
    votes: Votes, elected: Mapping[str, str | None], letters: Mapping[str, str | None], path: str
) -> str:
    counts = Counter(letter for letter in letters.values() if letter)
    outside = sum(name == GENERAL for name in elected.values())
    tied = sum(name is None for name in elected.values())
    return "\n".join(
        [
            f"{path}: {counts.total()} of {len(letters)} prompts have a label "
            f"({', '.join(f'{letter} {number}' for letter, number in sorted(counts.items())) or 'none'}).",
            f"Left out: {tied} without a majority, {outside} outside the taxonomy.",
            f"Voters: {', '.join(votes.voters)}",
        ]
    )
