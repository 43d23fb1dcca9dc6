"""The page store: which responses it serves, where from, and which requests bypass it."""

import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest
import time_machine
from wagtail.models import PageViewRestriction

from site_core.page_cache.invalidation import generation
from site_core.page_cache.store.page_store import PageStore
from tests.factories import SiteTree, TextPageFactory
from tests.page_cache.trials.asking import Counting, ask, store_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_page_is_rendered_once_until_the_site_changes(store: PageStore, django_site: Counting) -> None:
    first, second = ask(store), ask(store)
    assert (first.status, second.body) == (200, first.body)
    assert django_site.renders == 1
    generation.increment()
    ask(store)
    assert django_site.renders == 2


def test_a_change_is_seen_at_once(store: PageStore, site_tree: SiteTree) -> None:
    assert "Another name" not in ask(store).body.decode()
    site_tree.home.title = site_tree.home.mission = "Another name"
    site_tree.home.save_revision().publish()
    generation.increment()
    assert "Another name" in ask(store).body.decode()


@pytest.mark.parametrize(("encoding", "unpacked"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("", bytes)])
def test_each_encoding_has_the_same_page_and_a_tag_of_its_own(store: PageStore, encoding: str, unpacked: Any) -> None:
    plain, given = ask(store), ask(store, accept_encoding=encoding)
    assert unpacked(given.body) == plain.body
    assert given.headers.get("content-encoding", "") == encoding
    assert given.headers["content-length"] == str(len(given.body))
    assert given.headers["vary"] == "Accept-Encoding"
    assert (given.headers["etag"] == plain.headers["etag"]) == (encoding == "")
    assert not given.headers["etag"].startswith("W/")


def test_the_smallest_accepted_encoding_is_sent(store: PageStore) -> None:
    accepted = {
        "gzip, deflate, br, zstd": "br",
        "gzip;q=1.0, br;q=0": "gzip",
        "*": "br",
        "deflate": None,
        "x;q=y": None,
    }
    for header, encoding in accepted.items():
        assert ask(store, accept_encoding=header).headers.get("content-encoding") == encoding, header


def test_a_client_that_has_the_page_gets_304_without_rendering(store: PageStore, django_site: Counting) -> None:
    page = ask(store, accept_encoding="br")
    tag, date = page.headers["etag"], page.headers["last-modified"]
    for headers in (
        {"if_none_match": tag},
        {"if_none_match": f'W/{tag}, "other"'},
        {"if_none_match": "*"},
        {"if_modified_since": date},
    ):
        given = ask(store, accept_encoding="br", **headers)
        assert (given.status, given.body, given.headers["etag"]) == (304, b"", tag)
        assert "content-length" not in given.headers
    # With both headers the tag decides.
    assert ask(store, accept_encoding="br", if_none_match='"other"', if_modified_since=date).status == 200
    assert ask(store, if_none_match=tag).status == 200
    assert django_site.renders == 1


def test_a_page_rendered_again_with_the_same_bytes_is_not_modified(store: PageStore) -> None:
    page = ask(store)
    generation.increment()
    assert ask(store, if_none_match=page.headers["etag"], if_modified_since="").status == 304
    assert ask(store).headers["last-modified"] == page.headers["last-modified"]


def test_two_versions_within_a_second_have_two_modification_times(store: PageStore, site_tree: SiteTree) -> None:
    page = ask(store)
    site_tree.home.title = "Another name"
    site_tree.home.save_revision().publish()
    generation.increment()
    assert ask(store, if_modified_since=page.headers["last-modified"]).status == 200


def test_a_page_that_was_gone_for_less_than_a_second_has_another_modification_time(
    store: PageStore, site_tree: SiteTree
) -> None:
    with time_machine.travel(1_800_000_000, tick=False):
        page = TextPageFactory(parent=site_tree.home, slug="new-page")
        date = ask(store, "/new-page/").headers["last-modified"]
        page.unpublish()
        generation.increment()
        assert ask(store, "/new-page/").status == 404
        page.title = "Another name"
        page.save_revision().publish()
        generation.increment()
        assert ask(store, "/new-page/", if_modified_since=date).status == 200


def test_head_is_answered_without_a_body(store: PageStore) -> None:
    page, head = ask(store), ask(store, method="HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", page.headers)


def test_tracking_keys_make_no_page_of_their_own(store: PageStore, django_site: Counting) -> None:
    for query in ("", "?utm_source=mail&utm_campaign=x", "?fbclid=1", "?mc_eid=a&gclid=b", "?utm_source="):
        assert ask(store, f"/{query}").status == 200
    assert django_site.renders == 1


def test_the_order_of_query_keys_does_not_matter(store: PageStore, django_site: Counting, site_tree: SiteTree) -> None:
    first = ask(store, "/news/?year=2018&type=opinion&utm_medium=x")
    assert first.status == 200
    assert ask(store, "/news/?type=opinion&year=2018").body == first.body
    assert django_site.renders == 1


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("/?unknown=1", {}),
        ("/?q=" + "x" * 2000, {}),
        ("/?broken", {}),
        ("/?q=words", {}),
        ("/about/?page=2", {}),
        ("/news/feed.json?page=2", {}),
        ("/", {"cookie": "theme=dark; sessionid=abc"}),
        ("/", {"authorization": "Basic abc"}),
        ("/health/live", {}),
        ("/admin/login/", {}),
    ],
)
def test_a_request_that_depends_on_the_visitor_bypasses_the_store(
    store: PageStore, django_site: Counting, url: str, headers: dict[str, str]
) -> None:
    for _ in range(2):
        given = ask(store, url, **headers)
        assert given.status == 200
        assert "x-accel-expires" not in given.headers
    assert django_site.renders == 2
    assert len(store.memory.found) == 0


def test_a_posted_form_bypasses_the_store(store: PageStore, django_site: Counting) -> None:
    for _ in range(2):
        ask(store, "/", method="POST")
    assert django_site.renders == 2


def test_stored_pages_have_headers_for_shared_caches(store: PageStore) -> None:
    page = ask(store)
    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert page.headers["x-accel-expires"] == "1"
    assert "set-cookie" not in page.headers


def test_redirects_and_missing_pages_are_stored(store: PageStore, django_site: Counting, site_tree: SiteTree) -> None:
    for url, status in (("/no-such-page/", 404), ("/news", 301), ("/news/?place=", 301)):
        for _ in range(2):
            given = ask(store, url)
            assert given.status == status
    assert django_site.renders == 3
    # Any URL without its final slash has a redirect, so these can be as many as missing pages, and are not on disk.
    assert (len(store.memory.found), len(store.memory.not_found)) == (0, 3)
    assert not [path for path in store.disk.folder.rglob("*") if path.is_file()]


def test_a_page_that_appears_takes_the_place_of_its_absence(store: PageStore, site_tree: SiteTree) -> None:
    assert ask(store, "/new-page/").status == 404
    page = TextPageFactory(parent=site_tree.home, slug="new-page")
    generation.increment()
    assert ask(store, "/new-page/").status == 200
    page.unpublish()
    generation.increment()
    assert ask(store, "/new-page/").status == 404
    assert store.disk.read(("localhost", "/new-page/", "")) is None
    assert len(store.memory.found) == 0


def test_a_page_that_becomes_private_is_removed(store: PageStore, site_tree: SiteTree, django_site: Counting) -> None:
    assert ask(store, "/news/").status == 200
    PageViewRestriction.objects.create(page=site_tree.news, restriction_type="login")
    generation.increment()
    given = ask(store, "/news/")
    assert given.status == 302
    assert "x-accel-expires" not in given.headers
    django_site.database_is_away()
    assert ask(store, "/news/").status == 503


def test_a_page_that_one_process_has_removed_is_served_by_no_other_in_an_outage(
    store: PageStore, site_tree: SiteTree, django_site: Counting, tmp_path: Path
) -> None:
    other = store_in(tmp_path, django_site)
    for url in ("/", "/news/", "/about/"):
        assert ask(other, url).status == 200
    PageViewRestriction.objects.create(page=site_tree.news, restriction_type="login")
    site_tree.about.unpublish()
    generation.increment()
    assert [ask(store, url).status for url in ("/", "/news/", "/about/")] == [200, 302, 404]
    generation.increment()
    django_site.database_is_away()
    assert [ask(other, url).status for url in ("/", "/news/", "/about/")] == [200, 503, 503]


def test_a_process_takes_over_the_page_that_another_has_rendered(
    store: PageStore, django_site: Counting, tmp_path: Path
) -> None:
    other = store_in(tmp_path, django_site)
    page = ask(store)
    assert ask(other).headers == page.headers
    generation.increment()
    ask(other)
    ask(store)
    assert django_site.renders == 2


def test_a_new_build_renders_again(store: PageStore, django_site: Counting, tmp_path: Path) -> None:
    ask(store)
    ask(store_in(tmp_path, django_site, build_id="two"))
    assert django_site.renders == 2


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 2}\n', b"\x00" * 50])
def test_a_damaged_file_is_ignored(store: PageStore, django_site: Counting, tmp_path: Path, damage: bytes) -> None:
    page = ask(store)
    for file in store.disk.folder.glob("??/*"):
        file.write_bytes(damage)
    assert ask(store_in(tmp_path, django_site)).body == page.body
    assert django_site.renders == 2


def test_a_truncated_file_is_ignored(store: PageStore, django_site: Counting, tmp_path: Path) -> None:
    page = ask(store)
    for file in store.disk.folder.glob("??/*"):
        file.write_bytes(file.read_bytes()[:-10])
    assert ask(store_in(tmp_path, django_site)).body == page.body


def test_a_page_rendered_across_a_change_is_not_stored_as_new(django_site: Counting, tmp_path: Path) -> None:
    def changing(environ: Any, start_response: Any) -> Any:
        result = django_site(environ, start_response)
        if django_site.renders == 1:
            generation.increment()
        return result

    store = store_in(tmp_path, changing)
    ask(store)
    ask(store)
    ask(store)
    assert django_site.renders == 2


def test_a_page_that_fails_because_the_site_changed_meanwhile_is_rendered_again(
    store: PageStore, django_site: Counting
) -> None:
    ask(store)
    generation.increment()

    def failing_once(environ: Any, start_response: Any) -> Any:
        if django_site.renders == 1:
            django_site.renders += 1
            generation.increment()
            raise ZeroDivisionError
        return django_site(environ, start_response)

    store.renderer.application = failing_once
    for _ in range(2):
        given = ask(store)
        assert (given.status, "age" in given.headers) == (200, False)
    assert django_site.renders == 3
