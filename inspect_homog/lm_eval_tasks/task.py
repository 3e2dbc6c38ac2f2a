"""The class of every `homog_*` task of lm-eval: n draws a prompt, then all judging at once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from typing import Any, TypeVar

import anyio
from inspect_ai.solver import TaskState
from lm_eval.api.instance import Instance
from lm_eval.api.task import ConfigurableTask

from ..errors import HomogError
from ..sampling import regenerate, strategy_first, system_prompt
from ..sampling.anchor import check_anchor
from ..sampling.records import Drawn, Response, ResponseSet
from ..sampling.strategy import check_num_responses
from ..taxonomy.taxonomy import open_taxonomy
from .backend import Settings, draw_settings, model_behind, settings_for, warnings_for
from .documents import Doc, as_turns, state_of
from .score import Record, as_json, check_judges, drawn_record, score_all
from .turns import Request, Strategy, clean, draw_all, first_request, render

logger = getLogger("lm_eval.tasks.homog")  # below the one logger that lm-eval's command line shows

T = TypeVar("T")

SAMPLERS = {
    "system_prompt": system_prompt.sample,
    "regenerate": regenerate.sample,
    "strategy_first": strategy_first.sample,
}
"""Strategies besides `temperature`."""

FILTER = "none"
"""lm-eval's name for "no filter", under which metrics are listed."""

MANY = 3
"""Prompts from which on equal draws for all of them are suspicious."""


class HomogTask(ConfigurableTask):  # type: ignore[misc]
    """A task whose documents are scored as sets of responses.

    Reads from the task file, or from `--metadata`, which wins: `category`, `strategy`, `anchor`, `prompts`,
    `num_responses` (else `repeats`), `taxonomy` (a folder with rubrics of further categories).
    """

    def __init__(self, config: dict[str, Any]) -> None:
        """Make the task; called by lm-eval with the task file's content."""
        super().__init__(config={name: value for name, value in config.items() if name != "class"})
        metadata = self.config.metadata
        self.n = check_num_responses(metadata.get("num_responses", self.config.repeats))
        self.strategy = self._strategy(metadata)
        self.settings: Settings = {}
        self.instruction: str | None = None
        self.lm: Any = None

    def _strategy(self, metadata: dict[str, Any]) -> Strategy | None:
        name = metadata.get("strategy", "temperature")
        if name == "temperature":
            return None
        if name not in SAMPLERS:
            known = ", ".join(["temperature", *SAMPLERS])
            raise HomogError(f"Unknown strategy {name!r} in the metadata of {self.task_name}. Use: {known}.")
        choice = check_anchor(metadata.get("anchor", "general"), open_taxonomy(metadata.get("taxonomy")))
        return Strategy(name, SAMPLERS[name], self.n, choice)

    def build_all_requests(self, **kwargs: Any) -> None:
        """Check what must hold before the first call, then make the requests.

        Raises:
            HomogError: When a strategy of several turns runs without --apply_chat_template.
        """
        check_judges()
        self.lm = model_behind(kwargs.get("chat_template"))
        if self.strategy is not None and self.lm is None:
            raise HomogError(
                f"{self.task_name} is a conversation: add --apply_chat_template. Only homog_<category> runs "
                "without it."
            )
        if kwargs.pop("cache_requests", False):
            logger.warning(
                f"{self.task_name}: --cache_requests is ignored, since it would bring back the requests of "
                "another number of responses."
            )
        self.instruction = kwargs.get("system_instruction")
        self.settings = settings_for(self.lm, self.config.generation_kwargs, self.config.metadata)
        for line in warnings_for(self.lm, self.settings):
            logger.warning(f"{self.task_name}: {line}")
        super().build_all_requests(**kwargs)

    def fewshot_context(self, doc: Doc, num_fewshot: int, **kwargs: Any) -> Any:
        """The first request's text or conversation; these tasks take no examples."""
        request = self._first(doc)
        if kwargs.get("apply_chat_template") and kwargs.get("chat_template"):
            return render(kwargs["chat_template"], request.turns)
        return "\n\n".join(turn["content"] for turn in request.turns)

    def construct_requests(self, doc: Doc, ctx: Any, **kwargs: Any) -> list[Instance]:
        """One request for each draw, with its own seed where there are seeds; one where turns follow."""
        name, number, _ = kwargs["metadata"]
        if self.strategy is not None:
            settings = [self._first(doc).settings]
        else:
            settings = [draw_settings(self.settings, i) for i in range(self.n)]
        return [
            Instance("generate_until", doc, (ctx, each), idx=i, metadata=(name, number, 1))
            for i, each in enumerate(settings)
        ]

    def apply_filters(self) -> None:
        """Finish the draws and score every document, once lm-eval has run the first requests.

        Leaves one request a document: its `resps` are the responses, and its filtered response is the record
        of the document as JSON.
        """
        requests: dict[int, list[Instance]] = defaultdict(list)
        for instance in self.instances:
            requests[instance.doc_id].append(instance)
        groups = [sorted(group, key=lambda instance: instance.idx) for group in requests.values()]
        states = [state_of(group[0].doc, self.instruction) for group in groups]
        predict_only = "bypass" in self._metric_fn_list

        async def finish() -> list[Record]:
            await self._draw(states, groups)
            return [drawn_record(state) for state in states] if predict_only else await score_all(states)

        for state, group, record in zip(states, groups, _in_loop(finish), strict=True):
            texts = [response.text for response in state.store_as(ResponseSet).responses]
            group[0].resps = texts or [""]
            group[0].filtered_resps = {FILTER: as_json(record)}
        self._instances = [group[0] for group in groups]
        self._warn_of_equal_draws(states)

    def _first(self, doc: Doc) -> Request:
        state = state_of(doc, self.instruction)
        if self.strategy is None:
            return Request(as_turns(state.messages), self.settings)
        return first_request(self.strategy, state, self.settings)

    async def _draw(self, states: Sequence[TaskState], groups: Sequence[list[Instance]]) -> None:
        """Fill every document's response set."""
        if self.strategy is not None:
            firsts = [group[0].resps[0] for group in groups]
            await draw_all(self.strategy, self.lm, states, firsts, self.settings)
        for state, group in zip(states, groups, strict=True):
            drawn = state.store_as(ResponseSet)
            if self.strategy is None:
                texts = [clean(instance.resps[0]) for instance in group]
                drawn.strategy, drawn.requested = "temperature", self.n
                drawn.responses = [Response(text=text, stop_reason="unknown") for text in texts]
                drawn.drawn = Drawn(calls=len(texts))
            drawn.drawn.settings = {
                name: value
                for name, value in self.settings.items()
                if isinstance(value, int | float) and not isinstance(value, bool)
            }

    def _warn_of_equal_draws(self, states: Sequence[TaskState]) -> None:
        """Tell a seed or a cache that makes draws one: over many prompts, nothing else does."""
        sets = [state.store_as(ResponseSet).responses for state in states]
        several = [drawn for drawn in sets if len(drawn) > 1]
        if len(several) < MANY or any(len({response.text for response in drawn}) > 1 for drawn in several):
            return
        seed = (
            "a seed that the server holds fixed"
            if "seed" in self.settings
            else "a fixed seed (lm-eval's API models send seed 1234; run with --apply_chat_template)"
        )
        logger.warning(
            f"{self.task_name}: all responses are identical within each of {len(several)} prompts. Likely "
            f"causes: {seed}, a cache between lm-eval and the model, or greedy decoding (temperature 0)."
        )


def _in_loop(work: Callable[[], Awaitable[T]]) -> T:
    """Run to completion in a thread of its own, since a notebook has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, work).result()
