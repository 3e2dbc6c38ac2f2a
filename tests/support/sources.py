"""Small copies of the six sources in their true schemas, with made-up rows."""

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd

Rows = list[dict[str, Any]]


def simpleqa() -> Rows:
    return [
        {
            "metadata": "{'topic': 'Made up'}",
            "problem": f"What is the number of door {i}?",
            "answer": f"No. {i}",
        }
        for i in range(60)
    ]


def math500() -> Rows:
    return [
        {
            "problem": f"What is ${i} + {level}$?",
            "solution": f"It is $\\boxed{{{i + level}}}$.",
            "answer": str(i + level),
            "subject": "Prealgebra",
            "level": level,
            "unique_id": f"test/prealgebra/{10 * i + level}.json",
        }
        for i in range(12)
        for level in range(1, 6)
    ]


KINDS = [("Yes", "unconventional"), ("Yes", "conventional"), ("No", "N/A")]


def macgyver() -> Rows:
    return [
        {
            "ID": 1 + i,
            "Problem": f"Reach shelf {i} with a spoon and a rope. How?",
            "Solvable?": KINDS[i % 3][0],
            "Unconventional?": KINDS[i % 3][1],
            "Solution": "Step1: Tie the spoon to the rope.",
            "Label": "efficient",
        }
        for i in range(180)
    ]


def novelty_bench() -> Rows:
    return [
        {
            "id": f"curated-{i}",
            "category": "Creativity",
            "prompt": f"Write a line about lamp {i}.",
            "prompt_paraphrases": [f"A line about lamp {i}, please."],
        }
        for i in range(100)
    ]


def community_alignment() -> Rows:
    mine = [
        {
            "conversation_id": i,
            "assigned_lang": "en",
            "first_turn_prompt": f"Which hobby suits a person of {i}?",
            "is_pregenerated_first_prompt": False,
        }
        for i in range(60)
    ]
    other = [
        {**mine[0], "conversation_id": 100},
        {**mine[1], "conversation_id": 101, "first_turn_prompt": " Which hobby suits a person of 1? "},
        {**mine[0], "conversation_id": 102, "assigned_lang": "fr", "first_turn_prompt": "Quel loisir ?"},
        {**mine[0], "is_pregenerated_first_prompt": True, "first_turn_prompt": "Given to the annotator"},
        {**mine[0], "first_turn_prompt": ""},
    ]
    return other + mine


def wildbench() -> Rows:
    rows: Rows = []
    for i in range(50):
        turns = [{"role": "user", "content": f"Plan trip {i}.", "language": "English"}]
        if i % 2:
            turns += [
                {"role": "assistant", "content": "Where to?", "language": "English"},
                {"role": "user", "content": "To the sea.", "language": "English"},
            ]
        rows.append(
            {
                "id": f"w{i}",
                "conversation_input": turns,
                "checklist": ["Is it short?"],
                "primary_tag": "Planning",
            }
        )
    return rows


FILES = {
    "simpleqa": ("simple_qa_test_set.csv", simpleqa),
    "math500": ("math500.jsonl", math500),
    "macgyver": ("problem_solution_pair.xlsx", macgyver),
    "novelty_bench": ("novelty_bench/curated.jsonl", novelty_bench),
    "community_alignment": ("community_alignment.csv", community_alignment),
    "wildbench": ("wildbench.jsonl", wildbench),
}


def write(path: Path, rows: Rows) -> None:
    """Write rows as the ending says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        pd.DataFrame(rows).to_excel(path, index=False, sheet_name="Sheet1")
    elif path.suffix == ".parquet":
        pd.DataFrame(rows).to_parquet(path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)


def write_all(folder: Path) -> Path:
    """All six; returns the folder."""
    for name, rows in FILES.values():
        write(folder / name, rows())
    return folder
