"""The bundled prompts hold what their categories need."""

import re
from pathlib import Path

import pytest

from inspect_homog import load_categories, load_prompts
from inspect_homog.prompts.load import prompt_set_hash


@pytest.mark.parametrize("name", load_categories())
def test_each_category_has_its_prompts(name: str) -> None:
    samples = list(load_prompts(category=name))
    assert [s.id for s in samples] == [f"{name}-{i:02}" for i in range(1, len(samples) + 1)]
    assert len(samples) >= 12
    assert len({str(s.input).casefold() for s in samples}) == len(samples)
    for sample in samples:
        known = sample.metadata or {}
        assert known["category"] == name
        assert str(sample.input) == str(sample.input).strip()
        if name in ("well_specified", "math"):
            assert sample.target
        if name == "underspecified":
            assert len(known.get("accepted", [])) >= 8 or re.compile(known["pattern"])
        if name == "random_generation":
            assert len(set(known["options"])) == len(known["options"]) >= 2
        if name == "math":
            assert len(set(known["routes"])) >= 2
            assert 1 <= known["level"] <= 5


def test_the_hash_tells_prompt_sets_apart(tmp_path: Path) -> None:
    whole = list(load_prompts())
    assert len(whole) >= 96
    assert prompt_set_hash(whole) == prompt_set_hash(list(load_prompts()))
    assert len({prompt_set_hash(list(load_prompts(category=name))) for name in load_categories()}) == 8
    changed = [whole[0].model_copy(update={"input": "Other?"}), *whole[1:]]
    assert prompt_set_hash(changed) != prompt_set_hash(whole)
