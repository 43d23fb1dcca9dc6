"""What a process remembers is asked anew in each generation, and never what only some may see."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from site_core.page_cache import memoize
from site_core.page_cache.invalidation import generation
from site_core.page_cache.memoize import bypass_cache, memoized
from site_core.redirects.gone import WithdrawnURL

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Asked:
    """Answers with how often it has been asked, and does something meanwhile."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.times = 0
        self.meanwhile = meanwhile

    def __call__(self, *args: object, **kwargs: object) -> int:
        self.times += 1
        answer = self.times
        self.meanwhile()
        return answer


def recalling(asked: Asked) -> Callable[..., int]:
    def answer(*args: object, **kwargs: object) -> int:
        return asked(*args, **kwargs)

    return memoized(answer)


@pytest.fixture(autouse=True)
def _no_change_under_way(db: None) -> None:
    connection.run_on_commit.clear()


def test_it_is_asked_once_in_a_generation() -> None:
    recall = recalling(Asked())
    assert [recall(), recall()] == [1, 1]
    generation.increment()
    assert [recall(), recall()] == [2, 2]


def test_each_set_of_arguments_has_its_answer() -> None:
    recall = recalling(Asked())
    assert [recall("a"), recall("b"), recall(name="a"), recall("a"), recall("b"), recall(name="a")] == [
        1,
        2,
        3,
        1,
        2,
        3,
    ]


def test_that_there_is_nothing_is_an_answer_too() -> None:
    asked: list[int] = []
    recall = memoized(lambda: asked.append(1))
    assert [recall(), recall()] == [None, None]
    assert len(asked) == 1


def test_a_failure_is_not_remembered() -> None:
    asked = Asked(meanwhile=lambda: 1 // (asked.times - 1))
    recall = recalling(asked)
    with pytest.raises(ZeroDivisionError):
        recall()
    assert [recall(), recall()] == [2, 2]


def test_set_aside_nothing_is_remembered_nor_recalled() -> None:
    recall = recalling(Asked())
    with bypass_cache():
        assert [recall(), recall()] == [1, 2]
    assert recall() == 3
    with bypass_cache():
        assert recall() == 4
    assert recall() == 3


def test_before_a_commit_nothing_is_remembered_nor_recalled() -> None:
    recall = recalling(Asked())
    assert recall() == 1
    with transaction.atomic():
        WithdrawnURL.objects.create(path="/example")
        assert [recall(), recall()] == [2, 3]
        transaction.set_rollback(True)
    assert recall() == 1


def test_a_change_while_it_is_asked_leaves_the_answer_behind() -> None:
    asked = Asked(meanwhile=generation.increment)
    recall = recalling(asked)
    assert recall() == 1
    asked.meanwhile = lambda: None
    assert [recall(), recall()] == [2, 2]


def test_what_is_asked_while_it_is_asked_in_a_later_generation_stays() -> None:
    """A thread that began before a change comes to its end after another has asked anew."""
    begun, go_on = Event(), Event()

    def wait_once() -> None:
        if not begun.is_set():
            begun.set()
            assert go_on.wait(20)

    asked = Asked(meanwhile=wait_once)
    recall = recalling(asked)
    slow = Thread(target=recall)
    slow.start()
    assert begun.wait(20)
    generation.increment()
    assert recall() == 2
    go_on.set()
    slow.join()
    assert [recall(), asked.times] == [2, 2]


def test_threads_that_ask_at_once_share_one_answer_from_then_on() -> None:
    together = Barrier(8)
    asked = Asked()
    recall = recalling(asked)
    answers: list[int] = []

    def ask() -> None:
        together.wait(20)
        answers.extend(recall() for _ in range(100))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 800
    assert asked.times <= 8
    assert len({recall() for _ in range(3)}) == 1


def test_no_more_is_kept_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memoize, "MOST_MEMOIZED", 2)
    recall = recalling(Asked())
    assert [recall(name) for name in "abcabc"] == [1, 2, 3, 1, 2, 4]
