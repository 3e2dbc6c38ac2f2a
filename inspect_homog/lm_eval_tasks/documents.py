"""The prompts as lm-eval documents, and an lm-eval document as a sample's state."""

from typing import TYPE_CHECKING, Any

from inspect_ai.dataset import Sample
from inspect_ai.model import ChatMessage, ChatMessageAssistant, ChatMessageSystem, ChatMessageUser, ModelName
from inspect_ai.scorer import Target
from inspect_ai.solver import TaskState

from ..arguments import check_arguments
from ..errors import HomogError
from ..prompts.load import load_prompts
from ..taxonomy.extra import DEFINITION
from ..taxonomy.taxonomy import open_taxonomy

if TYPE_CHECKING:
    from datasets import Dataset

Doc = dict[str, Any]
"""A prompt with what is known about its answers, under the names of `PromptRecord`."""

Turn = dict[str, str]
"""A message as lm-eval has it: `role` and `content`."""

_NAMES = ("accepted", "options")
_LISTS = ("routes", "checklist")
_ROLES = {"system": ChatMessageSystem, "user": ChatMessageUser, "assistant": ChatMessageAssistant}


def documents(
    category: str,
    prompts: str = "bundled",
    prompts_dir: str | None = None,
    labels: str | None = None,
    taxonomy: str | None = None,
    **_: Any,
) -> "dict[str, Dataset]":
    """The prompts of one category as the split `test`; what a task file's `custom_dataset` names.

    lm-eval calls it with the task's metadata, which `--metadata '{"prompts": "mine.jsonl"}'` adds to. Of a
    category that is not this package's own, each document carries the definition.

    Raises:
        HomogError: When an argument is of another type, the file is wrong (see `load_prompts`), or a
            conversation holds more than text.
    """
    from datasets import Dataset

    check_arguments(prompts=prompts, prompts_dir=prompts_dir, labels=labels, taxonomy=taxonomy)
    known = open_taxonomy(taxonomy)
    name = known.find(category).name
    samples = list(load_prompts(prompts, name, prompts_dir, labels, taxonomy=known))
    chat = any(not isinstance(sample.input, str) for sample in samples)
    return {"test": Dataset.from_list([_document(sample, chat) for sample in samples])}


def _document(sample: Sample, chat: bool) -> Doc:
    """One document. All of a data set have the same fields and types, as Arrow wants."""
    known = sample.metadata or {}
    target = [sample.target] if isinstance(sample.target, str) else list(sample.target)
    return {
        "id": str(sample.id),
        "input": as_turns(_messages(sample.input)) if chat else sample.input,
        "category": known["category"],
        "target": [text for text in target if text],
        **{name: _each_as_list(known.get(name)) for name in _NAMES},
        "pattern": known.get("pattern"),
        "level": known.get("level"),
        **{name: known.get(name) for name in _LISTS},
        **{name: known[name] for name in (DEFINITION,) if name in known},
    }


def state_of(doc: Doc, instruction: str | None = None) -> TaskState:
    """The document as the state of a sample, with lm-eval's `--system_instruction` as its system message."""
    from ..sampling.draw import with_system

    found = doc["input"]
    asked = (
        found if isinstance(found, str) else [_ROLES[turn["role"]](content=turn["content"]) for turn in found]
    )
    messages = _messages(asked)
    known = {name: doc.get(name) for name in ("category", "pattern", "level", *_NAMES, *_LISTS, DEFINITION)}
    return TaskState(
        model=ModelName("lm_eval/model"),
        sample_id=doc["id"],
        epoch=1,
        input=asked,
        messages=with_system(messages, instruction) if instruction else messages,
        target=Target(list(doc["target"] or [])),
        metadata={name: value for name, value in known.items() if value is not None},
    )


def as_turns(messages: list[ChatMessage]) -> list[Turn]:
    """Messages as lm-eval has them.

    Raises:
        HomogError: When one holds more than text.
    """
    for message in messages:
        if message.role not in _ROLES or (not isinstance(message.content, str) and len(message.content) != 1):
            raise HomogError(
                f"lm-eval takes text turns only, and a prompt has a {message.role} turn with more."
            )
    return [{"role": message.role, "content": message.text} for message in messages]


def _messages(asked: str | list[ChatMessage]) -> list[ChatMessage]:
    return [ChatMessageUser(content=asked)] if isinstance(asked, str) else list(asked)


def _each_as_list(answers: list[str | list[str]] | None) -> list[list[str]] | None:
    """Each answer as the list of its names, which means the same as a bare text."""
    return None if answers is None else [[one] if isinstance(one, str) else list(one) for one in answers]
