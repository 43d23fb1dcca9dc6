"""The writer of a trial of freshness: a process of the site that changes it, and notes what visitors must see then.

It runs in `manage.py shell`. After each commit it renders every address itself, with nothing that was
memoized before, and says at once that the commit is complete: whoever asks from then on must be given that or newer.
"""

import json
import logging
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import RequestFactory
from wagtail.models import Page

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange
from tests.page_cache.trials import other_actions, page_actions, unseen_actions
from tests.page_cache.trials.editor import SEEN, UNSEEN, Editor
from tests.page_cache.trials.machine import HOST
from tests.page_cache.trials.visits import ADDRESSES, digest_of

# They register their actions.
assert page_actions and other_actions and unseen_actions


class Truth:
    """What each address should answer, after each commit. The size of `file` is the number of complete ones."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.answers: list[dict[str, str]] = []
        # Of each commit, which action it is of, and the time at which it was complete.
        self.actions: list[str] = []
        self.times: list[float] = []
        self.action = "nothing yet"
        self._handler = WSGIHandler()
        self._requests = RequestFactory(headers={"host": HOST})
        self._has_written = False
        self._is_looking = False
        connection.execute_wrappers.append(self._note_write)

    def look(self) -> None:
        """The change before this call is complete: from now on nothing older may be answered."""
        with self.file.open("a") as file:
            file.write(".")
        self.times.append(time.time())
        self._is_looking = True
        with _nothing_remembered(len(self.answers)):
            self.answers.append({address: self._answer(address) for address in ADDRESSES})
        self.actions.append(self.action)
        self._is_looking = self._has_written = False

    def look_if_written(self) -> None:
        """After what has been committed without a word about it, or was no change at all."""
        if self._has_written:
            self.look()

    def follow(self, increment: Callable[[], None]) -> Callable[[], None]:
        """What to call for `increment`: it is the last that happens in a commit."""

        def move_on_and_look() -> None:
            increment()
            if not self._is_looking:
                self.look()

        return move_on_and_look

    def _answer(self, address: str) -> str:
        response = self._handler.get_response(self._requests.get(address))
        return digest_of(response.status_code, response.headers.get("Location", ""), b"".join(response))

    def _note_write(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT") and CommittedChange._meta.db_table not in sql:
            self._has_written = True
        return execute(sql, parameters, many, context)


@contextmanager
def _nothing_remembered(look: int) -> Iterator[None]:
    """Whatever is memoized or cached inside was looked up inside: each look is a generation of its own."""
    kept, number = {alias: caches[alias] for alias in settings.CACHES}, generation.number
    for alias in kept:
        caches[alias] = LocMemCache(f"look {alias}", {})
        caches[alias].clear()
    generation.number = lambda: -2 - look
    try:
        yield
    finally:
        generation.number = number
        for alias, cache in kept.items():
            caches[alias] = cache


def write(actions: int, seed: int, *, is_silent: bool) -> None:
    """Do so many actions once a line is read, and print what should have been seen, as JSON in one line.

    Where it `is_silent` it tells nobody: the site is bound to be stale.
    """
    logging.disable(logging.WARNING)
    editor, truth = Editor(seed), Truth(Path(settings.STATE_DIR) / "complete")
    truth.look()
    generation.increment = truth.follow((lambda: None) if is_silent else generation.increment)
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    known = [*SEEN, *UNSEEN]
    # Each kind of action as often as any other, in one random order after another.
    names = list(islice(chain.from_iterable(editor.random.sample(known, len(known)) for _ in count()), actions))
    failed, unlike_said = 0, Counter[str]()
    for name in names:
        first, truth.action = len(truth.answers), name
        try:
            (SEEN | UNSEEN)[name](editor)
            truth.look_if_written()
        except Exception:
            traceback.print_exc()
            failed += 1
        was_seen = any(answers != truth.answers[first - 1] for answers in truth.answers[first:])
        unlike_said[name] += was_seen != (name in SEEN)
    result = {
        "answers": truth.answers,
        "actions_of": truth.actions,
        "times": truth.times,
        "actions": Counter(names),
        "failed": failed,
        "unlike_said": +unlike_said,
    }
    print(json.dumps(result), flush=True)  # noqa: T201


def commit(title: str, *, in_transaction: bool = True) -> None:
    """Give the page of figures another title, and print when, in seconds since the epoch."""
    with transaction.atomic() if in_transaction else nullcontext():
        Page.objects.filter(slug="impact").update(title=title)
    print(time.time(), flush=True)  # noqa: T201


def die_after_commit(title: str, *, in_transaction: bool) -> None:
    """The same, but the process is killed after its commit, before anybody is told."""

    def die() -> None:
        print(time.time(), flush=True)  # noqa: T201
        os._exit(0)

    generation.increment = die
    commit(title, in_transaction=in_transaction)


def commit_unheard(title: str) -> None:
    """The same, right after every connection that listened to PostgreSQL has been cut."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
    commit(title)
