"""What a load balancer and a monitor ask: whether the process answers, and whether the site is fit to serve.

Both answer anybody, touch no session and set no cookie. Only the machine itself is told which part does not work.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from site_core.ops.models import DRILL_EVERY, since_last_drill
from site_core.page_cache.store.database_limits import database_limits
from site_core.page_cache.store.trial import failing_parts
from site_core.publishing.ledger.comparison import recent_count
from site_core.publishing.ledger.guard import ledger_is_protected
from site_core.publishing.ledger.proof import recent_breaks
from site_core.publishing.runner.clock import read_clock
from site_core.publishing.runner.lease import RunnerLease

logger = logging.getLogger(__name__)

# A publishing process that was started again, or changed machines, is given this long.
PUBLISHING_MAY_PAUSE = timedelta(seconds=90)
LOOPBACK = ("127.0.0.1", "::1")
NO_DATABASE = "the database does not answer"


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anybody else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Whether the site is fit to serve, with status 503 if not. To this machine, also in words what does not work."""
    parts: dict[str, str] = {}
    for name, check in _PARTS.items():
        # Each part would wait for the database in vain, one after the other.
        parts[name] = NO_DATABASE if NO_DATABASE in parts.values() else _says(check)
    fit = all(words == "ok" for words in parts.values())
    told = parts if _is_from_this_machine(request) else {}
    return JsonResponse({"ready": fit, **told}, status=200 if fit else 503)


def _is_from_this_machine(request: HttpRequest) -> bool:
    """Whether no proxy passed it on. Each names the visitor in one of these headers."""
    is_passed_on = not {"HTTP_X_REAL_IP", "HTTP_X_FORWARDED_FOR"}.isdisjoint(request.META)
    return request.META["REMOTE_ADDR"] in LOOPBACK and not is_passed_on


def _says(check: Callable[[], str]) -> str:
    try:
        with database_limits("visit"):
            return check()
    except Error:
        logger.exception("The database does not answer a question about the site's health.")
        return NO_DATABASE


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    known = _known_migrations()
    if behind := {app for app, _ in known.last - applied.keys()}:
        return f"migrations have not been applied to {', '.join(sorted(behind))}"
    # Upgrades leave rows of files that are gone. Of a later version is what was applied last.
    newest = {app: (app, name) for (app, name), _ in sorted(applied.items(), key=lambda one: one[1].pk)}
    if ahead := {app for app, key in newest.items() if app in known.apps and key not in known.all}:
        return f"the database is of a later version of {', '.join(sorted(ahead))} than the code"
    return "ok"


class _Known(NamedTuple):
    """The migrations that the code has, and the last of each app."""

    all: frozenset[tuple[str, str]]
    last: frozenset[tuple[str, str]]
    apps: frozenset[str]


@cache
def _known_migrations() -> _Known:
    """They do not change while the process runs."""
    loader = MigrationLoader(None)
    return _Known(
        frozenset(loader.disk_migrations), frozenset(loader.graph.leaf_nodes()), frozenset(loader.migrated_apps)
    )


def _ledger() -> str:
    if not ledger_is_protected(DEFAULT_DB_ALIAS):
        return "the ledger of publications is not protected against changes"
    if recent_breaks():
        return "the ledger of publications was tampered with"
    return "the ledger of publications differs from what is public" if recent_count() else "ok"


def _publishing() -> str:
    fresh = RunnerLease.objects.filter(expires_at__gt=Now() - PUBLISHING_MAY_PAUSE)
    return "ok" if fresh.exists() else "no publishing process is running: nothing scheduled will go live"


def _clock() -> str:
    clock = read_clock()
    return str(clock) if clock.is_off else "ok"


def _backup() -> str:
    """Where no drill was ever noted, a metric is missing, which is no reason to call a site unfit that runs."""
    since = since_last_drill()
    return "ok" if since is None or since <= DRILL_EVERY else "no backup has passed a restore drill for eight days"


def _page_cache() -> str:
    """Visitors notice nothing but that pages take longer, and some fail that would be served from the store."""
    failing = "; ".join(f"{part}: {words}" for part, words in failing_parts().items())
    return f"the page cache cannot use its files, and pages are rendered without it ({failing})" if failing else "ok"


_PARTS: dict[str, Callable[[], str]] = {
    "page cache": _page_cache,
    "database": _database,
    "migrations": _migrations,
    "ledger": _ledger,
    "publishing": _publishing,
    "clock": _clock,
    "backup": _backup,
}
