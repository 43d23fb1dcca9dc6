"""The clock by which things go live: the database's, which all machines share. A machine's own may be wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

# Beyond the first, a machine says so. Beyond the second it does not publish: it dates what it writes by its own clock.
WORTH_SAYING = timedelta(seconds=2)
TOO_FAR_OFF = timedelta(minutes=2)


@dataclass(frozen=True)
class Clock:
    """The database's time, and by how much this machine is ahead of it."""

    now: datetime
    ahead: timedelta

    @property
    def is_off(self) -> bool:
        return abs(self.ahead) > WORTH_SAYING

    @property
    def is_too_far_off(self) -> bool:
        return abs(self.ahead) >= TOO_FAR_OFF

    def __str__(self) -> str:
        seconds = round(abs(self.ahead).total_seconds())
        direction = "ahead of" if self.ahead > timedelta(0) else "behind"
        return f"The clock of this machine is {seconds} seconds {direction} that of the database"


def read_clock() -> Clock:
    """Asks the database. SQLite has no clock but the machine's."""
    asked_at = timezone.now()
    now = _database_time()
    answered_at = timezone.now()
    if now is None:
        return Clock(answered_at, timedelta(0))
    # The answer is of some time in between, so a slow one does not count as a wrong clock.
    ahead = answered_at - now if answered_at < now else asked_at - now if asked_at > now else timedelta(0)
    return Clock(now, ahead)


def _database_time() -> datetime | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
