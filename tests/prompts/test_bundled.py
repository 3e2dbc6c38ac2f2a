"""The bundled prompts hold what their categories need, and no two of them ask for the same."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from inspect_ai.dataset import Sample

from inspect_homog import load_categories, load_prompts
from inspect_homog.embedded.encoder import load_encoder
from inspect_homog.prompts.load import prompt_set_hash

from .math_answers import ANSWERS

PER_CATEGORY = 40
HIGHEST_COSINE = 0.85


def repeated(answers: list[str | list[str]]) -> set[str]:
    """Names that stand for more than one answer, or twice for one."""
    names = [n.casefold() for a in answers for n in ([a] if isinstance(a, str) else a)]
    return {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("name", load_categories())
def test_each_category_has_its_prompts(name: str) -> None:
    samples = list(load_prompts(category=name))
    assert [s.id for s in samples] == [f"{name}-{i:02}" for i in range(1, PER_CATEGORY + 1)]
    for sample in samples:
        known = sample.metadata or {}
        assert known["category"] == name
        assert str(sample.input) == str(sample.input).strip()
        assert 3 <= len(set(known["checklist"])) == len(known["checklist"]) <= 5
        assert all(15 <= len(factor) <= 160 for factor in known["checklist"]), sample.id
        if name in ("well_specified", "math"):
            assert sample.target
        if name == "underspecified":
            assert "pattern" in known or len(known["accepted"]) >= 8
        if name == "random_generation":
            assert len(known["options"]) >= 2
        assert not repeated([*known.get("accepted", []), *known.get("options", [])]), sample.id
        if name == "math":
            assert len(set(known["routes"])) >= 2


@pytest.mark.parametrize("name", load_categories())
def test_no_prompt_is_a_rewording_of_another(name: str) -> None:
    samples = list(load_prompts(category=name))
    vectors = load_encoder().encode([str(s.input) for s in samples])
    cosines = np.triu(vectors @ vectors.T, k=1)
    a, b = np.unravel_index(cosines.argmax(), cosines.shape)
    assert cosines.max() < HIGHEST_COSINE, f"{samples[a].id} and {samples[b].id}: {cosines.max():.2f}"


def test_math_is_spread_over_the_levels() -> None:
    levels = Counter((s.metadata or {})["level"] for s in load_prompts(category="math"))
    assert levels == dict.fromkeys(range(1, 6), PER_CATEGORY // 5)


@pytest.mark.parametrize("sample", load_prompts(category="math"), ids=lambda s: str(s.id))
def test_math_answers_are_right(sample: Sample) -> None:
    import sympy

    target = sample.target if isinstance(sample.target, str) else sample.target[0]
    assert sympy.simplify(sympy.sympify(target.replace("^", "**")) - ANSWERS[str(sample.id)]()) == 0


def test_most_questions_with_one_answer_know_its_aliases() -> None:
    targets = [s.target for s in load_prompts(category="well_specified")]
    assert sum(not isinstance(t, str) and len(t) >= 3 for t in targets) >= PER_CATEGORY * 0.6


def test_the_hash_tells_prompt_sets_apart(tmp_path: Path) -> None:
    whole = list(load_prompts())
    assert len(whole) == 8 * PER_CATEGORY
    assert prompt_set_hash(whole) == prompt_set_hash(list(load_prompts()))
    assert len({prompt_set_hash(list(load_prompts(category=name))) for name in load_categories()}) == 8
    changed = [whole[0].model_copy(update={"input": "Other?"}), *whole[1:]]
    assert prompt_set_hash(changed) != prompt_set_hash(whole)
