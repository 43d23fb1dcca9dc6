"""The site's caches: SharedCache, which all processes share, and GenerationCache, which a change of the site empties.

`default` is the shared one. Whatever counts, locks or hands something on between requests uses it.

`generation` and `renditions` are memory of each process. Wagtail looks up there where the site begins and how large
pictures are. A shared cache would be wrong for that: Wagtail deletes an entry before the change is committed, so
a request in between puts the old value back, and every URL of the site is wrong for an hour. What a preview looks
up would be public, and a write that sends no signal would delete nothing.
"""

import base64
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connections, router, transaction
from django.utils.connection import ConnectionProxy

from site_core.page_cache.invalidation import generation
from site_core.page_cache.memoize import cache_is_bypassed

_NOTHING = object()


class SharedCache(DatabaseCache):
    """Django's cache in the database, which every process on every machine of the site shares.

    The database is the one part that they all have, on SQLite too; files would be shared on one machine only. Django's
    own class loses counts and lets two callers take one lock, so here `incr` and `add` are atomic. What is written in
    a transaction is seen by others after its commit, and rolled back with it.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Return whether the entry is new. Of several callers, one alone replaces an entry that has expired."""
        with self._locked(key, version):
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Return the new count; the entry expires when it would have. Raises ValueError where there is none."""
        with self._locked(key, version) as write:
            value = self.get(key, _NOTHING, version)
            if value is _NOTHING:
                raise ValueError(f"Key '{key}' not found")
            counted: int = value + delta
            write(counted)
        return counted

    @contextmanager
    def _locked(self, key: Any, version: Any) -> Iterator[Callable[[Any], None]]:
        """A transaction in which nobody else writes to the entry; yields what writes its value alone.

        PostgreSQL locks the row. On SQLite the transaction is immediate, and no other begins before its end.
        """
        key = self.make_and_validate_key(key, version=version)
        alias = router.db_for_write(self.cache_model_class)
        connection = connections[alias]
        table = connection.ops.quote_name(self.cache_model_class._meta.db_table)
        lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE cache_key = %s {lock}", [key])  # noqa: S608 (our names)

            def write(value: Any) -> None:
                # In the form in which Django reads it.
                text = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode()
                cursor.execute(f"UPDATE {table} SET value = %s WHERE cache_key = %s", [text, key])  # noqa: S608

            yield write


class GenerationCache(LocMemCache):
    """Each process has its own, and finds nothing in it of an earlier generation. Each thread has its own object.

    A value that is set after it was not found belongs to the generation in which it was not found: a change that was
    committed since leaves it behind. A preview, and a transaction that has changed the site, find and leave nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The generation in which each key was not found.
        self._asked_in: dict[str, int] = {}

    def make_key(self, key: Any, version: Any = None) -> str:
        number, version = version if isinstance(version, tuple) else (generation.number(), version)
        return f"{number}:{super().make_key(key, version)}"

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        if cache_is_bypassed():
            return default
        now = generation.number()
        found = super().get(key, _NOTHING, version)
        if found is not _NOTHING:
            return found
        self._asked_in[super().make_key(key, version)] = now
        return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        version = self._as_asked(key, version)
        if not cache_is_bypassed():
            super().set(key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        version = self._as_asked(key, version)
        return not cache_is_bypassed() and super().add(key, value, timeout, version)

    def close(self, **kwargs: Any) -> None:
        """Called at the end of each request: what it has not found and not set will not be set."""
        self._asked_in.clear()

    def _as_asked(self, key: Any, version: Any) -> Any:
        """The generation to which a value that is now set belongs, with its version, as `make_key` takes them."""
        return self._asked_in.pop(super().make_key(key, version), generation.number()), version


def connect() -> None:
    """Called once, when the apps are loaded: what Wagtail looks up in the site's content is kept in `generation`.

    Wagtail takes the default cache for it, and has no setting that names another.
    """
    from wagtail import coreutils, signal_handlers
    from wagtail.models import sites

    for module in (coreutils, signal_handlers, sites):
        module.cache = ConnectionProxy(caches, "generation")
