"""A mail server that takes email, refuses it, or says nothing, as a test tells it."""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import ClassVar, Self


@dataclass
class Received:
    recipients: list[str]
    message: EmailMessage


class MailServer:
    """Speaks as much SMTP as is needed, on a port of this machine."""

    WELCOME: ClassVar = b"220 Ready\r\n"

    def __init__(self) -> None:
        self.mails: list[Received] = []
        self.connections = 0
        # What it says first. It says no more if that is not a welcome.
        self.answer = self.WELCOME
        self.is_slow = False
        self.refused = ""

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.mail_server = self
        self.port: int = self._server.server_address[1]
        self.closing = threading.Event()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 100
    mail_server: MailServer


class _Conversation(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        with suppress(OSError):
            self._talk(self.server.mail_server)

    def _talk(self, server: MailServer) -> None:
        server.connections += 1
        if server.answer != server.WELCOME:
            self._stall(server)
            return
        self.wfile.write(server.answer)
        recipients: list[str] = []
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                if address == server.refused:
                    self.wfile.write(b"550 No such user.\r\n")
                    continue
                recipients.append(address)
            if command == b"DATA":
                self.wfile.write(b"354 Go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                message = message_from_bytes(b"".join(lines), policy=policy.default)
                server.mails.append(Received(recipients, message))
            self.wfile.write(b"221 Bye\r\n" if command == b"QUIT" else b"250 OK\r\n")

    def _stall(self, server: MailServer) -> None:
        """Says the answer letter by letter if it is slow, and then waits for the other side to hang up."""
        for start in range(len(server.answer) if server.is_slow else 0):
            self.wfile.write(server.answer[start : start + 1])
            if server.closing.wait(0.05):
                return
        if not server.is_slow:
            self.wfile.write(server.answer)
            return
        self.request.settimeout(5)
        with suppress(OSError):
            while self.request.recv(1024):
                time.sleep(0)
        self.request.shutdown(socket.SHUT_RDWR)
