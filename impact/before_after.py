"""Two counts over two periods, the change that may be stated between them, and the bars that draw them.

Periods of equal length give a change in percent, periods of different length a rate per year. Where only one length
is known, the counts stand alone. Two periods that are not whole years, such as “2017 to the same date” and “2018 to
date”, count as equally long, because the block tells authors to enter only such periods.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_YEARS = re.compile(r"^\s*(\d{4})(?:\s*[-–]\s*(\d{4}))?\s*$")


def whole_years(period: str) -> int | None:
    """The number of years that “2015” or “2004–2011” spans, None for anything but whole calendar years."""
    match = _YEARS.match(period)
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return last - first + 1 if last >= first else None


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Count:
    """A count with its period, and the length of its bar in percent of the longer one, "" if no bar may be drawn."""

    number: int
    period: str
    bar: str


@dataclass(frozen=True)
class BeforeAfter:
    """A count in one period and in a later one."""

    before: int
    before_period: str
    after: int
    after_period: str

    @property
    def periods_differ(self) -> bool:
        """Whether the periods differ in length, or only one length is known."""
        return whole_years(self.before_period) != whole_years(self.after_period)

    @property
    def percent(self) -> int | None:
        """The change in whole percent, 55 for 31 → 14, or None where it is undefined or would mislead."""
        if self.periods_differ or self.before == 0:
            return None
        return int(_rounded(abs(Decimal(self.before - self.after)) * 100 / self.before, "1"))

    @property
    def direction(self) -> str:
        return "down" if self.after < self.before else "up"

    @property
    def change(self) -> str:
        """“Down 55%”, “No change”, or "" where there is no percentage."""
        if self.percent is None:
            return ""
        if self.before == self.after:
            return "No change"
        return f"{self.direction.capitalize()} {self._percent_words}"

    @property
    def _percent_words(self) -> str:
        """The percentage, with rounding to 0 or 100 spelled out: a change is never “0%”, a part never “100%”."""
        if self.percent == 0:
            return "less than 1%"
        return "more than 99%" if self.percent == 100 and self.after else f"{self.percent}%"

    @property
    def yearly_rates(self) -> tuple[Decimal, Decimal] | None:
        """The counts per year before and after, to one decimal place, or None where the periods do not differ."""
        per_year = self._per_year
        return per_year and (_rounded(per_year[0], "0.1"), _rounded(per_year[1], "0.1"))

    @property
    def _per_year(self) -> tuple[Decimal, Decimal] | None:
        before, after = whole_years(self.before_period), whole_years(self.after_period)
        if before is None or after is None or before == after:
            return None
        return Decimal(self.before) / before, Decimal(self.after) / after

    @property
    def counts(self) -> tuple[Count, Count]:
        """Both counts with their bars, on a scale of their own that starts at 0.

        The bars of periods that differ in length show the counts per year. Without both lengths there are no bars.
        """
        drawn = self._per_year or (Decimal(self.before), Decimal(self.after))
        largest = max(drawn)
        if largest == 0 or (self.periods_differ and not self._per_year):
            bars = ["", ""]
        else:
            bars = [f"{_rounded(value * 100 / largest, '0.1')}%" for value in drawn]
        return Count(self.before, self.before_period, bars[0]), Count(self.after, self.after_period, bars[1])

    @property
    def caution(self) -> str:
        """What a reader must know before comparing the two counts, "" where they compare directly."""
        if self.yearly_rates:
            before, after = self.yearly_rates
            return f"The periods differ in length. The bars show the counts per year: about {before} and {after}."
        if self.periods_differ:
            return "The periods may differ in length, so the two counts cannot be compared directly."
        return ""
