"""One runner acts at a time: whoever holds the lease, a row that has to be renewed before it runs out.

The database's clock alone says whether it has run out, so that runners on several machines agree. (SQLite has no
clock of its own and asks the machine's.)
"""

import os
import secrets
import socket
import time
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

# Seconds are enough to outlive a slow event, and few enough that another runner takes over soon.
LEASE = timedelta(seconds=3)
RENEW_EVERY = 1.0
THE_ROW = 1


class LeaseHeld(Exception):
    """Another runner holds the lease. str() says so to whoever ran a command."""

    def __init__(self) -> None:
        super().__init__("Another runner is at work and sees to everything that is due.")


class RunnerLease(models.Model):
    """The one row: who may act, and until when."""

    holder = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.holder} until {self.expires_at.isoformat()}"


class Claim:
    """One runner's claim on the lease."""

    def __init__(self) -> None:
        self.holder = f"{socket.gethostname()[:30]}/{os.getpid()}/{secrets.token_hex(4)}"
        self.renewed_at: float | None = None

    def holds(self) -> bool:
        """Whether this runner may act now. Takes the lease if it is free, and renews it once a second."""
        if self.renewed_at is not None and time.monotonic() - self.renewed_at < RENEW_EVERY:
            return True
        asked_at = time.monotonic()
        self.renewed_at = asked_at if self._take() else None
        return self.renewed_at is not None

    @property
    def held(self) -> bool:
        """Whether it was this runner's when it last asked."""
        return self.renewed_at is not None

    def release(self) -> None:
        """Let the next runner act at once."""
        self.renewed_at = None
        RunnerLease.objects.filter(holder=self.holder).update(expires_at=Now())

    def _take(self) -> bool:
        """Take or renew in one conditional UPDATE, so that of two runners only one can succeed."""
        RunnerLease.objects.get_or_create(pk=THE_ROW, defaults={"holder": "", "expires_at": Now()})
        free = RunnerLease.objects.filter(~_is_fresh() | Q(holder=self.holder), pk=THE_ROW)
        # Whoever stands by only reads: SQLite has one writer at a time, and that is to be the runner at work.
        return free.exists() and bool(free.update(holder=self.holder, expires_at=Now() + LEASE))


def runner_is_alive() -> bool:
    """Whether some runner holds the lease, and so will see to what falls due."""
    return RunnerLease.objects.filter(_is_fresh()).exists()


def seconds_without_runner() -> float:
    """How long ago some runner last took or renewed the lease; infinite where none ever has."""
    last = RunnerLease.objects.annotate(now=Now()).values_list("expires_at", "now").first()
    return (last[1] - last[0] + LEASE).total_seconds() if last else float("inf")


def _is_fresh() -> Q:
    """A lease further ahead than any runner takes one was made by a clock that has since been put back."""
    return Q(expires_at__gt=Now()) & Q(expires_at__lte=Now() + LEASE)
