"""Lets one runner act at a time: the one that holds the lease, a row that it renews before it expires.

The database's clock decides whether the lease has expired, so that runners on several machines agree. (SQLite uses the
machine's clock.)
"""

import os
import secrets
import socket
import time
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

# Long enough for a slow event, and short enough that another runner soon takes over.
LEASE = timedelta(seconds=3)
RENEW_EVERY = 1.0
THE_ROW = 1


class LeaseHeld(Exception):
    """Another runner holds the lease. The message is for the user of a command."""

    def __init__(self) -> None:
        super().__init__("Another runner is active and handles everything that is due.")


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
        """Whether this runner may act now. Takes the lease if it is free, and renews it every second."""
        if self.renewed_at is not None and time.monotonic() - self.renewed_at < RENEW_EVERY:
            return True
        asked_at = time.monotonic()
        self.renewed_at = asked_at if self._take() else None
        return self.renewed_at is not None

    @property
    def held(self) -> bool:
        """Whether this runner held the lease when it last asked."""
        return self.renewed_at is not None

    def release(self) -> None:
        """Let the next runner act at once."""
        self.renewed_at = None
        RunnerLease.objects.filter(holder=self.holder).update(expires_at=Now())

    def _take(self) -> bool:
        """Take or renew the lease in one conditional UPDATE, so that only one of two runners succeeds."""
        RunnerLease.objects.get_or_create(pk=THE_ROW, defaults={"holder": "", "expires_at": Now()})
        free = RunnerLease.objects.filter(~_is_fresh() | Q(holder=self.holder), pk=THE_ROW)
        # A runner on standby only reads: SQLite allows one writer at a time, which is the active runner.
        return free.exists() and bool(free.update(holder=self.holder, expires_at=Now() + LEASE))


def runner_is_alive() -> bool:
    """Whether a runner holds the lease."""
    return RunnerLease.objects.filter(_is_fresh()).exists()


def seconds_without_runner() -> float:
    """How long ago a runner last took or renewed the lease, infinite if none ever has."""
    last = RunnerLease.objects.annotate(now=Now()).values_list("expires_at", "now").first()
    return (last[1] - last[0] + LEASE).total_seconds() if last else float("inf")


def _is_fresh() -> Q:
    """A lease further ahead than LEASE was taken before the clock was set back, and is not valid."""
    return Q(expires_at__gt=Now()) & Q(expires_at__lte=Now() + LEASE)
