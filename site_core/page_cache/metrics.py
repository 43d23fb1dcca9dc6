"""The web server's metrics. A view of the site exposes them to Prometheus.

Each process counts in files of its own, in the folder that PROMETHEUS_MULTIPROC_DIR names. Any process can add them
up.
"""

import os
from itertools import count
from pathlib import Path
from threading import Lock, Timer

from prometheus_client import Counter, Histogram

# Empty if no metrics are collected.
FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if FOLDER:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)

# Seconds. An uncached page takes a few hundredths, a large image upload in the admin much longer.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
# A fresh page from the store, one rendered for this request, "304 Not Modified", an older copy, no page at all, and a
# request that bypassed the store.
OUTCOMES = ("fresh", "rendered", "unchanged", "stale", "unavailable", "passed")
FLUSH_INTERVAL = 1.0


class Tally:
    """A cheap counter for many threads. It adds its counts to a Prometheus counter once a second."""

    def __init__(self, counter: Counter, outcomes: tuple[str, ...]) -> None:
        self._counters = {outcome: counter.labels(outcome) for outcome in outcomes}
        # next() on such an iterator is atomic, so it needs no lock.
        self._counts = {outcome: count() for outcome in outcomes}
        self._flushed = dict.fromkeys(outcomes, 0)
        self._reads = 0
        self._lock = Lock()
        self._is_scheduled = False

    def count(self, outcome: str) -> None:
        next(self._counts[outcome])
        if not self._is_scheduled:
            self._is_scheduled = True
            timer = Timer(FLUSH_INTERVAL, self.flush)
            timer.daemon = True
            timer.start()

    def flush(self) -> None:
        """Adds what was counted since the last flush."""
        self._is_scheduled = False
        with self._lock:
            for outcome, counted in self._counts.items():
                # Reading such an iterator increments it, so every earlier read has counted one.
                total = next(counted) - self._reads
                self._counters[outcome].inc(total - self._flushed[outcome])
                self._flushed[outcome] = total
            self._reads += 1


STORE_ANSWERS = Tally(
    Counter("nnsc_store_answers", "Requests by how the page store answered them.", ["how"]), OUTCOMES
)
REQUESTS = Histogram(
    "nnsc_request_seconds", "How long Django took over a request, by status class.", ["status"], buckets=BUCKETS
)
