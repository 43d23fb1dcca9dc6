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


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("localhost", "localhost"),
        ("LocalHost", "localhost"),
        ("localhost.", "localhost"),
        ("localhost:80", "localhost"),
        ("localhost:65000", "localhost"),
        ("[::1]:8000", "[::1]"),
        ("", None),
        ("localhost:a", None),
        ("local host", None),
        ("localhost/", None),
    ],
)
def test_the_key_has_the_host_in_one_spelling_and_no_port(host: str, key: str | None) -> None:
    request = {"REQUEST_METHOD": "GET", "HTTP_HOST": host, "PATH_INFO": "/", "wsgi.url_scheme": "http"}
    assert KeyReader().key_of(request) == (key and (key, "/", ""))
    del request["HTTP_HOST"]
    assert KeyReader().key_of(request) is None


@pytest.mark.parametrize(
    ("path", "query", "key"),
    [
        ("/news/", "type=opinion&page=2", "page=2&type=opinion"),
        ("/news/", "utm_source=mail&type=opinion", "type=opinion"),
        ("/news/", "q=words", None),
        ("/search/", "q=words", None),
        ("/news/feed.rss", "place=oakland", "place=oakland"),
        ("/news/feed.rss", "q=words", None),
        ("/changes/feed.json", "place=oakland", "place=oakland"),
        ("/changes/feed.json", "q=words", None),
        ("/about/", "q=words", None),
        ("/about/", "utm_source=mail", ""),
        ("/news/an-item/", "q=words", None),
        ("/", "page=2", None),
    ],
)
def test_the_key_has_the_query_keys_that_the_page_reads(path: str, query: str, key: str | None) -> None:
    request = {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    found = KeyReader().key_of({**request, "PATH_INFO": path, "QUERY_STRING": query})
    assert found == (None if key is None else ("localhost", path, key))
