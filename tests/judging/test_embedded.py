"""The embedded judge: short answers by rules, free text by the model, each text encoded once."""

import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from benchmarks import fit_embedded_judge as fitting
from inspect_homog.embedded.encoder import load_encoder
from inspect_homog.judging.answers import SHORT_ANSWER, compare_answers
from inspect_homog.judging.embedded import (
    COEFFICIENTS,
    SHORT_COEFFICIENTS,
    Coefficients,
    EmbeddedJudge,
    Weight,
    load_coefficients,
)
from inspect_homog.judging.features import Vectors
from inspect_homog.judging.judge import Question
from inspect_homog.taxonomy.category import general_category, load_categories
from tests.support.data import DATA, needs_data

W, U, R = "well_specified", "underspecified", "random_generation"

ANSWERS = [
    (
        "Who wrote the novel Middlemarch?",
        W,
        "George Eliot.",
        "It was written by George Eliot, the pen name of Mary Ann Evans.",
        True,
    ),
    ("Who wrote the novel Middlemarch?", W, "Eliot", "George Eliot wrote it.", True),
    (
        "Who wrote the novel Middlemarch?",
        W,
        "George Eliot wrote the novel Middlemarch.",
        "Jane Austen wrote the novel Middlemarch.",
        False,
    ),
    ("In which year did the Titanic sink?", W, "1912", "The Titanic went down on 15 April 1912.", True),
    ("In which year did the Titanic sink?", W, "1912", "It sank in 1913.", False),
    ("How many legs does a spider have?", W, "A spider has eight legs.", "8", True),
    ("How many legs does a spider have?", W, "Eight", "Six", False),
    ("What is the population of the town?", W, "About 12,500 people", "12500", True),
    ("What share of the air is oxygen?", W, "21%", "Roughly twenty-one percent of it.", True),
    ("How long is the marathon?", W, "42.195 km", "26.2 miles, run in one go.", True),
    ("How long is the marathon?", W, "42.195 km", "About 21 km", False),
    ("What is pi?", W, "3.14", "3.14159", True),
    ("Is a tomato a fruit?", W, "Yes, botanically it is.", "A tomato is a fruit.", True),
    ("Is a tomato a fruit?", W, "Yes, it is a fruit.", "No, it isn't.", False),
    (
        "Which organisation was founded in San Francisco in 1945?",
        W,
        "The UN",
        "The United Nations was founded there.",
        True,
    ),
    ("Which country is north of Mexico?", W, "The USA.", "That would be the United States of America.", True),
    ("What is the capital of Brazil?", W, "Brasília", "Brasilia, since 1960.", True),
    (
        "What is the capital of Brazil?",
        W,
        "The capital of Brazil is Brasília.",
        "The capital of Brazil is Salvador.",
        False,
    ),
    ("What is the capital of Brazil?", W, "Brasília.", "Either Brasília or Salvador.", False),
    ("What is the capital of Brazil?", W, "I don't know.", "Sorry, I am not sure about that.", True),
    ("What is the capital of Brazil?", W, "I'm sorry, I can't answer that.", "Brasília.", False),
    (
        "Who discovered penicillin?",
        W,
        "Alexander Fleming",
        "Sir Alexander Fleming discovered it at St Mary's Hospital, London, when mould spoiled a dish.",
        True,
    ),
    ("Name a mountain.", U, "Mount Fuji", "Fuji, the highest peak of Japan.", True),
    (
        "Name a mountain.",
        U,
        "One mountain is **Mont Blanc**, on the border of France and Italy.",
        "One mountain is **Matterhorn**, on the border of Switzerland and Italy.",
        False,
    ),
    ("Name a bird.", U, "Sure! A lovely bird is the robin.", "Robin", True),
    ("Name a bird.", U, "owl", "barn owl", False),
    (
        "Name a bird.",
        U,
        "A well-known bird is the barn owl, which hunts at night.",
        "A well-known bird is the snowy owl, which hunts by day.",
        False,
    ),
    ("Name a physicist.", U, "Curie", "Marie Curie was a physicist and chemist from Warsaw.", True),
    (
        "Name a physicist.",
        U,
        "Niels Bohr was a Danish physicist who won the Nobel Prize in 1922.",
        "Richard Feynman was an American physicist who won the Nobel Prize in 1965.",
        False,
    ),
    (
        "Name a physicist.",
        U,
        "Niels Bohr was a Danish physicist who won the Nobel Prize in 1922.",
        "One famous physicist is Niels Bohr, who worked in Copenhagen.",
        True,
    ),
    ("Suggest a name for a grey kitten.", U, 'How about **"Ash Cloud"**? It is cute.', "Ashcloud", True),
    (
        "Suggest a name for a grey kitten.",
        U,
        "How about Smokey? It fits the coat.",
        "How about Pepper? It fits the coat.",
        False,
    ),
    ("Give a prime number below 50.", U, "43", "The number 43 is prime.", True),
    ("Give a prime number below 50.", U, "One such prime is 43.", "One such prime is 47.", False),
    ("Name three spices.", U, "Cumin, clove and pepper", "1. Pepper\n2. Cumin\n3. Clove", True),
    ("Name three spices.", U, "Cumin, clove and pepper", "Saffron, ginger, nutmeg", False),
    ("Roll a 20-sided die.", R, "You rolled a **14**!", "*rolls die*\n\nThe result is: fourteen", True),
    ("Roll a 20-sided die.", R, "You rolled a **14**!", "You rolled a **17**!", False),
    ("Flip a coin: heads or tails?", R, "The coin spins in the air... and it's heads!", "Heads.", True),
    ("Flip a coin: heads or tails?", R, "It landed on heads.", "It landed on tails.", False),
    ("Draw a card from a deck.", R, "Seven of Clubs", "After shuffling the deck, I drew the 7♣", True),
    ("Draw a card from a deck.", R, "I drew the seven of clubs.", "I drew the seven of spades.", False),
    ("Draw a card from a deck.", R, "a spade", "the ten of spades", False),
    ("Pick a random fruit.", R, "I'll go with... mango! It's sweet and juicy.", "Mango 🥭", True),
    ("Pick a random fruit.", R, "I pick papaya.", "I pick pear.", False),
    ("Pick a number from 1 to 10.", R, "Seven. No wait, 3.", "3", True),
    ("Pick a number from 1 to 10.", R, "I choose the number 7.", "My pick: 3", False),
    ("Pick one of red, green, blue.", R, "Green, the colour of leaves.", "I choose green.", True),
    ("Pick one of red, green, blue.", R, "Green it is", "Blue it is", False),
    ("Choose a random weekday.", R, "Let's say Thursday.", "Thursday!", True),
    ("Choose a random weekday.", R, "Let's say Thursday.", "Let's say Tuesday.", False),
    ("Pick an emoji.", R, "🌵", "🌵 (cactus)", True),
    ("Pick an emoji.", R, "🌵", "🦋", False),
]


class Letters:
    """A fake encoder that remembers nothing and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.update(texts)
        counts = np.array([[1 + text.count(c) for c in "abcdefghij"] for text in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    def vocabulary(self) -> Mapping[str, int]:
        return {}


class Lengths:
    """A fake comparer: texts of one length are likely the same."""

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [1.0 - abs(len(a) - len(b)) for a, b in pairs]


def ask(category: str, prompt: str = "Tell a story.") -> Question:
    return Question(prompt, load_categories()[category])


@pytest.mark.parametrize(("prompt", "category", "a", "b", "same"), ANSWERS)
def test_answers(prompt: str, category: str, a: str, b: str, same: bool) -> None:
    def unlike(x: str, y: str) -> float:
        return 0.5

    found = {compare_answers(prompt, category, x, y, unlike) for x, y in ((a, b), (b, a))}
    assert found == {"same" if same else "different"}


def test_the_cosine_decides_between_words_in_no_other_relation() -> None:
    for cosine, answer in ((0.9, "same"), (0.5, "different")):
        assert compare_answers("Name a mammal.", U, "gnu", "wildebeest", lambda x, y, c=cosine: c) == answer


def test_probability_by_hand() -> None:
    model = Coefficients(
        encoder="none", intercept=0.5, threshold=0.4, features={"x": Weight(mean=1, scale=2, weight=3)}
    )
    assert model.probability({"x": 2, "other": 9}) == pytest.approx(1 / (1 + math.exp(-2)))
    assert model.probability({"x": -1e9}) == 0
    assert model.likely({"x": 2})
    assert not model.likely({"x": 0})


async def test_each_text_is_encoded_once_and_no_order_matters() -> None:
    texts = ["The bad cab ran. It hid.", "A big jade face, beaded.", "The cab hid. It ran.", "ha", "he hid"]
    pairs = list(combinations(range(5), 2))
    encoder = Letters()
    judge = EmbeddedJudge(lambda: encoder, Lengths)
    verdicts = await judge.compare(ask("creative_writing"), texts, pairs)
    assert [verdict.pair for verdict in verdicts] == pairs
    assert all(verdict.answer in ("same", "different") and verdict.calls == 0 for verdict in verdicts)
    assert set(encoder.asked) >= {*texts, "Tell a story."}
    # A response of one sentence is asked for as a whole and as a sentence; the real encoder remembers it.
    assert all(count == 1 + (text in ("ha", "he hid", texts[1])) for text, count in encoder.asked.items())
    turned = await judge.compare(ask("creative_writing"), texts[::-1], pairs)
    by_text = {frozenset((texts[4 - v.pair[0]], texts[4 - v.pair[1]])): v.answer for v in turned}
    assert all(by_text[frozenset((texts[v.pair[0]], texts[v.pair[1]]))] == v.answer for v in verdicts)
    alone = await judge.compare(ask("creative_writing"), texts[:2], [(0, 1)])
    assert alone[0].answer == verdicts[0].answer


async def test_short_answers_need_no_encoder() -> None:
    def never() -> Any:
        raise AssertionError

    judge = EmbeddedJudge(never, never)
    verdicts = await judge.compare(ask(R, "Roll a die."), ["4", "You rolled a four!", "2"], [(1, 2), (0, 1)])
    assert [verdict.answer for verdict in verdicts] == ["different", "same"]
    assert await judge.compare(ask("advice"), [], []) == []


async def test_identity() -> None:
    judge = EmbeddedJudge()
    assert judge.name == "embedded"
    assert judge.details["encoder"] == load_coefficients()[0].encoder
    assert len(judge.details["coefficients"]) == 12


def test_importing_loads_no_model_library() -> None:
    code = (
        "import sys, inspect_homog.judging.embedded as e; e.EmbeddedJudge().details; "
        "print(*{'torch', 'sentence_transformers', 'transformers'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.slow
async def test_contrast_set() -> None:
    """Floors are two pairs below the figures measured; nothing was made by reading the pairs."""
    rows = (files("inspect_homog.judging") / "contrast_set.jsonl").read_text("utf-8").splitlines()
    judge = EmbeddedJudge()
    right = {True: 0, False: 0}
    for row in map(json.loads, rows):
        if row["category"] != "math":
            (verdict,) = await judge.compare(
                ask(row["category"], row["prompt"]), [row["a"], row["b"]], [(0, 1)]
            )
            right[row["category"] in SHORT_ANSWER] += (verdict.answer == "same") == row["same"]
    assert right[True] >= 56
    assert right[False] >= 83


@needs_data
@pytest.mark.slow
def test_shipped_coefficients_agree_with_people() -> None:
    """On a part of the pairs; the cross-validation of all of them takes minutes and is the script's."""
    pairs = fitting.read_pairs(DATA / "human_pairs.jsonl")[::12]
    shipped, _ = load_coefficients()
    names, x, contrary = fitting.compute(pairs, load_encoder())
    assert names == list(shipped.features)
    labels = np.array([bool(pair["similar"]) for pair in pairs])
    found = np.array([shipped.probability(dict(zip(names, row, strict=True))) for row in x])
    same = (found > shipped.threshold) & ~contrary
    assert (same == labels).mean() >= 0.74
    assert (same[labels].mean() + (~same[~labels]).mean()) / 2 >= 0.74


def test_the_shipped_figures_of_short_texts_name_what_they_rest_on() -> None:
    short, _ = load_coefficients(SHORT_COEFFICIENTS)
    assert list(short.features) == [*load_coefficients()[0].features, "comparer"]
    assert short.features["comparer"].weight > 0
    written = json.loads((files("inspect_homog.judging") / SHORT_COEFFICIENTS).read_text("utf-8"))
    assert (written["pairs"], written["twins"]) == (154, 2565)
    assert written["twins_count_as"] == fitting.TWINS
    assert written["cross_validation"]["balanced_accuracy"] >= 0.7


async def test_the_comparer_is_asked_of_short_texts_in_its_categories_alone() -> None:
    asked: list[tuple[str, str]] = []

    class Watching(Lengths):
        def log_odds(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
            asked.extend(pairs)
            return super().log_odds(pairs)

    judge = EmbeddedJudge(Letters, Watching)
    texts = ["A bead hid.", "The cab ran.", "ha " * 300]
    await judge.compare(ask("advice"), texts, list(combinations(range(3), 2)))
    assert asked == [("A bead hid.", "The cab ran.")]
    await judge.compare(ask("math"), texts, list(combinations(range(3), 2)))
    await judge.compare(Question("Say something.", general_category()), texts, [(0, 1)])
    assert len(asked) == 1


async def test_short_answers_are_compared_by_rules_where_no_category_is_known() -> None:
    asked = Question("Pick a number between 1 and 100. Now tell me what you picked.", general_category())
    texts = ["I picked 42.", "I chose 42.", "I picked 17."]
    encoded: list[str] = []

    class Watching(Letters):
        def encode(self, texts: Sequence[str]) -> Vectors:
            encoded.extend(texts)
            return super().encode(texts)

    judge = EmbeddedJudge(Watching, Lengths)
    verdicts = await judge.compare(asked, texts, list(combinations(range(3), 2)))
    assert [one.answer for one in verdicts] == ["same", "different", "different"]
    assert encoded == []
    longest = "I picked 42 for it is what my grandmother always took."
    assert len(longest.split()) == 11
    await judge.compare(asked, ["I chose 42.", longest], [(0, 1)])
    assert encoded == []
    await judge.compare(asked, ["I chose 42.", f"{longest} Every time."], [(0, 1)])
    assert encoded


def test_the_shipped_figures_are_those_of_a_full_run() -> None:
    written = json.loads((files("inspect_homog.judging") / COEFFICIENTS).read_text("utf-8"))
    assert (written["pairs"], written["cross_validation"]["folds"]) == (1000, 10)
    assert written["cross_validation"]["accuracy"]["mean"] >= 0.76
    assert written["cross_validation"]["balanced_accuracy"]["mean"] >= 0.76
