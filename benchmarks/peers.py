"""This package beside others on one fixed-latency server and the same prompts: wall time and calls.

    python -m benchmarks.peers [--prompts N] [--latency SECONDS] [--repeats N]

Draws: the solver of `inspect_evals/novelty_bench` (its prompts need the network and its scorer two local
models, so the solver alone is run, on these prompts). Draws and verdicts: plain loops with the `openai`
client, written here after the call patterns of others. One asks every pair, one call after the other, prompt
by prompt; one asks as NoveltyBench partitions: a response is compared with the first member of each class
until it fits. No response equals another here, so both come to every pair. The last line sends all calls of
a round at once and does nothing else: what the client library itself costs.

The time is from the first request to the last reply, so imports and logs are in nobody's figure.
"""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from itertools import combinations

from openai import AsyncOpenAI, OpenAI

from benchmarks.beside import beside
from benchmarks.command import JUDGES, inspect_eval
from benchmarks.report import machine, spread, table
from benchmarks.server import Server, Taken, fixed_latency
from benchmarks.workload import stories
from inspect_homog import Question
from inspect_homog.judging.request import ASK_PAIR, PAIR_SCHEMA, read_pair, request
from inspect_homog.taxonomy.category import load_category

RESPONSES = 5
CONNECTIONS = 1_000
"""More than these prompts need at once: nobody waits for a connection."""
FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "verdict", "schema": PAIR_SCHEMA.json_schema.model_dump(exclude_none=True)},
}


def drawing(prompt: str) -> dict[str, object]:
    """A draw's request."""
    return {"model": "target", "messages": [{"role": "user", "content": prompt}]}


def asking(prompt: str, pair: list[str], judge: str) -> dict[str, object]:
    """A judge's request, word for word that of this package."""
    messages = request(Question(prompt, load_category("creative_writing")), pair, ASK_PAIR)
    sent = [{"role": message.role, "content": message.text} for message in messages]
    return {"model": judge, "messages": sent, "response_format": FORMAT, "temperature": 0}


class Plain:
    """The loops."""

    def __init__(self, server: Server, prompts: int) -> None:
        self.prompts = [str(sample.input) for sample in stories(prompts)]
        self.client = OpenAI(base_url=server.url, api_key="none")
        self.url = server.url

    def call(self, body: dict[str, object]) -> str:
        """One call, waited for."""
        reply = self.client.post("/chat/completions", body=body, cast_to=dict[str, object])
        return str(json.loads(json.dumps(reply))["choices"][0]["message"]["content"])

    def every_pair(self) -> None:
        """Prompt by prompt, draw by draw, pair by pair, judge by judge."""
        for prompt in self.prompts:
            texts = [self.call(drawing(prompt)) for _ in range(RESPONSES)]
            for pair in combinations(texts, 2):
                for judge in JUDGES:
                    self.call(asking(prompt, list(pair), judge))

    def first_members(self) -> None:
        """Prompt by prompt; a response is compared with the first member of each class until it fits."""
        for prompt in self.prompts:
            texts = [self.call(drawing(prompt)) for _ in range(RESPONSES)]
            for judge in JUDGES:
                firsts: list[str] = []
                for text in texts:
                    if not any(self._same(prompt, first, text, judge) for first in firsts):
                        firsts.append(text)

    def _same(self, prompt: str, first: str, text: str, judge: str) -> bool:
        return read_pair(self.call(asking(prompt, [first, text], judge))) == "same"

    def at_once(self) -> None:
        """All draws at once, then all verdicts at once, of all prompts."""
        asyncio.run(self._at_once())

    async def _at_once(self) -> None:
        async with AsyncOpenAI(base_url=self.url, api_key="none", timeout=600) as client:

            async def call(body: dict[str, object]) -> str:
                reply = await client.post("/chat/completions", body=body, cast_to=dict[str, object])
                return str(json.loads(json.dumps(reply))["choices"][0]["message"]["content"])

            async def gather(calls: list[Awaitable[str]]) -> list[str]:
                return list(await asyncio.gather(*calls))

            async def one(prompt: str) -> None:
                texts = await gather([call(drawing(prompt)) for _ in range(RESPONSES)])
                pairs = list(combinations(texts, 2))
                await gather([call(asking(prompt, list(pair), judge)) for pair in pairs for judge in JUDGES])

            await asyncio.gather(*[one(prompt) for prompt in self.prompts])


def contestants(server: Server, prompts: int) -> dict[str, Callable[[], Taken]]:
    """What is measured, by what the table calls it."""
    flags = ("-T", f"prompts={prompts}")
    plain = Plain(server, prompts)

    def loop(run: Callable[[], None]) -> Callable[[], Taken]:
        def measured() -> Taken:
            server.take()
            run()
            return server.take()

        return measured

    return {
        "draws: inspect_homog": lambda: inspect_eval(server, "draw", CONNECTIONS, *flags).taken,
        "draws: solver of inspect_evals/novelty_bench": lambda: (
            inspect_eval(server, "draw_as_inspect_evals", CONNECTIONS, *flags).taken
        ),
        "draws and verdicts: inspect_homog, `pairs`": lambda: (
            inspect_eval(server, "draw_and_judge", CONNECTIONS, *flags, judges=JUDGES).taken
        ),
        "draws and verdicts: plain loop, every pair in turn": loop(plain.every_pair),
        "draws and verdicts: plain loop, NoveltyBench's partition in turn": loop(plain.first_members),
        "draws and verdicts: `openai` client alone, all at once": loop(plain.at_once),
    }


def main() -> None:
    """Measure all in turn, `--repeats` times over; ratios are to the first line of each kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--prompts", type=int, default=10)
    parser.add_argument("--latency", type=float, default=0.1, help="seconds")
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    found: dict[str, list[Taken]] = {}
    with fixed_latency(args.latency) as server:
        for _ in range(args.repeats):
            for name, run in contestants(server, args.prompts).items():
                found.setdefault(name, []).append(run())
    rows = []
    for name, runs in found.items():
        kind = name.partition(":")[0]
        ours = found[next(one for one in found if one.startswith(kind))]
        ratios = [run.seconds / own.seconds for run, own in zip(runs, ours, strict=True)]
        rows.append((name, runs[0].total, spread([run.seconds for run in runs]), spread(ratios)))
    print(table(["what", "calls", "seconds", "over inspect_homog"], rows))
    with beside():
        versions = machine("inspect_evals", "openai")
    print(
        f"\n{args.prompts} prompts x {RESPONSES} responses, {len(JUDGES)} judges, latency {args.latency} s, "
        f"{args.repeats} repeats (median and range); {versions}"
    )


if __name__ == "__main__":
    main()
