"""A site with its content, created once and copied for each trial."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.page_cache.trials.machine import Machine
from tests.postgresql import TEMPLATE, drop_databases, new_database
from tests.running_site import RunningSite

SQLITE = "site.sqlite3"
# Processes that run tests side by side share a server. Each has databases of its own there.
_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")
_NAME, _COPY = f"nnsc_prepared_trial{_PROCESS}", f"nnsc_trial{_PROCESS}"


@dataclass(frozen=True)
class Prepared:
    """A folder, and the URL of its database; "" if that is a file in the folder."""

    folder: Path
    database: str = ""

    def site(self, folder: Path, port: int, **more: str) -> RunningSite:
        """A site to start in an empty folder, with a copy of the database, a file. Its first start is a quick one."""
        self._copy_files(folder)
        return RunningSite(folder, port, **more)

    def machine(self, folder: Path, servers: int = 2) -> Machine:
        """A machine in a new folder, with a copy of the database."""
        folder.mkdir(exist_ok=True)
        self._copy_files(folder)
        if not self.database:
            return Machine(folder, servers)
        return Machine(folder, servers, DATABASE_URL=new_database(self.database, _COPY, _NAME))

    def _copy_files(self, folder: Path) -> None:
        (folder / "static").symlink_to((self.folder / "static").resolve())
        for file in self.folder.glob(f"{SQLITE}*"):
            shutil.copy(file, folder)


def prepare_sqlite(folder: Path) -> Prepared:
    """Prepares a site in a folder, which may contain a migrated database and a `static` folder to share."""
    Machine(folder).prepare()
    return Prepared(folder)


@contextmanager
def prepared_on_postgresql(folder: Path, server: str) -> Iterator[Prepared]:
    """The same with databases on the server at an address, which are gone afterward."""
    address = new_database(server, _NAME, os.environ.get(TEMPLATE))
    try:
        Machine(folder, DATABASE_URL=address).prepare()
        yield Prepared(folder, server)
    finally:
        drop_databases(server, _COPY, _NAME)
