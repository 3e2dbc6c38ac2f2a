"""What a row's figures are computed by: its category, how it was judged, and strict JSON."""

from math import inf, nan

import pytest

from inspect_homog import HomogError
from inspect_homog.results.run import Run
from inspect_homog.results.submission.check_rows import check_rows
from inspect_homog.results.submission.figures import category_of, recomputed
from inspect_homog.results.submission.parse import ReadRow, parse_rows
from inspect_homog.results.submission.read import read_aggregate
from inspect_homog.results.submission.rows import Place
from inspect_homog.results.submission.strict_json import dumps, loads
from inspect_homog.scoring.general_diversity import values
from inspect_homog.taxonomy.category import general_category, load_category
from tests.results.submission.conftest import Submission


def test_the_category_is_the_definition_in_the_row_or_the_installed_one_or_general(run: Run) -> None:
    (row, *_) = run.scored
    assert category_of(row) == load_category("math")
    assert category_of(row.model_copy(update={"category": None})) == general_category()
    advice = load_category("advice")
    assert category_of(row.model_copy(update={"definition": advice})) == advice
    with pytest.raises(HomogError, match="poetry"):
        category_of(row.model_copy(update={"category": "poetry"}))


def test_figures_computed_again_are_those_that_the_scorers_gave(run: Run) -> None:
    for row in run.scored:
        again = recomputed(row).figures
        texts = [row.responses[place].text for place in row.usable]
        known = {key: value for key, value in row.figures.items() if key in again}
        assert {key: again[key] for key in known} == pytest.approx(known)
        assert again["obtained"] == len(texts)
        assert again.keys() - known.keys() == ({"vocabulary", "distinct_n"} if texts else {"obtained"})
        if texts:
            lexical = values(texts, None)
            assert again["vocabulary"] == pytest.approx(lexical["vocabulary"])
            assert again["distinct_n"] == pytest.approx(lexical["distinct_n"])


def test_checked_answers_are_accuracy_or_validity_by_category(run: Run) -> None:
    (row, *_) = run.scored
    for category, key, other in (
        ("math", "accuracy", "validity"),
        ("underspecified", "validity", "accuracy"),
    ):
        checked = row.model_copy(
            update={"category": category, "correct": [1.0, 0.0, 0.0, 0.0], "figures": {}}
        )
        found = recomputed(checked).figures
        assert found[key] == 0.25
        assert other not in found


@pytest.mark.parametrize(("given", "kept"), [(1 + 1e-10, 1), (1.001, 1.001), (1, 1), (0.5, 0.5)])
def test_a_stored_figure_a_rounding_above_its_bound_is_put_on_it(run: Run, given: float, kept: float) -> None:
    (row, *_) = run.scored
    assert recomputed(row.model_copy(update={"figures": {"agreement": given}})).figures["agreement"] == kept


def test_what_was_asked_follows_from_the_verdicts_unless_one_question_sorted_all(run: Run) -> None:
    (row, *_) = run.scored
    asked = [(judged.asked, judged.abstained) for judged in recomputed(row).judges]
    assert asked == [(6, 0), (6, 0)]
    changed = [judged.model_copy(update={"asked": 1, "abstained": 1}) for judged in row.judges]
    for judging, expected in (("pairs", (6, 0)), ("single_call", (1, 1))):
        again = recomputed(row.model_copy(update={"judges": changed, "judging": judging}))
        assert [(judged.asked, judged.abstained) for judged in again.judges] == [expected] * 2
        assert [judged.unique for judged in again.judges] == [judged.unique for judged in row.judges]


def test_usable_responses_and_their_judges_follow_from_the_responses(run: Run) -> None:
    first, *_, silent = run.scored
    assert recomputed(first.model_copy(update={"usable": []})).usable == [0, 1, 2, 3]
    assert recomputed(silent.model_copy(update={"judges": first.judges})).judges == []


def test_a_judge_whose_verdicts_leave_the_count_open_has_none(run: Run) -> None:
    (row, *_) = run.scored
    verdicts = [verdict.model_copy(update={"answer": None}) for verdict in row.judges[0].verdicts]
    again = recomputed(
        row.model_copy(update={"judges": [row.judges[0].model_copy(update={"verdicts": verdicts})]})
    )
    (judged,) = again.judges
    assert (judged.classes, judged.unique, judged.abstained) == (None, None, 6)
    assert again.unscored


def test_a_row_without_a_count_is_unscored_with_the_reason_that_it_has(run: Run) -> None:
    *_, row = run.scored
    assert row.unscored
    assert recomputed(row).unscored == row.unscored
    assert recomputed(row.model_copy(update={"unscored": None})).unscored == "unscored"


def test_rows_are_computed_by_the_definitions_that_the_submission_holds(submission: Submission) -> None:
    parsed = parse_rows(submission.rows.read_bytes(), submission.rows.name)
    rows = [row for row in parsed if isinstance(row, ReadRow)]
    record = read_aggregate(submission.aggregate)
    known = record.eval_library.additional_details
    place = Place(evaluation_id=record.evaluation_id, model_id=record.model_info.id, task=known.task)
    own, other = load_category("well_specified"), load_category("advice")
    for definitions, expected in (
        (None, None),
        ({"advice": other}, None),
        ({"math": own, "advice": other}, own),
    ):
        details = known.model_copy(update={"definitions": definitions})
        outcomes = list(check_rows(rows, place, details, None))
        assert len(outcomes) == len(rows)
        assert all(outcome.scored and outcome.scored.definition == expected for outcome in outcomes)
        # Homogenization is wanted in the category of the definition, so the fit comes out otherwise.
        assert any(".fit is" in text for one in outcomes for text in one.texts) is (expected is own)


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_no_number_that_is_not_finite_is_written_or_read(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps({"score": value})
    with pytest.raises(ValueError, match="not a finite number"):
        loads(f'{{"score": {str(value).replace("nan", "NaN").replace("inf", "Infinity")}}}')


def test_json_that_nests_too_deeply_or_has_a_key_twice_says_so() -> None:
    with pytest.raises(ValueError, match=r"^nests too deeply$"):
        loads("[" * 100_000)
    with pytest.raises(ValueError, match="key 'a' stands twice"):
        loads('{"b": 1, "a": 1, "a": 2}')


def test_json_is_ascii_and_indented_where_it_is_read_by_people() -> None:
    assert dumps({"a": "é\u2028"}) == '{"a": "\\u00e9\\u2028"}'
    assert dumps({"a": 1}, indent=1) == '{\n "a": 1\n}'
