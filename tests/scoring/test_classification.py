"""The classification task on a model that errs in a known way."""

import json
from collections.abc import Callable

import pytest
from inspect_ai.log import EvalLog

from inspect_homog.tasks import classify_prompts
from tests.support.server import Request, all_text, scripted

QUESTIONS = {"2 + 2?": "math", "Pick a card.": "random_generation", "Write a poem.": "creative_writing"}


def test_accuracy_recall_and_confusion(run: Callable[..., EvalLog], tmp_path: object) -> None:
    path = f"{tmp_path}/p.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        for i in range(12):
            text, category = list(QUESTIONS.items())[i % 3]
            file.write(json.dumps({"input": f"{i}: {text}", "category": category}) + "\n")

    def script(body: Request) -> str:
        text = all_text(body)
        if "Pick a card" in text:
            return '{"category": "underspecified"}'
        if "Write a poem" in text:
            return "no idea" if text.startswith("2:") else '{"category": "creative_writing"}'
        return '```json\n{"category": "math"}\n```'

    with scripted(script) as target:
        log = run(classify_prompts(prompts=path), model=target.model())
        assert len(target.requests) == 12
        assert all(request["temperature"] == 0 for request in target.requests)
    assert log.results
    values = {name: m.value for score in log.results.scores for name, m in score.metrics.items()}
    assert values["accuracy"] == pytest.approx(7 / 12)
    assert (values["math"], values["random_generation"], values["creative_writing"]) == (1, 0, 0.75)
    cells = {name: value for name, value in values.items() if " as " in name}
    assert cells == {
        "creative_writing as creative_writing": 3,
        "creative_writing as unreadable": 1,
        "math as math": 4,
        "random_generation as underspecified": 4,
    }
