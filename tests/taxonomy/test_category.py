"""The rubrics: complete, distinct, and read with clear errors."""

import pytest

from inspect_homog import HomogError, load_categories, load_category
from inspect_homog.taxonomy.category import general_category, parse_category


def test_the_eight_categories_in_order() -> None:
    categories = load_categories()
    assert "".join(c.letter for c in categories.values()) == "ABCDEFGH"
    assert [c.name for c in categories.values() if c.homogenization == "wanted"] == ["well_specified"]
    for category in categories.values():
        assert load_category(category.letter) is load_category(category.name) is category
        assert category.rubric.count("- Verdict: equivalent") == 2
        assert category.rubric.count("- Verdict: different") == 2


def test_no_wording_is_part_of_another() -> None:
    wordings = [
        text
        for category in [general_category(), *load_categories().values()]
        for text in category.anchored.model_dump().values()
    ]
    assert len(set(wordings)) == len(wordings) == 27
    assert not [(a, b) for a in wordings for b in wordings if a is not b and a in b]
    assert not any(brace in wording for wording in wordings for brace in "{}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "front matter"),
        ("---\n: [\n---\nrubric", "odd.md"),
        ("---\nletter: A\n---\nrubric", "name"),
        ("---\n- a list\n---\nrubric", "odd.md"),
    ],
)
def test_a_bad_rubric_is_named(text: str, said: str) -> None:
    with pytest.raises(HomogError, match=said):
        parse_category(text, "odd.md")
    with pytest.raises(HomogError, match="well_specified, underspecified"):
        load_category("poetry")
