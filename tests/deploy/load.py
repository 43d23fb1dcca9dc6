"""Visitors, several at once, who ask for one page after the other until they are told to stop."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Self

from tests.deploy.running_deployment import Deployment, Via

# Seconds after which they stop by themselves, whatever a test forgets.
LONGEST = 180


@dataclass
class Load:
    """What so many visitors get at some paths, through nginx or from one of the web processes.

    Used as a block: they come when it begins and have gone when it ends. Each keeps its connection, and asks once more
    on a new one where the server had closed the old, as browsers do. `pause` is in seconds.
    """

    deployment: Deployment
    paths: Sequence[str]
    via: Via = "nginx"
    visitors: int = 4
    pause: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def __enter__(self) -> Self:
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=(number,)) for number in range(self.visitors)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @property
    def answers(self) -> int:
        return sum(self.statuses.values())

    def wait_for(self, number: int) -> None:
        """Return once so many more have been answered, or all visitors have gone."""
        until = self.answers + number
        while self.answers < until and any(thread.is_alive() for thread in self._threads):
            time.sleep(0.01)

    def _visit(self, number: int) -> None:
        paths = cycle([*self.paths[number % len(self.paths) :], *self.paths[: number % len(self.paths)]])
        connection = self.deployment.connect(self.via)
        deadline = time.monotonic() + LONGEST
        while not self._stopping.wait(self.pause) and time.monotonic() < deadline:
            path, begun = next(paths), time.monotonic()
            try:
                try:
                    status = self._status(connection, path)
                except (http.client.RemoteDisconnected, BrokenPipeError):
                    connection.close()
                    status = self._status(connection, path)
                self.statuses[status] += 1
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{path}: {error!r}")
                connection.close()
            self.slowest = max(self.slowest, time.monotonic() - begun)
        connection.close()

    def _status(self, connection: http.client.HTTPConnection, path: str) -> int:
        connection.request("GET", path, headers=self.deployment.headers(self.via))
        response = connection.getresponse()
        response.read()
        return response.status


def until(condition: Callable[[], bool], seconds: float) -> float:
    """How long it took, in seconds, until the condition held. Fails where it took longer than it may."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} seconds"
        time.sleep(0.01)
    return time.monotonic() - begun
