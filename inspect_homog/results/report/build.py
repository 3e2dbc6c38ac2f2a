"""The report of some runs: the page, and the same figures and tables as files."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from markupsafe import Markup

from ..alike import unlike
from ..page.render import render, write_page
from ..progress import progress
from ..run import Run
from .browser import index_of, packed, parts_of
from .categories import Categories
from .charts import to_png, to_svg
from .figures import Panel, general_panels, quality_panels, unique_by_category
from .heatmap import cell_colours
from .judges import judge_rows
from .rows import rows, settings, strategy, when
from .series import Series, all_series
from .tables import headline_table, judges_table, samples_table, shown, to_markdown, write_csv


class Report:
    """A report of runs; whatever is asked for twice is worked out once."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        self.rows = rows(runs)
        self.judges = judge_rows(runs)
        self.series = all_series(runs)
        self.figures = _figures(self.series)

    def page(self) -> str:
        """The page as HTML."""
        known = Categories(self.runs)
        categories = sorted({row.category for row in self.rows}, key=known.place)
        return render(
            "report/report.html.jinja",
            scripts=["report/report.js"],
            runs=self.runs,
            rows=self.rows,
            judges=self.judges,
            unlike=unlike(self.runs),
            series=self.series,
            categories=[(name, known.title(name)) for name in categories],
            heatmap=sorted({name for one in self.series for name in one.groups}, key=known.place),
            figures={name: [_drawn(panel) for panel in panels] for name, panels in self.figures.items()},
            index=packed(index_of(self.runs)),
            parts=parts_of(self.runs),
            title_of=known.title,
            strategy_of=strategy,
            settings_of=settings,
            file_of=lambda run: PurePath(run.source).name,
            pairs=lambda names: [(name, name) for name in names],
            when=when,
            cell_colours=cell_colours,
        )

    def write_figures(self, folder: Path) -> None:
        """Each figure as a PNG file."""
        folder.mkdir(parents=True, exist_ok=True)
        panels = [panel for panels in self.figures.values() for panel in panels]
        with progress("Drawing figures", len(panels)) as advance:
            for panel in panels:
                (folder / f"{panel.name}.png").write_bytes(to_png(panel.chart, panel.title))
                advance(1)

    def write_csv(self, folder: Path) -> None:
        """The headline, the judges and the samples as CSV files."""
        tables = [headline_table(self.rows), judges_table(self.judges), samples_table(self.runs)]
        write_csv(tables, folder)

    def write_markdown(self, file: Path) -> None:
        """The headline and the judges as Markdown."""
        file.parent.mkdir(parents=True, exist_ok=True)
        notes = "".join(f"{shown(note)}\n\n" for note in unlike(self.runs))
        text = notes + to_markdown([headline_table(self.rows), judges_table(self.judges)])
        file.write_text(text, "utf-8", errors="replace")

    def write_page(self, file: Path) -> None:
        """The page as one file."""
        write_page(file, self.page())


def _figures(series: Sequence[Series]) -> dict[str, list[Panel]]:
    return {
        "unique": unique_by_category(series),
        "quality": quality_panels(series),
        "general": general_panels(series),
    }


def _drawn(panel: Panel) -> tuple[Panel, Markup]:
    """The panel and its SVG, which Vega writes and escapes."""
    return panel, Markup(to_svg(panel.chart))
