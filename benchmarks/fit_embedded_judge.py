"""Fit the embedded judge on human-labelled pairs, cross-validate it, and write its coefficients.

    python -m benchmarks.fit_embedded_judge --pairs human_pairs.jsonl

Each line of the pairs file is an object with `prompt`, `generation_0`, `generation_1` and `similar` (1 when
people called the two equivalent). No prompt repeats, so folds need no grouping.

The coefficients for short texts are fitted on the short pairs among them and on twins that the comparer
(`fit_comparer`, to be run before) has not seen.

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

from benchmarks.fit_comparer import CLASSES, PAIRS, SAME, WEIGHT, read_texts
from inspect_homog.embedded.encoder import Encoder, load_encoder
from inspect_homog.judging import embedded
from inspect_homog.judging.comparer import Comparer, load_comparer
from inspect_homog.judging.embedded import is_short, pair_features, with_odds
from inspect_homog.judging.features import conflict, embed

Matrix = NDArray[np.float64]

THRESHOLD = 0.4
"""Best for accuracy plus balanced accuracy of a calibrated model when a third of the pairs are equivalent."""

PENALTY = 10.0
"""Ridge penalty on the weights of the standardised features; the intercept is free."""

CONSTANT = 1e-3
"""A feature whose standard deviation is below this says nothing, and is left as it is."""

TWINS = 100
"""Human-labelled pairs that all twins together count as, beside 154 short ones.

More of them, and the judge of short texts agrees less with people; fewer, and it misses what twins differ in.
"""

FOLDS = 10
BATCH = 50
"""Pairs encoded together."""
OUTPUT = Path(embedded.__file__).with_name(embedded.COEFFICIENTS)
SHORT_OUTPUT = Path(embedded.__file__).with_name(embedded.SHORT_COEFFICIENTS)


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
        p[test] = probability(fit(x[train], y[train]), x[test])
    return p


def compute_twins(encoder: Encoder, comparer: Comparer) -> tuple[Matrix, Matrix, Matrix]:
    """Features, labels and counts of the twins that the comparer has not seen."""
    _, held = read_texts()
    keys, found = list(CLASSES), []
    for row in held:
        pairs = [(row[keys[i]], row[keys[j]]) for i, j in PAIRS]
        features = zip(pair_features(encoder, row["prompt"], pairs), comparer.log_odds(pairs), strict=True)
        found += [list(with_odds(values, odds).values()) for values, odds in features]
    return np.array(found), np.tile(SAME.numpy(), len(held)), np.tile(WEIGHT.numpy(), len(held)) / len(held)


def fit_short(
    people: tuple[Matrix, Matrix], twins: tuple[Matrix, Matrix, Matrix]
) -> tuple[Matrix, Matrix, Matrix, float]:
    """What `fit` finds on short pairs that people labelled and on twins."""
    (x, y), (tx, ty, share) = people, twins
    counts = np.concatenate([np.ones(len(x)), share * TWINS])
    return fit(np.vstack([x, tx]), np.concatenate([y, ty]), counts)


def cross_validate_short(x: Matrix, y: Matrix, twins: tuple[Matrix, Matrix, Matrix]) -> dict[str, float]:
    """Figures of the judge of short texts: on people's pairs, and on twins fold by fold of their prompts."""
    p, (tx, ty, share) = np.zeros(len(y)), twins
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(x, y):
        p[test] = probability(fit_short((x[train], y[train]), twins), x[test])
    right = np.zeros(len(ty))
    for fold in range(FOLDS):
        out = np.arange(len(ty)) // len(PAIRS) % FOLDS == fold
        fitted = fit_short((x, y), (tx[~out], ty[~out], share[~out] / share[~out].sum()))
        right[out] = (probability(fitted, tx[out]) > THRESHOLD) == ty[out]
    return measures(y, p, np.zeros(len(y), bool)) | {"twins_accuracy": float(right @ share)}


def probability(fitted: tuple[Matrix, Matrix, Matrix, float], x: Matrix) -> Matrix:
    """Of "same", by what `fit` found."""
    mean, scale, weight, intercept = fitted
    found: Matrix = 1 / (1 + np.exp(-((x - mean) / scale @ weight + intercept)))
    return found


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
    parser.add_argument("--short-output", type=Path, default=SHORT_OUTPUT, help="the same for short texts")
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
    write(args.output, fitted)
    short = [i for i, pair in enumerate(pairs) if is_short(pair["generation_0"], pair["generation_1"])]
    comparer = load_comparer()
    odds = comparer.log_odds([(pairs[i]["generation_0"], pairs[i]["generation_1"]) for i in short])
    rows = [
        with_odds(dict(zip(names, x[i].tolist(), strict=True)), one)
        for i, one in zip(short, odds, strict=True)
    ]
    write(args.short_output, short_model(rows, y[short], compute_twins(encoder, comparer)))


def short_model(
    rows: list[dict[str, float]], y: Matrix, twins: tuple[Matrix, Matrix, Matrix]
) -> dict[str, Any]:
    """The coefficients for short texts, with their figures."""
    x = np.array([list(row.values()) for row in rows])
    figures = cross_validate_short(x, y, twins)
    return {
        "encoder": load_encoder().name,
        "pairs": len(x),
        "same": int(y.sum()),
        "twins": len(twins[1]),
        "twins_count_as": TWINS,
        "penalty": PENALTY,
        "threshold": THRESHOLD,
        **as_coefficients(list(rows[0]), fit_short((x, y), twins)),
        "cross_validation": {"folds": FOLDS, **{name: round(one, 4) for name, one in figures.items()}},
    }


def write(path: Path, found: dict[str, Any]) -> None:
    path.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(json.dumps(found["cross_validation"], indent=2))


if __name__ == "__main__":
    main()
