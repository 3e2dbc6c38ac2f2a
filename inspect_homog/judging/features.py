"""Are two free texts equivalent? Features of a pair, and contradictions between short texts.

Everything is symmetric in the two responses and looks at nothing but them and the prompt.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .lexicon import NEGATORS, OPPOSITES, STOP, canonical_tokens, is_number, stem
from .text import content_words, list_items, sentences, strip_frame, words

Vectors = NDArray[np.float32]
"""Unit vectors, one a row; or a single one."""

Encode = Callable[[Sequence[str]], Vectors]
"""Texts in, one unit vector a row out."""

WordWeight = Callable[[str], float]
"""Stem in, weight above 0 out: rare words weigh more."""

_NAME = re.compile(r"(?<![.!?:\n*#\"“\-•] )(?<![\n*#\"“.])(?<!^)\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")
_FREQUENT = 1_996
"""Place of "the" in BERT's uncased vocabulary; the words after it are sorted by frequency."""

SHORT = 12
"""Words of a short response: an answer with a few words around it."""

CONFLICT_SENTENCES = 6
"""Longest text, in sentences, in which a contradicting pair of sentences decides."""


def vocabulary_weight(vocabulary: Mapping[str, int]) -> WordWeight:
    """Weight words by their rank in BERT's uncased vocabulary: 0.2 (frequent) to 4.6 (unknown).

    Under another tokenizer ranks mean nothing, and all words weigh 1.
    """
    if vocabulary.get("the") != _FREQUENT:
        return lambda word: 1.0
    return lambda word: max(0.2, math.log(max(vocabulary.get(word, 30_000) - 1_900, 20) / 300))


@dataclass(frozen=True)
class Embedded:
    """One response with its vector and the vectors of its sentences."""

    text: str
    whole: Vectors
    parts: Vectors


def embed(texts: Sequence[str], encode: Encode) -> list[Embedded]:
    """The responses, each whole and sentence by sentence."""
    split = [sentences(text) for text in texts]
    flat = list(dict.fromkeys(sentence for some in split for sentence in some))
    # Two batches: sentences padded to the length of whole responses would take several times as long.
    whole = encode(texts)
    rows = dict(zip(flat, encode(flat), strict=True))
    return [
        Embedded(text, vector, np.stack([rows[sentence] for sentence in some]))
        for text, vector, some in zip(texts, whole, split, strict=True)
    ]


@dataclass(frozen=True)
class _Profile:
    """What the lexical features need of one response."""

    size: int
    counts: Counter[str]
    variety: float
    names: frozenset[str]
    items: int


@lru_cache(maxsize=8_192)
def _profile(text: str) -> _Profile:
    core = strip_frame(text)
    content = content_words(core)
    named = [word for match in _NAME.finditer(core) for word in match.group(0).split()]
    return _Profile(
        size=max(1, len(words(core))),
        counts=Counter(content),
        variety=len(set(content)) / max(1, len(content)),
        names=frozenset(stem(word) for word in named if word.lower() not in STOP),
        items=len(list_items(core)),
    )


def features(prompt: str, asked: Vectors, a: Embedded, b: Embedded, weight: WordWeight) -> dict[str, float]:
    """Features of a pair, all finite; the order of `a` and `b` does not matter.

    Args:
        prompt: The prompt's text.
        asked: The prompt's unit vector.
        a: One response.
        b: The other.
        weight: Weight of a word's stem.

    Returns:
        `meaning` is the cosine (-1 to 1) once the prompt's own direction is taken out of both responses,
        `order` (-1 to 0) how far from each other matching sentences stand, `rare_words` a weighted cosine of
        words (0 to 1), `name_conflict` names in one response only per square root of the words (0 and up),
        `no_shared_name` and `short` 0 or 1, `vocabulary` the share of distinct words and `length_ratio` the
        shorter length by the longer (0 to 1), `sentence_count`, `prompt_length` and `list_gap` logarithms.
    """
    pa, pb = _profile(a.text), _profile(b.text)
    known = set(content_words(prompt))
    na, nb = pa.names - known, pb.names - known
    likeness = a.parts @ b.parts.T
    moved = (_shift(likeness) + _shift(likeness.T)) / 2 if min(likeness.shape) > 2 else 0.2
    return {
        "meaning": float(_beyond(a.whole, asked) @ _beyond(b.whole, asked)),
        "order": -moved,
        "rare_words": _weighted_cosine(pa.counts, pb.counts, weight),
        "name_conflict": len(na ^ nb) / math.sqrt(pa.size + pb.size),
        "no_shared_name": float(bool(na) and bool(nb) and not na & nb),
        "vocabulary": (pa.variety + pb.variety) / 2,
        "length_ratio": min(pa.size, pb.size) / max(pa.size, pb.size),
        "sentence_count": math.log((len(a.parts) + len(b.parts)) / 2),
        "prompt_length": math.log(1 + len(words(prompt))),
        "list_gap": abs(math.log((1 + pa.items) / (1 + pb.items))),
        "short": float(max(pa.size, pb.size) <= SHORT),
    }


def _beyond(vector: Vectors, asked: Vectors) -> Vectors:
    """What a response says beyond the prompt: its unit vector without the prompt's direction."""
    rest = vector - (vector @ asked) * asked
    return (rest / max(float(np.linalg.norm(rest)), 1e-9)).astype(np.float32)


def _shift(likeness: Vectors) -> float:
    """Mean distance in relative position (0 to 1) from each row to its best match.

    Matches within 1e-3 of the best are ties, and the nearest in position wins.
    """
    n, m = likeness.shape
    best = likeness.max(1, keepdims=True)
    gap = np.abs(np.arange(m)[None, :] / max(1, m - 1) - np.arange(n)[:, None] / max(1, n - 1))
    return float(np.where(likeness >= best - 1e-3, gap, 2.0).min(1).mean())


def _weighted_cosine(a: Counter[str], b: Counter[str], weight: WordWeight) -> float:
    if not a or not b:
        return float(a == b)
    x = {word: (1 + math.log(n)) * weight(word) for word, n in a.items()}
    y = {word: (1 + math.log(n)) * weight(word) for word, n in b.items()}
    norm = math.sqrt(math.fsum(v * v for v in x.values()) * math.fsum(v * v for v in y.values()))
    return math.fsum(v * y.get(word, 0.0) for word, v in x.items()) / norm


def conflict(a: str, b: str) -> str | None:
    """Why two short texts contradict each other: `stance`, `negation`, `opposite` or `number`; None if not.

    Texts of more than CONFLICT_SENTENCES sentences are not looked at: there a contradicting pair of sentences
    is mostly a detail.
    """
    pa, pb = sentences(strip_frame(a)), sentences(strip_frame(b))
    if max(len(pa), len(pb)) > CONFLICT_SENTENCES:
        return None
    ta, tb = ([canonical_tokens(part) for part in parts] for parts in (pa, pb))
    # Of the text as it came, since a "Yes!" also opens small talk and is stripped with it.
    if {canonical_tokens(text)[:1] for text in (a, b)} == {("no",), ("yes",)}:
        return "stance"
    for x in (x for x in ta if x not in tb):
        for y in (y for y in tb if y not in ta):
            why = _sentence_conflict(x, y)
            if why:
                return why
    return None


def _sentence_conflict(a: tuple[str, ...], b: tuple[str, ...]) -> str | None:
    """Why two nearly equal sentences contradict each other, if they do.

    Nearly equal: half of their words are shared once numbers, negators and opposites are set aside.
    """
    numbers_a, numbers_b = [t for t in a if is_number(t)], [t for t in b if is_number(t)]
    only_a, only_b = set(a) - set(b), set(b) - set(a)
    flipped = {word for word in only_a if OPPOSITES.get(word, set()) & only_b}
    swapped = {word for word in only_b if OPPOSITES.get(word, set()) & only_a}
    core_a = set(a) - NEGATORS - set(numbers_a) - flipped
    core_b = set(b) - NEGATORS - set(numbers_b) - swapped
    shared = len(core_a & core_b) / max(1, len(core_a | core_b))
    if shared < 0.5:
        return None
    if (sum(t in NEGATORS for t in a) - sum(t in NEGATORS for t in b)) % 2:
        return "negation"
    if flipped:
        return "opposite"
    return "number" if shared >= 0.6 and numbers_a and numbers_b and numbers_a != numbers_b else None
