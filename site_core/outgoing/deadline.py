"""A time by which a request is over, whatever the other side does."""

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread, Timer
from types import TracebackType
from typing import TypeVar

from site_core.outgoing.trouble import Trouble, Unread

T = TypeVar("T")


class Deadline:
    """Shuts down the sockets that it watches when the time is over. Their own timeouts begin anew with each byte."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._watched: list[socket.socket] = []
        self._timer = Timer(seconds, self._shut_down)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._timer.cancel()
        for watched in self._watched:
            watched.close()

    @property
    def left(self) -> float:
        """The seconds that are left. Raises Unread if there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unread(Trouble.TIMED_OUT)
        return left

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends

    def watch(self, connection: socket.socket) -> None:
        """Watch a copy, because TLS takes the socket itself over."""
        self._watched.append(socket.socket(fileno=os.dup(connection.fileno())))

    def call(self, function: Callable[[], T]) -> T:
        """What a function returns or raises that cannot be told to stop, such as a look-up of a name."""
        outcomes: list[T | OSError] = []

        def work() -> None:
            try:
                outcomes.append(function())
            except (OSError, UnicodeError) as error:
                outcomes.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = Thread(target=work, daemon=True)
        thread.start()
        thread.join(self.left)
        if not outcomes:
            raise Unread(Trouble.TIMED_OUT)
        if isinstance(outcomes[0], OSError):
            raise outcomes[0]
        return outcomes[0]

    def _shut_down(self) -> None:
        for watched in list(self._watched):
            with suppress(OSError):
                watched.shutdown(socket.SHUT_RDWR)
