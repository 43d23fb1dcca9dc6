"""The chart of figures: where each mark stands on an axis from 0 to 100 percent.

One row a figure, under the heading of its outcome and in the editors' order. Nothing is sorted by size, added up or
averaged: the figures measure different objects.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from impact.evidence import Evidence
from impact.notation import Direction, OutcomeGroup, Unit, plain_number
from impact.stats import ImpactStat
from impact.status import Relation, Status

# Heights within a row, in pixels: the marks, the ends of a tick, and the line of text of each tick.
MARKS_AT, TICK_FROM, TICK_TO, LABEL_LINE = 16, 3, 29, 19
# “31%” and “5.5% fewer”, but no words around them: what a study reports otherwise has no place on the axis.
_REPORTED_FALL = re.compile(r"(\d+(?:\.\d+)?)%(?: fewer| less| lower)?")
_LONGEST_WORD = 12
# Class and radius. Every mark is 12 pixels wide; that of a ring runs through the middle of its 2.5 pixel stroke.
_DASHED = ("mark-dashed", "4.75")
_MARKS = {
    Status.MATCHES: ("mark-disc", "6"),
    Status.TO_CHECK: ("mark-ring", "4.75"),
    Status.OVERDUE: ("mark-ring", "4.75"),
}


@dataclass(frozen=True)
class Tick:
    """What a study reports instead: its place on the axis in percent, and its label."""

    at: str
    label: str
    # The label stands below the marks, each on a line of its own, and runs towards the middle of the row.
    anchor: str
    label_at: int


@dataclass(frozen=True)
class ChartRow:
    """One figure. Places are percentages of the row's width, so marks keep their size however wide it is."""

    stat: ImpactStat
    mark: str
    radius: str
    low: str
    high: str
    span: str
    ticks: tuple[Tick, ...]

    @property
    def height(self) -> int:
        return TICK_TO + 3 + LABEL_LINE * len(self.ticks)


@dataclass(frozen=True)
class OutcomeRows:
    """The figures of one kind of outcome: all of them, and those that the axis can show."""

    heading: str
    stats: tuple[ImpactStat, ...]
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True)
class Chart:
    """Figures by outcome, for the drawing and for the table below it."""

    groups: tuple[OutcomeRows, ...]

    @property
    def drawn(self) -> tuple[OutcomeRows, ...]:
        """The groups that have a row on the axis."""
        return tuple(group for group in self.groups if group.rows)

    @property
    def leaves_some_out(self) -> bool:
        """Whether figures stand in the table that the axis cannot show."""
        return any(len(group.rows) < len(group.stats) for group in self.groups)


def chart_of(stats: Sequence[ImpactStat]) -> Chart:
    """The chart of figures given in the editors' order."""
    groups = []
    for kind in OutcomeGroup:
        of_kind = tuple(stat for stat in stats if stat.outcome_group == kind)
        if of_kind:
            rows = tuple(row_of(stat) for stat in of_kind if fits_the_axis(stat))
            groups.append(OutcomeRows(str(kind.label), of_kind, rows))
    return Chart(tuple(groups))


def fits_the_axis(stat: ImpactStat) -> bool:
    """The axis shows by how many percent something fell."""
    is_fall = stat.unit == Unit.PERCENT and stat.direction != Direction.INCREASE
    return is_fall and stat.value_low is not None and max(stat.value_low, stat.value_high or Decimal(0)) <= 100


def row_of(stat: ImpactStat) -> ChartRow:
    """One figure that fits the axis, with what studies report instead."""
    low, high = stat.value_low or Decimal(0), stat.value_high
    reported = [tick for item in stat.evidence.all() if (tick := reported_instead(item))]
    mark, radius = _MARKS.get(stat.status, _DASHED)
    ticks = (
        Tick(
            at=f"{plain_number(at)}%",
            label=f"{word}: {plain_number(at)}%",
            anchor="start" if at <= 50 else "end",
            label_at=TICK_TO + LABEL_LINE * line - 4,
        )
        for line, (at, word) in enumerate(reported, start=1)
    )
    return ChartRow(
        stat=stat,
        mark=mark,
        radius=radius,
        low=f"{plain_number(low)}%",
        high=f"{plain_number(high)}%" if high is not None else "",
        span=f"{plain_number(high - low)}%" if high is not None else "",
        ticks=tuple(ticks),
    )


def reported_instead(item: Evidence) -> tuple[Decimal, str] | None:
    """(31, “study”) for a study that reports a fall of 31%; None for one that is not against the figure."""
    if item.relation not in (Relation.DIFFERS, Relation.CONFLICTS):
        return None
    match = _REPORTED_FALL.fullmatch(item.reports.strip())
    if not match or Decimal(match[1]) > 100:
        return None
    words = item.study.described_as.split() if item.study else []
    return Decimal(match[1]), words[-1] if words and len(words[-1]) <= _LONGEST_WORD else "study"
