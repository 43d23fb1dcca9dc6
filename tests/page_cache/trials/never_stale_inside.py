"""The writer of a trial of freshness: a process that changes the site and records what visitors must see.

It runs in `manage.py shell`. After each commit it records that the commit is complete, and renders every URL itself,
with empty caches. From then on every request must get this response or a newer one.
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
from tests.page_cache.trials.visits import URLS, digest_of

# They register their actions.
assert page_actions and other_actions and unseen_actions


class Truth:
    """The right responses of all URLs after each commit. The size of `file` is the number of complete commits."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.answers: list[dict[str, str]] = []
        # The action of each commit, and the time at which it was complete.
        self.actions: list[str] = []
        self.times: list[float] = []
        self.action = "nothing yet"
        self._handler = WSGIHandler()
        self._requests = RequestFactory(headers={"host": HOST})
        self._has_written = False
        self._is_looking = False
        connection.execute_wrappers.append(self._note_write)

    def look(self) -> None:
        """Records that the last change is complete: from now on no older response is right."""
        with self.file.open("a") as file:
            file.write(".")
        self.times.append(time.time())
        self._is_looking = True
        with _empty_caches(len(self.answers)):
            self.answers.append({url: self._answer(url) for url in URLS})
        self.actions.append(self.action)
        self._is_looking = self._has_written = False

    def look_if_written(self) -> None:
        """Called after an action that may have written without an invalidation."""
        if self._has_written:
            self.look()

    def follow(self, increment: Callable[[], None]) -> Callable[[], None]:
        """A replacement for `increment`, which is the last step of a commit."""

        def move_on_and_look() -> None:
            increment()
            if not self._is_looking:
                self.look()

        return move_on_and_look

    def _answer(self, url: str) -> str:
        response = self._handler.get_response(self._requests.get(url))
        return digest_of(response.status_code, response.headers.get("Location", ""), b"".join(response))

    def _note_write(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT") and CommittedChange._meta.db_table not in sql:
            self._has_written = True
        return execute(sql, parameters, many, context)


@contextmanager
def _empty_caches(look: int) -> Iterator[None]:
    """Uses empty caches in the block, and a generation of its own."""
    real_caches, number = {alias: caches[alias] for alias in settings.CACHES}, generation.number
    for alias in real_caches:
        caches[alias] = LocMemCache(f"look {alias}", {})
        caches[alias].clear()
    generation.number = lambda: -2 - look
    try:
        yield
    finally:
        generation.number = number
        for alias, cache in real_caches.items():
            caches[alias] = cache


def write(actions: int, seed: int, *, is_silent: bool) -> None:
    """Reads a line, does the actions, and prints the right responses as one line of JSON.

    If it `is_silent`, it does not invalidate, and the site becomes stale.
    """
    logging.disable(logging.WARNING)
    editor, truth = Editor(seed), Truth(Path(settings.STATE_DIR) / "complete")
    truth.look()
    generation.increment = truth.follow((lambda: None) if is_silent else generation.increment)
    generation.withdraw = truth.follow((lambda: None) if is_silent else generation.withdraw)
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    known = [*SEEN, *UNSEEN]
    # Every action once in random order, and again, until there are enough.
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
    """Changes the title of the impact page, and prints the time in seconds since the epoch."""
    with transaction.atomic() if in_transaction else nullcontext():
        Page.objects.filter(slug="impact").update(title=title)
    print(time.time(), flush=True)  # noqa: T201


def die_after_commit(title: str, *, in_transaction: bool) -> None:
    """The same, but the process dies after its commit, before it invalidates."""

    def die() -> None:
        print(time.time(), flush=True)  # noqa: T201
        os._exit(0)

    generation.increment = die
    commit(title, in_transaction=in_transaction)


def commit_unheard(title: str) -> None:
    """The same, right after every listening connection to PostgreSQL was closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
    commit(title)
