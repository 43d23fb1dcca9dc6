"""A database that keeps everybody waiting: the breaker, and the limits that PostgreSQL is given."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable, QueryCanceled, UndefinedTable
from psycopg_pool import ConnectionPool

from site_core.page_cache.store.circuit_breaker import CircuitBreaker
from site_core.page_cache.store.database_limits import SlowDatabase, database_limits
from site_core.page_cache.store.rendering import is_database_error, is_locked, is_slow_query
from site_core.settings.database_connection import LimitedConnection, SilentDatabase
from site_core.settings.environment import POOL

KEY = ("localhost", "/", "")
OTHER = ("localhost", "/news/", "")


def caused_by(cause: type[Exception]) -> OperationalError:
    error = OperationalError("As Django raises it")
    error.__cause__ = cause()
    return error


@pytest.fixture
def parameters() -> dict[str, Any]:
    """How psycopg itself connects to the database of the test."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    asked = {**connection.get_connection_params(), "context": None, "autocommit": True}
    asked.pop("cursor_factory")
    return asked


def test_a_lock_concerns_all_pages_and_a_slow_query_its_own() -> None:
    locked, canceled, slow = caused_by(LockNotAvailable), caused_by(QueryCanceled), SlowDatabase()
    assert [is_locked(error) for error in (locked, canceled, slow)] == [True, False, False]
    assert [is_slow_query(error) for error in (locked, canceled, slow)] == [False, True, True]
    assert all(is_database_error(error) for error in (locked, canceled, slow))


def test_while_a_table_is_locked_one_visitor_tries_and_the_others_get_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("site_core.page_cache.store.circuit_breaker.time.monotonic", lambda: now[0])
    breaker = CircuitBreaker()
    breaker.open(KEY, all_pages=True, is_slow=True)
    # Another query succeeds, which says nothing of the lock.
    breaker.database_is_up()
    assert breaker.is_open(OTHER)
    assert breaker.opened_since(100.0)
    now[0] += 3
    assert [breaker.is_open(key) for key in (KEY, OTHER, KEY)] == [False, True, True]
    breaker.close(KEY)
    assert not breaker.is_open(OTHER)


@pytest.mark.django_db
def test_queries_that_take_too_long_together_end_a_rendering(settings: Any) -> None:
    """PostgreSQL alone: whoever reads SQLite does not wait."""
    if connection.vendor != "postgresql":
        return
    settings.DATABASE_LIMITS = {**settings.DATABASE_LIMITS, "copy": (700, 0)}
    with database_limits("copy"), connection.cursor() as cursor, pytest.raises(SlowDatabase):
        cursor.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
def test_each_purpose_has_its_limits() -> None:
    if connection.vendor != "postgresql":
        return
    connection.close()

    def limits() -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
            found: tuple[str, str] = cursor.fetchone()
        return found

    assert limits() == ("1min", "0")
    with database_limits("copy", waited=0.3):
        assert limits() == ("400ms", "900ms")
    with database_limits("copy", waited=5.0):
        assert limits() == ("100ms", "900ms")
    with database_limits("visit"):
        assert limits() == ("700ms", "5s")


@pytest.mark.django_db(transaction=True)
def test_a_client_notices_that_the_server_does_not_answer(parameters: dict[str, Any]) -> None:
    """A frozen server ends no query. One that has no limit and sleeps stands for it."""
    with LimitedConnection.connect(**parameters) as asking:
        asking.answers_within = 5.0
        assert asking.cursor().execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(SilentDatabase, match="does not answer"):
            asking.execute("SELECT pg_sleep(5)")
        assert asking.closed, "an answer that comes later must not be taken for that to another question"
    with LimitedConnection.connect(**parameters) as refused:
        with pytest.raises(UndefinedTable):
            refused.execute("SELECT * FROM no_such_table")
        assert not refused.closed
    error = OperationalError()
    error.__cause__ = SilentDatabase()
    assert is_database_error(error)
    assert not is_slow_query(error), "it concerns all pages"


@pytest.mark.django_db(transaction=True)
def test_a_connection_waits_hardly_longer_than_the_server_works(parameters: dict[str, Any]) -> None:
    connection.close()
    connection.connection = LimitedConnection.connect(**parameters)
    with database_limits("copy"):
        assert connection.connection.answers_within == pytest.approx(1.0)
    with database_limits("command"):
        assert connection.connection.answers_within is None
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_after_a_restart_of_the_server_the_first_visitor_finds_a_connection(parameters: dict[str, Any]) -> None:
    check = ConnectionPool.check_connection
    with ConnectionPool("", kwargs=parameters, check=check, open=True, **POOL) as pool:
        taken = [pool.getconn() for _ in range(4)]
        gone = [one.info.backend_pid for one in taken]
        for one in taken:
            pool.putconn(one)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s::int[]) AS pid", [gone])
        with ThreadPoolExecutor(4) as visitors:
            found = list(visitors.map(lambda number: pool.getconn(), range(4)))
        assert [one.execute("SELECT 1").fetchone() for one in found] == [(1,)] * 4
        for one in found:
            pool.putconn(one)
