"""How long PostgreSQL lets a query wait for a lock, and work on it: a slow database is treated as an absent one.

The limits are settings (DATABASE_LIMITS), by what the database is asked for. They are set on a connection when a
thread takes it, and stay on it until another does. A frozen server keeps no limits, so the connection itself waits
hardly longer. SQLite has none: nobody who reads waits there.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from site_core.settings.database_connection import LimitedConnection

# A page of which there is a copy, one of which there is none, any other request, a command, and `migrate`.
Purpose = Literal["copy", "visit", "request", "command", "migrate"]

# Milliseconds. Whoever has waited elsewhere for nearly as long as for a lock has this much left.
SHORTEST_WAIT = 100
# Seconds that an answer may take to arrive after the server had to end the query.
ON_THE_WAY = 0.1
_SET = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"


class Limits(NamedTuple):
    """Both in milliseconds. 0 is no limit."""

    lock: int
    statement: int


class _Current(threading.local):
    limits: Limits | None = None


_current = _Current()
_of_process: Purpose = "command"
_set_on: "WeakKeyDictionary[Any, Limits]" = WeakKeyDictionary()


def serve_requests() -> None:
    """Called by a process that answers requests. All others run commands."""
    global _of_process
    _of_process = "request"


@contextmanager
def database_limits(purpose: Purpose, waited: float = 0.0) -> Iterator[None]:
    """The limits for the queries of this thread in the block. `waited`: seconds that count as waiting for a lock."""
    limits, before = Limits(*settings.DATABASE_LIMITS[purpose]), _current.limits
    if waited:
        limits = limits._replace(lock=max(SHORTEST_WAIT, limits.lock - int(waited * 1000)))
    connection = connections[DEFAULT_DB_ALIAS]
    _current.limits = limits
    try:
        _set(connection)
        if purpose == "copy" and connection.vendor == "postgresql":
            with connection.execute_wrapper(_Patience(limits.statement)):
                yield
        else:
            yield
    finally:
        _current.limits = before


class SlowDatabase(OperationalError):
    """All queries of a page together took too long."""


class _Patience:
    """Raises SlowDatabase before another query once all of them together have taken too long."""

    def __init__(self, milliseconds: int) -> None:
        self.left = milliseconds / 1000

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        if self.left <= 0:
            raise SlowDatabase("The database is too slow to render a page of which there is a copy.")
        began = time.monotonic()
        try:
            return execute(*arguments)
        finally:
            self.left -= time.monotonic() - began


def _set(connection: BaseDatabaseWrapper) -> None:
    """Sets the limits of this thread on its connection, if it has one. Inside a transaction they stay as they are."""
    if connection.vendor != "postgresql" or connection.connection is None or connection.in_atomic_block:
        return
    limits = _current.limits or Limits(*settings.DATABASE_LIMITS[_of_process])
    if _set_on.get(connection.connection) != limits:
        with connection.wrap_database_errors:
            connection.connection.execute(_SET, [str(limits.lock), str(limits.statement)])
        if isinstance(connection.connection, LimitedConnection):
            longest = limits.statement / 1000 + ON_THE_WAY
            connection.connection.answers_within = longest if limits.statement else None
        _set_on[connection.connection] = limits


def _on_connected(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    _set(connection)


def connect() -> None:
    """Called once, when the apps are loaded. With a pool, Django sends the signal each time a thread takes one."""
    connection_created.connect(_on_connected, dispatch_uid="page_cache.database_limits")
