"""Every cache of the site does what Django says a cache does, whoever uses it and in whatever order."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import BaseCache, caches
from wagtail.models.sites import SiteRootPath

pytestmark = pytest.mark.django_db


@dataclass
class Example:
    """An object of our own, as a value."""

    name: str
    parts: list[int]


@pytest.fixture(params=settings.CACHES)
def cache(request: pytest.FixtureRequest) -> BaseCache:
    return caches[request.param]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is set forward."""
    with time_machine.travel(datetime(2030, 1, 1, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_a_value_is_kept_without_having_been_asked_for(cache: BaseCache) -> None:
    cache.set("key", "value")
    assert cache.get("key") == "value"
    cache.set("key", "another")
    assert cache.get("key") == "another"


def test_a_value_that_was_asked_for_in_vain_is_kept_just_the_same(cache: BaseCache) -> None:
    assert cache.get("key") is None
    assert cache.get("key", "default") == "default"
    cache.set("key", "value")
    assert cache.get("key", "default") == "value"


def test_none_is_a_value(cache: BaseCache) -> None:
    cache.set("key", None)
    assert cache.get("key", "default") is None
    assert "key" in cache


@pytest.mark.parametrize(
    "value",
    [
        *(0, -1, 2**70, 1.5, True, "", "ñ “ü” 😀", b"\0bytes", Decimal("1.10"), datetime(2030, 1, 1, tzinfo=UTC)),
        *([1, [2]], (1, 2), {"a": {"b": 1}}, {1, 2}, frozenset({1}), Example("name", [1])),
        SiteRootPath(1, "/home/", "https://example.org", "en"),
        *(len, Example),
    ],
    ids=repr,
)
def test_a_value_comes_back_as_what_it_was(cache: BaseCache, value: object) -> None:
    cache.set("key", value)
    found = cache.get("key")
    assert (found, type(found)) == (value, type(value))


def test_what_cannot_be_pickled_is_refused(cache: BaseCache) -> None:
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        cache.set("key", lambda: None)
    assert "key" not in cache


def test_a_value_is_a_copy_on_its_way_in_and_on_its_way_out(cache: BaseCache) -> None:
    value = {"parts": [1]}
    cache.set("key", value)
    value["parts"].append(2)
    cache.get("key")["parts"].append(3)
    assert cache.get("key") == {"parts": [1]}


def test_add_keeps_what_is_there(cache: BaseCache, clock: time_machine.Traveller) -> None:
    assert cache.add("key", "first", 10) is True
    assert cache.add("key", "second", 10) is False
    assert cache.get("key") == "first"
    clock.shift(11)
    assert cache.add("key", "third", 10) is True
    assert cache.get("key") == "third"


def test_add_takes_the_place_of_what_was_deleted(cache: BaseCache) -> None:
    cache.set("key", "first")
    cache.delete("key")
    assert cache.add("key", "second") is True
    assert cache.get("key") == "second"


def test_delete_says_whether_there_was_something(cache: BaseCache) -> None:
    cache.set("key", "value")
    cache.set("other", "value")
    assert cache.delete("key") is True
    assert cache.delete("key") is False
    assert (cache.get("key"), cache.get("other")) == (None, "value")


def test_has_key_and_in(cache: BaseCache, clock: time_machine.Traveller) -> None:
    assert not cache.has_key("key")
    assert "key" not in cache
    cache.set("key", "value", 10)
    assert cache.has_key("key")
    assert "key" in cache
    clock.shift(11)
    assert not cache.has_key("key")
    assert "key" not in cache


def test_touch_gives_a_new_timeout_to_what_is_there(cache: BaseCache, clock: time_machine.Traveller) -> None:
    assert cache.touch("key", 10) is False
    cache.set("key", "value", 10)
    assert cache.touch("key", 100) is True
    clock.shift(50)
    assert cache.get("key") == "value"
    assert cache.touch("key", None) is True
    clock.shift(1_000_000)
    assert cache.get("key") == "value"
    assert cache.touch("key", 0) is True
    assert cache.get("key") is None


def test_incr_and_decr_count(cache: BaseCache) -> None:
    cache.set("key", 41)
    assert [cache.incr("key"), cache.incr("key", 10), cache.decr("key"), cache.decr("key", 60)] == [42, 52, 51, -9]
    assert cache.get("key") == -9


@pytest.mark.parametrize("count", ["incr", "decr"])
def test_what_is_not_there_cannot_be_counted(cache: BaseCache, count: str, clock: time_machine.Traveller) -> None:
    with pytest.raises(ValueError, match="key"):
        getattr(cache, count)("key")
    cache.set("key", 1, 10)
    clock.shift(11)
    with pytest.raises(ValueError, match="key"):
        getattr(cache, count)("key")
    assert "key" not in cache


def test_counting_leaves_the_timeout_alone(cache: BaseCache, clock: time_machine.Traveller) -> None:
    """Else a throttle of an hour would end after five minutes, or never."""
    cache.set("hour", 0, 3600)
    cache.set("minute", 0, 60)
    cache.set("forever", 0, None)
    for key in ("hour", "minute", "forever"):
        cache.incr(key)
    clock.shift(59)
    assert [cache.incr(key) for key in ("hour", "minute", "forever")] == [2, 2, 2]
    clock.shift(2)
    assert cache.get_many(["hour", "minute", "forever"]) == {"hour": 2, "forever": 2}
    clock.shift(3600)
    assert cache.get_many(["hour", "minute", "forever"]) == {"forever": 2}


def test_get_or_set_asks_once(cache: BaseCache) -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append("once")
        return "value"

    assert [cache.get_or_set("key", ask), cache.get_or_set("key", ask)] == ["value", "value"]
    assert asked == ["once"]
    assert cache.get_or_set("plain", "value") == "value"
    assert cache.get_or_set("nothing", None) is None
    assert cache.get("plain") == "value"
    assert "nothing" in cache


def test_many_at_once(cache: BaseCache, clock: time_machine.Traveller) -> None:
    assert cache.set_many({"a": 1, "b": 2, "c": 3}, 10) == []
    assert cache.get_many(["a", "b", "d"]) == {"a": 1, "b": 2}
    assert cache.get_many(key for key in "abc") == {"a": 1, "b": 2, "c": 3}
    cache.delete_many(["a", "d"])
    assert cache.get_many("abcd") == {"b": 2, "c": 3}
    assert cache.get_many([]) == {}
    clock.shift(11)
    assert cache.get_many("abcd") == {}


@pytest.mark.parametrize("timeout", [0, -1, -100])
def test_what_has_run_out_is_not_there(cache: BaseCache, timeout: int) -> None:
    cache.set("key", "value")
    cache.set("key", "another", timeout)
    assert cache.get("key") is None
    assert "key" not in cache
    cache.set_many({"key": "value"}, timeout)
    assert cache.get_many(["key"]) == {}


def test_a_timeout_is_in_seconds(cache: BaseCache, clock: time_machine.Traveller) -> None:
    cache.set("short", "value", 1)
    cache.set("long", "value", 100)
    cache.set("forever", "value", None)
    cache.set("default", "value")
    clock.shift(2)
    assert cache.get_many(["short", "long", "forever", "default"]).keys() == {"long", "forever", "default"}
    clock.shift(297)
    assert cache.get_many(["short", "long", "forever", "default"]).keys() == {"forever", "default"}
    clock.shift(2)
    assert cache.get_many(["short", "long", "forever", "default"]).keys() == {"forever"}
    clock.shift(1_000_000_000)
    assert cache.get("forever") == "value"


def test_versions_are_apart(cache: BaseCache) -> None:
    cache.set("key", "first")
    cache.set("key", "second", version=2)
    assert [cache.get("key"), cache.get("key", version=1), cache.get("key", version=2)] == ["first", "first", "second"]
    assert cache.get_many(["key"], version=2) == {"key": "second"}
    assert cache.has_key("key", version=2)
    assert not cache.has_key("key", version=3)
    assert cache.add("key", "third", version=3) is True
    assert cache.delete("key", version=2) is True
    assert [cache.get("key"), cache.get("key", version=2), cache.get("key", version=3)] == ["first", None, "third"]


def test_a_value_moves_to_another_version(cache: BaseCache) -> None:
    cache.set("key", "value")
    assert cache.incr_version("key") == 2
    assert [cache.get("key"), cache.get("key", version=2)] == [None, "value"]
    assert cache.incr_version("key", version=2, delta=3) == 5
    assert cache.decr_version("key", version=5) == 4
    assert [cache.get("key", version=version) for version in (2, 4, 5)] == [None, "value", None]
    with pytest.raises(ValueError, match="key"):
        cache.incr_version("key")


def test_clear_leaves_nothing(cache: BaseCache) -> None:
    cache.set_many({"a": 1, "b": 2}, None)
    cache.set("a", 1, version=2)
    cache.clear()
    assert cache.get_many("ab") == {}
    assert cache.get("a", version=2) is None


@pytest.mark.parametrize("alias", settings.CACHES)
@pytest.mark.parametrize(("frequency", "fewest"), [(3, 20), (0, 1)])
def test_a_full_cache_makes_room(alias: str, frequency: int, fewest: int, settings: Any) -> None:
    options = {"MAX_ENTRIES": 30, "CULL_FREQUENCY": frequency}
    settings.CACHES = settings.CACHES | {alias: settings.CACHES[alias] | {"OPTIONS": options}}
    cache = caches[alias]
    kept = []
    for number in range(100):
        cache.set(f"key-{number:03}", number, 100)
        kept.append(len(cache.get_many([f"key-{key:03}" for key in range(number + 1)])))
    assert max(kept) in (30, 31)
    assert fewest <= min(kept[31:]) < 30
