"""What there is to do, which apps register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

HOURLY, DAILY = timedelta(hours=1), timedelta(days=1)

_chores: dict[str, "Chore"] = {}


class ChoreProblem(Exception):
    """The chore is done, and found something that needs a person. str() is a sentence that says what."""


@dataclass(frozen=True)
class Chore:
    """Something to do every so often. `act` returns a sentence that says what it did; `title` says what it is for."""

    name: str
    title: str
    act: Callable[[], str]
    every: timedelta


def register_chore(name: str, title: str, act: Callable[[], str], every: timedelta = HOURLY) -> None:
    """Has `run_publishing` call `act` that often, on one machine at a time. `act` may take its time."""
    _chores[name] = Chore(name, title, act, every)


def chores() -> list[Chore]:
    """All of them, by title."""
    return sorted(_chores.values(), key=lambda chore: chore.title)


def sent_message(count: int) -> str:
    """“1 email sent.”, “No emails sent.”"""
    return f"{count or 'No'} {'email' if count == 1 else 'emails'} sent."


def deleted_message(count: int, noun: str, plural: str = "") -> str:
    """“1 session deleted.”, “No sessions deleted.”"""
    return f"{count or 'No'} {noun if count == 1 else plural or noun + 's'} deleted."
