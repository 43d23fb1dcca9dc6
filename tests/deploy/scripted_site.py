"""A site that says what a test tells it to, behind the nginx of deploy/, and remembers what it was asked."""

import http.client
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.deploy import deploy_files
from tests.deploy.running_deployment import HOST, Answer
from tests.running_site import free_port, wait_until

KEPT = {"X-Accel-Expires": "1", "Cache-Control": "public, max-age=0, must-revalidate"}


@dataclass
class Saying:
    """An answer, after a while. With `breaks_off` the connection is closed instead."""

    body: bytes = b"said"
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(KEPT))
    seconds: float = 0.0
    breaks_off: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as the site got it. `process` is 1 or 2."""

    process: int
    method: str
    path: str
    headers: Message


class ScriptedSite:
    """Two processes, as far as nginx can tell, that say the same. Either can be away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.withdrawals = self.state / "withdrawals"
        self.withdrawals.mkdir(parents=True)
        self.withdraw()
        self.ports = {name: free_port() for name in ("http", "https", "8001", "8002")}
        self.says: dict[str, Saying] = {}
        self.asked: list[Asked] = []
        self.servers: dict[int, _Server] = {}
        deploy_files.lay_out_nginx(folder, self.state, self.ports)
        self.trust = ssl.create_default_context(cafile=deploy_files.certificate(folder))

    def withdraw(self) -> None:
        """As `generation.withdraw` tells nginx."""
        number = str(len(list(self.withdrawals.iterdir())))
        (self.withdrawals / number).mkdir()
        (self.withdrawals / "next").symlink_to(number)
        (self.withdrawals / "next").replace(self.withdrawals / "latest")

    def come(self, process: int) -> None:
        server = self.servers[process] = _Server(self, process)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def go_away(self, process: int) -> None:
        server = self.servers.pop(process)
        server.shutdown()
        server.close_everything()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPSConnection("localhost", self.ports["https"], timeout=10, context=self.trust)

    def get(self, path: str, **headers: str) -> Answer:
        """One answer of nginx. `headers` are written with underscores."""
        return self.request("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def request(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: Any = None) -> Answer:
        connection = self.connect()
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def at_once(self, number: int, ask: Callable[[], Answer]) -> list[Answer]:
        """The answers to so many visitors who ask together."""
        answers: list[Answer] = []
        threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def times_asked(self, path: str) -> int:
        return sum(one.path == path for one in self.asked)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: ScriptedSite, process: int) -> None:
        super().__init__((HOST, site.ports[f"800{process}"]), _Handler)
        self.site = site
        self.process = process
        self.open: set[Any] = set()

    def close_everything(self) -> None:
        """As the system does for a process that is gone."""
        self.server_close()
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def _answer(self) -> None:
        site = self.server.site
        site.asked.append(Asked(self.server.process, self.command, self.path, self.headers))
        said = site.says.get(self.path.split("?")[0], Saying(b"nothing", 404, {}))
        time.sleep(said.seconds)
        if said.breaks_off:
            self.close_connection = True
            return
        etag = said.headers.get("ETag")
        unchanged = etag is not None and self.headers.get("If-None-Match") == etag
        self.send_response(304 if unchanged else said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if not unchanged:
            self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(said.body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what went wrong."""


@contextmanager
def scripted_site() -> Iterator[ScriptedSite]:
    """Both processes there, and nginx in front of them."""
    with tempfile.TemporaryDirectory(prefix="nnsc-scripted-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        site = ScriptedSite(folder)
        for process in (1, 2):
            site.come(process)
        running = subprocess.Popen(deploy_files.nginx(folder), stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: _listens(site) or running.poll() is not None)
            yield site
        finally:
            running.terminate()
            running.wait()
            for process in list(site.servers):
                site.go_away(process)


def _listens(site: ScriptedSite) -> bool:
    try:
        return site.get("/listening").status == 404
    except OSError:
        return False
