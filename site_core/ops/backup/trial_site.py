"""A site of its own for a drill: a temporary database, a folder, and a web server that nobody else knows of."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

from site_core.ops import supervisor
from site_core.ops.backup.error import BackupError
from site_core.settings import environment
from site_core.settings.environment import BUCKET, SiteURL

# In the folder of the site, on a disk that has room for a second one.
FOLDER = "restore_drill"
# Seconds that the web server may take to start.
PATIENCE = 120
# What belongs to the site itself, and would have the trial count, purge or write there.
_NOT_FOR_TRIALS = ("PROMETHEUS_MULTIPROC_DIR", "CDN_URL")


class TrialSite:
    """A site in a folder and with a database of its own, which commands are run for."""

    def __init__(self, folder: Path, database: str, *, shares_bucket: bool) -> None:
        variables = {"STATE_DIR": str(folder), "DATABASE_URL": database}
        left_out = {*_NOT_FOR_TRIALS, *([] if shares_bucket else BUCKET), *variables}
        self._environment = {
            name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in left_out
        } | variables

    def run(self, *arguments: str) -> None:
        """Run a management command. Raises BackupError if it fails; it has said why."""
        command = [sys.executable, "manage.py", *arguments]
        if subprocess.run(command, cwd=settings.BASE_DIR, env=self._environment, check=False).returncode:  # noqa: S603
            raise BackupError(f"“manage.py {arguments[0]}” failed in the temporary site.")

    @contextmanager
    def running(self) -> Iterator[SiteURL]:
        """The URL of its web server. Raises BackupError if that does not answer."""
        with socket.socket() as listener:
            listener.bind((supervisor.HOST, 0))
            port = listener.getsockname()[1]
        web_server = supervisor.children(port, settings.BASE_DIR)[0].command
        process = subprocess.Popen(  # noqa: S603 (our own command)
            web_server, cwd=settings.BASE_DIR, env=self._environment | supervisor.ENVIRONMENT
        )
        try:
            _wait_for(process, port)
            yield SiteURL(f"http://{supervisor.HOST}:{port}", supervisor.HOST, port, is_https=False)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def trial_site(*, shares_bucket: bool) -> Iterator[TrialSite]:
    """A site without tables, which is gone when the block ends. Raises BackupError where none can be made."""
    state = Path(settings.STATE_DIR)
    folder = state / FOLDER
    # Left by one that was killed.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        (folder / "static").symlink_to(Path(settings.STATIC_ROOT).resolve())
        if (state / "secret_key").exists():
            shutil.copy(state / "secret_key", folder)
        with _database(folder) as database:
            yield TrialSite(folder, database, shares_bucket=shares_bucket)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The URL of an empty database of the same kind as the site's, on the same server."""
    if connection.vendor != "postgresql":
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    url = urlsplit(environment.text("DATABASE_URL", ""))
    name = f"{url.path.strip('/')}_{FOLDER}"
    parameters: dict[str, Any] = {**connection.get_connection_params(), "autocommit": True, "context": None}
    parameters.pop("cursor_factory")
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
    with psycopg.connect(**parameters) as server:
        try:
            server.execute(drop)
            server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            role = server.info.user
            raise BackupError(
                f"The role {role} may not make a database to restore into: a superuser gives it the right with “ALTER "
                f"ROLE {role} CREATEDB”."
            ) from error
        try:
            yield urlunsplit(url._replace(path=f"/{name}"))
        finally:
            server.execute(drop)


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _is_live(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise BackupError("The web server of the temporary site does not answer.")
        time.sleep(0.2)


def _is_live(port: int) -> bool:
    asked = http.client.HTTPConnection(supervisor.HOST, port, timeout=PATIENCE)
    try:
        asked.request("GET", "/health/live")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
