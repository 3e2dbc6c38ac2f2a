"""Many samples of scripted models in one evaluation: what each part of them takes, printed as JSON lines.

python -m tests.reliability.soak SAMPLES FOLDER
"""

import gc
import json
import os
import random
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.dataset import Sample
from inspect_ai.hooks import Hooks, SampleEnd, hooks
from inspect_ai.model import ModelOutput

from inspect_homog import functional_diversity, system_prompt
from tests.support.runs import WORDS, grader, mock, reply_of

PARTS = 40


@dataclass(frozen=True)
class Reading:
    """The process after a number of samples."""

    samples: int
    cpu: float
    """CPU seconds so far, those of the loop left out."""

    collector: float
    """CPU seconds of these in Python's garbage collector, which visits all that Inspect keeps."""

    loop: float
    """CPU seconds so far of a fixed loop that is run now and then: how fast the machine is meanwhile."""

    resident: float
    """Resident memory now, in MiB."""

    files: int
    """Open file descriptors."""


def looped() -> float:
    """CPU seconds of the fixed loop."""
    began = time.process_time()
    sum(json.loads(json.dumps({"place": place}))["place"] for place in range(1000))
    return time.process_time() - began


class Collector:
    """CPU seconds of the garbage collector, from now on."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._began = 0.0
        gc.callbacks.append(self._note)

    def _note(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._began = time.process_time()
        else:
            self.spent += time.process_time() - self._began


def reading(samples: int, loop: float, collector: float) -> Reading:
    """What this process has used until now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    resident = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    files = len(os.listdir("/proc/self/fd"))
    return Reading(samples, time.process_time() - loop, collector, loop, resident, files)


def two(input: Any, tools: Any, choice: Any, config: Any) -> ModelOutput:
    """A completion that holds two responses, other ones for other prompts."""
    chance = random.Random(input[-1].text)
    return reply_of("target", json.dumps({"responses": chance.choices(WORDS, k=2)}))


def soak(samples: int, folder: Path) -> list[Reading]:
    """Draw two responses in one call, judge them in another, and read the meters after each part."""
    found: list[Reading] = []
    done, loop = 0, 0.0
    collector = Collector()

    @hooks(name="meters", description="Memory, time and open files.")
    class Meters(Hooks):
        async def on_sample_end(self, data: SampleEnd) -> None:
            nonlocal done, loop
            done += 1
            if done % 25 == 0:
                loop += looped()
            if done % (samples // PARTS) == 0:
                found.append(reading(done, loop, collector.spent))

    dataset = [
        Sample(f"Name a thing for place {i}.", id=i, metadata={"category": "creative_writing"})
        for i in range(samples)
    ]
    (log,) = inspect_eval(
        Task(dataset=dataset, solver=system_prompt(2), scorer=functional_diversity()),
        model=mock("target", two),
        model_roles={"grader": mock("judge", grader(2))},
        log_dir=str(folder),
        log_header_only=True,
        log_realtime=False,
        log_buffer=100,
        score_display=False,  # means so far, over all samples so far, every few seconds
        display="none",
    )
    assert log.status == "success", log.error
    assert log.results
    scored = log.results.scores[0].scored_samples
    assert scored == samples, scored
    return found


if __name__ == "__main__":
    for each in soak(int(sys.argv[1]), Path(sys.argv[2])):
        print(json.dumps(asdict(each)))
