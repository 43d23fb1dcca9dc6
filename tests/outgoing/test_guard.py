"""The guard connects to public addresses only, and takes neither more time nor more bytes than it was given."""

import gzip
import socket

import pytest

from site_core.outgoing.addresses import is_public
from site_core.outgoing.guard import MOST_BYTES, Guard
from site_core.outgoing.trouble import Trouble, Unread
from tests.outgoing.web import HERE, Reply, Web, moved

PUBLIC = ("8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8")
LOCAL = (
    *("0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255"),
    *("169.254.169.254", "172.16.0.1", "192.0.0.1", "192.168.1.1", "198.18.0.1"),
    *("203.0.113.5", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("::ffff:169.254.169.254", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1"),
    *("2002:7f00:1::1", "2002:808:808::1"),
    *("2001:0:7f00:1::1", "2001:db8::1", "fc00::1", "fd12:3456::1", "fe80::1"),
    *("fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "2606:4700::5efe:10.0.0.1"),
    *("2606:4700::200:5efe:127.0.0.1", "words"),
)


def trouble_with(guard: Guard, url: str) -> Trouble:
    with pytest.raises(Unread) as caught:
        guard.fetch(url)
    return caught.value.trouble


def test_addresses() -> None:
    assert [address for address in PUBLIC if not is_public(address)] == []
    assert [address for address in LOCAL if is_public(address)] == []


def test_a_name_of_this_machine_is_refused_in_every_spelling(web: Web) -> None:
    guard = Guard()
    hosts = ("localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "[::1]", "0", "[::]")
    for host in (*hosts, "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "[fe80::1]"):
        assert trouble_with(guard, f"http://{host}/") == Trouble.NOT_PUBLIC, host
    assert web.asked == []


def test_urls_that_are_never_requested(web: Web) -> None:
    cases = {
        "ftp://a.example/": Trouble.NO_URL,
        "file:///etc/passwd": Trouble.NO_URL,
        "gopher://a.example/": Trouble.NO_URL,
        "//a.example/": Trouble.NO_URL,
        "http://": Trouble.NO_URL,
        "http://user@a.example/": Trouble.NO_URL,
        "http://a.example:8080/": Trouble.NOT_PUBLIC,
        "http://a.example:443/": Trouble.NOT_PUBLIC,
        "http://a.example:99999/": Trouble.NO_URL,
        "http://[::1/": Trouble.NO_URL,
        "http://nowhere.missing/": Trouble.UNKNOWN_NAME,
    }
    assert {url: trouble_with(web.guard(), url) for url in cases} == cases
    assert trouble_with(web.guard(is_off=True), "http://a.example/") == Trouble.OFF
    assert web.asked == []


def test_each_redirect_is_checked_and_three_are_followed(web: Web) -> None:
    web.addresses["inside.example"] = "10.0.0.1"
    web.pages = {
        "a.example/": moved("/b", 302),
        "a.example/b": moved("http://b.example/c"),
        "b.example/c": moved("//c.example/d"),
        "c.example/d": Reply("<p>Here"),
        "c.example/again": moved("http://a.example/"),
        "a.example/loop": moved("/loop"),
        "a.example/in": moved("http://inside.example/"),
        "a.example/file": moved("file:///etc/passwd"),
        "a.example/port": moved("http://a.example:8000/"),
    }
    answer = web.guard().fetch("http://a.example/")
    assert (answer.url, answer.body, answer.redirects) == ("http://c.example/d", b"<p>Here", [302, 301, 301])
    assert not answer.is_moved_for_good
    assert trouble_with(web.guard(), "http://c.example/again") == Trouble.REDIRECTS
    assert trouble_with(web.guard(), "http://a.example/loop") == Trouble.REDIRECTS
    assert trouble_with(web.guard(), "http://a.example/in") == Trouble.NOT_PUBLIC
    assert trouble_with(web.guard(), "http://a.example/file") == Trouble.NO_URL
    assert trouble_with(web.guard(), "http://a.example/port") == Trouble.NOT_PUBLIC


def test_a_name_that_leads_here_on_the_second_look_is_refused(web: Web) -> None:
    """It is looked up once a connection, and the connection is made to the address that was checked."""
    web.pages["a.example/"] = moved("/b")
    looks: list[str] = []

    def look_up(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
        looks.append(host)
        # The robots file, the page, then the page that it leads to.
        return [(socket.AF_INET, (HERE if len(looks) <= 2 else "127.0.0.2", web.server_port))]

    guard = Guard(lookup=look_up, may_connect=lambda address: address == HERE)
    assert trouble_with(guard, "http://a.example/") == Trouble.NOT_PUBLIC
    assert len(looks) == 3
    assert web.asked == ["GET a.example/robots.txt", "GET a.example/"]


def test_one_address_that_is_not_public_refuses_the_name(web: Web) -> None:
    both = [(socket.AF_INET, (address, web.server_port)) for address in (HERE, "10.0.0.1")]
    guard = Guard(lookup=lambda host, port: both, may_connect=lambda address: address == HERE)
    assert trouble_with(guard, "http://a.example/") == Trouble.NOT_PUBLIC


def test_what_comes_byte_by_byte_ends_in_time(web: Web) -> None:
    web.pages["a.example/"] = Reply("<p>" * 1_000, drip=0.05)
    assert trouble_with(web.guard(seconds=0.3), "http://a.example/") == Trouble.TIMED_OUT


def test_headers_that_come_byte_by_byte_end_in_time() -> None:
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
        guard = Guard(
            lookup=lambda host, port_: [(socket.AF_INET, (HERE, port))], may_connect=lambda address: True, seconds=0.2
        )
        # Nobody takes the connection up: the machine answers, and nothing comes.
        assert trouble_with(guard, "http://a.example/") == Trouble.TIMED_OUT


def test_a_page_has_two_megabytes_at_most_however_it_is_packed(web: Web) -> None:
    web.pages = {
        "a.example/large": Reply(b"<p>" * 100_000, times=1_700),
        "a.example/bomb": Reply(gzip.compress(b"<p>" * 20_000_000), headers={"Content-Encoding": "gzip"}),
        "a.example/packed": Reply(gzip.compress(b"<p>" * 1_000), headers={"Content-Encoding": "gzip"}),
        "a.example/broken": Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
        "a.example/other": Reply(b"<p>", headers={"Content-Encoding": "br"}),
    }
    assert trouble_with(web.guard(), "http://a.example/large") == Trouble.TOO_LARGE
    assert trouble_with(web.guard(), "http://a.example/bomb") == Trouble.TOO_LARGE
    assert web.guard().fetch("http://a.example/packed").body == b"<p>" * 1_000
    assert trouble_with(web.guard(), "http://a.example/broken") == Trouble.UNREACHABLE
    assert trouble_with(web.guard(), "http://a.example/other") == Trouble.NOT_A_PAGE
    assert MOST_BYTES == 2_000_000


def test_only_html_and_json_are_read_and_no_cookies_are_sent(web: Web) -> None:
    web.pages = {
        "a.example/file": Reply(b"%PDF-1.7", content_type="application/pdf"),
        "a.example/json": Reply("{}", content_type="application/json", headers={"Set-Cookie": "a=b"}),
        "a.example/error": Reply("<p>Sorry", 503),
    }
    guard = web.guard()
    assert trouble_with(guard, "http://a.example/file") == Trouble.NOT_A_PAGE
    assert guard.fetch("http://a.example/json").body == b"{}"
    error = guard.fetch("http://a.example/error")
    assert (error.status, error.body) == (503, b"")
    assert guard.fetch("http://a.example/é").status == 404
    assert web.asked[-1] == "GET a.example/%C3%A9"
    assert all("Cookie" not in headers and "NNSC" in headers["User-Agent"] for headers in web.headers)


def test_robots_are_asked_once_a_site_and_obeyed(web: Web) -> None:
    web.pages = {
        "a.example/robots.txt": Reply("User-agent: *\nDisallow: /no\n", content_type="text/plain"),
        "a.example/yes": moved("http://b.example/"),
        "b.example/robots.txt": Reply("User-agent: NNSC-link-reader\nDisallow: /\n", content_type="text/plain"),
    }
    guard = web.guard()
    assert trouble_with(guard, "http://a.example/no") == Trouble.ROBOTS
    assert trouble_with(guard, "http://a.example/yes") == Trouble.ROBOTS
    assert web.asked == ["GET a.example/robots.txt", "GET a.example/yes", "GET b.example/robots.txt"]


def test_a_proxy_gets_the_whole_url_and_no_private_one(web: Web) -> None:
    web.addresses["inside.example"] = "10.0.0.1"
    web.pages["a.example" + "http://a.example/page"] = Reply("<p>By proxy")
    guard = web.guard(proxy=f"http://{HERE}:{web.server_port}")
    assert guard.fetch("http://a.example/page").body == b"<p>By proxy"
    assert trouble_with(guard, "http://inside.example/") == Trouble.NOT_PUBLIC
