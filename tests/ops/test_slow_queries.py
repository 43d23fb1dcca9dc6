"""Slow queries and requests are in the log with their route, and without what a visitor typed."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from site_core.ops import slow_queries
from site_core.ops.json_log import JsonFormatter
from site_core.ops.slow_queries import time_query
from site_core.page_cache.timing import TimingMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def every_query_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_queries, "SLOW_SECONDS", 0)


def test_every_connection_is_watched() -> None:
    connection.ensure_connection()
    assert connection.execute_wrappers.count(time_query) == 1


def test_the_line_names_the_route_and_no_value(caplog: pytest.LogCaptureFixture) -> None:
    def answer(request: Any) -> HttpResponse:
        request.resolver_match = resolve(request.path)
        with connection.cursor() as cursor:
            cursor.execute("SELECT\n   %s", ["a word of a visitor"])
        return HttpResponse("")

    counted = slow_queries._SLOW_QUERIES._value.get()
    with caplog.at_level(logging.WARNING):
        TimingMiddleware(answer)(RequestFactory().get("/cards/5-abc.png?q=secret"))
    (record,) = [one for one in caplog.records if one.name == "site_core.ops.slow_queries"]
    line = record.getMessage()
    assert line.startswith("A query took 0.0 seconds, for cards/<int:page_id>-<slug:digest>.png")
    assert line.endswith(": SELECT %s")
    written = JsonFormatter().format(record)
    assert '"route": "cards/<int:page_id>-<slug:digest>.png"' in written
    assert "visitor" not in written
    assert "secret" not in written
    assert slow_queries._SLOW_QUERIES._value.get() == counted + 1


def test_a_query_outside_requests_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert "A query took 0.0 seconds, outside requests: SELECT 1" in caplog.text


def test_a_long_query_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['1'] * 400)}")
    assert caplog.messages[-1].endswith("…")
    assert len(caplog.messages[-1]) < 600


def test_a_refused_request_has_its_path_for_a_route(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/no-such-page-at-all.txt")
    record = next(one for one in caplog.records if one.name == "django.request")
    assert '"route": "' in JsonFormatter().format(record)
