"""What each scoring of a log said, oldest first: `python scorings.py LOG`."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from inspect_ai.log import EvalSample, read_eval_log

SCORER = "functional_diversity"


def scorings(sample: EvalSample) -> Iterator[Mapping[str, Any]]:
    """Value, judges and reason of each scoring. The last score keeps what came before it as `former`."""
    *_, last = [score for name, score in (sample.scores or {}).items() if name.startswith(SCORER)]
    metadata = last.metadata or {}
    yield from metadata.get("former", [])
    yield {**metadata, "value": last.value}


def main() -> None:
    """Print a Markdown table."""
    print("| prompt | scoring | judge | unique | abstained |\n|---|---|---|---|---|")
    for sample in read_eval_log(sys.argv[1]).samples or []:
        for number, one in enumerate(scorings(sample), start=1):
            for judge in one["judges"]:
                unique = judge.get("unique")
                print(
                    f"| {sample.id} | {number} | {judge['judge']} | {'open' if unique is None else unique} "
                    f"| {judge['abstained']} of {judge['asked']} |"
                )


if __name__ == "__main__":
    main()
