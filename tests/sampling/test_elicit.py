"""Asking for a list: follow-ups for what is missing, surplus dropped, never padded."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspect_ai.model import ChatMessage, ChatMessageUser, GenerateConfig, ModelOutput

from inspect_homog.sampling.draw import Draws
from inspect_homog.sampling.elicit import FOLLOW_UPS, Elicitation, elicit, folded, items_schema, listed


class Scripted(Draws):
    """Draws that give the texts in turn and keep what was sent."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self.texts = list(texts)
        self.sent: list[list[str]] = []
        self.numbers: list[int] = []

    async def call(
        self,
        name: str,
        messages: Sequence[ChatMessage],
        number: int = 0,
        config: GenerateConfig | None = None,
    ) -> ModelOutput:
        assert config is not None
        assert config.response_schema is not None
        self.sent.append([message.text for message in messages])
        self.numbers.append(number)
        return ModelOutput.from_content("target", self.texts[len(self.sent) - 1])


async def elicited(texts: Sequence[str], n: int, distinct: bool = False) -> tuple[list[str], Scripted]:
    asked = Elicitation(
        name="names",
        parse=listed,
        more=lambda got, missing: f"{got} given, {missing} missing",
        schema=items_schema("responses", "Names"),
        text=str,
        distinct=distinct,
    )
    draws = Scripted(texts)
    return await elicit(asked, [ChatMessageUser(content="Names?")], draws, n), draws


FIRST = ["Names?"]


@pytest.mark.parametrize(
    ("texts", "n", "distinct", "expected", "last"),
    [
        (['["a", "b"]'], 2, False, ["a", "b"], FIRST),
        (['["a", "b", "c"]'], 2, False, ["a", "b"], FIRST),
        (["1. a\n2. b", "3. c"], 3, False, ["a", "b", "c"], [*FIRST, "1. a\n2. b", "2 given, 1 missing"]),
        (["no", '["a"]'], 1, False, ["a"], [*FIRST, "no", "0 given, 1 missing"]),
        (["", "", ""], 2, False, [], [*FIRST, "", "0 given, 2 missing", "", "0 given, 2 missing"]),
        (['["a", "a"]'], 2, False, ["a", "a"], FIRST),
        (['["a"]', '["a", "a"]'], 2, False, ["a", "a"], [*FIRST, '["a"]', "1 given, 1 missing"]),
        (
            ['["a", "b"]', '["a", "b", "c"]'],
            3,
            False,
            ["a", "b", "c"],
            [*FIRST, '["a", "b"]', "2 given, 1 missing"],
        ),
        (['["a", " A. "]', '["b"]'], 2, True, ["a", "b"], [*FIRST, '["a", " A. "]', "1 given, 1 missing"]),
        (
            ['["a"]', '["A!"]', '["a", "b"]'],
            3,
            True,
            ["a", "b"],
            [*FIRST, '["a"]', "1 given, 2 missing", '["A!"]', "1 given, 2 missing"],
        ),
    ],
)
async def test_elicit(texts: list[str], n: int, distinct: bool, expected: list[str], last: list[str]) -> None:
    items, draws = await elicited(texts, n, distinct)
    assert items == expected
    assert draws.sent[-1] == last
    assert draws.numbers == list(range(len(texts)))
    assert len(texts) <= 1 + FOLLOW_UPS


@given(st.text())
def test_folding(text: str) -> None:
    assert folded(folded(text)) == folded(f"\n {text} . ") == folded(text)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Go by sea.", " go  by\nSEA", True),
        ("'Go by sea!'", "Go by sea", True),
        ("Straße", "STRASSE", True),
        ("Go by sea", "Go by the sea", False),
        ("No. 1", "No. 2", False),
    ],
)
def test_what_counts_as_a_repeat(a: str, b: str, same: bool) -> None:
    assert (folded(a) == folded(b)) == same
