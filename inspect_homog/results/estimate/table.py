"""An estimate as a table for the terminal."""

from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from .records import Calls, Estimate, Line


def show_estimate(found: Estimate, console: Console) -> None:
    """Print the table, and below it what it rests on."""
    table = Table(
        title=f"{escape(found.task)} · prompts: {found.prompts} · epochs: {found.epochs}", expand=True
    )
    table.add_column("model and purpose", ratio=1)
    for name in ("calls", "range", "tokens in", "tokens out", "cost"):
        table.add_column(name, justify="right", no_wrap=True)
    for (role, model), lines in groupby(found.lines, key=lambda line: (line.role, line.model)):
        table.add_row(Text(f"{role} {model}", style="bold"))
        for line in lines:
            table.add_row(Text(f"  {line.purpose}"), *_figures(line.calls, [line], line.cost))
        table.add_section()
    table.add_row(Text("all", style="bold"), *_figures(found.calls, found.lines, found.cost))
    console.print(table)
    for sentence in [
        f"At least {found.rounds} rounds of calls a prompt, one after the other.",
        *_prices(found),
    ]:
        console.print(Text(sentence))
    for sentence in found.assumptions:
        console.print(Text(f"- {sentence}"))


def _figures(calls: Calls, lines: list[Line], cost: float | None) -> list[str]:
    """Calls, their bounds where they are open, tokens, and dollars."""
    return [
        f"{calls.expected:,.0f}",
        "" if calls.least == calls.most else f"{calls.least:,.0f} to {calls.most:,.0f}",
        f"{sum(line.input_tokens for line in lines):,.0f}",
        f"{sum(line.output_tokens for line in lines):,.0f}",
        "unknown" if cost is None else f"${cost:,.2f}" if cost >= 1 else f"${cost:.4f}",
    ]


def _prices(found: Estimate) -> list[str]:
    """Which prices are unknown, and how to make them known."""
    unknown = dict.fromkeys(line.model for line in found.lines if line.cost is None)
    if not unknown:
        return []
    return [f"Price unknown: {', '.join(unknown)}. Inspect ships none: give --model-cost-config."]
