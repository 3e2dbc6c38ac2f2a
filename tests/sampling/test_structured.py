"""Several items in one completion: hand-written shapes, round trips, and no text that was not there."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from inspect_ai.model import ModelOutput, StopReason

from inspect_homog.sampling.classify import parse_category_answer
from inspect_homog.sampling.elicit import items_schema
from inspect_homog.sampling.structured import find_json_list, parse_items
from inspect_homog.sampling.system_prompt import responses_in
from inspect_homog.sampling.verbalized import candidates_in

FIXTURES = [
    json.loads(line)
    for line in (Path(__file__).parent / "fixtures" / "multi_response.jsonl").read_text("utf-8").splitlines()
]


def output(text: str, stop_reason: StopReason = "stop") -> ModelOutput:
    return ModelOutput.from_content("target", text, stop_reason)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in FIXTURES])
def test_fixture(case: dict[str, Any]) -> None:
    n = case.get("n", 0)
    stop_reason = case.get("stop_reason", "stop")
    assert parse_items(case["completion"], n) == case["expected"]
    assert all(obtainable(item, case["completion"]) for item in case["expected"])

    responses = responses_in(output(case["completion"], stop_reason), n)
    assert [r.text for r in responses] == case["expected"]
    assert [r.index for r in responses] == list(range(len(responses)))
    assert all(r.stop_reason == "stop" for r in responses[:-1])


def test_fixtures_are_many_and_distinct() -> None:
    assert len({case["name"] for case in FIXTURES}) == len(FIXTURES) >= 24
    assert {case.get("stop_reason", "stop") for case in FIXTURES} <= set(get_args(StopReason))


# --- Round trips: what is written in a format is read back, exactly and in order.

WORDS = [
    "sea",
    "Ré 😀",
    "1.",
    "2)",
    "[3]",
    "Response 1:",
    '"said"',
    "\\frac",
    "{x: [y]}",
    "a, b",
    "```",
    "- ",
]
line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda words: " ".join(words).strip())
plain = st.text("abc é.", min_size=1).map(str.strip).filter(bool)
paragraphs = st.lists(plain, min_size=2, max_size=3).map("\n\n".join)
free = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)
lines = st.lists(line, min_size=1, max_size=6)

Render = Callable[[list[str]], str]

JSON_FORMATS: dict[str, Render] = {
    "asked": lambda items: json.dumps({"responses": items}),
    "asked-unescaped": lambda items: json.dumps({"strategies": items}, ensure_ascii=False, indent=1),
    "list": json.dumps,
    "other-key": lambda items: json.dumps({"count": 3, "poems": items}, indent=2),
    "objects": lambda items: json.dumps([{"text": item, "probability": 0.1} for item in items]),
    "other-objects": lambda items: json.dumps({"out": [{"id": i, "poem": t} for i, t in enumerate(items)]}),
    "numbered-keys": lambda items: json.dumps({f"response_{i}": t for i, t in enumerate(items, 1)}),
}
WRAPS = {
    "bare": "{}",
    "spaced": "\n  {} \n",
    "fenced": "```json\n{}\n```",
    "fence-unclosed": "```\n{}",
    "prose": "Sure, here they are:\n\n{}\n\nTell me:\n1. Which is best?\n2. Which is worst?",
    "prose-and-fence": "Sure!\n\n```json\n{}\n```\nAnything else?",
    "tag": "<output>{}</output>",
}
MARKED_FORMATS: dict[str, tuple[Render, st.SearchStrategy[str]]] = {
    "tags": (lambda items: "Here:\n" + "\n".join(f"<response>{t}</response>" for t in items), line),
    "tags-in-one-line": (lambda items: "".join(f"<item>{t}</item>" for t in items), paragraphs),
    "headings": (lambda items: "\n\n".join(f"Response {i}: {t}" for i, t in enumerate(items, 1)), line),
    "markdown-headings": (
        lambda items: "\n\n---\n\n".join(f"## Story {i}\n\n{t}" for i, t in enumerate(items, 1)),
        paragraphs,
    ),
    "numbers": (lambda items: "Sure:\n" + "\n".join(f"{i}. {t}" for i, t in enumerate(items, 1)), line),
    "numbers-bold": (lambda items: "\n".join(f"**{i}.** {t}" for i, t in enumerate(items, 1)), line),
    "numbers-later": (lambda items: "\n\n".join(f"({i}) {t}" for i, t in enumerate(items, 4)), line),
    "numbers-paragraphs": (
        lambda items: "\n\n".join(f"{i}) {t}" for i, t in enumerate(items, 1)),
        paragraphs,
    ),
    "bullets": (lambda items: "Here you go:\n\n" + "\n".join(f"• {t}" for t in items), line),
    "dashes": (lambda items: "\n\n---\n\n".join(items), plain),
}


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("name", JSON_FORMATS)
@settings(max_examples=25, deadline=None)
@given(items=st.lists(line | free | paragraphs, min_size=1, max_size=6))
def test_json_round_trip(name: str, wrap: str, items: list[str]) -> None:
    text = WRAPS[wrap].replace("{}", JSON_FORMATS[name](items))
    assert parse_items(text) == parse_items(text, len(items)) == items


@pytest.mark.parametrize("name", MARKED_FORMATS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_marked_round_trip(name: str, data: st.DataObject) -> None:
    render, texts = MARKED_FORMATS[name]
    items = data.draw(st.lists(texts, min_size=2, max_size=12))
    assert parse_items(render(items)) == parse_items(render(items), len(items)) == items


# --- Cuts: JSON that breaks off gives its complete items and no part of another.


@pytest.mark.parametrize("name", JSON_FORMATS)
@settings(deadline=None)
@given(items=lines, data=st.data())
def test_cut_json_gives_complete_items_only(name: str, items: list[str], data: st.DataObject) -> None:
    whole = JSON_FORMATS[name](items)
    cut = data.draw(st.integers(0, len(whole)))
    got = parse_items(whole[:cut])
    assert got == items[: len(got)]
    if name in ("asked", "list"):  # and every item whose closing quote is there
        written = [len(json.dumps(items[: i + 1])) - 1 for i in range(len(items))]
        assert len(got) == sum(whole.index("[") + length <= cut for length in written)


# --- Arbitrary text: no error, and nothing made up.

FRAGMENTS = [
    *("[", "]", "{", "}", '"', ",", ":", '", "', "\\", "\\u00e9", "\\ud83d", "\\(", "\n", "\n\n", " ", "x y"),
    *('{"responses": [', '["a", "b"]', '{"text": "', '": 0.', "null", "NaN", "1e999", "-0", "7"),
    *("<response>", "</response>", "<answer>", "1. ", "2. ", "3) ", "Response 1:", "Response 2:"),
    *("```", "```json\n", "**", "---\n", "- ", "• ", "\ud800", "\x00", "\x1c", "\u2028"),
    *("[" * 5000, '{"a":' * 2000, "9" * 5000),
]
anything = st.text(st.characters(exclude_categories=[])) | st.lists(
    st.sampled_from(FRAGMENTS), max_size=25
).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A completion with a stretch lost or doubled."""
    render = draw(st.sampled_from([*JSON_FORMATS.values(), *(f for f, _ in MARKED_FORMATS.values())]))
    text = draw(st.sampled_from([*WRAPS.values()])).replace("{}", render(draw(lines)))
    a, b = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return draw(st.sampled_from([text[:a] + text[b:], text[:b] + text[a:]]))


def unescaped(literal: str) -> str:
    """What stands between two quotes, read as JSON; a backslash that JSON does not know is just that."""
    one = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", "\\": "\\", '"': '"'}
    text = re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|([nrtbf/\\\"]))",
        lambda m: chr(int(m[1], 16)) if m[1] else one[m[2]],
        literal,
    )
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def obtainable(item: str, text: str) -> bool:
    """Whether an item is a stretch of the text, or the value of one of its string literals."""
    quotes = [m.start() for m in re.finditer('"', text)]
    return item in text or any(
        item == unescaped(text[a + 1 : b]).strip() for a in quotes for b in quotes if a < b
    )


@settings(max_examples=400, deadline=None)
@given(anything | damaged(), st.sampled_from([0, 0, 1, 2, 5]))
@example("[" * 5000 + '"a"' + "]" * 5000, 0)
@example("[" * 200_000, 1)
@example('{"a":' * 30_000, 0)
@example(f'{{"responses": [{"9" * 5000}, -1e999]}}', 0)
@example('["\ud800", "x', 0)
def test_never_raises_and_never_invents(text: str, n: int) -> None:
    items = parse_items(text, n)
    assert all(item and item == item.strip() and obtainable(item, text) for item in items)
    values = find_json_list(text)
    assert not values or len(values) == len(items)
    if n == 1 and not items and values is None:
        assert not text.strip() or "<" in text

    assume(not re.search("[\ud800-\udfff]", text))  # which no ModelOutput holds
    responses = responses_in(output(text, "max_tokens"), n)
    assert [r.text for r in responses] == items
    assert all(r.stop_reason == "stop" for r in responses[:-1])
    for candidate in candidates_in(output(text), n):
        assert candidate.text
        assert obtainable(candidate.text, text) or any(item.startswith(candidate.text) for item in items)
        assert candidate.probability is None or 0 <= candidate.probability <= 1
    parse_category_answer(output(text))


REPEATED = [
    *("[", "{", '"', "\\", "\n", " ", " \n", "- ", "-", "•\n", "---\n", "1. ", "1.\n", "**", "a\n\n", "{ "),
    *('["', '["\n', '["a",\n', '["a"]\n', '{"a":', '{"responses": [', '{"responses": ["a', '```json\n["a\n'),
    *("<response>", "</response>", "<response ", "Response 1:\n", "```\n"),
]


@pytest.mark.parametrize("start", ["", '{"responses": ["a", "', "1. a\n2. b\n\n"])
def test_repeated_marks_take_linear_time(start: str) -> None:
    """Anything quadratic takes minutes here."""
    for unit in REPEATED:
        text = start + unit * ((50_000 if start else 200_000) // len(unit))
        began = time.perf_counter()
        parse_items(text)
        assert time.perf_counter() - began < 10, unit


def test_long_runs_of_space_in_a_candidate_take_linear_time() -> None:
    began = time.perf_counter()
    text = "1. a" + " " * 100_000 + "b (p: 0.4)\n2. c" + "\t" * 100_000 + "(probability: 0.5)"
    assert [r.probability for r in candidates_in(output(text), 2)] == [0.4, 0.5]
    assert time.perf_counter() - began < 10


# --- The readers of one completion.


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("1. yes\n2. no\n3. yes", ["stop", "stop", "max_tokens"]),
        ("1. a\n2. b\n\nThat is", ["stop", "stop"]),
        ('{"responses": ["a", "b"', ["stop", "stop"]),
        ("<response>a</response><response>b", ["stop"]),
    ],
)
def test_only_an_item_that_ends_the_completion_is_cut(text: str, reasons: list[str]) -> None:
    assert [r.stop_reason for r in responses_in(output(text, "max_tokens"), 3)] == reasons


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"responses": [{"text": "a", "probability": 0.25}, {"text": "b"}]}', [("a", 0.25), ("b", None)]),
        ('[{"text": "a", "probability": 1}, {"text": "", "probability": 0}]', [("a", 1.0)]),
        ('[{"text": "a", "probability": 2}, {"text": "b", "probability": true}]', [("a", None), ("b", None)]),
        ('{"responses": ["a (p = 0.5)", "b [probability: 20%]"]}', [("a", 0.5), ("b", 0.2)]),
        ("1. a (probability: 0.3)\n2. b (Probability: .7)", [("a", 0.3), ("b", 0.7)]),
        ("1. a\nProbability: 0.3\n2. b\n**Probability:** 70%", [("a", 0.3), ("b", 0.7)]),
        ("1. a - probability: 0.3\n2. b – probability = 7", [("a", 0.3), ("b", None)]),
        ("1. So p = 0.5\n2. The odds are (1/2)", [("So p = 0.5", None), ("The odds are (1/2)", None)]),
        (
            '1. Use\n{"colors": ["x", "y"]}\n(probability: 0.1)\n2. Use ["x", "y"]',
            [('Use\n{"colors": ["x", "y"]}', 0.1), ('Use ["x", "y"]', None)],
        ),
        ("(probability: 0.3)", []),
    ],
)  # fmt: skip
def test_candidates(text: str, expected: list[tuple[str, float | None]]) -> None:
    assert [(r.text, r.probability) for r in candidates_in(output(text), 2)] == expected


def test_schema() -> None:
    schema = items_schema("strategies", "Ways").json_schema.model_dump(exclude_none=True)
    assert schema == {
        "type": "object",
        "properties": {"strategies": {"type": "array", "items": {"type": "string"}}},
        "required": ["strategies"],
        "additionalProperties": False,
    }
