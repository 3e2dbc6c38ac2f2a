"""Which figures a report has, from its series; what a figure leaves out, it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...plain import file_name
from ..summary import Figure
from .categories import Categories
from .charts import Axis, Point, bars, colours, scatter
from .series import COMPARED, Series

if TYPE_CHECKING:
    from altair import TopLevelMixin

AXES = {
    "quality": Axis("quality (1 to 5)", 1, 5),
    "diversity": Axis("functional diversity", 0, 1),
    "vocabulary": Axis("vocabulary diversity", 0, None),
    "embedding": Axis("embedding diversity", 0, None),
    "compression": Axis("compression diversity", 0, None),
}
"""The measures of figure 3; the general ones are drawn where their data lie."""


@dataclass(frozen=True)
class Panel:
    """One small multiple."""

    name: str
    """Name of its PNG file, without the ending."""

    title: str
    """What it shows."""

    chart: "TopLevelMixin"
    """The picture."""

    header: tuple[str, ...]
    """Column headings of its data."""

    data: list[tuple[str, ...]]
    """Its data as text, a row for each mark."""

    left_out: list[str]
    """Series without a value here."""

    @property
    def description(self) -> str:
        """The picture in words."""
        return f"{self.title}. " + "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in self.data)


def unique_by_category(series: Sequence[Series]) -> list[Panel]:
    """Mean unique responses of each series, a panel for each category (the paper's figure 2)."""
    panels = []
    known = Categories([run for one in series for run in one.runs])
    for category in sorted({name for one in series for name in one.groups}, key=known.place):
        asked = [(number, one) for number, one in enumerate(series, start=1) if category in one.groups]
        found = {
            number: figure for number, one in asked if (figure := one.by_category[category].get("unique"))
        }
        tint = colours(series)
        points = [
            Point(number, one.label, tint[one.strategy], found[number])
            for number, one in asked
            if number in found
        ]
        if points:
            most = max(run.num_responses for _, one in asked for run in one.runs)
            panels.append(
                Panel(
                    name=f"unique-{file_name(category)}",
                    title=known.title(category),
                    chart=bars(points, Axis("mean unique responses", 0, float(most))),
                    header=("series", "mean unique responses"),
                    data=[(point.label, _text(point.x)) for point in points],
                    left_out=[one.label for number, one in asked if number not in found],
                )
            )
    return panels


def quality_panels(series: Sequence[Series]) -> list[Panel]:
    """Each kind of diversity against quality (the paper's figure 3); nothing where no quality is graded."""
    return list(_against(series, [(key, "quality") for key in COMPARED[:4]]))


def general_panels(series: Sequence[Series]) -> list[Panel]:
    """General diversity against functional diversity."""
    return list(_against(series, [("diversity", key) for key in COMPARED[1:4]]))


def _against(series: Sequence[Series], pairs: Sequence[tuple[str, str]]) -> Iterator[Panel]:
    tint = colours(series)
    summaries = [one.over_all for one in series]
    for across, up in pairs:
        points, left_out = [], []
        for number, (one, summary) in enumerate(zip(series, summaries, strict=True), start=1):
            if across in summary and up in summary:
                points.append(Point(number, one.label, tint[one.strategy], summary[across], summary[up]))
            else:
                left_out.append(one.label)
        if points:
            x, y = AXES[across], AXES[up]
            yield Panel(
                name=f"{up}-by-{across}",
                title=f"{y.title} by {x.title}".capitalize(),
                chart=scatter(points, x, y),
                header=("series", x.title, y.title),
                data=[
                    (f"{point.number} {point.label}", _text(point.x), _text(point.y))
                    for point in points
                    if point.y is not None
                ],
                left_out=left_out,
            )


def _text(figure: Figure) -> str:
    interval = "" if figure.ci_lower is None else f" ({figure.ci_lower:.2f} to {figure.ci_upper:.2f})"
    return f"{figure.mean:.2f}{interval}"
