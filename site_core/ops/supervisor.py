"""Keeps the web server and the publishing process running, and stops both together.

Each child leads a session of its own, so that Ctrl-C reaches the supervisor alone, which then asks the children to
finish, and so that whatever a killed child leaves behind can be ended by its group.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
# Seconds. A child that ran for as long as STEADY is started again at once; one that keeps dying waits ever longer.
STEADY = 30
LONGEST_WAIT = 30
LOOK_EVERY = 0.2
PATIENCE = 6
# Each thread would else keep memory of its own that it once needed: a tenth of all that a web process holds.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}


class PortInUse(Exception):
    """Somebody else listens on the port; str() says what to do."""


def require_free_port(port: int) -> None:
    """Raise PortInUse if anybody listens on the port."""
    with socket.socket() as listener:
        # Without this a port is refused for a minute after the last run.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            raise PortInUse(
                f"Port {port} is in use, perhaps by another “make run”. "
                f"Stop that one with Ctrl-C, or choose another port: PORT={port + 1} make run"
            ) from None


@dataclass
class Child:
    """A process that is to run for as long as the supervisor does."""

    name: str
    command: list[str]
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    deaths: int = 0
    start_at: float = 0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own command)
            self.command,
            cwd=self.folder,
            env=os.environ | ENVIRONMENT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.started_at = time.monotonic()

    def look(self) -> None:
        """Start the process if it is time to, and note its end if it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._end_group(signal.SIGKILL)
        self.process = None
        self.deaths = 1 if now - self.started_at >= STEADY else self.deaths + 1
        wait = min(2 ** (self.deaths - 1) - 1, LONGEST_WAIT)
        self.start_at = now + wait
        when = f"in {wait} seconds" if wait else "now"
        sys.stderr.write(f"The {self.name} has stopped (exit code {code}). Starting it again {when}.\n")

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def make_stop(self, deadline: float) -> None:
        """Wait for the end until `deadline`, then end the process and whatever it started."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, deadline - time.monotonic()))
        self._end_group(signal.SIGKILL)
        self.process.wait()

    def _end_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def children(port: int, folder: Path) -> list[Child]:
    """The web server and the publishing process of the site in a folder."""
    web = [
        *(
            sys.executable,
            "-m",
            "site_core.ops.web_server",
            "--interface",
            "wsgi",
            "--host",
            HOST,
            "--port",
            str(port),
        ),
        *("--workers", "2", "--runtime-threads", "2", "--blocking-threads", "4", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "3", "--log-level", "warning", "--no-access-log", "site_core.wsgi:application"),
    ]
    return [
        Child("web server", web, folder),
        Child("publishing process", [sys.executable, "manage.py", "run_publishing"], folder),
    ]


def stop_on_signals() -> None:
    """Let Ctrl-C, TERM and the closing of the terminal all raise KeyboardInterrupt."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def supervise(processes: list[Child], port: int, announce: Callable[[], None]) -> None:
    """Keep the processes running until KeyboardInterrupt; call `announce` once the site answers."""
    answered = False
    try:
        while True:
            for child in processes:
                child.look()
            if not answered and _answers(port):
                answered = True
                announce()
            time.sleep(LOOK_EVERY)
    finally:
        stop(processes)


def stop(processes: list[Child]) -> None:
    """End all processes within a few seconds. A second Ctrl-C does not hurry it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in processes:
        child.ask_to_stop()
    deadline = time.monotonic() + PATIENCE
    for child in processes:
        child.make_stop(deadline)


def _answers(port: int) -> bool:
    """Whether the web server answers at all: what is wrong with a page is written by the server, once."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end_with_parent() -> None:
    """In a child: on Linux, be told to stop when the supervisor is killed outright."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
