"""The generation: a number for the whole site that every committed change visitors can see increments.

It is in a file that all processes of a machine map into memory (`generation_file`). It never decreases.
`committed_change` tells other machines to increment theirs.

A change that takes something back (see `withdrawals`) also moves `oldest_served`. Pages of an earlier generation are
never served again, not even while the database is down.

A machine that crashes loses what the system has not written to disk yet, and stored pages could have a higher number
than the file. So after each boot, and in a new file, the generation starts above every earlier one, and nothing that
was rendered before is served.

While the file cannot be used, each call gets another number, so that nothing is memoized or stored.
"""

import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from django.conf import settings

from site_core.page_cache.invalidation.generation_file import END, LOOKED, NUMBER, OLDEST, GenerationFile
from site_core.page_cache.invalidation.proxy_link import tell_proxy

_SECOND = 1_000_000_000
# Above every generation.
_NOTHING_IS_SERVED = 1 << 64
_file = GenerationFile(Path(settings.STATE_DIR) / "generation")
# Below every generation.
_unshared = count(-2, -1)


def number() -> int:
    """The current generation. Read it before rendering a page, so that a change meanwhile makes the page outdated."""
    try:
        numbers = _file.numbers()
        if 0 < numbers[END] <= time.time_ns():
            _end()
        return numbers[NUMBER]
    except OSError:
        return next(_unshared)


def is_shared(generation: int) -> bool:
    """Whether the processes of this machine share it. Nothing may be stored in one that they do not."""
    return generation > 0


def oldest_served() -> int:
    """The oldest generation of which a page may be served, whatever is down."""
    try:
        return _file.numbers()[OLDEST]
    except OSError:
        return _NOTHING_IS_SERVED


def increment() -> None:
    """Makes everything that was rendered before outdated. Raises OSError."""
    with _file.changing() as numbers:
        numbers[NUMBER] += 1


def withdraw() -> None:
    """Makes everything that was rendered before outdated, and lets none of it be served again. Raises OSError."""
    with _file.changing() as numbers:
        _file.withdraw(numbers)


def end_at(at: datetime | None) -> None:
    """Withdraws at that time by itself: something expires then, and the database may be down. Raises OSError."""
    with _file.changing() as numbers:
        numbers[END] = int(at.timestamp() * _SECOND) if at else 0


def looked_at() -> datetime | None:
    """When this machine last looked for the changes of others; None if it has not since it booted. Raises OSError."""
    looked = _file.numbers()[LOOKED]
    return datetime.fromtimestamp(looked / _SECOND, tz=UTC) if looked else None


def look_at(at: datetime) -> None:
    """Notes that this machine knows the changes of others until then. Raises OSError."""
    _file.numbers()[LOOKED] = int(at.timestamp() * _SECOND)


def tell_proxy_again() -> None:
    """Makes up for a withdrawal that a proxy on this machine was not told of. Raises OSError."""
    with _file.changing() as numbers:
        tell_proxy(_file.withdrawals, numbers[OLDEST])


def _end() -> None:
    with _file.changing() as numbers:
        # Another process may have been faster.
        if 0 < numbers[END] <= time.time_ns():
            numbers[END] = 0
            _file.withdraw(numbers)
