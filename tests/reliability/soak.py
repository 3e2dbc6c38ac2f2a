"""Many samples of scripted models in one evaluation: what a tenth of them takes, printed as JSON lines.

python -m tests.reliability.soak SAMPLES FOLDER
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.dataset import Sample
from inspect_ai.hooks import Hooks, SampleEnd, hooks

from inspect_homog import functional_diversity, temperature
from tests.support.runs import grader, mock, target

PARTS = 10


@dataclass(frozen=True)
class Reading:
    """The process after a number of samples."""

    samples: int
    cpu: float
    """CPU seconds so far."""

    resident: float
    """Resident memory now, in MiB."""

    files: int
    """Open file descriptors."""


def reading(samples: int) -> Reading:
    """What this process has used until now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    resident = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return Reading(samples, time.process_time(), resident, len(os.listdir("/proc/self/fd")))


def soak(samples: int, folder: Path) -> list[Reading]:
    """Draw two responses a prompt, judge the pair, and read the meters after each tenth of the samples."""
    found: list[Reading] = []
    done = 0

    @hooks(name="meters", description="Memory, time and open files.")
    class Meters(Hooks):
        async def on_sample_end(self, data: SampleEnd) -> None:
            nonlocal done
            done += 1
            if done % (samples // PARTS) == 0:
                found.append(reading(done))

    dataset = [
        Sample(f"Name a thing for place {i}.", id=i, metadata={"category": "creative_writing"})
        for i in range(samples)
    ]
    (log,) = inspect_eval(
        Task(dataset=dataset, solver=temperature(2), scorer=functional_diversity()),
        model=mock("target", target("soak")),
        model_roles={"grader": mock("judge", grader(2))},
        log_dir=str(folder),
        log_header_only=True,
        log_realtime=False,
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
