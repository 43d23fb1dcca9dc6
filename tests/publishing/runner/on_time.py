"""Measures punctuality: many objects are due at once on the running site while its publishing process is killed."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from django.conf import settings

from site_core.ops import supervisor
from tests.running_site import WAIT, RunningSite, wait_until

# Seconds before the due time: when the publishing process is killed, and when nothing may be public yet.
KILLED_BEFORE, LOOKED_BEFORE = 5, 1
# Up to this many are all checked until they are public. Of more, only the last is.
FEW = 20


@dataclass(frozen=True)
class Trial:
    """The result of a trial. Times are in seconds after the due time."""

    early: int
    first_seen: float
    all_seen: float
    lateness: list[float]
    twice: int
    reasons: list[str]
    schedules_kept: int
    not_public: int
    public_though_broken: int

    def __str__(self) -> str:
        late = sorted(self.lateness)
        middle, most = (quantiles(late, n=100, method="inclusive")[number] for number in (49, 98))
        return (
            f"first seen {self.first_seen:.2f} s, last seen {self.all_seen:.2f} s after the time; "
            f"lateness p50 {middle:.2f} s, p99 {most:.2f} s, max {late[-1]:.2f} s"
        )


def inside(site: RunningSite, call: str) -> Any:
    """Call a function of `on_time_inside` in another process, and return its result."""
    said = site.shell(
        f"import json\nfrom tests.publishing.runner import on_time_inside as inside\nprint(json.dumps(inside.{call}))"
    )
    return json.loads(said.splitlines()[-1])


def status(site: RunningSite, url: str) -> int:
    connection = http.client.HTTPConnection(supervisor.HOST, site.port, timeout=30)
    try:
        connection.request("GET", url)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def try_it(site: RunningSite, number: int, poisoned: int, *, kill: bool, seconds_ahead: int = 20) -> Trial:
    """Schedule objects, kill the publishing process before they are due, watch the site, and collect the result."""
    plan = inside(site, f"schedule({number}, {poisoned}, {seconds_ahead})")
    at, urls, good = plan["at"], plan["urls"], plan["good"]
    if kill:
        time.sleep(max(0, at - KILLED_BEFORE - time.time()))
        worker = site.child("run_publishing")
        assert worker
        os.kill(worker, signal.SIGKILL)
    time.sleep(max(0, at - LOOKED_BEFORE - time.time()))
    early = seen_before(at, site, urls)
    time.sleep(max(0, at - time.time()))
    wait_until(lambda: status(site, urls[0]) == 200)
    first_seen = time.time() - at
    # In their order and not all at once, of many only the last and that seldom: to look at a page takes time from the
    # publishing that is to be measured.
    each, pause = (urls[:good], 0.1) if number <= FEW else (urls[good - 1 : good], 1)
    for url in each:
        while status(site, url) != 200:
            assert time.time() - at < WAIT, "waited too long"
            time.sleep(pause)
    all_seen = time.time() - at
    wait_until(lambda: len(inside(site, f"what_came_of_it({plan['revisions']})")["reasons"]) == poisoned)
    result = inside(site, f"what_came_of_it({plan['revisions']})")
    answers = [status(site, url) for url in urls]
    return Trial(
        early=early,
        first_seen=first_seen,
        all_seen=all_seen,
        lateness=[published - at for published in result["times"]],
        twice=len(result["published"]) - len(set(result["published"])),
        reasons=result["reasons"],
        schedules_kept=result["schedules"],
        not_public=sum(answer != 200 for answer in answers[:good]),
        public_though_broken=sum(answer == 200 for answer in answers[good:]),
    )


def seen_before(at: float, site: RunningSite, urls: list[str]) -> int:
    """How many are public too early, of as many as can be checked until the due time."""
    seen = looked_at = 0
    for url in urls:
        answer = status(site, url)
        if time.time() >= at:
            break
        looked_at += 1
        seen += answer == 200
    assert looked_at, "the look before the time came too late to say anything"
    return seen


def second_runner(site: RunningSite) -> subprocess.Popen[bytes]:
    """A second publishing process, besides the supervisor's."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_publishing"],
        cwd=settings.BASE_DIR,
        env=site.environment,
        stderr=subprocess.DEVNULL,
    )
