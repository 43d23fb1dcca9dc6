"""What visitors get while the database is down or a page cannot be rendered."""

import logging
from pathlib import Path
from typing import Any

import pytest
import time_machine

from site_core.page_cache.invalidation import generation
from site_core.page_cache.store.circuit_breaker import OPEN_SECONDS
from site_core.page_cache.store.page_store import PageStore
from tests.page_cache.trials.asking import Counting, ask, store_in

pytestmark = pytest.mark.django_db


def rested(store: PageStore) -> None:
    """Moves the circuit breaker past its two seconds."""
    store.circuit_breaker._all_until -= OPEN_SECONDS
    store.circuit_breaker._until = {key: until - OPEN_SECONDS for key, until in store.circuit_breaker._until.items()}


def test_a_stored_page_needs_no_database(store: PageStore, django_site: Counting) -> None:
    page = ask(store)
    django_site.database_is_away()
    assert ask(store) == page


def test_an_outdated_copy_is_served_with_its_age_and_logged(
    store: PageStore, django_site: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        page = ask(store, accept_encoding="br")
        generation.increment()
        django_site.database_is_away()
        clock.shift(75)
        with caplog.at_level(logging.ERROR, "site_core.page_cache"):
            given = ask(store, accept_encoding="br")
    assert (given.status, given.body) == (200, page.body)
    assert given.headers == page.headers | {"age": "75"}
    assert "/ could not be rendered (the database is down): served a copy." in caplog.text


def test_a_client_that_has_the_outdated_copy_gets_304(store: PageStore, django_site: Counting) -> None:
    page = ask(store)
    generation.increment()
    django_site.database_is_away()
    given = ask(store, if_none_match=page.headers["etag"])
    assert given.status == 304
    assert "age" in given.headers


def test_after_a_failure_no_page_is_rendered_for_two_seconds(store: PageStore, django_site: Counting) -> None:
    ask(store)
    ask(store, "/news/")
    generation.increment()
    django_site.database_is_away()
    for _ in range(3):
        assert ask(store).status == 200
        assert ask(store, "/news/").status == 200
        assert ask(store, "/impact/").status == 503
    assert django_site.renders == 3
    rested(store)
    ask(store)
    assert django_site.renders == 4


def test_a_broken_page_does_not_keep_others_from_being_rendered(store: PageStore, django_site: Counting) -> None:
    ask(store)
    generation.increment()
    django_site.page_is_broken()
    given = ask(store)
    assert (given.status, "age" in given.headers) == (200, True)
    django_site.works_again()
    assert "age" not in ask(store, "/news/").headers
    assert "age" in ask(store).headers
    rested(store)
    assert "age" not in ask(store).headers


def test_the_first_response_of_the_database_closes_the_circuit_breaker(
    store: PageStore, django_site: Counting
) -> None:
    ask(store)
    generation.increment()
    django_site.database_is_away()
    ask(store)
    django_site.works_again()
    assert "age" in ask(store).headers
    store.circuit_breaker.database_is_up()
    assert "age" not in ask(store).headers


def test_without_a_copy_visitors_get_the_fallback_response(store: PageStore, django_site: Counting) -> None:
    django_site.database_is_away()
    given, head = ask(store), ask(store, method="HEAD")
    assert (given.status, head.status, head.body) == (503, 503, b"")
    assert given.headers["retry-after"] == "5"
    assert given.headers["cache-control"] == "no-store"
    assert int(given.headers["content-length"]) == len(given.body)
    text = given.body.decode()
    assert "<style>" in text
    assert "src=" not in text
    assert 'rel="stylesheet"' not in text


def test_djangos_own_error_page_is_never_stored(store: PageStore, django_site: Counting, monkeypatch: Any) -> None:
    from home.models import HomePage

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    page = ask(store)
    generation.increment()
    monkeypatch.setattr(HomePage, "get_context", fail)
    assert ask(store).body == page.body
    monkeypatch.undo()
    rested(store)
    assert ask(store).status == 200


def test_a_restart_without_a_database_serves_the_pages_on_disk(
    store: PageStore, django_site: Counting, tmp_path: Path
) -> None:
    page = ask(store)
    django_site.database_is_away()
    assert ask(store_in(tmp_path, django_site)) == page
    generation.increment()
    assert ask(store_in(tmp_path, django_site)).body == page.body
    after_an_upgrade = ask(store_in(tmp_path, django_site, build_id="two"))
    assert (after_an_upgrade.status, after_an_upgrade.body) == (200, page.body)
