"""The certificate that visitors get is looked at from outside, as a browser does."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socket import create_server, socket

import pytest
from pytest_django.fixtures import Settings

from site_core.chores.registry import ChoreProblem
from site_core.ops.certificate import look_at_certificate
from site_core.settings.environment import SiteURL
from tests import debian

pytestmark = pytest.mark.unit


@contextmanager
def server(folder: Path, days: int) -> Iterator[tuple[int, Path]]:
    """A port that shows a certificate for so many days, and the file that has a browser trust it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = [debian.program("openssl", "openssl"), "req", "-x509", "-newkey", "ec", "-nodes"]
    curve = ["-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=localhost", "-days", str(days)]
    name = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *curve, *name], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    with closing(create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=_answer_once, args=(listener, context), daemon=True)
        thread.start()
        yield listener.getsockname()[1], certificate
        thread.join(10)


def _answer_once(listener: socket, context: ssl.SSLContext) -> None:
    connection, _ = listener.accept()
    try:
        context.wrap_socket(connection, server_side=True).close()
    except OSError:
        connection.close()


def site_at(port: int, *, is_https: bool = True) -> SiteURL:
    return SiteURL(f"https://localhost:{port}", "localhost", port, is_https)


def test_a_good_certificate_is_good_until_a_day(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(tmp_path, 90) as (port, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        settings.SITE_URL = site_at(port)
        assert look_at_certificate().startswith("It is good until ")


def test_one_that_ends_soon_has_to_be_renewed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(tmp_path, 13) as (port, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        settings.SITE_URL = site_at(port)
        with pytest.raises(ChoreProblem, match=r"The certificate of localhost ends on .*\. Renew it\."):
            look_at_certificate()


def test_one_that_browsers_refuse_is_a_problem(settings: Settings, tmp_path: Path) -> None:
    with server(tmp_path, 90) as (port, _):
        settings.SITE_URL = site_at(port)
        with pytest.raises(ChoreProblem, match="Browsers refuse the certificate of localhost: self-signed"):
            look_at_certificate()


def test_a_site_that_does_not_answer_is_a_problem_and_one_without_https_has_none(settings: Settings) -> None:
    with closing(create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    settings.SITE_URL = site_at(port)
    with pytest.raises(ChoreProblem, match="does not answer, so its certificate is not known"):
        look_at_certificate()
    settings.SITE_URL = site_at(port, is_https=False)
    assert look_at_certificate() == "There is none: visitors use http."
