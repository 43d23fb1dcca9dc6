"""What is measured when somebody asks for the metrics."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished
from prometheus_client import generate_latest
from prometheus_client.core import Metric

from site_core.ops.gauges import machine_state
from site_core.ops.gauges.machine_state import MachineState
from site_core.ops.gauges.worker_state import forget_ended_workers
from site_core.page_cache.invalidation import generation
from site_core.settings import environment


def measured() -> dict[str, Metric]:
    return {family.name: family for family in MachineState().collect()}


def test_room_and_inodes_of_every_disk_are_measured(settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "not-there"
    families = measured()
    for name in ("nnsc_disk_free_ratio", "nnsc_inodes_free_ratio"):
        (sample,) = families[name].samples
        assert (sample.labels, 0 <= sample.value <= 1) == ({"folder": "state"}, True)


def test_moves_of_the_generation_are_counted() -> None:
    before = measured()["nnsc_generation_moves"].samples[0].value
    generation.increment()
    assert measured()["nnsc_generation_moves"].samples[0].value == before + 1


def test_the_version_is_told() -> None:
    (sample,) = measured()["nnsc_build_info"].samples
    assert (len(sample.labels["build"]), sample.labels["wagtail"][:2], sample.value) == (12, "8.", 1)


def test_a_certificate_that_nobody_can_look_at_has_ended(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nnsc_certificate_seconds" not in measured()
    settings.SITE_URL = environment.site_url("https://127.0.0.1:9", "NO_SUCH_VARIABLE")
    assert measured()["nnsc_certificate_seconds"].samples[0].value == 0
    monkeypatch.setattr(machine_state, "_end_of_certificate", lambda *_: time.time() + 1000)
    assert 990 < measured()["nnsc_certificate_seconds"].samples[0].value <= 1000


@pytest.mark.django_db
def test_a_worker_without_a_pool_has_no_connections_to_tell_of() -> None:
    """SQLite, and the tests' PostgreSQL. The deployment's has one."""
    request_finished.send(sender=None)
    assert b"nnsc_pool_connections{" not in generate_latest()


def test_a_worker_that_has_ended_does_not_count(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    for pid in (ended.pid, os.getpid()):
        (tmp_path / f"gauge_livesum_{pid}.db").write_bytes(b"")
        (tmp_path / f"counter_{pid}.db").write_bytes(b"")
    forget_ended_workers(tmp_path)
    left = {file.name for file in tmp_path.iterdir()}
    assert left == {f"gauge_livesum_{os.getpid()}.db", f"counter_{os.getpid()}.db", f"counter_{ended.pid}.db"}
