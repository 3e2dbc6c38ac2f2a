"""One long evaluation: nothing piles up beyond what Inspect keeps of each sample."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from tests.reliability.soak import PARTS
from tests.support.sizes import SOAK

pytestmark = [pytest.mark.reliability, pytest.mark.slow]


def test_memory_files_and_throughput_of_a_long_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.soak", str(SOAK), str(tmp_path / "logs")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    readings = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [one["samples"] for one in readings] == [SOAK // PARTS * part for part in range(1, PARTS + 1)]
    warm, last = readings[PARTS // 10], readings[-2]  # with the last part, the log is closed

    assert last["files"] <= warm["files"] + 2

    # Inspect itself keeps 18 to 21 KiB of every sample until the end (benchmarks/growth.py).
    each = (last["resident"] - warm["resident"]) / (last["samples"] - warm["samples"]) * 1024
    assert each < 40, f"{each:.1f} KiB a sample"

    # In units of a fixed loop's time: what else the machine does slows both.
    parts = list(pairwise(readings))[PARTS // 10 : -1]
    spent = [(b["cpu"] - a["cpu"]) / (b["loop"] - a["loop"]) for a, b in parts]
    collected = [(b["collector"] - a["collector"]) / (b["loop"] - a["loop"]) for a, b in parts]
    late = kept_up([whole - part for whole, part in zip(spent, collected, strict=True)])
    print(
        f"{SOAK} samples: {each:.1f} KiB each, {last['files']} open files, throughput at the end "
        f"{kept_up(spent):.2f} of that at the start, {late:.2f} without the garbage collector"
    )
    assert late > (0.9 if SOAK >= 20_000 else 0.6)


def kept_up(costs: list[float]) -> float:
    """Throughput in the last third over that in the first."""
    third = len(costs) // 3
    return median(costs[:third]) / median(costs[-third:])
