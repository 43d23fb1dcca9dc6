"""A proxy in front of the site that can be told to change the bytes it forwards, like a broken cache."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from site_core.settings.environment import SiteURL


class Proxy(ThreadingHTTPServer):
    """Forwards requests to a local port, counts them, and changes the responses while `tampers` is set."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Handing)
        self.behind = port
        self.tampers = False
        self.asked: list[str] = []

    @property
    def address(self) -> SiteURL:
        return SiteURL(f"http://127.0.0.1:{self.server_port}", "127.0.0.1", self.server_port, False)


class Handing(BaseHTTPRequestHandler):
    server: Proxy

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=10)
        connection.request("GET", self.path, headers={"Host": self.headers["Host"]})
        answer = connection.getresponse()
        body = answer.read() + (b"<!-- old -->" if self.server.tampers else b"")
        self.send_response(answer.status)
        if location := answer.getheader("Location"):
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        connection.close()

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


@contextmanager
def proxy(port: int) -> Iterator[Proxy]:
    """A proxy in front of the site on a port."""
    with Proxy(port) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
