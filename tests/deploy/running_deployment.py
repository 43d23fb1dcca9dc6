"""The site as it runs in production, from the files of deploy/: nginx, two web processes, publishing, PostgreSQL.

Each part can be stopped and started by itself. Everything listens on this machine alone.
"""

import http.client
import os
import signal
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from tests.deploy import deploy_files
from tests.deploy.forked_shell import ForkedShell
from tests.deploy.prepared_site import OWNER, PREPARED, WEB, PreparedSite, as_role, environment
from tests.running_site import free_port, is_running, wait_until

HOST = "127.0.0.1"
# One of the web processes, by its number, or nginx in front of both.
Via = int | Literal["nginx"]
APPS = (1, 2)
# Seconds that a visitor waits for an answer.
PATIENCE = 20


@dataclass(frozen=True)
class Answer:
    """What somebody got."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Deployment:
    """All parts, in a folder. `machines`: 1 where both web processes share STATE_DIR, 2 where each has its own."""

    def __init__(
        self, prepared: PreparedSite, folder: Path, machines: int, database_name: str = "", **more: str
    ) -> None:
        """`more` are further variables of the environment."""
        self.database = prepared.database
        self.folder = folder
        # The version that is in /srv/nnsc: what starts from now on is of that one.
        self.version: Path = settings.BASE_DIR
        self.ports = {name: free_port() for name in ("http", "https", "8001", "8002")}
        self.address = f"https://localhost:{self.ports['https']}"
        states = [folder / f"state-{number}" for number in range(1, machines + 1)]
        for state in states:
            state.mkdir()
            (state / "static").symlink_to(prepared.static)
        self.states = {1: states[0], 2: states[-1]}
        name = database_name or f"deployed_{folder.name[-8:]}"
        database = as_role(self.database.new_database(name, PREPARED, OWNER), WEB)
        addresses = {"PUBLIC_URL": self.address, "VERIFICATION_URL": f"http://{HOST}:{self.port(1)}"}
        self.environments = {
            number: environment(database, state, **addresses, **more) for number, state in self.states.items()
        }
        self.owner_environment = self.environments[1] | {"DATABASE_URL": as_role(database, OWNER)}
        deploy_files.lay_out_nginx(folder, self.states[1], self.ports)
        self.certificate = deploy_files.certificate(folder)
        self.trust = ssl.create_default_context(cafile=self.certificate)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.shells: dict[int, ForkedShell] = {}

    def port(self, app: int) -> int:
        return self.ports[f"800{app}"]

    # The parts

    def start(self) -> None:
        with self.until_workers_start(1), self.until_workers_start(2):
            for app in APPS:
                self._run_app(app)
            self.start_publishing()
            self.start_nginx()
        wait_until(lambda: self.answers("nginx"))

    def stop(self) -> None:
        """Everything but the database, which belongs to somebody else."""
        for shell in self.shells.values():
            shell.stop()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait()

    def start_app(self, app: int) -> None:
        """Start a web process and wait until all its workers answer."""
        with self.until_workers_start(app):
            self._run_app(app)

    def stop_app(self, app: int) -> None:
        """As systemd does: it is asked to stop, and may finish what it is at."""
        self._stop(f"app-{app}")

    def restart_app(self, app: int) -> None:
        self.stop_app(app)
        self.start_app(app)

    def kill_app(self, app: int) -> None:
        """All at once, the workers with the process that watches them."""
        workers = self.workers_of(app)
        self.processes[f"app-{app}"].kill()
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        self.processes[f"app-{app}"].wait()

    def reload_app(self, app: int) -> None:
        """As `systemctl reload` does. Over once every worker is a new one, and answers."""
        old = self.workers_of(app)
        with self.until_workers_start(app):
            self.processes[f"app-{app}"].send_signal(signal.SIGHUP)
            wait_until(lambda: not any(is_running(worker) for worker in old))

    @contextmanager
    def until_workers_start(self, app: int, number: int = 2) -> Iterator[None]:
        """A block after which so many workers of a process have to start. It is over once they answer."""
        before = self._workers_started(app)
        yield
        wait_until(lambda: self._workers_started(app) >= before + number and self.answers(app))

    def _workers_started(self, app: int) -> int:
        return self.log_of(f"app-{app}").count("Started worker-")

    def workers_of(self, app: int) -> list[int]:
        """Their process numbers. Python's own helpers among the children are none."""
        process = self.processes[f"app-{app}"].pid
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return [int(child) for child in children if "resource_tracker" not in _command_of(int(child))]

    def start_publishing(self, machine: int = 1) -> None:
        command = deploy_files.commands_of("nnsc-publishing.service")[0]
        self._start(_publishing(machine), command, self.environments[machine])

    def stop_publishing(self, machine: int = 1) -> None:
        self._stop(_publishing(machine))

    def start_nginx(self) -> None:
        self._start("nginx", deploy_files.nginx(self.folder), None)

    def reload_nginx(self) -> None:
        self.processes["nginx"].send_signal(signal.SIGHUP)

    def stop_database(self) -> None:
        self.database.stop()

    def start_database(self) -> None:
        self.database.start()

    def _run_app(self, app: int) -> None:
        metrics = self.folder / f"metrics-{app}"
        metrics.mkdir(exist_ok=True)
        variables = self.environments[app] | {"PROMETHEUS_MULTIPROC_DIR": str(metrics)}
        self._start(f"app-{app}", deploy_files.commands_of("nnsc-web@.service", self.port(app))[0], variables)

    def _start(self, name: str, command: list[str], variables: dict[str, str] | None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=self.version, env=variables, stdout=log, stderr=subprocess.STDOUT
            )

    def _stop(self, name: str) -> None:
        self.processes[name].terminate()
        self.processes[name].wait()

    def log_of(self, name: str) -> str:
        """What “app-1”, “publishing” or another part has written."""
        file = self.folder / f"{name}.log"
        return file.read_text() if file.exists() else ""

    # Visitors

    def connect(self, via: Via = "nginx") -> http.client.HTTPConnection:
        """A connection to nginx, over https, or to one of the web processes itself."""
        if via == "nginx":
            return http.client.HTTPSConnection("localhost", self.ports["https"], timeout=PATIENCE, context=self.trust)
        return http.client.HTTPConnection(HOST, self.port(via), timeout=PATIENCE)

    def headers(self, via: Via, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a request needs: nginx tells the web processes what they have to know, and so does this."""
        own = {} if via == "nginx" else {"Host": f"localhost:{self.ports['https']}", "X-Forwarded-Proto": "https"}
        return own | dict(more or {})

    def get(self, path: str, via: Via = "nginx", **headers: str) -> Answer:
        """One answer. `headers` are written with underscores."""
        return self.request("GET", path, via, {name.replace("_", "-"): value for name, value in headers.items()})

    def request(
        self, method: str, path: str, via: Via = "nginx", headers: Mapping[str, str] | None = None, body: Any = None
    ) -> Answer:
        connection = self.connect(via)
        try:
            connection.request(method, path, body, self.headers(via, headers))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def answers(self, via: Via) -> bool:
        """Whether there is anybody, and not nginx in his place."""
        try:
            return self.get("/health/live", via).status == 200
        except (OSError, http.client.HTTPException):
            return False

    def shell(self, commands: str, app: int = 1) -> str:
        """What these lines of Python print, run in a process of their own as one of the web processes would."""
        if app not in self.shells:
            self.shells[app] = ForkedShell(self.environments[app])
        return self.shells[app].run(commands)


def _publishing(machine: int) -> str:
    return "publishing" if machine == 1 else f"publishing-{machine}"


def _command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except FileNotFoundError:
        return ""


@contextmanager
def running_deployment(prepared: PreparedSite, machines: int = 1, **more: str) -> Iterator[Deployment]:
    """Started, and gone afterwards. What its parts have written is shown where a test fails."""
    with tempfile.TemporaryDirectory(prefix="nnsc-deployed-") as name:
        folder = Path(name)
        # nginx runs as somebody else and has to get at what it serves.
        folder.chmod(0o755)
        deployment = Deployment(prepared, folder, machines, **more)
        try:
            deployment.start()
            yield deployment
        finally:
            deployment.stop()
