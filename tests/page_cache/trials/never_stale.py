"""A trial of freshness: visitors look at the site over two processes while a writer changes it again and again."""

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
from tests.page_cache.trials.visits import ADDRESSES, Visit, Visitor
from tests.running_site import WAIT

VISITORS = 8
# Seconds for which visitors go on after the last action, and that may lie between a commit and the note of it.
AFTERWARD, MOMENT = 1, 0.2
SHOWN = 10
_INSIDE = "from tests.page_cache import never_stale_inside as inside; inside."


@dataclass
class Trial:
    """What came of one.

    `answers` holds the digest of what each address should answer after each commit, `times` when that was complete,
    `actions_of` whose commit it is.
    """

    answers: list[dict[str, str]]
    times: list[float]
    actions_of: list[str]
    actions: dict[str, int]
    # How many actions raised something, and how often each was seen that must not be, or was not that must.
    failed: int
    unlike_said: dict[str, int]
    visits: list[Visit]
    # What visitors could not ask for.
    errors: list[str]
    # Given what was right once, and what was never right.
    stale: list[Visit] = field(init=False)
    odd: list[Visit] = field(init=False)
    # Rendered while a change was committed: some of it is from before, some from after.
    mixed: list[Visit] = field(init=False)

    def __post_init__(self) -> None:
        unlike = [visit for visit in self.visits if not self._is_right(visit)]
        self.stale = [visit for visit in unlike if self._last_right(visit) is not None]
        never_right = [visit for visit in unlike if self._last_right(visit) is None]
        self.mixed = [visit for visit in never_right if self._saw_a_commit(visit)]
        self.odd = [visit for visit in never_right if not self._saw_a_commit(visit)]

    def _is_right(self, visit: Visit) -> bool:
        """Whether it is what was complete before, or of a commit during it; the last of them may not be complete."""
        return any(of[visit.address] == visit.digest for of in self.answers[visit.since : visit.until + 2])

    def _last_right(self, visit: Visit) -> int | None:
        """The commit before the visit since which what was given is not right any more."""
        before = range(visit.since - 1, -1, -1)
        return next((commit for commit in before if self.answers[commit][visit.address] == visit.digest), None)

    def _saw_a_commit(self, visit: Visit) -> bool:
        following = self.times[visit.until + 1 : visit.until + 2]
        return visit.since < visit.until or any(at < visit.ended + MOMENT for at in following)

    @property
    def first_wrong(self) -> list[str]:
        """Some of the wrong answers in words, the earliest first."""
        wrong = sorted([*self.stale, *self.odd], key=lambda visit: visit.since)
        return [self._described(visit) for visit in wrong[:SHOWN]]

    def _described(self, visit: Visit) -> str:
        given = self._last_right(visit)
        of = "what was never right" if given is None else f"what was right after commit {given}"
        asked = f"{visit.address} ({visit.how}) after commit {visit.since} ({self.actions_of[visit.since]})"
        return f"{asked}, answered by {visit.until}: {of}"

    @property
    def kinds(self) -> Counter[str]:
        """How many visits were answered with which status."""
        return Counter(visit.how[:3] for visit in self.visits)


def try_it(machine: Machine, actions: int, seed: int, *, is_silent: bool = False) -> Trial:
    """Let a writer do so many actions while visitors look."""
    complete = machine.folder / "complete"
    complete.unlink(missing_ok=True)
    with _writer(machine, f"write({actions}, {seed}, is_silent={is_silent})") as writer:
        assert writer.stdin and writer.stdout
        assert writer.stdout.readline() == "ready\n"
        visitors = [
            Visitor(
                machine.ports[number % len(machine.ports)],
                f"{seed} {number}",
                ADDRESSES,
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
    """How long after a commit every web server shows what was written; on other machines it is looked for as well.

    `commit` is the function of `never_stale_inside` that is called on the machine, with `how` it is done.
    """
    title = f"Written at {time.time_ns()}"
    with _writer(machine, f"{commit}({title!r}, **{how})") as writer:
        assert writer.stdout
        committed_at = float(writer.stdout.readline())
        for one in (machine, *others):
            for port in one.ports:
                while title not in one.text_from(port, "/impact/"):
                    assert time.time() < committed_at + WAIT, "it is never shown"
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
