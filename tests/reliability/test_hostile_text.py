"""Text that attacks whoever reads it: a terminal, a spreadsheet, a page, a file system, a regular expression.

Attacks on judges are in tests/judging/test_request.py and tests/scoring/test_quality.py, on the pages in
tests/results/test_report.py and test_leaderboard.py.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from inspect_ai.model import ModelOutput
from markdown_it import MarkdownIt
from rich.console import Console

from inspect_homog import HomogError
from inspect_homog.judging.answer_text import find_answer, read_prompt
from inspect_homog.judging.answers import compare_answers
from inspect_homog.judging.features import conflict
from inspect_homog.judging.panel import JudgeResult
from inspect_homog.judging.request import read_groups, read_pair
from inspect_homog.judging.text import list_items, strip_frame
from inspect_homog.plain import file_name, no_formula, printable
from inspect_homog.sampling.classify import parse_category_answer
from inspect_homog.sampling.structured import parse_items
from inspect_homog.scoring.answers import find_known, find_pattern
from inspect_homog.scoring.checklist import read_checklist, read_grade
from inspect_homog.scoring.explain import explanation

pytestmark = pytest.mark.reliability

SECONDS = 4.0
"""CPU time that one reading of 50,000 hostile characters may take; most take a hundredth of it."""

UNITS = [
    *("a", "(", "1,", "7", " ", "\n", "\r\n", "\t", ".", "!", ",", ":", "*", "**", "_", "#", "`", '"', "'"),
    *("a.", "a:", '"a ', "**a", "- ", "1. ", "\n-", "[", "{", '{"responses":', '{"category"', "<response>"),
    *("<response ", "sure ", "Sure, ", "okay\n", "\nlet me know", "here's ", "from ", "or ", "one ", "two "),
    *("is ", "a b c d is ", "u.s.", "united states of ", "Aa ", "a Bb ", "-", "1/", "1:", "0.", "a'", '."'),
    *(
        "Response 1: ",
        "Response 1:\n",
        "```",
        "```json\n",
        "\\frac{",
        "\\boxed{",
        "\\(",
        "好",
        "e\u0301",
        "😀",
    ),
]
"""What is repeated; an `x` at the end makes patterns fail that would match repeats alone."""

SPECIAL = {
    "label": "a: " + "b" * 3_000 + " c d e f g h",
    "labels": ("a: " + "b" * 60 + " c d e f g h\n") * 300,
    "nested": r"\frac{" * 3_000 + "1" + "}" * 3_000,
    "digits and scale": "7" * 5_000 + " million " + "1,000" * 5_000,
    "a fence that never ends": "```json" + "\n" * 50_000 + "x",
    "joined": "-".join(f"a{i}b" for i in range(8_000)),
}
TEXTS = {**{repr(unit): unit * (50_000 // len(unit)) + "x" for unit in UNITS}, **SPECIAL}
ASKED = read_prompt("Name one: a, b, or c? Pick from x, y.")

READERS: dict[str, Callable[[str], Any]] = {
    "frame": strip_frame,
    "items": list_items,
    "conflict": lambda text: conflict(text[:20_000], f"{text[:20_000]} no"),
    "find_answer": lambda text: find_answer(text, ASKED),
    "prompt": lambda text: compare_answers(text, "random_generation", "a", "b", lambda a, b: 0.0),
    "find_known": lambda text: find_known(text[:8_000], ["alpha", ["beta", "b"], "7"]),
    "pair": read_pair,
    "groups": lambda text: read_groups(text, 5),
    "checklist": read_checklist,
    "grade": read_grade,
    "several": lambda text: parse_items(text, 5),
    "category": lambda text: parse_category_answer(ModelOutput.from_content("m", text)),
}


@pytest.mark.parametrize("reader", READERS)
def test_no_text_makes_a_pattern_run_for_long(reader: str) -> None:
    took: dict[str, float] = {}
    for name, text in TEXTS.items():
        start = process_time()
        READERS[reader](text)
        took[name] = process_time() - start
        assert took[name] < SECONDS, name
    assert sum(took.values()) < 40


def test_a_pattern_of_the_users_own_is_given_up_in_time() -> None:
    start = process_time()
    match, part = find_pattern("a" * 60 + "!b", "(a|aa)+b")
    assert (match.how, part) == ("too slow", None)
    assert process_time() - start < 2 * SECONDS
    assert find_pattern("It is **Nile**.", "n.le")[0].how == "stated"


MARKUP = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a | b | c\n| d |\n\n# Title\n\n---\n\n- item",
    "[x](javascript:alert(1)) ![x](http://a/b.png) <http://a.b>",
    "**bold** _it_ `code` ~~no~~ &lt;b&gt; \\| \\\\| $x$",
    "```\nfence\n```\n> quote\n    code\n1. one",
]


def test_the_explanation_shows_responses_as_text_alone() -> None:
    judge = JudgeResult.model_construct(
        judge="<b>j|</b>", classes=list(range(len(MARKUP))), unique=len(MARKUP), verdicts=[]
    )
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = html.render(explanation(MARKUP, [judge], MARKUP))
    tags = {part.split(">")[0].strip("/").split()[0] for part in page.split("<")[1:]}
    assert tags <= {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}, tags
    assert page.count("<tr>") == 1 + len(MARKUP)
    assert page.count("<td>") == 3 * len(MARKUP)
    assert page.count("<li>") == len(MARKUP)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=x"])
def test_no_cell_of_the_papers_tables_is_a_formula(text: str, tmp_path: Path) -> None:
    from pandas import DataFrame

    from inspect_homog.results.paper_table import Table, write_csv

    write_csv([Table("t", "T", DataFrame([[text, -1.5]], columns=["a", "b"]))], tmp_path)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["a", "b"], [f"'{text}", "-1.5"]]
    assert no_formula("a=1") == "a=1"


def test_errors_never_carry_control_characters_to_a_terminal() -> None:
    assert str(HomogError("bad\x1b[31m\x9b1m\r\nline\u202e \ud800.")) == "bad [31m 1m line ."
    assert printable("\x1b]0;owned\x07 ok") == "]0;owned ok"


def test_validate_shows_names_as_text() -> None:
    from inspect_homog.results.submission.check import Checked
    from inspect_homog.results.submission.validate import _table

    console = Console(record=True, width=120)
    console.print(
        _table([Checked(cells=["[/x]\x1b[31m", "[bold]t", "s", "1", "0", "u"], problems=[], paths=[])])
    )
    shown = console.export_text()
    assert "\x1b" not in shown
    assert "[/x] [31m" in shown
    assert "[bold]t" in shown


@pytest.mark.parametrize("name", ["../../etc/x", "/abs", "a\x00b", "x" * 5000, "con:nul|?*", ".hid"])
def test_no_name_leaves_the_folder_that_figures_go_to(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"unique-{file_name(name)}.png"
    path.write_bytes(b"")
    assert [one.parent for one in tmp_path.rglob("*.png")] == [tmp_path]
