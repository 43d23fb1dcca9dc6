"""What the runner does once an hour: deletions that can wait, which apps register."""

from collections.abc import Callable

_acts: list[Callable[[], object]] = []


def register_hourly(act: Callable[[], object]) -> None:
    """Has `run_publishing` call `act` every hour, on one machine at a time."""
    _acts.append(act)


def act_hourly() -> None:
    for act in _acts:
        act()
