"""No key and no token that stands in a URL comes into a log, neither the site's nor that of nginx."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import get_resolver

from site_core.ops.json_log import JsonFormatter
from site_core.ops.log_secrets import LineFormatter, without_secrets

NGINX = (settings.BASE_DIR / "deploy" / "nginx" / "nginx.conf").read_text()
# The names of URL arguments that are secret.
SECRET_NAMES = {"key", "token", "secret", "signature"}
SECRET = "c0ffee-5ecre7_A1b2"


def secret_paths() -> Iterator[str]:
    """The path of every URL that takes a secret."""
    for possibilities in _reversed(get_resolver()):
        for path, names in possibilities:
            if SECRET_NAMES & set(names):
                yield "/" + path % {name: SECRET if name in SECRET_NAMES else "MQ" for name in names}


def _reversed(resolver: Any) -> Iterator[list[tuple[str, list[str]]]]:
    for name in resolver.reverse_dict:
        for possibilities, *_ in resolver.reverse_dict.getlist(name):
            yield possibilities
    for _, nested in resolver.namespace_dict.values():
        yield from _reversed(nested)


def masked_by_nginx(variable: str, value: str) -> str:
    """What the map of this variable makes of a value."""
    body = re.search(rf"map {re.escape(variable)} \$\w+ {{(.*?)\n    }}", NGINX, re.S)
    assert body
    for pattern, replacement in re.findall(r'"~(\S+)" (\S+);', body[1]):
        if found := re.search(pattern, value):
            return re.sub(r"\$(\d)", lambda number: found[int(number[1])], replacement)
    return value


def test_there_are_urls_with_secrets() -> None:
    assert {path.split("/")[1] for path in secret_paths()} == {"admin", "schedule"}


@pytest.mark.parametrize("path", sorted(set(secret_paths())))
class TestEachURL:
    def test_the_site_leaves_the_secret_out_of_its_lines(self, path: str) -> None:
        request = RequestFactory().get(path)
        record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found: %s", (path,), None)
        record.request, record.status_code = request, 404
        for formatter in (JsonFormatter(), LineFormatter()):
            written = formatter.format(record)
            assert SECRET not in written
            assert path.split("/")[1] in written

    def test_nginx_leaves_it_out_of_its_lines(self, path: str) -> None:
        assert SECRET not in masked_by_nginx("$uri", path)
        assert SECRET not in masked_by_nginx("$http_referer", f"https://www.example.org{path}")

    def test_nginx_writes_no_errors_about_it(self, path: str) -> None:
        """A line of the error log has the request as it came."""
        site = (settings.BASE_DIR / "deploy" / "nginx" / "site.conf").read_text()
        silent = re.findall(r'location ~ "(\S+)" {[^}]*error_log /dev/null;', site)
        assert any(re.search(pattern, path) for pattern in silent)


def test_a_token_in_a_query_is_left_out_of_lines_and_referrers() -> None:
    written = without_secrets(f'{{"message": "GET /admin/login/email/?token={SECRET}&x=1"}}')
    assert written == '{"message": "GET /admin/login/email/?token=…&x=1"}'
    assert (
        masked_by_nginx("$http_referer", "https://www.example.org/search/?q=shelter")
        == "https://www.example.org/search/"
    )
    assert '"path":"$logged_path"' in NGINX
    assert '"referrer":"$referrer"' in NGINX


@pytest.mark.django_db
def test_what_the_site_logs_of_such_a_request_has_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    for path in secret_paths():
        Client().get(path)
    for record in caplog.records:
        assert SECRET not in LineFormatter().format(record)
    assert any("/schedule/" in LineFormatter().format(record) for record in caplog.records)
