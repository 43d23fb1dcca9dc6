"""The caches that a change of the site empties, in which Wagtail keeps where the site begins and sizes of pictures."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import BaseCache, caches
from django.db import connection, transaction
from django.test import Client
from wagtail.coreutils import get_locales_display_names
from wagtail.models import Locale, Site

from site_core.page_cache.invalidation import generation
from site_core.page_cache.memoize import bypass_cache
from tests.page_cache import elsewhere


@pytest.fixture(params=["generation", "renditions"])
def cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> BaseCache:
    """Outside of any transaction, as for a visitor."""
    monkeypatch.setattr("site_core.page_cache.memoize.is_changing", lambda: False)
    return caches[request.param]


def look_up(cache: BaseCache, value: str) -> str:
    """As Wagtail does."""
    found: str | None = cache.get("roots", version=2)
    if found is None:
        cache.set("roots", value, 3600, version=2)
    return found or value


def test_what_was_looked_up_is_there_until_the_site_changes(cache: BaseCache) -> None:
    generation.increment()
    assert [look_up(cache, "old"), look_up(cache, "new")] == ["old", "old"]
    generation.increment()
    assert [look_up(cache, "new"), look_up(cache, "newer")] == ["new", "new"]


def test_what_was_being_looked_up_while_the_site_changed_is_not_kept(cache: BaseCache) -> None:
    generation.increment()
    assert cache.get("roots", version=2) is None
    generation.increment()
    cache.set("roots", "old", version=2)
    assert look_up(cache, "new") == "new"


def test_the_same_goes_for_every_way_to_look_up(cache: BaseCache) -> None:
    """The site changes while the value is made."""
    assert cache.get("added") is None
    generation.increment()
    assert cache.add("added", "old") is True
    assert "added" not in cache

    def change_meanwhile() -> str:
        generation.increment()
        return "old"

    assert cache.get_or_set("asked", change_meanwhile) == "old"
    assert cache.get_or_set("asked", "new") == "new"
    assert cache.get_many(["one", "two"]) == {}
    generation.increment()
    cache.set_many({"one": "old", "two": "old"})
    assert cache.get_many(["one", "two"]) == {}
    assert cache.get("roots") is None
    generation.increment()
    cache.set("roots", "old", version=1)
    assert cache.get("roots") is None


def test_a_preview_finds_nothing_and_leaves_nothing(cache: BaseCache) -> None:
    generation.increment()
    with bypass_cache():
        assert look_up(cache, "of a preview") == "of a preview"
        assert cache.get_or_set("asked", "of a preview") == "of a preview"
        assert cache.add("added", "of a preview") is False
    assert cache.get_many(["asked", "added"]) == {}
    assert look_up(cache, "public") == "public"
    with bypass_cache():
        assert look_up(cache, "of a preview") == "of a preview"
    assert look_up(cache, "another") == "public"


@pytest.mark.django_db
def test_what_was_not_found_in_one_request_is_set_in_the_next(cache: BaseCache, client: Client) -> None:
    """The first one failed, say, before it could set it."""
    assert cache.get("roots") is None
    client.get("/health/live")
    generation.increment()
    cache.set("roots", "new")
    assert cache.get("roots") == "new"


def test_it_can_be_emptied(cache: BaseCache) -> None:
    look_up(cache, "old")
    cache.clear()
    assert look_up(cache, "new") == "new"


def host_names() -> list[str]:
    return [path.root_url for path in Site.get_site_root_paths()]


@pytest.mark.django_db
def test_wagtail_clears_where_the_site_begins(django_assert_num_queries: Any) -> None:
    assert host_names() == ["http://localhost"]
    with django_assert_num_queries(0):
        assert host_names() == ["http://localhost"]
    Site.clear_site_root_paths_cache()
    with django_assert_num_queries(1):
        assert host_names() == ["http://localhost"]


@pytest.mark.django_db
def test_where_the_site_begins_is_asked_anew_where_it_changed_meanwhile() -> None:
    """The change is committed by another process after Wagtail has read the row and before it keeps the answer."""

    def change_after(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        result = execute(sql, parameters, many, context)
        generation.increment()
        return result

    with connection.execute_wrapper(change_after):
        host_names()
    with connection.execute_wrapper(change_after):
        asked = len(host_names())
    assert asked == 1
    assert caches["generation"].get("wagtail_site_root_paths", version=2) is None


@pytest.mark.django_db(transaction=True)
def test_a_change_in_another_process_shows_where_the_site_begins() -> None:
    """Neither the writer's signals nor its transaction reach this process."""
    assert host_names() == ["http://localhost"]
    assert elsewhere.run("from wagtail.models import Site; Site.objects.update(hostname='example.org')") == 0
    assert host_names() == ["http://example.org"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_was_never_kept() -> None:
    with transaction.atomic():
        site = Site.objects.get()
        site.hostname = "example.org"
        site.save()
        assert host_names() == ["http://example.org"]
        transaction.set_rollback(True)
    assert host_names() == ["http://localhost"]


@pytest.mark.django_db
def test_names_of_locales_are_kept_until_the_site_changes(django_assert_num_queries: Any) -> None:
    before = get_locales_display_names()
    with django_assert_num_queries(0):
        assert get_locales_display_names() == before
    Locale.objects.create(language_code="es")
    connection.run_on_commit.clear()
    generation.increment()
    assert len(get_locales_display_names()) == len(before) + 1


def test_wagtail_looks_nothing_else_up_in_a_cache() -> None:
    """A new use of the default cache is a new answer to whether it may be stale, and belongs in `cache.connect`."""
    folder = Path(apps.get_app_config("wagtailcore").path)
    using = {
        str(file.relative_to(folder))
        for file in folder.rglob("*.py")
        if "core.cache import" in file.read_text() and "test" not in file.name
    }
    assert using == {
        # Kept in `generation`.
        *("coreutils.py", "signal_handlers.py", "models/sites.py"),
        # In `renditions`.
        "images/models.py",
        # What somebody uploads for an import, which every process must find: in `default`.
        "contrib/redirects/tmp_storages.py",
    }
