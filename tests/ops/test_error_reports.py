"""Reports of errors: sent where a setting says so, with nothing in them that a person typed."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import brotli
import pytest
from django.conf import settings

from site_core.ops.error_reports import start_error_reports
from tests.postgresql import VARIABLE

# A site without a table: each page fails.
FAIL = """
import sys
from django.conf import settings
settings.SENTRY_DSN = sys.argv[1]
settings.SECURE_SSL_REDIRECT = False
from django.core.wsgi import get_wsgi_application
site = get_wsgi_application()
from tests.page_cache.trials.asking import ask

def visited(environ, start_response):
    return site(environ | {"REMOTE_ADDR": "192.0.2.77"}, start_response)

ask(visited, "/search/?q=a-typed-word", cookie="sessionid=a-cookie", user_agent="a-browser")
import sentry_sdk
sentry_sdk.flush(5)
"""


class _Service(BaseHTTPRequestHandler):
    received: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(
            self.headers.get("Content-Encoding", ""), bytes
        )
        self.received.append(unpack(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def service() -> Iterator[tuple[str, list[bytes]]]:
    """A service that takes reports: its DSN, and what it has received."""
    received: list[bytes] = []
    handler = type("Service", (_Service,), {"received": received})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://key@127.0.0.1:{server.server_port}/1", received
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.processes
def test_an_error_is_reported_without_personal_data() -> None:
    with service() as (dsn, received):
        command = [sys.executable, "-c", FAIL, dsn]
        # On SQLite, where a database without tables takes no server.
        environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, timeout=60)
    everything = b"".join(received)
    assert b"OperationalError" in everything
    for secret in (b"a-typed-word", b"a-cookie", b"a-browser", b"192.0.2.77"):
        assert secret not in everything
    events = [json.loads(line) for body in received for line in body.splitlines() if b'"exception"' in line]
    of_requests = [event["request"]["url"] for event in events if event.get("request")]
    assert set(of_requests) == {"http://localhost/search/"}
    assert all(len(event["release"]) == 12 for event in events)


def test_without_the_setting_nothing_is_reported_nor_loaded() -> None:
    assert not start_error_reports()
    assert "sentry_sdk" not in sys.modules
