"""Agreement figures from 2 x 2 counts, with bootstrap intervals: pure functions over arrays."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
"""Bootstrap resamples of prompts for the confidence intervals."""

Table = NDArray[np.float64]
"""Counts of pairs in the last axis: [same as same, same as different, different as same, different as
different], "label as verdict"."""


def accuracy_of(table: Table) -> Table:
    """Share of right verdicts, 0..1; NaN without any verdict."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((table[..., 0] + table[..., 3]) / table.sum(axis=-1))


def balanced_accuracy_of(table: Table) -> Table:
    """Mean of the accuracies on pairs labelled "same" and on those labelled "different", 0..1.

    NaN when one of the labels does not occur.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        same = table[..., 0] / (table[..., 0] + table[..., 1])
        different = table[..., 3] / (table[..., 2] + table[..., 3])
    return np.asarray((same + different) / 2)


def kappa_of(table: Table) -> Table:
    """Cohen's kappa, -1..1: agreement beyond chance. NaN when chance alone explains all of it."""
    total = table.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        label_same = (table[..., 0] + table[..., 1]) / total
        verdict_same = (table[..., 0] + table[..., 2]) / total
        chance = label_same * verdict_same + (1 - label_same) * (1 - verdict_same)
        return np.asarray((accuracy_of(table) - chance) / (1 - chance))


FIGURES = {"accuracy": accuracy_of, "balanced_accuracy": balanced_accuracy_of, "kappa": kappa_of}
"""The figures of a table by their keys."""


def table_of(labels: Sequence[str], verdicts: Sequence[str]) -> Table:
    """Count pairs by label and verdict, each `same` or `different`."""
    cells = [
        2 * (label == "different") + (verdict == "different")
        for label, verdict in zip(labels, verdicts, strict=True)
    ]
    return np.bincount(cells, minlength=4).astype(np.float64)


def figures_of(prompts: Sequence[str], labels: Sequence[str], verdicts: Sequence[str]) -> dict[str, float]:
    """`accuracy`, `balanced_accuracy` and `kappa`, each with its 95% interval (`_low`, `_high`).

    The interval is a percentile bootstrap over prompts, since pairs of one prompt are not independent. What
    the counts do not determine is left out.
    """
    rows: dict[str, list[int]] = {}
    for i, prompt in enumerate(prompts):
        rows.setdefault(prompt, []).append(i)
    if not rows:
        return {}
    tables = np.stack(
        [table_of([labels[i] for i in own], [verdicts[i] for i in own]) for own in rows.values()]
    )
    weights = np.random.default_rng(0).multinomial(len(rows), np.full(len(rows), 1 / len(rows)), RESAMPLES)
    found: dict[str, float] = {}
    for name, figure in FIGURES.items():
        value = float(figure(tables.sum(axis=0)))
        if np.isnan(value):
            continue
        found[name] = value
        resampled = figure(weights @ tables)
        if len(rows) > 1:
            low, high = np.nanquantile(resampled, [0.025, 0.975])
            found |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return found
