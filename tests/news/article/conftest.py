"""The newspaper whose pages are served on this machine."""

from collections.abc import Iterator

import pytest

from site_core.outgoing.guard import Guard
from tests.news.article.pages import REFUSED, samples
from tests.outgoing.web import Web, running_web

SITE = "gazette.example"


@pytest.fixture(scope="module")
def newspaper() -> Iterator[Web]:
    with running_web() as web:
        web.addresses["inside.example"] = "10.0.0.1"
        web.pages |= {f"{SITE}/{path}": sample.reply for path, sample in samples().items()}
        web.pages |= {f"{SITE}/{path}": reply for path, (reply, _) in REFUSED.items()}
        web.pages[f"{SITE}/og?utm_source=mail"] = web.pages[f"{SITE}/og"]
        yield web


@pytest.fixture
def reads_newspaper(newspaper: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The site's own guard comes here."""
    monkeypatch.setattr(Guard, "from_settings", newspaper.guard)
    return newspaper
