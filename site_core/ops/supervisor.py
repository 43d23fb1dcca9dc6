"""Runs the web server and the publishing process, restarts them if they die, and stops both together.

Each child leads a session of its own. So Ctrl-C reaches only the supervisor, which then stops the children, and
whatever a killed child leaves behind can be killed by its process group.
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
# Seconds. A child that has run for STABLE_AFTER restarts at once. One that keeps dying waits ever longer.
STABLE_AFTER = 30
LONGEST_WAIT = 30
POLL_INTERVAL = 0.2
STOP_TIMEOUT = 6
# By default glibc keeps freed memory for each thread, which amounts to a tenth of the memory of a web process.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}


class PortInUse(Exception):
    """Another process listens on the port. str() says what to do."""


def require_free_port(port: int) -> None:
    """Raises PortInUse if another process listens on the port."""
    with socket.socket() as listener:
        # Otherwise the port counts as in use for a minute after the last run.
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
    """A process that runs as long as the supervisor does."""

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
            preexec_fn=_terminate_with_parent,
        )
        self.started_at = time.monotonic()

    def poll(self) -> None:
        """Starts the process if it is due, and schedules its restart if it has died."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._kill_group()
        self.process = None
        self.deaths = 1 if now - self.started_at >= STABLE_AFTER else self.deaths + 1
        wait = min(2 ** (self.deaths - 1) - 1, LONGEST_WAIT)
        self.start_at = now + wait
        when = f"in {wait} seconds" if wait else "now"
        sys.stderr.write(f"The {self.name} has stopped (exit code {code}). Starting it again {when}.\n")

    def terminate(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        """Waits until `deadline` for the process to end, then kills it and everything it started."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, deadline - time.monotonic()))
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def children(port: int, folder: Path) -> list[Child]:
    """The web server and the publishing process of the site in a folder."""
    web = [
        *(sys.executable, "-m", "site_core.ops.web_server", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port)),
        *("--workers", "2", "--runtime-threads", "2", "--blocking-threads", "16", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "3", "--log-level", "warning", "--no-access-log", "site_core.wsgi:application"),
    ]
    return [
        Child("web server", web, folder),
        Child("publishing process", [sys.executable, "manage.py", "run_publishing"], folder),
    ]


def stop_on_signals() -> None:
    """Makes Ctrl-C, SIGTERM and the closing of the terminal all raise KeyboardInterrupt."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def supervise(processes: list[Child], port: int, announce: Callable[[], None]) -> None:
    """Runs the processes until KeyboardInterrupt. Calls `announce` once the site answers."""
    is_announced = False
    try:
        while True:
            for child in processes:
                child.poll()
            if not is_announced and _answers(port):
                is_announced = True
                announce()
            time.sleep(POLL_INTERVAL)
    finally:
        stop(processes)


def stop(processes: list[Child]) -> None:
    """Ends all processes within STOP_TIMEOUT. A second Ctrl-C has no effect."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in processes:
        child.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT
    for child in processes:
        child.wait_or_kill(deadline)


def _answers(port: int) -> bool:
    """Whether the web server responds, with whatever status: the server itself logs an error in a page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _terminate_with_parent() -> None:
    """Runs in a child. On Linux the kernel sends it SIGTERM when the supervisor is killed."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
