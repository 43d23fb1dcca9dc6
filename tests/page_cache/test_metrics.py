"""The metrics: what each counts, and no view if none are collected."""

import logging
import time
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from site_core.ops.gauges.site_state import SiteState
from site_core.page_cache import timing
from site_core.page_cache.metrics import REQUESTS
from site_core.page_cache.timing import TimingMiddleware
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import Claim
from tests import factories
from tests.publishing.events import HOUR, break_revision, scheduled_item


def number_of(status: str) -> float:
    return next(
        sample.value
        for metric in REQUESTS.collect()
        for sample in metric.samples
        if sample.name == "nnsc_request_seconds_count" and sample.labels["status"] == status
    )


def test_each_request_is_timed_once_by_its_status_class(client: Client) -> None:
    before = number_of("2xx"), number_of("4xx")
    client.get("/health/live")
    client.post("/health/live")
    assert (number_of("2xx") - before[0], number_of("4xx") - before[1]) == (1, 1)


def test_a_slow_request_is_logged(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(request: Any) -> HttpResponse:
        time.sleep(0.02)
        return HttpResponse("slow")

    monkeypatch.setattr(timing, "SLOW_SECONDS", 0.01)
    with caplog.at_level(logging.WARNING, logger="site_core.page_cache.timing"):
        TimingMiddleware(answer)(RequestFactory().get("/slow/?q=secret"))
    record = caplog.records[0]
    assert record.getMessage().startswith("GET /slow/ took ")
    assert getattr(record, "status_code", None) == 200


def exposed() -> dict[str, float]:
    return {metric.name: metric.samples[0].value for metric in SiteState().collect()}


def test_the_state_of_the_publishing_is_exposed(site_tree: factories.SiteTree) -> None:
    assert exposed()["nnsc_runner_idle_seconds"] == float("inf")
    claim = Claim()
    assert claim.holds()
    scheduled_item(site_tree)
    state = exposed()
    assert (state["nnsc_database_up"], state["nnsc_events_due"], state["nnsc_events_failed"]) == (1, 0, 0)
    assert 0 <= state["nnsc_runner_idle_seconds"] < 30


def test_due_and_failed_events_are_exposed(site_tree: factories.SiteTree) -> None:
    broken = scheduled_item(site_tree)
    break_revision(broken)
    publish_due(timezone.now() + HOUR)
    broken.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now() - HOUR)
    state = exposed()
    assert (state["nnsc_events_due"], state["nnsc_events_failed"]) == (1, 1)


@pytest.mark.django_db
def test_a_database_that_is_down_is_all_that_is_exposed() -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OperationalError

    with pytest.MonkeyPatch.context() as away:
        away.setattr(connection, "cursor", refuse)
        assert exposed() == {"nnsc_database_up": 0}


@pytest.mark.django_db
def test_without_metrics_the_view_is_not_found(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
