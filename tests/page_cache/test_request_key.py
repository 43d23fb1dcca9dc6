"""Which requests bypass the page store before it looks for a page."""

from typing import Any

import pytest

from site_core.page_cache.store.request_key import KeyReader


@pytest.mark.parametrize(
    "path",
    ["/admin/pages/", "/static/a.css", "/media/a.jpg", "/documents/1/a.pdf", "/cards/1-a.png", "/health/", "/metrics"],
)
def test_paths_of_the_admin_files_and_apps_that_register_theirs_bypass_the_store(path: str) -> None:
    request = {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    reader = KeyReader()
    assert reader.key_of({**request, "PATH_INFO": path}) is None
    assert reader.key_of({**request, "PATH_INFO": f"/about{path}"}) == ("localhost", f"/about{path}", "")


@pytest.mark.parametrize(
    ("proxy", "bypasses"),
    [({}, True), ({"HTTP_X_FORWARDED_PROTO": "http"}, True), ({"HTTP_X_FORWARDED_PROTO": "https"}, False)],
)
def test_a_request_that_django_redirects_to_https_bypasses_the_store(
    settings: Any, proxy: dict[str, str], bypasses: bool
) -> None:
    request = {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "PATH_INFO": "/", "wsgi.url_scheme": "http"}
    assert KeyReader().key_of(request | proxy) == ("localhost", "/", "")
    settings.SECURE_SSL_REDIRECT = True
    assert (KeyReader().key_of(request | proxy) is None) == bypasses
