"""Django's default cache, in which Wagtail keeps where the site begins."""

from collections.abc import Iterator

import pytest
from django.core.cache import BaseCache, caches

from site_core.page_cache.invalidation import generation
from site_core.page_cache.memoize import bypass_cache


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[BaseCache]:
    """Outside of any transaction, as for a visitor."""
    monkeypatch.setattr("site_core.page_cache.memoize.is_changing", lambda: False)
    yield caches["default"]


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


def test_a_preview_finds_nothing_and_leaves_nothing(cache: BaseCache) -> None:
    generation.increment()
    with bypass_cache():
        assert look_up(cache, "of a preview") == "of a preview"
    assert look_up(cache, "public") == "public"
    with bypass_cache():
        assert look_up(cache, "of a preview") == "of a preview"
    assert look_up(cache, "another") == "public"


def test_it_can_be_emptied(cache: BaseCache) -> None:
    look_up(cache, "old")
    cache.clear()
    assert look_up(cache, "new") == "new"
