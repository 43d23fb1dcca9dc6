"""The databases that the tests of a process begin with, each filled once.

A test changes one in a transaction. A test that commits gets a copy of its own.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from home.content_loader import load_content
from home.management.commands.load_content import CONTENT_FOLDER
from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange
from tests import factories
from tests.browser.every_page import every_address
from tests.browser.two_places import news_of_two_places
from tests.contracts.stock import stocked_site
from tests.postgresql import VARIABLE, drop_databases, new_database

EMPTY = "empty"
# The pages that every site has, the organization's content, something of everything, and what many browser tests look
# at.
FILLED: dict[str, Callable[[], Any]] = {
    "tree": factories.site_tree,
    "content": lambda: load_content(CONTENT_FOLDER),
    "stocked": stocked_site,
    "every_page": lambda: every_address(stocked_site(news=3, figures=2)),
    "two_places": news_of_two_places,
}
# The fixtures that ask for each, and those that need any.
ASKED_FOR_BY = {
    "tree_of_the_module": "tree",
    "loaded": "content",
    "stocked": "stocked",
    "every_page": "every_page",
    "two_places": "two_places",
}
DATABASE_FIXTURES = {"django_db_setup", "db", "transactional_db", "live_server", "databases", "prepared"}


def fixtures_of(test: pytest.Item) -> list[str]:
    return getattr(test, "fixturenames", [])


def asked_for(test: pytest.Item) -> str:
    """The name of the database that a test begins with."""
    return next((database for name, database in ASKED_FOR_BY.items() if name in fixtures_of(test)), EMPTY)


class Databases:
    """The databases by name. One of them is in use: the one that Django's connection leads to."""

    def __init__(self) -> None:
        """Begins with the migrated database that Django has made for the tests, in use."""
        self._first = str(connection.settings_dict["NAME"])
        self._in_use = EMPTY
        self._committed_to = self._beside_the_first("committed_to")
        # What filling each gave back.
        self.made: dict[str, Any] = {}
        self._copy(self._first, self._original(EMPTY))

    def fill(self, name: str) -> None:
        self._copy(self._original(EMPTY), self._place(name))
        with self.in_use(name):
            # At once: a commit for each of its statements would take longer than all else.
            with transaction.atomic():
                self.made[name] = FILLED[name]()
            # Filling it is a change, too, which nobody is to follow.
            CommittedChange.objects.all().delete()
        self._copy(self._place(name), self._original(name))

    @contextmanager
    def in_use(self, name: str) -> Iterator[None]:
        before = self._in_use
        self._use(name)
        yield
        self._use(before)

    def begin(self, name: str) -> None:
        """Have a copy of a database in use, to commit to. It has a connection of its own: the other one may stand in
        the transaction of a module.
        """
        self._before = connections[DEFAULT_DB_ALIAS], connection.settings_dict["NAME"]
        connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
        self._copy(self._original(name), self._committed_to)
        connection.settings_dict["NAME"] = self._committed_to
        # What is memoized of another database is as old as before a change.
        generation.increment()

    def end(self) -> None:
        """The copy is left, and the connection before is in use again."""
        connections.close_all()
        connections[DEFAULT_DB_ALIAS], connection.settings_dict["NAME"] = self._before
        generation.increment()

    def remove(self) -> None:
        """All but the first, which Django removes itself."""
        self._use(EMPTY)
        if connection.vendor == "postgresql":
            places = [self._place(name) for name in self.made]
            originals = [self._original(name) for name in (EMPTY, *self.made)]
            drop_databases(os.environ[VARIABLE], self._committed_to, *places, *originals)

    def _use(self, name: str) -> None:
        if name == self._in_use:
            return
        assert not connection.in_atomic_block, (
            f"The database in use has a transaction open: “{name}” would break it off."
        )
        connections.close_all()
        connection.settings_dict["NAME"] = self._place(name)
        self._in_use = name
        generation.increment()

    def _place(self, name: str) -> str:
        """The name that Django's connection has for it."""
        return self._first if name == EMPTY else self._beside_the_first(name)

    def _original(self, name: str) -> str:
        return self._beside_the_first(f"{name}_original")

    def _beside_the_first(self, name: str) -> str:
        if connection.vendor == "postgresql":
            return f"{self._first}_{name}"
        first = Path(self._first)
        return str(first.with_stem(f"{first.stem}_{name}"))

    def _copy(self, source: str, target: str) -> None:
        connections.close_all()
        if connection.vendor == "postgresql":
            new_database(os.environ[VARIABLE], target, source)
            return
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
            original.backup(copy)
