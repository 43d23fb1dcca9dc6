"""A site with its content, created once and copied for each trial."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.page_cache.trials.machine import Machine
from tests.postgresql import TEMPLATE

SQLITE = "site.sqlite3"
_NAME, _COPY = "nnsc_prepared_trial", "nnsc_trial"


@dataclass(frozen=True)
class Prepared:
    """A folder, and the URL of its database; "" if that is a file in the folder."""

    folder: Path
    database: str = ""

    def machine(self, folder: Path, servers: int = 2) -> Machine:
        """A machine in a new folder, with a copy of the database."""
        folder.mkdir(exist_ok=True)
        (folder / "static").symlink_to((self.folder / "static").resolve())
        if not self.database:
            for file in self.folder.glob(f"{SQLITE}*"):
                shutil.copy(file, folder)
            return Machine(folder, servers)
        _create(self.database, _COPY, copy_of=_NAME)
        return Machine(folder, servers, DATABASE_URL=_database_url(self.database, _COPY))


def prepare_sqlite(folder: Path) -> Prepared:
    """Prepares a site in a folder, which may contain a migrated database and a `static` folder to share."""
    Machine(folder).prepare()
    return Prepared(folder)


@contextmanager
def prepared_on_postgresql(folder: Path, server: str) -> Iterator[Prepared]:
    """The same, with databases on a server, which are dropped at the end."""
    _create(server, _NAME, copy_of=os.environ.get(TEMPLATE))
    try:
        Machine(folder, DATABASE_URL=_database_url(server, _NAME)).prepare()
        yield Prepared(folder, server)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            for name in (_COPY, _NAME):
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def _create(server: str, name: str, copy_of: str | None) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}{f' TEMPLATE {copy_of}' if copy_of else ''}".encode())


def _database_url(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
