"""A trial of freshness: visitors view the site through two processes while a writer keeps changing it."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from tests.page_cache.trials.machine import Machine
from tests.page_cache.trials.visits import URLS, Visit, Visitor
from tests.running_site import WAIT

VISITORS = 8
# Seconds that visitors go on after the last action, and the most between a commit and the record of it.
AFTERWARD, RECORD_DELAY = 1, 0.2
SHOWN = 10
# Seconds after which a change that is not visible is lost, however busy the machine is.
SOON = 20
_INSIDE = "from tests.page_cache.trials import never_stale_inside as inside; inside."


@dataclass
class Trial:
    """The result of a trial.

    For each commit, `answers` holds the digest of the right response of each URL, `times` when it was complete, and
    `actions_of` its action.
    """

    answers: list[dict[str, str]]
    times: list[float]
    actions_of: list[str]
    actions: dict[str, int]
    # The number of actions that raised an error, and of those seen that must not be, or not seen that must be.
    failed: int
    unlike_said: dict[str, int]
    visits: list[Visit]
    # Requests that failed.
    errors: list[str]
    # Responses that were right once, and those that were never right.
    stale: list[Visit] = field(init=False)
    odd: list[Visit] = field(init=False)
    # Responses rendered during a commit, partly from the state before it and partly from the state after it.
    mixed: list[Visit] = field(init=False)

    def __post_init__(self) -> None:
        unlike = [visit for visit in self.visits if not self._is_right(visit)]
        self.stale = [visit for visit in unlike if self._last_right(visit) is not None]
        never_right = [visit for visit in unlike if self._last_right(visit) is None]
        self.mixed = [visit for visit in never_right if self._saw_a_commit(visit)]
        self.odd = [visit for visit in never_right if not self._saw_a_commit(visit)]

    def _is_right(self, visit: Visit) -> bool:
        """Whether it matches the last commit before it or one during it. The last of these may not be complete."""
        return any(of[visit.url] == visit.digest for of in self.answers[visit.since : visit.until + 2])

    def _last_right(self, visit: Visit) -> int | None:
        """The last commit before the visit after which the response was right, or None."""
        before = range(visit.since - 1, -1, -1)
        return next((commit for commit in before if self.answers[commit][visit.url] == visit.digest), None)

    def _saw_a_commit(self, visit: Visit) -> bool:
        following = self.times[visit.until + 1 : visit.until + 2]
        return visit.since < visit.until or any(at < visit.ended + RECORD_DELAY for at in following)

    @property
    def first_wrong(self) -> list[str]:
        """Descriptions of the first wrong responses."""
        wrong = sorted([*self.stale, *self.odd], key=lambda visit: visit.since)
        return [self._described(visit) for visit in wrong[:SHOWN]]

    def _described(self, visit: Visit) -> str:
        given = self._last_right(visit)
        of = "what was never right" if given is None else f"what was right after commit {given}"
        asked = f"{visit.url} ({visit.how}) after commit {visit.since} ({self.actions_of[visit.since]})"
        return f"{asked}, answered by {visit.until}: {of}"

    @property
    def kinds(self) -> Counter[str]:
        """The number of visits by status."""
        return Counter(visit.how[:3] for visit in self.visits)


def try_it(machine: Machine, actions: int, seed: int, *, is_silent: bool = False) -> Trial:
    """Runs a writer with a number of actions while visitors view the site."""
    complete = machine.folder / "complete"
    complete.unlink(missing_ok=True)
    with _writer(machine, f"write({actions}, {seed}, is_silent={is_silent})") as writer:
        assert writer.stdin and writer.stdout
        assert writer.stdout.readline() == "ready\n"
        visitors = [
            Visitor(
                machine.ports[number % len(machine.ports)],
                f"{seed} {number}",
                URLS,
                lambda: complete.stat().st_size - 1,
            )
            for number in range(VISITORS)
        ]
        for visitor in visitors:
            visitor.start()
        writer.stdin.write("\n")
        writer.stdin.flush()
        result = json.loads(writer.stdout.readline())
        time.sleep(AFTERWARD)
        for visitor in visitors:
            visitor.stop()
    visits = [visit for visitor in visitors for visit in visitor.visits]
    return Trial(visits=visits, errors=[error for visitor in visitors for error in visitor.errors], **result)


def seconds_until_fresh(machine: Machine, commit: str, *others: Machine, **how: bool) -> float:
    """The time from a commit until every web server of all machines shows it.

    `commit` is the function of `never_stale_inside` that the machine calls, with `how` as its arguments.
    """
    title = f"Written at {time.time_ns()}"
    with _writer(machine, f"{commit}({title!r}, **{how})") as writer:
        assert writer.stdout
        committed_at = float(writer.stdout.readline())
        for one in (machine, *others):
            for port in one.ports:
                while title not in one.text_from(port, "/impact/"):
                    assert time.time() < committed_at + WAIT, "It is never shown."
                    time.sleep(0.01)
        return time.time() - committed_at


@contextmanager
def _writer(machine: Machine, call: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", f"{_INSIDE}{call}"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=machine.environment, **pipes) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
