"""Fit the embedded judge on human-labelled pairs, cross-validate it, and write its coefficients.

    python -m benchmarks.fit_embedded_judge --pairs human_pairs.jsonl

Each line of the pairs file is an object with `prompt`, `generation_0`, `generation_1` and `similar` (1 when
people called the two equivalent). No prompt repeats, so folds need no grouping.

The cross-validated figures are slightly optimistic: features, penalty and threshold were chosen on the same
pairs. Nested selection, with that choice made anew inside every fold, gives about 0.755 accuracy and
0.746 balanced accuracy; quote those for pairs of a kind that was never looked at.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from inspect_homog.embedded.encoder import Encoder, load_encoder
from inspect_homog.judging import embedded
from inspect_homog.judging.embedded import pair_features
from inspect_homog.judging.features import conflict, embed

Matrix = NDArray[np.float64]

THRESHOLD = 0.4
"""Best for accuracy plus balanced accuracy of a calibrated model when a third of the pairs are equivalent."""

PENALTY = 10.0
"""Ridge penalty on the weights of the standardised features; the intercept is free."""

CONSTANT = 1e-3
"""A feature whose standard deviation is below this says nothing, and is left as it is."""

FOLDS = 10
BATCH = 50
"""Pairs encoded together."""
OUTPUT = Path(embedded.__file__).with_name(embedded.COEFFICIENTS)


def read_pairs(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def compute(pairs: list[dict[str, Any]], encoder: Encoder) -> tuple[list[str], Matrix, NDArray[np.bool_]]:
    """Names of the features, their values (pairs x features), and which pairs contradict each other."""
    rows = []
    for start in range(0, len(pairs), BATCH):
        batch = [
            (pair["prompt"], *sorted((pair["generation_0"], pair["generation_1"])))
            for pair in pairs[start : start + BATCH]
        ]
        # The encoder remembers these, and larger batches are faster.
        embed([text for _, *texts in batch for text in texts], encoder.encode)
        rows += [row for prompt, a, b in batch for row in pair_features(encoder, prompt, [(a, b)])]
        print(f"{len(rows)} of {len(pairs)} pairs", file=sys.stderr, flush=True)
    contrary = [conflict(pair["generation_0"], pair["generation_1"]) is not None for pair in pairs]
    return list(rows[0]), np.array([list(row.values()) for row in rows]), np.array(contrary)


def fit(x: Matrix, y: Matrix, counts: Matrix | None = None) -> tuple[Matrix, Matrix, Matrix, float]:
    """Mean, scale, weights and intercept of a ridge logistic regression, by Newton's method.

    `counts` says how many pairs each row stands for, by default one.
    """
    n = np.ones(len(x)) if counts is None else counts
    mean = np.average(x, axis=0, weights=n)
    scale = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=n))
    scale = np.where(scale < CONSTANT, 1.0, scale)
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])
    ridge = np.diag([PENALTY] * x.shape[1] + [0.0])
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(z @ w)))
        slope = (z * (n * p * (1 - p))[:, None]).T @ z
        step = np.linalg.solve(slope + ridge, z.T @ (n * (y - p)) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-10:
            break
    return mean, scale, w[:-1], float(w[-1])


def out_of_fold(x: Matrix, y: Matrix, seed: int) -> Matrix:
    """Probability of "same" for every pair, from a model that has not seen it."""
    p = np.zeros(len(y))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(x, y):
        mean, scale, weight, intercept = fit(x[train], y[train])
        p[test] = 1 / (1 + np.exp(-((x[test] - mean) / scale @ weight + intercept)))
    return p


def measures(y: Matrix, p: Matrix, contrary: NDArray[np.bool_]) -> dict[str, float]:
    said = (p > THRESHOLD) & ~contrary
    return {
        "accuracy": float((said == y).mean()),
        "balanced_accuracy": float((said[y == 1].mean() + 1 - said[y == 0].mean()) / 2),
        "auc": float(roc_auc_score(y, p)),
    }


def cross_validate(
    x: Matrix, y: Matrix, contrary: NDArray[np.bool_], repeats: int
) -> Iterator[dict[str, float]]:
    """Figures of the whole free-text judge (model and contradiction rule), one repeat after the other."""
    for seed in range(repeats):
        yield measures(y, out_of_fold(x, y, seed), contrary)


def as_coefficients(names: list[str], fitted: tuple[Matrix, Matrix, Matrix, float]) -> dict[str, Any]:
    """What `fit` found, as the judge reads it."""
    mean, scale, weight, intercept = fitted
    return {
        "intercept": round(intercept, 5),
        "features": {
            name: {"mean": round(m, 5), "scale": round(s, 5), "weight": round(w, 5)}
            for name, m, s, w in zip(names, mean.tolist(), scale.tolist(), weight.tolist(), strict=True)
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="JSONL of labelled pairs")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="coefficients file to write")
    parser.add_argument("--repeats", type=int, default=20, help="repeats of the cross-validation")
    args = parser.parse_args()
    pairs = read_pairs(args.pairs)
    encoder = load_encoder()
    names, x, contrary = compute(pairs, encoder)
    y = np.array([float(pair["similar"]) for pair in pairs])
    runs = list(cross_validate(x, y, contrary, args.repeats))
    figures = {
        name: {
            "mean": round(float(np.mean([run[name] for run in runs])), 4),
            "sd": round(float(np.std([run[name] for run in runs])), 4),
        }
        for name in runs[0]
    }
    fitted = {
        "encoder": encoder.name,
        "pairs": len(pairs),
        "same": int(y.sum()),
        "penalty": PENALTY,
        "threshold": THRESHOLD,
        **as_coefficients(names, fit(x, y)),
        "cross_validation": {"folds": FOLDS, "repeats": args.repeats, **figures},
    }
    args.output.write_text(json.dumps(fitted, indent=2) + "\n", "utf-8")
    print(json.dumps(fitted["cross_validation"], indent=2))


if __name__ == "__main__":
    main()
