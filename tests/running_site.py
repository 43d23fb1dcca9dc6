"""The whole site as `make run` starts it, in processes and a folder of its own."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from django.conf import settings

from site_core.ops import supervisor

# Seconds. Generous, because a first start migrates and compresses on a machine that may be busy.
WAIT = 400


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((supervisor.HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until(condition: Callable[[], object]) -> None:
    """Return once `condition` holds; fail if it never does."""
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether there is such a process, and not merely its exit code left to collect."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False


class RunningSite:
    """`manage.py run_site` in a folder, with what it prints."""

    def __init__(self, folder: Path, port: int, **more: str) -> None:
        """`more` are variables of its environment, such as DATABASE_URL."""
        self.folder = folder
        self.port = port
        environment = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_FILE"))}
        self.environment = (
            environment
            # The links of its content lead to other sites.
            | {"OUTGOING_REQUESTS": "off"}
            | more
            | {
                "DJANGO_SETTINGS_MODULE": "site_core.settings.local",
                "STATE_DIR": str(folder),
                "PORT": str(port),
                "PYTHONUNBUFFERED": "1",
            }
        )
        self.lines: list[str] = []

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "run_site"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        self.process = self.start()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def read(self) -> None:
        assert self.process.stdout
        self.lines.extend(iter(self.process.stdout.readline, ""))

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def wait_for_line(self, text: str) -> None:
        wait_until(lambda: text in self.output or self.process.poll() is not None)
        assert text in self.output, self.output

    def child(self, program: str) -> int | None:
        """The process number of the running child with this word in its command."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = [int(child) for child in children if program in Path(f"/proc/{child}/cmdline").read_text()]
        return found[0] if found else None

    def answers(self) -> bool:
        connection = http.client.HTTPConnection(supervisor.HOST, self.port, timeout=10)
        try:
            connection.request("GET", "/admin/login/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def text_at(self, address: str) -> str:
        """The page a visitor gets, or "" where there is none."""
        connection = http.client.HTTPConnection(supervisor.HOST, self.port, timeout=10)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            return response.read().decode() if response.status == 200 else ""
        finally:
            connection.close()

    def shell(self, commands: str) -> str:
        """What these lines of Python print, run in a process of their own as the admin's would be."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", commands]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout
