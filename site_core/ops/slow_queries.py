"""Logs slow queries, with the route of the request that asked, and counts them.

The line has the query without its values, which may be words of a visitor.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from prometheus_client import Counter

from site_core.page_cache.timing import current_request, route_of

logger = logging.getLogger(__name__)

SLOW_SECONDS = 0.5
# Long queries name every column.
LONGEST_LOGGED = 500
_SLOW_QUERIES = Counter("nnsc_slow_queries", "Queries of more than half a second.")

# Django's signature.
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def time_query(execute: Execute, sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
    """Wraps the execution of every statement."""
    began = time.perf_counter()
    try:
        return execute(sql, parameters, many, context)
    finally:
        seconds = time.perf_counter() - began
        if seconds >= SLOW_SECONDS:
            _note(sql, seconds)


def _note(sql: str, seconds: float) -> None:
    _SLOW_QUERIES.inc()
    request = current_request()
    where = f"for {route_of(request)}" if request else "outside requests"
    words = " ".join(sql.split())
    shown = words if len(words) <= LONGEST_LOGGED else f"{words[:LONGEST_LOGGED]}…"
    logger.warning("A query took %.1f seconds, %s: %s", seconds, where, shown, extra={"request": request})


def connect() -> None:
    """Called once, when the apps are loaded."""
    connection_created.connect(_watch, dispatch_uid="ops.slow_queries")


def _watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """A connection that is opened again keeps its wrapper."""
    if time_query not in connection.execute_wrappers:
        # At the start, because Django removes the last one at the end of an execute_wrapper block.
        connection.execute_wrappers.insert(0, time_query)
