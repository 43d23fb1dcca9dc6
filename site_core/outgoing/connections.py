"""Connections that are made only to addresses that have been checked."""

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from site_core.outgoing.deadline import Deadline
from site_core.outgoing.trouble import Trouble, Unread

# Maps a host and a port to what `socket.getaddrinfo` returns for them.
Lookup = Callable[[str, int], list[tuple[socket.AddressFamily, tuple[str, int]]]]
PORTS = {"http": 80, "https": 443}


def look_up(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """Every address of a host. Raises OSError without any."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in found]  # type: ignore[misc]


class Connecting:
    """Opens connections, directly or through a proxy."""

    def __init__(self, lookup: Lookup, may_connect: Callable[[str], bool], proxy: str) -> None:
        self._lookup = lookup
        self._may_connect = may_connect
        self._proxy = urlsplit(proxy) if proxy else None

    def open(self, url: SplitResult, deadline: Deadline) -> tuple[HTTPConnection, str]:
        """A connection for a URL, and what to request from it. Raises Unread."""
        host, port = url.hostname or "", PORTS[url.scheme]
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        if self._proxy:
            return self._through_proxy(self._proxy, url, target, deadline)
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        connection = kind(host, port)
        raw = self._connect(self._addresses(host, port, deadline), deadline)
        # What is connected already is not looked up a second time.
        connection.sock = _secured(raw, host) if url.scheme == "https" else raw
        return connection, target

    def _addresses(
        self, host: str, port: int, deadline: Deadline
    ) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
        """The addresses of a host. Raises Unread if one of them is not public."""
        try:
            found = deadline.call(lambda: self._lookup(host, port))
        except OSError:
            raise Unread(Trouble.UNKNOWN_NAME) from None
        if not found or not all(self._may_connect(address[0]) for _, address in found):
            raise Unread(Trouble.NOT_PUBLIC)
        return found

    @staticmethod
    def _connect(addresses: list[tuple[socket.AddressFamily, tuple[str, int]]], deadline: Deadline) -> socket.socket:
        for family, address in addresses:
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(deadline.left)
                connection.connect(address)
            except OSError:
                connection.close()
                continue
            except Unread:
                connection.close()
                raise
            deadline.watch(connection)
            return connection
        # Nothing is left after an address that did not answer at all.
        raise Unread(Trouble.TIMED_OUT if deadline.is_over else Trouble.UNREACHABLE)

    def _through_proxy(
        self, proxy: SplitResult, url: SplitResult, target: str, deadline: Deadline
    ) -> tuple[HTTPConnection, str]:
        """The proxy looks the name up once more, so it has to refuse what is not public, too."""
        host = url.hostname or ""
        try:
            self._addresses(host, PORTS[url.scheme], deadline)
        except Unread as error:
            # Behind a proxy, a machine may know no names of the internet.
            if error.trouble != Trouble.UNKNOWN_NAME:
                raise
        if url.scheme == "http":
            return HTTPConnection(proxy.hostname or "", proxy.port, timeout=deadline.left), url.geturl()
        connection = HTTPSConnection(proxy.hostname or "", proxy.port, timeout=deadline.left)
        connection.set_tunnel(host, PORTS["https"])
        return connection, target


def _secured(connection: socket.socket, host: str) -> socket.socket:
    """Raises Unread for a certificate that is not valid for the host."""
    try:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=host)
    except ssl.SSLCertVerificationError:
        raise Unread(Trouble.CERTIFICATE) from None
    finally:
        # After an error, nobody else closes it.
        if connection.fileno() != -1:
            connection.close()
