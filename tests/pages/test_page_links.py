"""Page links in rich text: where they lead and how many queries they cost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.committed import counted_as_committed
from tests.factories import SiteTree

pytestmark = pytest.mark.django_db


def text_linking_to(*pages: Any) -> tuple[str, str]:
    links = " ".join(f'<a id="{page.pk}" linktype="page">{page.title}</a>' for page in pages)
    return ("text", f"<p>{links}</p>")


def query_count(client: Client, url: str) -> int:
    # The frame around every page is rendered and memoized before the count starts.
    client.get("/no-such-page/")
    with counted_as_committed():
        client.get("/no-such-page/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
    return len(queries)


def test_one_query_finds_all_links_of_a_page(client: Client, site_tree: SiteTree) -> None:
    strategy = factories.StrategyPageFactory(parent=site_tree.strategies)
    without = factories.TextPageFactory(parent=site_tree.about, body=[("text", "<p>Nothing to follow.</p>")])
    texts = [text_linking_to(strategy, site_tree.news), text_linking_to(site_tree.about), text_linking_to(strategy)]
    linking = factories.TextPageFactory(parent=site_tree.about, body=texts)
    assert query_count(client, linking.url) == query_count(client, without.url) + 1
    typed = "".join(f'<p><a href="{page.url}">Typed</a></p>' for page in (strategy, site_tree.news, site_tree.about))
    linking = factories.TextPageFactory(parent=site_tree.about, body=[*texts, ("text", typed), ("text", typed)])
    assert query_count(client, linking.url) == query_count(client, without.url) + 1
    linking = factories.TextPageFactory(parent=site_tree.about, body=[("text", typed), ("text", typed)])
    assert query_count(client, linking.url) <= query_count(client, without.url) + 2


def test_a_link_follows_its_page_and_loses_its_href_when_the_page_is_deleted(
    client: Client, site_tree: SiteTree
) -> None:
    target = factories.TextPageFactory(parent=site_tree.about, title="Target")
    gone = factories.TextPageFactory(parent=site_tree.about, title="Gone")
    page = factories.TextPageFactory(parent=site_tree.about, body=[text_linking_to(target, gone)])

    def links() -> dict[str, Any]:
        with counted_as_committed():
            found = BeautifulSoup(client.get(page.url).content, "html.parser").select(".body a")
        return {link.get_text(): link.get("href") for link in found}

    assert links() == {"Target": target.url, "Gone": gone.url}
    target.slug = "moved"
    target.save_revision().publish()
    gone.delete()
    assert links() == {"Target": f"{site_tree.about.url}moved/", "Gone": None}
