"""One long evaluation: nothing piles up beyond what Inspect keeps of each sample."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.reliability, pytest.mark.slow]

SAMPLES = int(os.environ.get("HOMOG_SOAK", "1500"))
"""`make test-reliability` asks for 20,000."""


def test_memory_files_and_throughput_of_a_long_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.soak", str(SAMPLES), str(tmp_path / "logs")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    readings = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [reading["samples"] for reading in readings] == [SAMPLES // 10 * part for part in range(1, 11)]
    second, fifth, sixth, ninth = (readings[part - 1] for part in (2, 5, 6, 9))

    assert ninth["files"] <= second["files"] + 2

    # Inspect itself keeps 18 to 21 KiB of every sample until the end (benchmarks/growth.py).
    each = (ninth["resident"] - second["resident"]) / (ninth["samples"] - second["samples"]) * 1024
    assert each < 40, f"{each:.1f} KiB a sample"

    # In CPU time, which other work on the machine still stretches by a third: a slope would show in 20,000.
    late = (fifth["cpu"] - second["cpu"]) / (ninth["cpu"] - sixth["cpu"])
    print(f"{SAMPLES} samples: {each:.1f} KiB each, throughput at the end {late:.2f} of that at the start")
    assert late > (0.9 if SAMPLES >= 20_000 else 0.6)
