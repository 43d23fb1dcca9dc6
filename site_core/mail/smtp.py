"""The conversation with a mail server, which ends after ten seconds, whatever the server does."""

import smtplib
import socket
from contextlib import suppress
from threading import Timer
from typing import Any

from django.core.mail.backends import smtp

CONNECT_SECONDS = 5
WHOLE_SECONDS = 10


class _Limited:
    """Hangs up on a server that goes on, however slowly: the time-out of a socket begins anew with each byte."""

    sock: socket.socket | None

    def connect(self, *arguments: Any, **options: Any) -> Any:
        self._limit = Timer(WHOLE_SECONDS, self._hang_up)
        self._limit.daemon = True
        self._limit.start()
        return super().connect(*arguments, **options)  # type: ignore[misc]

    def close(self) -> None:
        self._limit.cancel()
        super().close()  # type: ignore[misc]

    def _hang_up(self) -> None:
        with suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)


class LimitedSMTP(_Limited, smtplib.SMTP):
    pass


class LimitedSMTPS(_Limited, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, with a connection for each call of `send_messages` that lasts ten seconds at most."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "timeout": CONNECT_SECONDS})

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return LimitedSMTPS if self.use_ssl else LimitedSMTP
