"""What must be known of lm-eval's model before draws of it can be trusted to be draws."""

from collections.abc import Mapping
from copy import deepcopy
from logging import getLogger
from typing import Any

logger = getLogger(__name__)

SEED = 1234
"""What lm-eval's API models send with every request unless told otherwise."""

Settings = dict[str, Any]
"""lm-eval's generation settings, as they stand in a task file's `generation_kwargs`."""


def model_behind(chat_template: Any) -> Any:
    """The model whose bound method lm-eval hands to tasks under --apply_chat_template; None without it."""
    return getattr(chat_template, "__self__", None)


def settings_for(lm: Any, settings: Settings, metadata: Mapping[str, Any]) -> Settings:
    """The settings of this run, with what keeps draws of this model independent and untruncated.

    - API models send one fixed seed. Where the model does, or has a `base_url`, the settings get a seed,
      which wins over that one; `draw_settings` gives each draw its own.
    - transformers keeps the 50 likeliest tokens by default; that is switched off.

    Args:
        lm: The model, or None when it is not known.
        settings: From the task file and --gen_kwargs.
        metadata: The task's metadata, to which lm-eval adds the model's arguments.
    """
    found = dict(settings)
    payload = request_of(lm, settings)
    if "seed" in payload or (lm is None and metadata.get("base_url")):
        found.setdefault("seed", int(metadata.get("seed") or SEED))
    if _is_transformers(lm):
        found.setdefault("top_k", 0)
    return found


def draw_settings(settings: Settings, number: int) -> Settings:
    """The settings of one draw: draw i uses seed S + i where there is a seed."""
    found = deepcopy(settings)
    if isinstance(found.get("seed"), int):
        found["seed"] += number
    return found


def warnings_for(lm: Any, settings: Settings) -> list[str]:
    """What in these settings makes draws equal or other than asked for, each as one line.

    Args:
        lm: The model, or None when it is not known.
        settings: From `settings_for`.
    """
    temperature = settings.get("temperature", 0)
    found = []
    if not settings.get("do_sample") or not temperature:
        found.append(
            f"do_sample={settings.get('do_sample')} and temperature={temperature} make all draws of a prompt "
            "one draw, also through --use_cache; diversity needs do_sample=True and a temperature above 0."
        )
    if lm is None and not {"seed", "top_k"} & settings.keys():
        found.append(
            "without --apply_chat_template the task does not see the model, so its runtime's own truncation "
            "stays in force (transformers: the 50 likeliest tokens), which lowers diversity. Switch it off "
            "with --gen_kwargs top_k=0 where the runtime knows that."
        )
    sent = request_of(lm, settings).get("temperature", temperature)
    if sent != temperature:
        found.append(
            f"lm-eval sends temperature {sent} instead of {temperature} to this model, by its name; results "
            "are not comparable with those at the temperature asked for."
        )
    return found


def request_of(lm: Any, settings: Settings) -> dict[str, Any]:
    """What an API model would send for a request with these settings; empty for other models."""
    make = getattr(lm, "_create_payload", None)
    if make is None:
        return {}
    try:
        request = make(
            [{"role": "user", "content": "x"}], generate=True, gen_kwargs=deepcopy(settings), eos=None
        )
    except Exception as error:
        logger.debug(f"The model's request could not be seen: {error!r}")
        return {}
    return request if isinstance(request, dict) else {}


def _is_transformers(lm: Any) -> bool:
    return any(base.__name__ == "HFLM" for base in type(lm).__mro__)
