"""What each worker of the web server is at: its connections to the database. Noted at the end of each request."""

import re
from pathlib import Path

from django.core.signals import request_finished
from django.db import DEFAULT_DB_ALIAS, connections
from prometheus_client import Gauge
from prometheus_client.multiprocess import mark_process_dead

# Of all workers together. Those that have ended do not count.
_CONNECTIONS = Gauge(
    "nnsc_pool_connections", "Connections to the database, by what they do.", ["state"], multiprocess_mode="livesum"
)
_WAITING = Gauge("nnsc_pool_waiting", "Threads that wait for a connection.", multiprocess_mode="livesum")
_LIVE_FILE = re.compile(r"gauge_live\w+_(\d+)\.db")


def connect() -> None:
    """Called once, when the apps are loaded."""
    request_finished.connect(_note_pool, dispatch_uid="ops.worker_state")


def _note_pool(**kwargs: object) -> None:
    """SQLite has no pool, nor has a process that serves no requests."""
    pool = getattr(connections[DEFAULT_DB_ALIAS], "pool", None)
    if pool is not None:
        stats = pool.get_stats()
        _CONNECTIONS.labels("free").set(stats["pool_available"])
        _CONNECTIONS.labels("used").set(stats["pool_size"] - stats["pool_available"])
        _WAITING.set(stats["requests_waiting"])


def forget_ended_workers(folder: Path) -> None:
    """A worker that was replaced leaves a file with its last values."""
    for file in folder.glob("gauge_live*.db"):
        match = _LIVE_FILE.fullmatch(file.name)
        if match and not Path(f"/proc/{match[1]}").exists():
            mark_process_dead(int(match[1]), str(folder))  # type: ignore[no-untyped-call]
