"""The chart of stats: the position of each mark on an axis from 0 to 100 percent.

Each stat has one row under the heading of its outcome, in the editors' order. The chart never sorts by size, adds up
or averages, because the stats measure different outcomes in different populations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from impact.evidence import Evidence
from impact.notation import Direction, OutcomeGroup, Unit, plain_number
from impact.stats import ImpactStat
from impact.status import Relation, Status

# The lower end of ticks within a row and the line height of their labels, in pixels.
TICK_END, LABEL_LINE = 29, 19
# “31%” or “5.5% fewer” and nothing around it. Other reports have no position on the axis.
_REPORTED_FALL = re.compile(r"(\d+(?:\.\d+)?)%(?: fewer| less| lower)?")
_LONGEST_WORD = 12
# CSS class and radius. Every mark is 12 pixels wide; the radius of a ring ends in the middle of its 2.5 pixel stroke.
_DASHED = ("mark-dashed", "4.75")
_MARKS = {
    Status.MATCHES: ("mark-disc", "6"),
    Status.TO_CHECK: ("mark-ring", "4.75"),
    Status.OVERDUE: ("mark-ring", "4.75"),
}


@dataclass(frozen=True)
class Tick:
    """The deviating result of a study: its position on the axis in percent, and its label.

    Labels stand below the marks, each on its own line, and run toward the middle of the row: `anchor` is the SVG
    text anchor, `label_at` the baseline in pixels.
    """

    at: str
    label: str
    anchor: str
    label_at: int


@dataclass(frozen=True)
class ChartRow:
    """The row of one stat. Positions are percentages of the row's width, so marks keep their size at any width."""

    stat: ImpactStat
    mark: str
    radius: str
    low: str
    high: str
    span: str
    ticks: tuple[Tick, ...]

    @property
    def height(self) -> int:
        return TICK_END + 3 + LABEL_LINE * len(self.ticks)


@dataclass(frozen=True)
class OutcomeRows:
    """The stats of one kind of outcome, and the rows of those that the axis can show."""

    heading: str
    stats: tuple[ImpactStat, ...]
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True)
class Chart:
    """Stats by outcome, for the drawing and for the table below it."""

    groups: tuple[OutcomeRows, ...]

    @property
    def drawn(self) -> tuple[OutcomeRows, ...]:
        """The groups that have a row on the axis."""
        return tuple(group for group in self.groups if group.rows)

    @property
    def is_partial(self) -> bool:
        """Whether the table has stats that the axis cannot show."""
        return any(len(group.rows) < len(group.stats) for group in self.groups)


def chart_of(stats: Sequence[ImpactStat]) -> Chart:
    """The chart of stats, which come in the editors' order."""
    groups = []
    for kind in OutcomeGroup:
        of_kind = tuple(stat for stat in stats if stat.outcome_group == kind)
        if of_kind:
            rows = tuple(row_of(stat) for stat in of_kind if fits_axis(stat))
            groups.append(OutcomeRows(str(kind.label), of_kind, rows))
    return Chart(tuple(groups))


def fits_axis(stat: ImpactStat) -> bool:
    """Whether the stat is a fall of 0 to 100 percent, which is all that the axis shows."""
    is_fall = stat.unit == Unit.PERCENT and stat.direction != Direction.INCREASE
    return is_fall and stat.value_low is not None and max(stat.value_low, stat.value_high or Decimal(0)) <= 100


def row_of(stat: ImpactStat) -> ChartRow:
    """The row of a stat that fits the axis, with a tick for each deviating study."""
    low, high = stat.value_low or Decimal(0), stat.value_high
    reported = [tick for item in stat.evidence.all() if (tick := deviating_result(item))]
    mark, radius = _MARKS.get(stat.status, _DASHED)
    ticks = (
        Tick(
            at=f"{plain_number(at)}%",
            label=f"{word}: {plain_number(at)}%",
            anchor="start" if at <= 50 else "end",
            label_at=TICK_END + LABEL_LINE * line - 4,
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


def deviating_result(item: Evidence) -> tuple[Decimal, str] | None:
    """(31, “study”) for a study that reports a fall of 31% instead, None for one that does not contradict the stat."""
    if item.relation not in (Relation.DIFFERS, Relation.CONFLICTS):
        return None
    match = _REPORTED_FALL.fullmatch(item.reports.strip())
    if not match or Decimal(match[1]) > 100:
        return None
    words = item.study.described_as.split() if item.study else []
    return Decimal(match[1]), words[-1] if words and len(words[-1]) <= _LONGEST_WORD else "study"
