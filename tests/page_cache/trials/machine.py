"""A machine of the site: a folder, and web servers of one process each that serve from it."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from django.conf import settings

from site_core.ops import supervisor
from tests.running_site import RunningSite, free_port, wait_until

# The host in the requests to every machine, so that all pages have the same bytes.
HOST = "localhost"
_PREPARE = "from site_core.ops.management.commands.run_site import Command; Command().prepare()"


class Machine(RunningSite):
    """Web servers without a publishing process, so that only the tests change anything."""

    def __init__(self, folder: Path, servers: int = 2, **more: str) -> None:
        """`more` are environment variables, such as DATABASE_URL."""
        self.ports = [free_port() for _ in range(servers)]
        super().__init__(folder, self.ports[0], PUBLIC_URL=f"http://{HOST}", **more)

    def prepare(self) -> None:
        """Brings its database, content and static files up to date."""
        self.shell(_PREPARE)

    def another(self, folder: Path) -> "Machine":
        """A second machine with the same database. They share their media as they would share a bucket."""
        folder.mkdir()
        (self.folder / "media").mkdir(exist_ok=True)
        for shared in ("static", "media"):
            (folder / shared).symlink_to(self.folder / shared)
        return Machine(folder, len(self.ports), DATABASE_URL=self.environment["DATABASE_URL"])

    def __enter__(self) -> Self:
        with ExitStack() as at_end:
            for port in self.ports:
                at_end.enter_context(self._server(port))
            wait_until(lambda: all(self.text_from(port, "/") for port in self.ports))
            self._at_end = at_end.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._at_end.close()

    @property
    def log(self) -> str:
        """The log of the web servers."""
        return self._log.read_text()

    def text_from(self, port: int, url: str) -> str:
        """The page that one of the servers serves, or "" if it serves none."""
        connection = http.client.HTTPConnection(supervisor.HOST, port, timeout=10)
        try:
            connection.request("GET", url, headers={"Host": HOST})
            response = connection.getresponse()
            return response.read().decode() if response.status == 200 else ""
        except OSError:
            return ""
        finally:
            connection.close()

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    @contextmanager
    def _server(self, port: int) -> Iterator[None]:
        command = [
            *(sys.executable, "-m", "site_core.ops.web_server", "--interface", "wsgi"),
            *("--host", supervisor.HOST, "--port", str(port), "--workers", "1", "--blocking-threads", "4"),
            *("--log-level", "warning", "--no-access-log", "site_core.wsgi:application"),
        ]
        with self._log.open("a") as log:
            process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield
        finally:
            # Its worker, too.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
