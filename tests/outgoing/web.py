"""A small web on this machine: every name leads to one server, which answers as it is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from site_core.outgoing.addresses import is_public
from site_core.outgoing.guard import Guard

HTML = "text/html; charset=utf-8"
HERE = "127.0.0.1"


@dataclass
class Reply:
    """One answer. Where there is `drip`, its bytes come one by one, with so many seconds between them."""

    body: str | bytes = ""
    status: int = 200
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0
    # Sent again and again, for a page of any size.
    times: int = 1
    # Seconds before it answers at all.
    wait: float = 0
    # What HEAD is answered, if not the same.
    head_status: int = 0

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


class Web(ThreadingHTTPServer):
    """Pages by URL, without its scheme. It remembers what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__((HERE, 0), Answering)
        self.pages: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.addresses: dict[str, str] = {}
        self.tls_port = 0
        self.is_over = Event()

    def look_up(self, host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
        """Names that end with “.missing” do not exist."""
        if host.endswith(".missing"):
            raise socket.gaierror
        return [(socket.AF_INET, (self.addresses.get(host, HERE), self.server_port if port == 80 else self.tls_port))]

    def guard(self, **options: Any) -> Guard:
        """The guard as it is in production, except that it may come here."""
        return Guard(lookup=self.look_up, may_connect=lambda address: address == HERE or is_public(address), **options)


class Answering(BaseHTTPRequestHandler):
    server: Web

    def do_HEAD(self) -> None:
        self.answer(has_body=False)

    def do_GET(self) -> None:
        self.answer(has_body=True)

    def answer(self, *, has_body: bool) -> None:
        url = f"{self.headers['Host']}{self.path}"
        self.server.asked.append(f"{self.command} {url}")
        self.server.headers.append(dict(self.headers.items()))
        reply = self.server.pages.get(url, Reply("Not here", 404))
        if reply.wait and self.server.is_over.wait(reply.wait):
            return
        self.send_response(reply.status if has_body else reply.head_status or reply.status)
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if has_body:
            self.send_body(reply)

    def send_body(self, reply: Reply) -> None:
        if reply.drip:
            for each in reply.content:
                self.wfile.write(bytes([each]))
                if self.server.is_over.wait(reply.drip):
                    return
            return
        for _ in range(reply.times):
            self.wfile.write(reply.content)

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            # The guard does not wait for the rest.
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what went wrong."""


@contextmanager
def running_web() -> Iterator[Web]:
    with Web() as web:
        Thread(target=lambda: web.serve_forever(poll_interval=0.01), daemon=True).start()
        yield web
        web.is_over.set()
        web.shutdown()


def moved(to: str, status: int = 301) -> Reply:
    return Reply(status=status, headers={"Location": to})
