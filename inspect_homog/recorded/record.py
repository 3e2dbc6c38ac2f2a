"""One prompt with the responses that were given to it, from a line of any of the formats."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from inspect_ai.dataset import Sample
from pydantic import model_validator

from ..errors import HomogError
from ..prompts.record import PromptRecord
from ..scoring.novelty_bench import Given

RENAMED = {
    "prompt": "input",
    "generations": "responses",
    "generation_scores": "scores",
}
"""NoveltyBench's names, and the usual one for a prompt."""

LEFT_OUT = ("distinct", "partition_scores", "utility")
"""NoveltyBench's own figures, which are computed again here."""

FOR_DRAWING = ("paraphrases",)
"""Fields that only drawing needs; those of other people's documents and logs are not read."""

NUMBERED = ("id", "prompt_id")
"""Fields that may be a number; 0 is one, where other fields of a document that hold nothing are left out."""


class RecordedSet(PromptRecord, Given):
    """A prompt, what is known about its answers, and the responses to it. Further fields become metadata."""

    # It was answered already, and what was sent may have ended in the start of the answer.
    to_be_answered: ClassVar[bool] = False

    responses: list[str]
    """In the order drawn; a blank one counts as empty."""

    @model_validator(mode="after")
    def _one_entry_each(self) -> "RecordedSet":
        for name in Given.model_fields:
            entries = getattr(self, name)
            if entries is not None and len(entries) != len(self.responses):
                raise ValueError(f"'{name}' has {len(entries)} entries for {len(self.responses)} responses")
        return self

    def sample(self, id: str, category: str | None) -> Sample:
        """The Inspect sample, without the responses, which the solver reads when their turn comes."""
        sample = super().sample(id, category)
        for name in Given.model_fields:
            if (entries := getattr(self, name)) is not None:
                (sample.metadata or {})[name] = entries
        return sample


def recorded_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row under this package's field names, from plain JSONL, NoveltyBench's files or lm-eval's."""
    if is_lm_eval(row):
        return _from_lm_eval(row)
    for name, ours in RENAMED.items():
        if name in row and ours in row:
            raise HomogError(f"holds both {name!r} and {ours!r}, which are two names of one field.")
    return {RENAMED.get(name, name): value for name, value in row.items() if name not in LEFT_OUT}


def is_lm_eval(row: Mapping[str, Any]) -> bool:
    """Whether this is a line of lm-eval's `samples_*.jsonl`."""
    return "resps" in row and "arguments" in row


def _from_lm_eval(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of lm-eval's `samples_*.jsonl`: the repeats of one request are the responses to one prompt.

    The document's own fields win over the request, which may hold a strategy's wording.

    Raises:
        HomogError: When the line holds no generated text, such as one of a multiple-choice task.
    """
    match row:
        case {
            "resps": [[*responses]],
            "arguments": {"gen_args_0": {"arg_0": prompt}} | [[prompt, *_]],
        }:
            pass
        case _:
            raise HomogError("not a generation task's line: expected one request with its repeats.")
    if not responses or not all(isinstance(text, str) for text in responses):
        raise HomogError("not a generation task's line: 'resps' holds no generated texts.")
    found = row.get("doc")
    doc: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    known = {
        name: doc[name]
        for name in PromptRecord.model_fields
        if name not in FOR_DRAWING and (doc.get(name) or (name in NUMBERED and doc.get(name) == 0))
    }
    return {"id": row.get("doc_id"), "input": _chat(prompt), **known, "responses": responses}


def _chat(prompt: Any) -> Any:
    """The conversation, when the prompt is one as JSON (lm-eval's `--apply_chat_template`), else the text."""
    if isinstance(prompt, list) and len(prompt) == 1:
        return _chat(prompt[0])
    if isinstance(prompt, str) and prompt.lstrip().startswith("["):
        try:
            turns = json.loads(prompt)
        except (ValueError, RecursionError):
            return prompt
        if isinstance(turns, list) and all(
            isinstance(t, dict) and {"role", "content"} <= set(t) for t in turns
        ):
            return [{"role": t["role"], "content": t["content"]} for t in turns]
    return prompt
