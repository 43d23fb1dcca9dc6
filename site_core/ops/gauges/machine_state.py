"""What this machine and this version are: room on the disks, the certificate, the build, the generation."""

import os
import time
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from site_core.ops.certificate import end_of_certificate
from site_core.page_cache.build_id import build_id
from site_core.page_cache.invalidation import generation

# Seconds. Prometheus waits ten for all of the metrics.
PATIENCE = 2.0
ASKED_EVERY = 600.0
# The generation begins with the time, in the bits above these.
_MOVES = (1 << 32) - 1


class MachineState(Collector):
    """Asks no database."""

    def collect(self) -> Iterator[Metric]:
        yield from _disks()
        yield from _certificate()
        yield _build()
        number = generation.number()
        if generation.is_shared(number):
            meaning = "Committed changes that visitors can see, since the generation last began anew."
            yield CounterMetricFamily("nnsc_generation_moves", meaning, value=number & _MOVES)


def _disks() -> Iterator[GaugeMetricFamily]:
    """A disk that cannot be asked is left out."""
    room = GaugeMetricFamily("nnsc_disk_free_ratio", "Free of the disk of a folder, of 1.", labels=["folder"])
    inodes = GaugeMetricFamily("nnsc_inodes_free_ratio", "Free inodes of that disk, of 1.", labels=["folder"])
    for name, folder in {"state": settings.STATE_DIR, "media": settings.MEDIA_ROOT}.items():
        if not Path(folder).exists():
            # Uploads may be in a bucket.
            continue
        disk = os.statvfs(folder)
        room.add_metric([name], disk.f_bavail / disk.f_blocks if disk.f_blocks else 1)
        # Some file systems make inodes as they are needed, and count none.
        inodes.add_metric([name], disk.f_favail / disk.f_files if disk.f_files else 1)
    yield from (room, inodes)


def _certificate() -> Iterator[GaugeMetricFamily]:
    """Nothing where visitors use http. 0 if browsers refuse it, or nobody answers."""
    url = settings.SITE_URL
    if url.is_https:
        ends_at = _end_of_certificate(url.host, url.port, int(time.monotonic() // ASKED_EVERY))
        left = max(0.0, ends_at - time.time())
        yield GaugeMetricFamily("nnsc_certificate_seconds", "Until the visitors' certificate ends.", value=left)


@cache
def _end_of_certificate(host: str, port: int, asked_in: int) -> float:
    """In seconds since the epoch; 0 if browsers refuse it. Asked once in each period of ten minutes."""
    try:
        return end_of_certificate(host, port, PATIENCE).timestamp()
    except OSError:
        return 0.0


@cache
def _build() -> GaugeMetricFamily:
    build = GaugeMetricFamily("nnsc_build_info", "1, for what this runs.", labels=["build", "django", "wagtail"])
    build.add_metric([build_id()[:12], version("django"), version("wagtail")], 1)
    return build
