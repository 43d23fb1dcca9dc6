"""What processes share in the default cache: none of them loses a count, takes a lock twice, or stays behind."""

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.page_cache import elsewhere

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 2
TIMES = 200
BEGIN = """
import time
from django.core.cache import cache
cache.get("count")
print("ready", flush=True)
start = float(input())
"""
COUNT = f"""
for _ in range({TIMES}):
    cache.incr("count")
"""
# All processes reach for the same lock at the same instant.
LOCK = f"""
taken = 0
for number in range({TIMES}):
    while time.time() < start + number / 100:
        pass
    taken += cache.add(f"lock-{{number}}", 1, None)
print(taken)
"""


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    """Its table has no model, so that Django does not empty it after a test that commits."""
    yield
    cache.clear()


def printed_at_once(commands: str) -> list[str]:
    """What each of several processes prints that run these lines at the same time."""
    processes = [elsewhere.started(BEGIN + commands) for _ in range(PROCESSES)]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    start = time.time() + 0.1
    for process in processes:
        assert process.stdin
        process.stdin.write(f"{start}\n")
        process.stdin.flush()
    printed = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES
    return printed


def test_no_count_is_lost() -> None:
    cache.set("count", 0, None)
    printed_at_once(COUNT)
    assert cache.get("count") == PROCESSES * TIMES


def test_one_alone_takes_a_lock_that_is_new_or_has_expired() -> None:
    cache.set_many({f"lock-{number}": 1 for number in range(0, TIMES, 2)}, -1)
    taken = [int(number) for number in printed_at_once(LOCK)]
    assert sum(taken) == TIMES


def test_what_one_sets_another_finds_and_deletes() -> None:
    cache.set("key", {"from": "here"})
    cache.set("another", 1)
    commands = "from django.core.cache import cache; assert cache.get('key') == {'from': 'here'}"
    assert elsewhere.run(f"{commands}; cache.set('key', 'from there'); cache.delete('another')") == 0
    assert cache.get_many(["key", "another"]) == {"key": "from there"}
