"""Checks links in the process that publishes: each once a week, with a second between two requests to one host."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from site_core.link_checks.finding import Finding, find_out
from site_core.link_checks.found_links import note_all_uses
from site_core.link_checks.models import GoneLink, LinkCheck, State
from site_core.outgoing.guard import Guard
from site_core.outgoing.trouble import Unread

# Seconds between two steps, between two requests to one host, and that a request may take with its waits.
EVERY, BETWEEN, PATIENCE = 1.0, 1.0, 15.0
# How often the links of the site are looked for.
LOOKS_FOR_LINKS = timedelta(days=1)
MOST_HOSTS = 1_000


class Pace:
    """Waits until a second has passed since the last request to a host."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, wait: Callable[[float], object] = time.sleep
    ) -> None:
        self._clock = clock
        self._wait = wait
        self._asked: dict[str, float] = {}

    def __call__(self, host: str) -> None:
        if (left := self._asked.get(host, -BETWEEN) + BETWEEN - self._clock()) > 0:
            self._wait(left)
        if len(self._asked) >= MOST_HOSTS:
            self._asked.clear()
        self._asked[host] = self._clock()


class Checker:
    """One step at a time: it looks for the links of the site once a day, and checks what is due."""

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace = pace or Pace()
        self._looking: Iterator[None] | None = None
        self._looked_at: datetime | None = None
        self._guard: Guard | None = None

    def act(self) -> None:
        """Raises what the database raises."""
        now = timezone.now()
        if self._looking is None and (self._looked_at is None or now - self._looked_at >= LOOKS_FOR_LINKS):
            self._looking, self._looked_at = note_all_uses(), now
            # What robots may read is asked anew, too.
            self._guard = None
        if self._looking is not None:
            if next(self._looking, self) is self:
                self._looking = None
        elif settings.OUTGOING_REQUESTS and (link := LinkCheck.objects.due(now).first()):
            self._check(link)

    def _check(self, link: LinkCheck) -> None:
        self._guard = self._guard or Guard.from_settings(pause=self._pace, seconds=PATIENCE)
        try:
            finding = find_out(self._guard, link.url)
        except Unread:
            return
        store(link.pk, finding, timezone.now())


def store(pk: int, finding: Finding, now: datetime) -> None:
    """Store what a check has found, unless a person has decided in the meantime, and tell visitors what is gone."""
    with transaction.atomic():
        link = LinkCheck.objects.select_for_update().filter(pk=pk).first()
        if link is None or (link.right_until and link.right_until > now):
            return
        link.note(finding.state, now, finding.status, finding.new_url)
        link.right_until = None
        link.save()
        if link.state == State.GONE and link.reported_at:
            GoneLink.objects.get_or_create(url=link.url)
        elif link.state == State.FINE:
            say_online(link.url)


def say_online(url: str) -> None:
    """Take back what visitors were told."""
    for gone in GoneLink.objects.filter(url=url):
        gone.delete()
