"""Known answers are found in what a response says, by rules alone."""

import pytest

from inspect_homog import load_prompts
from inspect_homog.scoring.answers import Answers, Match, find_known, find_pattern

GENJI: Answers = [["Murasaki Shikibu", "Lady Murasaki"]]
COUNTRIES: Answers = ["Botswana", ["Eswatini", "Swaziland"], "Chad", "Niger", "Guinea-Bissau"]
PIECES: Answers = ["king", "queen", "rook", "bishop"]
WINDS: Answers = ["north", "northeast", "east"]


@pytest.mark.parametrize(
    ("answers", "text", "how", "answer"),
    [
        (GENJI, "murasaki shikibu.", "exact", 0),
        (GENJI, "The answer is Lady Murasaki", "exact", 0),
        (GENJI, "Let me recall the court of Heian.\n\n**Murasaki Shikibu**", "exact", 0),
        (GENJI, "It was written by Murasaki Shikibu around 1010.", "stated", 0),
        (GENJI, "It was Sei Shonagon, not Murasaki Shikibu.", "none", None),
        (GENJI, "I'm sorry, I don't know.", "refused", None),
        (COUNTRIES, "Sure! One such country is **Chad**.", "stated", 2),
        (COUNTRIES, "Eswatini (formerly Swaziland)", "stated", 1),
        (COUNTRIES, "Nigeria", "none", None),
        (COUNTRIES, "guinea bissau", "exact", 4),
        (COUNTRIES, "Chad or Niger", "several", None),
        (COUNTRIES, "Mongolia, unlike Chad", "none", None),
        (PIECES, "From king, queen, rook and bishop, I'll pick rook.", "stated", 2),
        (PIECES, "Rook. It moves like half a queen.", "stated", 2),
        (WINDS, "*spins* ... north-east", "stated", 1),
        (WINDS, "It stops at northeast!", "stated", 1),
    ],
)
def test_what_a_response_says(answers: Answers, text: str, how: str, answer: int | None) -> None:
    assert find_known(text, answers) == Match(how, answer)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "how", "part"),
    [
        ("12321", "exact", "12321"),
        ("Answer: 12321.", "exact", "12321"),
        ("One palindrome is 45654, since it reads the same both ways.", "stated", "45654"),
        ("12345", "none", None),
        ("I can't say.", "refused", None),
    ],
)
def test_patterns_are_matched_in_full(text: str, how: str, part: str | None) -> None:
    match, found = find_pattern(text, "([1-9])([0-9])[0-9]\\2\\1")
    assert (match.how, found) == (how, part)


@pytest.mark.parametrize("name", ["random_generation", "underspecified", "well_specified"])
@pytest.mark.parametrize(
    "frame", ["{}", "**{}**", "Sure! My answer is {}.", "I pick {} this time, since I can."]
)
def test_every_bundled_answer_is_found_in_every_frame(name: str, frame: str) -> None:
    missed = []
    for sample in load_prompts(category=name):
        known = sample.metadata or {}
        answers = known.get("options") or known.get("accepted") or ([sample.target] if sample.target else [])
        for i, names in enumerate(answers):
            for one in [names] if isinstance(names, str) else names:
                if find_known(frame.format(one), answers).answer != i:
                    missed.append((sample.id, one))
    # Names with a comma or brackets that hold another answer's name: "Congo (Kinshasa)".
    assert len(missed) <= 4, missed
