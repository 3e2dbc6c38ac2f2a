"""The judge that needs no model server: rules for short answers, two small trained models for free text."""

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol

from anyio.to_thread import run_sync

from ..embedded.encoder import encoder_name, load_encoder
from ..record import Record
from ..taxonomy.category import GENERAL
from .answers import CHARACTERS, SHORT_ANSWER, WORDS, compare_answers
from .comparer import PairComparer, comparer_version, load_comparer
from .features import SHORT, Vectors, conflict, embed, features, vocabulary_weight
from .judge import Answer, Pair, Question, Verdict
from .text import words

COEFFICIENTS = "embedded_judge.json"
"""File beside this module that `benchmarks/fit_embedded_judge.py` writes: its logistic model of free text."""

SHORT_COEFFICIENTS = "embedded_judge_short.json"
"""Its sibling for short texts of the categories in COMPARED."""

COMPARED = frozenset({"problem_solving", "encyclopedia", "creative_writing", "advice"})
"""Categories that the comparer was trained for."""

SHORT_TEXT = 100
"""Mean length of two texts, in words, up to which the comparer is asked; it learned on a few sentences."""

ODDS = 6.0
"""Largest log odds of the comparer that count."""

CAUTION = (
    "an offline judge for trying things out: it mistakes about one pair in four, and it cannot see "
    "strategies in math. Published results need a model as judge."
)
"""What every log of this judge says."""


class Weight(Record):
    """One feature of the logistic model."""

    mean: float
    """Mean over the training pairs."""

    scale: float
    """Standard deviation over the training pairs, above 0."""

    weight: float
    """Coefficient of the standardised feature."""


class Coefficients(Record):
    """Logistic regression on standardised features."""

    encoder: str
    """Encoder that the features were computed with."""

    intercept: float
    """Log odds of "same" at the mean of every feature."""

    threshold: float
    """Probability above which a pair is the same."""

    features: dict[str, Weight]
    """By the names that `features` gives."""

    def probability(self, found: Mapping[str, float]) -> float:
        """Probability (0 to 1) that a pair with these features is functionally equivalent."""
        z = self.intercept + sum(
            w.weight * (found[name] - w.mean) / w.scale for name, w in self.features.items()
        )
        return 0.5 * (1 + math.tanh(z / 2))

    def likely(self, found: Mapping[str, float]) -> bool:
        """Whether two free texts with these features are likely equivalent."""
        return self.probability(found) > self.threshold


@cache
def load_coefficients(name: str = COEFFICIENTS) -> tuple[Coefficients, str]:
    """Shipped coefficients, and the first 12 digits of their file's SHA-256 as their version."""
    data = (files(__package__) / name).read_bytes()
    return Coefficients.model_validate(json.loads(data)), hashlib.sha256(data).hexdigest()[:12]


class TextEncoder(Protocol):
    """What the judge needs of an encoder."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a row."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """Tokens of the tokenizer with their ids."""
        ...


class EmbeddedJudge:
    """Compares two responses on this machine, with no model calls.

    In the categories with one answer (well specified, underspecified, random generation) the answers of
    short responses are compared by rules, which call most second names (Persia, Iran) different; so are
    those of at most 12 words where no category is known. Everything else goes to a logistic model of eleven
    features, fitted on 1,000 pairs that people labelled without a rubric. Short texts of the four categories
    in COMPARED go to another one, which has a twelfth: the log odds of a small network, the comparer, that
    was trained on texts of the same words with another meaning, and of other words with the same meaning. Do
    not trust the judge in the category `math`: two solutions with the same words may use different
    strategies, and it cannot see a strategy.

    A verdict depends on the category, the prompt and the two texts alone, not on their order or on other
    responses. The judge never abstains. With another encoder than all-MiniLM-L6-v2 (HOMOG_ENCODER) its
    coefficients do not fit, and unless that encoder uses BERT's uncased vocabulary, all words weigh the
    same; the comparer reads with all-MiniLM-L6-v2 all the same.
    """

    def __init__(
        self,
        load: Callable[[], TextEncoder] = load_encoder,
        load_comparer: Callable[[], PairComparer] = load_comparer,
    ) -> None:
        """Make a judge; nothing is loaded before the first comparison that needs it.

        Args:
            load: Gives the encoder; called in a worker thread, and expected to remember texts.
            load_comparer: Gives the comparer, likewise.
        """
        self._load = load
        self._load_comparer = load_comparer

    @property
    def name(self) -> str:
        """`embedded`."""
        return "embedded"

    @property
    def details(self) -> dict[str, str]:
        """The encoder's name, the versions of the coefficients and the comparer, and what to beware of."""
        return {
            "encoder": encoder_name(),
            "coefficients": load_coefficients()[1],
            "comparer": f"{comparer_version()}, {load_coefficients(SHORT_COEFFICIENTS)[1]}",
            "caution": CAUTION,
        }

    async def compare(
        self, question: Question, responses: Sequence[str], pairs: Sequence[Pair]
    ) -> list[Verdict]:
        """A verdict for each pair, in the order of `pairs`, computed in a worker thread.

        Raises:
            HomogError: When the packaged encoder's weights are not the known ones.
        """
        answers = await run_sync(self._answers, question, list(responses), list(pairs))
        return [Verdict(pair=pair, answer=answer) for pair, answer in zip(pairs, answers, strict=True)]

    def _answers(self, question: Question, responses: list[str], pairs: list[Pair]) -> list[Answer]:
        texts = [(min(responses[i], responses[j]), max(responses[i], responses[j])) for i, j in pairs]
        ruled = {pair: self._by_rule(question, *pair) for pair in dict.fromkeys(texts)}
        free = self._by_model(question, [pair for pair, answer in ruled.items() if answer is None])
        return [ruled[pair] or free[pair] for pair in texts]

    def _by_rule(self, question: Question, a: str, b: str) -> Answer | None:
        if a == b:
            return "same"
        # Where the category is not known, what is short is an answer, and the strictest rules are for picks.
        known = question.category.name != GENERAL
        category, longest = (question.category.name, WORDS) if known else ("random_generation", SHORT)
        short = max(len(a), len(b)) <= CHARACTERS and max(len(a.split()), len(b.split())) <= longest
        if category not in SHORT_ANSWER or not short:
            return None
        return compare_answers(question.prompt, category, a, b, self._cosine)

    def _cosine(self, a: str, b: str) -> float:
        x, y = self._load().encode([a, b])
        return float(x @ y)

    def _by_model(self, question: Question, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], Answer]:
        """What the logistic models say of each pair; every distinct text is encoded once."""
        if not pairs:
            return {}
        found = dict(zip(pairs, pair_features(self._load(), question.prompt, pairs), strict=True))
        near = [pair for pair in pairs if question.category.name in COMPARED and is_short(*pair)]
        odds = dict(zip(near, self._load_comparer().log_odds(near) if near else [], strict=True))
        return {pair: "same" if _same(pair, found[pair], odds.get(pair)) else "different" for pair in pairs}


def is_short(a: str, b: str) -> bool:
    """Whether two texts are as short as those that the comparer was trained on."""
    return len(words(a)) + len(words(b)) <= 2 * SHORT_TEXT


def with_odds(found: Mapping[str, float], odds: float) -> dict[str, float]:
    """Features of a pair with the comparer's log odds among them."""
    return {**found, "comparer": max(-ODDS, min(ODDS, odds))}


def _same(pair: tuple[str, str], found: Mapping[str, float], odds: float | None) -> bool:
    if odds is not None:
        return load_coefficients(SHORT_COEFFICIENTS)[0].likely(with_odds(found, odds))
    return load_coefficients()[0].likely(found) and conflict(*pair) is None


def pair_features(
    encoder: TextEncoder, prompt: str, pairs: Sequence[tuple[str, str]]
) -> list[dict[str, float]]:
    """Features of pairs of responses to one prompt, in their order."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    embedded = dict(zip(texts, embed(texts, encoder.encode), strict=True))
    asked = encoder.encode([prompt])[0]
    weight = vocabulary_weight(encoder.vocabulary())
    return [features(prompt, asked, embedded[a], embedded[b], weight) for a, b in pairs]
