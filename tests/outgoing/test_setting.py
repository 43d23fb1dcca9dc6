"""How the site reads other sites is one variable: directly, through a proxy, or not at all."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from site_core.settings import environment


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("", (True, "")),
        ("direct", (True, "")),
        ("off", (False, "")),
        ("http://proxy.internal:3128", (True, "http://proxy.internal:3128")),
    ],
)
def test_it_is_read(monkeypatch: pytest.MonkeyPatch, value: str, read: tuple[bool, str]) -> None:
    monkeypatch.setenv("OUTGOING_REQUESTS", value)
    assert environment.outgoing() == read


@pytest.mark.parametrize(
    "value", ["yes", "proxy.internal:3128", "http://proxy.internal", "socks5://a:1", "http://[x:1"]
)
def test_anything_else_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("OUTGOING_REQUESTS", value)
    with pytest.raises(ImproperlyConfigured, match="OUTGOING_REQUESTS must be"):
        environment.outgoing()
