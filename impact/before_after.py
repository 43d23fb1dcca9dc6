"""Two counts over two periods, and what may be said of the change between them.

Where the periods are of one length, the change in percent; where they are not, what came to each year; where only one
length is known, the counts alone. Periods that are no whole years, such as “2017 to the same date” and “2018 to date”,
are taken to be as long as each other, as the block asks of whoever enters them.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_YEARS = re.compile(r"^\s*(\d{4})(?:\s*[-–]\s*(\d{4}))?\s*$")


def whole_years(period: str) -> int | None:
    """How many years “2015” or “2004–2011” spans; None for anything but whole calendar years."""
    match = _YEARS.match(period)
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return last - first + 1 if last >= first else None


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class BeforeAfter:
    """A count in one period and in a later one."""

    before: int
    before_period: str
    after: int
    after_period: str

    @property
    def periods_differ(self) -> bool:
        """Whether the periods are known to differ in length, or only one of them is known."""
        return whole_years(self.before_period) != whole_years(self.after_period)

    @property
    def percent(self) -> int | None:
        """The change in whole percent, 55 for 31 → 14; None where it would say nothing or mislead."""
        if self.periods_differ or self.before == 0:
            return None
        return int(_rounded(abs(Decimal(self.before - self.after)) * 100 / self.before, "1"))

    @property
    def direction(self) -> str:
        return "down" if self.after < self.before else "up"

    @property
    def change(self) -> str:
        """“Down 55%”, “No change”, or "" where no percentage may be given."""
        if self.percent is None:
            return ""
        if self.before == self.after:
            return "No change"
        return f"{self.direction.capitalize()} {self._percent_in_words}"

    @property
    def _percent_in_words(self) -> str:
        """Rounding never makes nothing of a change, and never everything of a part."""
        if self.percent == 0:
            return "less than 1%"
        return "more than 99%" if self.percent == 100 and self.after else f"{self.percent}%"

    @property
    def yearly_rates(self) -> tuple[Decimal, Decimal] | None:
        """What came to each year before and after, to one decimal place, where the periods differ in length."""
        before, after = whole_years(self.before_period), whole_years(self.after_period)
        if before is None or after is None or before == after:
            return None
        return _rounded(Decimal(self.before) / before, "0.1"), _rounded(Decimal(self.after) / after, "0.1")

    @property
    def caution(self) -> str:
        """What a reader must know before comparing the two counts; "" where nothing stands in the way."""
        if self.yearly_rates:
            before, after = self.yearly_rates
            return f"The periods differ in length: that is about {before} and {after} a year."
        if self.periods_differ:
            return "The periods may differ in length, so the two counts cannot be compared directly."
        return ""
