"""After a withdrawal no copy from before is served, under no key, in no encoding, by no process, whatever is down."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from site_core.page_cache.invalidation import generation
from site_core.page_cache.store.page_store import PageStore
from tests.page_cache.trials.asking import Counting, ask, store_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Each is answered with the page, stored or not.
KEYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/news/", {}),
    ("/news/?utm_source=mail", {}),
    ("/news/?type=news", {}),
    ("/news/", {"host": "localhost:8443"}),
    ("/news/", {"host": "LOCALHOST."}),
    ("/news/", {"host": "127.0.0.1"}),
)
ENCODINGS = ("", "gzip", "br")


def statuses(store: PageStore) -> set[int]:
    return {ask(store, url, accept_encoding=one, **headers).status for url, headers in KEYS for one in ENCODINGS}


def expire() -> None:
    generation.end_at(timezone.now())


@pytest.mark.parametrize("withdraw", [generation.withdraw, expire])
def test_without_a_database_no_copy_from_before_is_served(
    withdraw: Callable[[], None], store: PageStore, django_site: Counting, tmp_path: Path
) -> None:
    other = store_in(tmp_path, django_site)
    assert statuses(store) == statuses(other) == {200}
    withdraw()
    # What was seen since is kept.
    assert ask(store, "/about/").status == 200
    django_site.database_is_away()
    restarted, upgraded = store_in(tmp_path, django_site), store_in(tmp_path, django_site, build_id="two")
    for process in (store, other, restarted, upgraded):
        assert statuses(process) == {503}
        assert ask(process, "/about/").status == 200
    generation.increment()
    assert [ask(process, "/about/").status for process in (store, other, restarted, upgraded)] == [200] * 4


def test_what_expires_while_the_database_is_away_is_served_no_more(store: PageStore, django_site: Counting) -> None:
    with time_machine.travel(1_900_000_000, tick=False) as clock:
        assert ask(store, "/news/").status == 200
        generation.end_at(timezone.now() + timedelta(minutes=1))
        django_site.database_is_away()
        assert ask(store, "/news/").status == 200
        clock.shift(61)
        assert ask(store, "/news/").status == 503


def test_whoever_waits_for_another_rendering_gets_no_withdrawn_copy(
    store: PageStore, django_site: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_core.page_cache.store.page_store.RENDER_TIMEOUT", 0.01)
    ask(store, "/news/")
    key = store.key_reader.key_of({"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "PATH_INFO": "/news/"} | SCHEME)
    assert key
    for move, age in ((generation.increment, True), (generation.withdraw, False)):
        move()
        with store.render_locks.hold(key, 1):
            assert ("age" in ask(store, "/news/").headers) == age


SCHEME = {"wsgi.url_scheme": "http"}


def test_a_page_that_is_as_it_was_keeps_its_modification_time_after_a_withdrawal(store: PageStore) -> None:
    with time_machine.travel(timezone.now()) as clock:
        date = ask(store, "/about/").headers["last-modified"]
        generation.withdraw()
        clock.shift(5)
        assert ask(store, "/about/").headers["last-modified"] == date


def test_a_cdn_is_told_to_serve_nothing_that_it_has_not_asked_for_since(store: PageStore) -> None:
    told = ask(store).headers["cdn-cache-control"].split(", ")
    assert "must-revalidate" in told
    assert int(dict(one.partition("=")[::2] for one in told)["s-maxage"]) <= 1
    assert not [one for one in told if one.startswith("stale")]
