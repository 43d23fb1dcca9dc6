"""What the web server counts of its work. `site_core.ops.metrics_view` tells it.

Each process counts in files of its own, in the folder that PROMETHEUS_MULTIPROC_DIR names: whichever of them is asked
adds them up.
"""

import os
from itertools import count
from pathlib import Path
from threading import Lock, Timer

from prometheus_client import Counter, Histogram

# Empty where nobody is going to ask.
FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if FOLDER:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)

# Seconds: a page from the store takes no time, an uncached one some hundredths, a large picture in the admin many.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
# As it was, rendered for this visitor, “you have it”, an older copy, nothing, and what is no business of the store.
WAYS = ("fresh", "rendered", "unchanged", "stale", "unavailable", "passed")
FLUSH_EVERY = 1.0


class Tally:
    """Counts for next to nothing, many times a second and in many threads, and hands the sums on once a second."""

    def __init__(self, counter: Counter, ways: tuple[str, ...]) -> None:
        self._sums = {way: counter.labels(way) for way in ways}
        # One step of such a counter is whole by itself, so it needs no lock.
        self._counts = {way: count() for way in ways}
        self._handed_on = dict.fromkeys(ways, 0)
        self._looks = 0
        self._lock = Lock()
        self._is_due = False

    def count(self, way: str) -> None:
        next(self._counts[way])
        if not self._is_due:
            self._is_due = True
            timer = Timer(FLUSH_EVERY, self.flush)
            timer.daemon = True
            timer.start()

    def flush(self) -> None:
        """Hand on what was counted since the last time."""
        self._is_due = False
        with self._lock:
            for way, counted in self._counts.items():
                # To read such a counter is to move it on, so each look has counted once.
                sum_ = next(counted) - self._looks
                self._sums[way].inc(sum_ - self._handed_on[way])
                self._handed_on[way] = sum_
            self._looks += 1


STORE_ANSWERS = Tally(Counter("nnsc_store_answers", "Requests by how the page store answered them.", ["how"]), WAYS)
REQUESTS = Histogram(
    "nnsc_request_seconds", "How long Django took over a request, by status class.", ["status"], buckets=BUCKETS
)
