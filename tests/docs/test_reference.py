"""What the README says of parameters, strategies, score keys and commands is what the code has."""

import re
from collections.abc import Callable
from inspect import signature

import pytest
from inspect_ai.scorer import Scorer
from inspect_ai.util import registry_info

from inspect_homog import cli, tasks
from inspect_homog.sampling.strategies import STRATEGIES
from inspect_homog.scoring.correctness import KEYS, correctness
from inspect_homog.scoring.functional_diversity import functional_diversity
from inspect_homog.scoring.general_diversity import general_diversity
from inspect_homog.scoring.quality import quality
from inspect_homog.taxonomy.category import load_categories
from tests.support.markdown import ROOT, blocks, code_spans, tables

README = (ROOT / "README.md").read_text("utf-8")
TASKS = (*load_categories(), "homog")


def table(*header: str) -> list[list[str]]:
    """The rows of the only table that has this header."""
    (found,) = [rows[1:] for rows in tables(README) if rows[0] == list(header)]
    return found


def names(rows: list[list[str]], column: int = 0) -> list[str]:
    return [name for row in rows for name in code_spans(row[column])]


@pytest.mark.parametrize("task", TASKS)
def test_parameters_are_those_of_the_signature(task: str) -> None:
    parameters = signature(getattr(tasks, task)).parameters
    documented = {
        code_spans(name)[0]: default for name, _, default in table("parameter", "values", "default")
    }
    assert list(documented) == list(parameters)
    for name, parameter in parameters.items():
        if parameter.default is not None:
            shown = (
                str(parameter.default).lower() if isinstance(parameter.default, bool) else parameter.default
            )
            assert documented[name].strip("`") == str(shown), name
        elif name == "anchor":
            assert documented[name] == anchors()
        else:
            assert not code_spans(documented[name]), name


def anchors() -> str:
    """The default wording, and the strategies whose default differs."""
    of = {name: signature(make).parameters.get("anchor") for name, make in STRATEGIES.items()}
    others = [
        f"; `{one.default}` for `{name}`" for name, one in of.items() if one and one.default != "general"
    ]
    return "`general`" + "".join(others)


def test_strategies_are_the_registered_ones() -> None:
    assert names(table("strategy", "calls for n responses", "what it does")) == list(STRATEGIES)
    values = {code_spans(row[0])[0]: code_spans(row[1]) for row in table("parameter", "values", "default")}
    assert values["strategy"] == list(STRATEGIES)


def test_categories_are_those_of_the_taxonomy() -> None:
    rows = table("task", "what is asked", "two responses differ when", "sameness")
    assert names(rows) == list(load_categories())
    for name, *_, sameness in rows:
        category = load_categories()[code_spans(name)[0]]
        assert sameness.startswith(category.homogenization), name


@pytest.mark.parametrize(
    ("scorer", "header", "column"),
    [
        (functional_diversity, ("key", "range", "meaning"), 0),
        (quality, ("key", "meaning"), 0),
        (general_diversity, ("key", "definition", "identical", "nothing shared"), 0),
    ],
    ids=["functional_diversity", "quality", "general_diversity"],
)
def test_score_keys_are_those_that_the_scorer_reports(
    scorer: Callable[..., Scorer], header: tuple[str, ...], column: int
) -> None:
    assert names(table(*header), column) == list(registry_info(scorer).metadata["metrics"])


def test_keys_of_correctness_are_those_of_the_categories() -> None:
    for category, key, _ in table("category", "key", "right is"):
        assert code_spans(key)[0] in KEYS[code_spans(category)[0]]
    assert set(registry_info(correctness).metadata["metrics"]) <= set(code_spans(README))


def test_commands_named_are_there_and_all_are_named() -> None:
    spans = [*code_spans(README), *(block.text for block in blocks(README))]
    named = {name for text in spans for name in re.findall(r"(?m)(?:^|\$\()homog ([a-z][\w-]*)", text)}
    assert named == set(cli.main.commands)
