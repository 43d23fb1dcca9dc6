"""Servers beside the site that a benchmark starts: the site under other settings, and nginx."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from socket import create_connection

from django.conf import settings

from site_core.ops import supervisor
from tests.deploy import deploy_files
from tests.running_site import free_port

# Seconds.
PATIENCE = 60
# What nginx says by itself of a file, or keeps from visitors.
_SAID_BY_NGINX = {
    *("connection", "content-length", "content-type", "date", "etag", "last-modified", "server"),
    *("transfer-encoding", "x-accel-expires"),
}


@contextmanager
def web_server(application: str, environment: Mapping[str, str]) -> Iterator[str]:
    """A WSGI application under the site's own command for the web server, and its address."""
    port = free_port()
    command = [*supervisor.children(port, settings.BASE_DIR)[0].command[:-1], application]
    with _running(command, port, {**environment, **supervisor.ENVIRONMENT}):
        yield address_at(port)


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=dict(environment))  # noqa: S603 (our own command)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{' '.join(command)} does not answer.")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        create_connection((supervisor.HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def address_at(port: int) -> str:
    return f"http://{supervisor.HOST}:{port}"


class Nginx:
    """nginx with the files of deploy/, without https, and beside it a file with the bytes and headers of a page.

    The file is served as it is at one address, and at another from a plain cache that keeps it for an hour.
    """

    def __init__(self, folder: Path, state: Path, site: int) -> None:
        """`state` is the site's STATE_DIR, `site` the port of its web server."""
        self.folder = folder
        self.state = state
        self.site = site
        self._front, self._file, self._cached = free_port(), free_port(), free_port()
        self.front = address_at(self._front)
        self.file, self.cached = (f"{address_at(port)}/page" for port in (self._file, self._cached))

    @contextmanager
    def serving(self, headers: Mapping[str, str], body: bytes) -> Iterator[None]:
        """Run it with the headers and the bytes of a page."""
        (self.folder / "page").write_bytes(body)
        ports = {"http": free_port(), "https": free_port(), "8001": self.site, "8002": self.site}
        deploy_files.lay_out_nginx(self.folder, self.state, ports)
        with (self.folder / "machine.conf").open("a") as machine:
            machine.write(self._more_servers(headers))
        main = self.folder / "nginx.conf"
        # Its workers store nothing unless they see what the site withdraws. A local site keeps that from other users.
        main.write_text(deploy_files.replaced(main.read_text(), {"user www-data;": f"user {getuser()};"}))
        with _running(deploy_files.nginx(self.folder), self._front, os.environ):
            yield

    def _more_servers(self, headers: Mapping[str, str]) -> str:
        said = "\n".join(
            f'add_header {name} "{value}";' for name, value in headers.items() if name not in _SAID_BY_NGINX
        )
        return f"""
            proxy_cache_path {self.folder}/cache/plain levels=1:2 keys_zone=plain:5m use_temp_path=off;
            server {{
                listen {supervisor.HOST}:{self._front};
                include site.conf;
            }}
            server {{
                listen {supervisor.HOST}:{self._file};
                root {self.folder};
                default_type "{headers["content-type"]}";
                access_log off;
                {said}
            }}
            server {{
                listen {supervisor.HOST}:{self._cached};
                location / {{
                    proxy_pass http://{supervisor.HOST}:{self._file};
                    proxy_cache plain;
                    proxy_cache_valid 200 1h;
                    proxy_ignore_headers Cache-Control Vary;
                }}
            }}
            """
