"""What the runner does once an hour: deletions and emails that can wait, which apps register."""

import logging
from collections.abc import Callable

from django.db import Error

logger = logging.getLogger(__name__)

_acts: list[Callable[[], object]] = []


def register_hourly(act: Callable[[], object]) -> None:
    """Has `run_publishing` call `act` every hour, on one machine at a time."""
    _acts.append(act)


def act_hourly() -> None:
    """A failure ends neither the publishing nor what else is done every hour."""
    for act in _acts:
        try:
            act()
        except Error:
            raise
        except Exception:
            logger.exception("“%s” failed. It is tried again in an hour.", getattr(act, "__name__", act))
