"""The category that a model names, in JSON or in words."""

import pytest
from inspect_ai.model import ModelOutput

from inspect_homog.sampling.classify import parse_category_answer


def output(text: str) -> ModelOutput:
    return ModelOutput.from_content("m", text)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ('{"category": "math"}', "math"),
        ('Sure:\n```json\n{\n "category": "creative_writing"\n}\n```', "creative_writing"),
        ('{"category": "general"}', "general"),
        ('{"category": "poetry"}', None),
        ('{"category": ["math"]}', None),
        ('{"category": "mat', None),
        ("It is math.", "math"),
        ("It is math or creative_writing.", None),
        ("premath, math-like", None),
        ("[1] {} math", "math"),
        ("", None),
    ],
)
def test_category_answer(text: str, category: str | None) -> None:
    assert parse_category_answer(output(text)) == category


def test_category_answer_that_nests_deeply() -> None:
    assert parse_category_answer(output('{"category": ' + "[" * 5000 + "}")) is None
