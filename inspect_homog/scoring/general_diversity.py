"""The scorer of task-agnostic diversity, for contrast: what does not ask whether a difference matters."""

from collections.abc import Sequence
from functools import cache
from logging import getLogger
from math import isnan, nan
from typing import TYPE_CHECKING

import anyio.to_thread
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import TaskState

from ..languages import beyond_english, words
from .asked import Asked, asked_in
from .concurrent import ConcurrentScorer
from .measures import (
    compression_distance,
    compression_ratio,
    distinct_n,
    distinct_share,
    jaccard_distance,
    mean_cosine_distance,
    mean_over_pairs,
    vendi,
)
from .panel import diversity_in
from .statistics import HEADLINE, diversity_correlation

if TYPE_CHECKING:
    from .measures import Matrix

logger = getLogger(__name__)

KEYS = ("vocabulary", "embedding", "compression", "vendi", "distinct_n")
"""Keys of the score."""


@scorer(metrics={key: [*HEADLINE, diversity_correlation()] for key in KEYS})
def general_diversity() -> Scorer:
    """How far the texts differ, whatever the task (paper section 3 and peers).

    Keys: `vocabulary` (mean Jaccard distance of word sets, 0..1), `embedding` (mean of 1 - cosine of the
    sentence encoder's vectors), `compression` (mean normalised compression distance, 0..1), `vendi`
    (effective number of different responses by those cosines, 1..n), `distinct_n` (share of n-grams not
    repeated between responses, 0..1, mean of n = 1 to 3). All but `vendi` are unscored for a single
    response. The figures as published, `compression_ratio` (gzip) and `distinct_1` to `distinct_3`, stand in
    the score's metadata.
    """

    async def prepare(state: TaskState, target: Target) -> tuple[Asked, "Matrix | None"]:
        asked = asked_in(state)
        return asked, await anyio.to_thread.run_sync(similarity, asked.responses)

    def conclude(state: TaskState, prepared: "tuple[Asked, Matrix | None]") -> Score:
        asked, cosines = prepared
        if not asked.responses:
            return Score.unscored(reason="no_response", explanation="; ".join(asked.notes))
        from ..embedded.encoder import encoder_name  # numpy is not needed to register the scorer

        split = [words(text) for text in asked.responses]
        published = {
            "compression_ratio": compression_ratio([_bytes(text) for text in asked.responses]),
            **{f"distinct_{n}": distinct_share(split, n) for n in (1, 2, 3)},
        }
        return Score(
            value=values(asked.responses, cosines),
            explanation=None if cosines is not None else _no_encoder(),
            metadata={
                **diversity_in(state),
                "encoder": encoder_name() if cosines is not None else None,
                **{name: None if isnan(figure) else figure for name, figure in published.items()},
                "notes": beyond_english(
                    f"the encoder {encoder_name()}",
                    [asked.question.prompt, *asked.responses],
                    "Leave `embedding` and `vendi` out, or name a multilingual encoder by HOMOG_ENCODER.",
                )
                if cosines is not None
                else [],
            },
        )

    return ConcurrentScorer(prepare, conclude)


def values(texts: Sequence[str], cosines: "Matrix | None") -> dict[str, float]:
    """The score's keys for the texts and the (n, n) cosines of their vectors; NaN where a key is unscored."""
    split = [words(text) for text in texts]
    return {
        "vocabulary": mean_over_pairs([frozenset(one) for one in split], jaccard_distance),
        "embedding": nan if cosines is None else mean_cosine_distance(cosines),
        "compression": mean_over_pairs([_bytes(text) for text in texts], compression_distance),
        "vendi": nan if cosines is None else vendi(cosines),
        "distinct_n": distinct_n(split),
    }


def similarity(texts: Sequence[str]) -> "Matrix | None":
    """Cosines of all pairs of texts, (n, n) with ones on the diagonal, or None without an encoder."""
    import numpy as np

    from ..embedded.encoder import load_encoder

    if not texts or _no_encoder():
        return None
    vectors = load_encoder().encode(texts).astype(np.float64)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = np.clip(vectors @ vectors.T, -1.0, 1.0)
    # Rows of equal texts are equal; rounding must not make them differ.
    return np.where(cosines > 1 - 1e-12, 1.0, cosines)


@cache
def _no_encoder() -> str | None:
    """Why there are no vectors, or None; the first call loads the encoder."""
    from ..embedded.encoder import load_encoder

    try:
        load_encoder()
    except Exception as error:
        reason = f"embedding and vendi are unscored, the sentence encoder could not be loaded: {error}"
        logger.warning(reason)
        return reason
    return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
