"""Servers beside the site that a benchmark starts: the site under other settings, and nginx."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from django.conf import settings

from site_core import supervisor
from tests.debian import program

NGINX_FILES = settings.BASE_DIR / "deploy" / "nginx"
# Seconds.
PATIENCE = 60
# What nginx sends by itself, or hides from visitors.
_NGINX_SAYS = {
    *("connection", "content-length", "content-type", "date", "etag", "last-modified", "server"),
    *("transfer-encoding", "x-accel-expires"),
}


@contextmanager
def web_server(application: str, port: int, environment: Mapping[str, str]) -> Iterator[str]:
    """A WSGI application under the site's own command for the web server, and its address."""
    command = [*supervisor.children(port, settings.BASE_DIR)[0].command[:-1], application]
    with _running(command, port, {**environment, **supervisor.ENVIRONMENT}) as address:
        yield address


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[str]:
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=dict(environment))  # noqa: S603 (our own command)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{' '.join(command)} does not answer.")
            time.sleep(0.1)
        yield f"http://{supervisor.HOST}:{port}"
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        create_connection((supervisor.HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


class Nginx:
    """nginx as it stands in front of the site, without https, and beside it a file of the same bytes.

    The file is served as it is at one port and from a plain cache that keeps it for an hour at another. Both answer
    with the headers of the page.
    """

    def __init__(self, folder: Path, site: int, ports: tuple[int, int, int]) -> None:
        """`site` is the port of the web server; `ports` those of the front, the file and the cache of the file."""
        self.folder = folder
        self.site = site
        self.front, self.file, self.cached = (f"http://{supervisor.HOST}:{port}" for port in ports)
        self.ports = ports

    @contextmanager
    def serving(self, headers: Mapping[str, str], body: bytes) -> Iterator[None]:
        """Run it with a page's headers and bytes at /page of both servers of the file."""
        for name in ("pages", "cache"):
            (self.folder / name).mkdir()
        (self.folder / "pages" / "page").write_bytes(body)
        for name in ("nginx.conf", "site.conf"):
            shutil.copy(NGINX_FILES / name, self.folder)
        main = self.folder / "nginx.conf"
        # The workers have to get into a folder that is ours alone.
        main.write_text(main.read_text().replace("user www-data;", f"user {pwd.getpwuid(os.getuid()).pw_name};"))
        (self.folder / "machine.conf").write_text(self._machine(headers))
        command = [program("nginx", "nginx-light", "libnginx-mod-http-brotli-static"), "-e", "stderr"]
        command += ["-c", str(main), "-g", f"daemon off; pid {self.folder}/pid;"]
        with _running(command, self.ports[0], os.environ):
            yield

    def _machine(self, headers: Mapping[str, str]) -> str:
        front, file, cached = self.ports
        said = "\n".join(f'add_header {name} "{value}";' for name, value in headers.items() if name not in _NGINX_SAYS)
        return f"""
            upstream site {{
                server {supervisor.HOST}:{self.site} max_fails=0;
                keepalive 32;
                keepalive_timeout 20s;
            }}
            root {self.folder};
            proxy_cache_path {self.folder}/cache/pages levels=1:2 keys_zone=pages:10m inactive=12h use_temp_path=off;
            proxy_cache_path {self.folder}/cache/pictures levels=1:2 keys_zone=pictures:5m use_temp_path=off;
            proxy_cache_path {self.folder}/cache/plain levels=1:2 keys_zone=plain:5m use_temp_path=off;
            access_log {self.folder}/access.log json buffer=64k flush=1s;
            server {{
                listen {supervisor.HOST}:{front};
                include site.conf;
            }}
            server {{
                listen {supervisor.HOST}:{file};
                root {self.folder}/pages;
                default_type "{headers["content-type"]}";
                access_log off;
                {said}
            }}
            server {{
                listen {supervisor.HOST}:{cached};
                location / {{
                    proxy_pass http://{supervisor.HOST}:{file};
                    proxy_cache plain;
                    proxy_ignore_headers Cache-Control Vary;
                    proxy_cache_valid 200 1h;
                }}
            }}
            """
