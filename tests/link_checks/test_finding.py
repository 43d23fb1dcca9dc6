"""Twelve kinds of links, each told from the others, and nobody told before a week has passed."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from site_core.link_checks.checker import BETWEEN, Pace
from site_core.link_checks.finding import Finding, find_out
from site_core.link_checks.models import LinkCheck, State
from tests.outgoing.web import Reply, Web, moved, running_web

SITE = "http://a.example"
FIRST = datetime(2026, 12, 1, tzinfo=UTC)
KINDS = {
    "/fine": Finding(State.FINE, 200),
    "/get-only": Finding(State.FINE, 200),
    "/moved": Finding(State.MOVED, 200, f"{SITE}/fine"),
    "/for-now": Finding(State.FINE, 200),
    "/slash": Finding(State.FINE, 200),
    "/missing": Finding(State.GONE, 404),
    "/gone": Finding(State.GONE, 410),
    "/moved-away": Finding(State.GONE, 404),
    "/subscribers": Finding(State.PAYWALLED, 402),
    "/forbidden": Finding(State.PAYWALLED, 403),
    "/busy": Finding(State.ROBOTS, 429),
    "/broken": Finding(State.SERVER_ERROR, 503),
    "/round": Finding(State.SERVER_ERROR),
    "/closed": Finding(State.ROBOTS),
    "/pdf": Finding(State.FINE, 200),
}


@pytest.fixture
def links() -> Iterator[Web]:
    with running_web() as web:
        pages = {
            "/fine": Reply("Here"),
            "/get-only": Reply("Here", head_status=405),
            "/moved": moved("/fine"),
            "/for-now": moved("/fine", 302),
            "/slash": moved("/slash/"),
            "/slash/": Reply("Here"),
            "/gone": Reply("Gone", 410),
            "/moved-away": moved("/missing"),
            "/subscribers": Reply("Pay", 402),
            "/forbidden": Reply("No", 403),
            "/busy": Reply("Later", 429),
            "/broken": Reply("Sorry", 503),
            "/round": moved("/round"),
            "/robots.txt": Reply("User-agent: *\nDisallow: /closed", content_type="text/plain"),
            "/pdf": Reply(b"%PDF-1.7", content_type="application/pdf"),
        }
        web.pages = {f"a.example{path}": reply for path, reply in pages.items()}
        yield web


def certificate(folder: Path) -> ssl.SSLContext:
    """One that nobody has signed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a")])
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    )
    dated = signed.not_valid_before(FIRST - timedelta(days=9_999)).not_valid_after(FIRST + timedelta(days=9_999))
    pem = dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file = folder / "certificate.pem"
    file.write_bytes(pem + key.private_bytes(encoding, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_each_kind_of_link_is_told_from_the_others(links: Web, tmp_path: Path) -> None:
    guard = links.guard()
    assert {path: find_out(guard, SITE + path) for path in KINDS} == KINDS
    links.addresses["inside.example"] = "10.0.0.1"
    assert find_out(guard, "http://nowhere.missing/") == Finding(State.NO_SITE)
    assert find_out(guard, "http://inside.example/") == Finding(State.NO_SITE)
    with running_web() as secure:
        secure.socket = certificate(tmp_path).wrap_socket(
            secure.socket, server_side=True, do_handshake_on_connect=False
        )
        links.tls_port = secure.server_port
        assert find_out(guard, "https://a.example/") == Finding(State.CERTIFICATE)
    # Only what HEAD does not find is asked for by GET.
    asked = [line for line in links.asked if line.endswith(("/fine", "/missing"))]
    assert asked[:2] == ["HEAD a.example/fine", "HEAD a.example/fine"]
    assert "GET a.example/missing" in asked


def test_a_host_that_does_not_answer_has_timed_out(links: Web) -> None:
    links.pages["a.example/slow"] = Reply("Slow", wait=5)
    assert find_out(links.guard(seconds=0.2), f"{SITE}/slow") == Finding(State.TIMED_OUT)


def test_nobody_is_told_before_two_failures_a_week_apart() -> None:
    link = LinkCheck(url=SITE)
    days = [
        (State.GONE, 0),
        (State.GONE, 3),
        (State.TIMED_OUT, 8),
        (State.GONE, 15),
        (State.GONE, 22),
        (State.GONE, 29),
    ]
    told = []
    for state, day in days:
        link.note(state, FIRST + timedelta(days=day))
        told.append(bool(link.reported_at))
    assert told == [False, False, False, False, True, True]
    link.note(State.FINE, FIRST + timedelta(days=36))
    assert (link.failing_since, link.reported_at) == (None, None)


def test_a_second_passes_between_two_requests_to_one_host() -> None:
    now, waits = [100.0], list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(lambda: now[0], wait)
    for host, at in (("a", 100.0), ("b", 100.0), ("a", 100.25), ("a", 105.0)):
        now[0] = max(now[0], at)
        pace(host)
    assert waits == [BETWEEN - 0.25]


def test_the_guard_keeps_the_pace(links: Web) -> None:
    hosts: list[str] = []
    find_out(links.guard(pause=hosts.append), f"{SITE}/moved")
    assert hosts == ["a.example"] * 3
