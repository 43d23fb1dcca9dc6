"""The web server's metrics. A view of the site exposes them to Prometheus.

Each process counts in files of its own, in the folder that PROMETHEUS_MULTIPROC_DIR names. Any process can add them
up.
"""

import os
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

# Empty if no metrics are collected.
FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if FOLDER:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)

# Seconds. An uncached page takes a few hundredths, a large image upload in the admin much longer.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
# A fresh page from the store, one rendered for this request, "304 Not Modified", an older copy, no page at all, and a
# request that bypassed the store.
OUTCOMES = ("fresh", "rendered", "unchanged", "stale", "unavailable", "passed")

_answers = Counter("nnsc_store_answers", "Requests by how the page store answered them.", ["how"])
STORE_ANSWERS = {outcome: _answers.labels(outcome) for outcome in OUTCOMES}
# The files of the page cache: that of the generation, the link for a proxy, the name of the machine, the lock of the
# listener, those of renderings, and the stored pages. "store" is a fault that none of them explains.
PARTS = ("generation", "withdrawals", "machine", "listener", "locks", "pages", "store")
_faults = Counter("nnsc_page_cache_faults", "Failed uses of the page cache's own files.", ["part"])
FAULTS = {part: _faults.labels(part) for part in PARTS}
REQUESTS = Histogram(
    "nnsc_request_seconds", "How long Django took over a request, by status class.", ["status"], buckets=BUCKETS
)
# Of all workers together: how many of their threads are busy.
IN_DJANGO = Gauge("nnsc_requests_in_django", "Requests that Django is answering now.", multiprocess_mode="livesum")
# The editor of a page or stat is told that the fault is ours, and nothing else counts it: the answer is no 5xx.
REFUSED_SAVES = Counter("nnsc_refused_saves", "Valid forms of pages and stats that the database refused.")
