"""No page, feed or data file links to a page that visitors do not see."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page

from site_core.organization.models import OrganizationSettings
from site_core.publishing.trash.trashing import move_to_trash
from strategies.uses import StrategyUse
from tests import factories
from tests.committed import counted_as_committed, undone
from tests.contracts.stock import StockedSite
from tests.contracts.test_stored import urls_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

# All that a visitor or a machine may follow: in HTML, in XML, and in JSON of feeds and of JSON-LD.
_FOLLOWED = re.compile(
    r"""(?:href="|<(?:link|loc|id|guid[^>]*)>|"(?:url|item|@id|home_page_url|feed_url)": ?")([^"<#]*)"""
)

FURTHER_DOWN = ("StrategyPage", "NewsItemPage", "TextPage")


def restrict(page: Page) -> None:
    page.view_restrictions.create(restriction_type="login")


def unpublish(page: Page) -> None:
    page.unpublish()


def trash(page: Page) -> None:
    move_to_trash(page, None)


@pytest.fixture
def site(stocked: StockedSite, db: None) -> StockedSite:
    return stocked


@pytest.fixture
def linking(site: StockedSite) -> list[Page]:
    """All pages below the home page. Each is linked to in a text, in the footer, by a button and by the alert."""
    pages = [page.specific for page in Page.objects.live().child_of(site.tree.home)]
    pages += [site.page(name) for name in FURTHER_DOWN]
    links = "".join(
        f'<p><a id="{page.pk}" linktype="page">Text of a link</a></p>'
        f'<p><a href="{page.url}?from=here#part">Text of a link</a></p>'
        f'<p><a href="{page.full_url.replace("://", "://www.")}">Text of a link</a></p>'
        for page in pages
    )
    home = site.page("HomePage")
    targets = [target for page in pages for target in ({"page": page}, {"page": None, "url": page.full_url})]
    buttons = [("call_to_action", {"text": "Example", "link": {"text": "Go", **target}}) for target in targets]
    home.body = [*((block.block_type, block.value) for block in home.body), ("text", links), *buttons]
    home.save_revision().publish()
    settings = OrganizationSettings.load()
    settings.footer_text = links
    settings.footer_links = [("page", page) for page in pages]
    settings.social_links = [("link", {"name": "Ours", "url": page.full_url}) for page in pages]
    settings.save()
    factories.AlertFactory(text="An alert.", link_page=pages[0], link_text="Text of an alert")
    return pages


def followed(client: Client, site: StockedSite) -> dict[str, set[str]]:
    """The paths that each page links to."""
    found: dict[str, set[str]] = {}
    for url in urls_of(site):
        answer = client.get(url)
        if answer.status_code == 200 and not answer.streaming:
            found[url] = {urlsplit(one).path for one in _FOLLOWED.findall(answer.content.decode())}
    return found


def followed_in(client: Client, url: str) -> set[str]:
    return {urlsplit(one).path for one in _FOLLOWED.findall(client.get(url).content.decode())}


@pytest.mark.parametrize("hide", [restrict, unpublish, trash])
def test_nothing_links_to_a_page_that_is_hidden(
    client: Client, site: StockedSite, linking: list[Page], hide: Callable[[Page], None]
) -> None:
    with counted_as_committed():
        before = followed(client, site)
    # Those further down together, then every other one below the home page: each is hidden while its neighbors and
    # the page above it are seen.
    top, further_down = linking[: -len(FURTHER_DOWN)], linking[-len(FURTHER_DOWN) :]
    for pages in (further_down, top[::2], top[1::2]):
        urls = {Page.objects.get(pk=page.pk).url for page in pages}
        assert urls <= before["/"], "A test that finds no link proves nothing."
        with undone():
            for page in pages:
                hide(Page.objects.get(pk=page.pk).specific)
            with counted_as_committed():
                after = followed(client, site)
                text = client.get("/").content.decode()
        assert {one: paths & urls for one, paths in after.items() if paths & urls} == {}, hide.__name__
        # The footer and the body keep the text of the link.
        assert text.count("Text of a link") == 2 * 3 * len(linking)


def test_an_article_or_a_study_at_a_hidden_page_is_no_link(client: Client, site: StockedSite) -> None:
    hidden = site.page("TextPage")
    item = factories.NewsItemPageFactory(parent=site.tree.news, link=hidden.full_url)
    evidence = factories.EvidenceFactory(study__url=hidden.full_url)
    strategy = site.page("StrategyPage")
    StrategyUse.objects.create(
        page=strategy, place=factories.PlaceTermFactory(), source="A study", url=hidden.full_url
    )
    urls = (item.url, evidence.stat.get_absolute_url(), reverse("news_feed_json"), reverse("stats_json"), strategy.url)
    with counted_as_committed():
        before = [hidden.url in client.get(url).content.decode() for url in urls]
    unpublish(hidden)
    with counted_as_committed():
        after = [hidden.url in client.get(url).content.decode() for url in urls]
    assert (before, after) == ([True] * 5, [False] * 5)


@pytest.mark.parametrize("hide", [restrict, unpublish, trash])
def test_no_redirect_tells_of_a_hidden_page(client: Client, site: StockedSite, hide: Callable[[Page], None]) -> None:
    page = site.page("TextPage")
    Redirect.add_redirect("/by-page", page)
    Redirect.add_redirect("/by-url", page.url)
    links = '<p><a href="/By-Page/">One</a> <a href="/by-url/">Two</a></p>'
    linking = factories.TextPageFactory(parent=site.page("HomePage"), body=[("text", links)])

    def answers() -> tuple[int, int, int]:
        with counted_as_committed():
            text = client.get(linking.url).content.decode()
            by_page, by_url = client.get("/By-Page/"), client.get("/by-url/")
        return by_page.status_code, by_url.status_code, text.lower().count('href="/by-')

    assert answers() == (301, 301, 2)
    hide(page)
    assert answers() == (404, 404, 0)


def test_a_typed_link_to_anything_else_stays_a_link(client: Client, site: StockedSite) -> None:
    document = factories.SiteDocumentFactory()
    urls = [
        "https://example.org/x/",
        "//example.org/x/",
        "#part",
        "mailto:a@example.org",
        "/search/?q=a",
        "/impact/x.csv",
    ]
    urls += [
        "/static/brand/logo.svg",
        "http://[broken/",
        "https://example.org/?a=1&amp;b=2",
        "/%00/",
        "/sitemap.xml",
        "/health/live",
    ]
    links = "".join(f'<p><a href="{url}">Text of a link</a></p>' for url in urls)
    page = factories.TextPageFactory(parent=site.page("HomePage"), body=[("text", links)])
    stat = factories.ImpactStatFactory(draft=True)
    hidden = [document.url, stat.get_absolute_url(), "/never-was/", "/trashed/below/"]
    page.body.append(("text", "".join(f'<p><a href="{url}">Text of a link</a></p>' for url in hidden)))
    page.save()
    with counted_as_committed():
        shown = client.get(page.url).content.decode()
    assert [url for url in urls if f'<a href="{url}">' not in shown] == []
    assert [url for url in hidden if f'href="{url}"' in shown] == []


def test_no_redirect_leads_below_a_private_page_nor_to_the_alias_of_a_draft(client: Client, site: StockedSite) -> None:
    private, source = (factories.TextPageFactory(parent=site.page("HomePage")) for _ in range(2))
    below = factories.TextPageFactory(parent=private)
    alias = source.create_alias(update_slug="alias", parent=site.page("HomePage"))
    Redirect.add_redirect("/below", below)
    Redirect.add_redirect("/alias", alias)
    Redirect.add_redirect("/chain", "/below/")
    Redirect.add_redirect("/circle", "/circle/")
    restrict(private)
    unpublish(source)
    urls = ["/below/", "/alias/", "/chain/", "/circle/"]
    links = "".join(f'<p><a href="{url}">Text of a link</a></p>' for url in (*urls, below.url, "/alias"))
    linking = factories.TextPageFactory(parent=site.page("HomePage"), body=[("text", links)])
    with counted_as_committed():
        assert [client.get(url).status_code for url in urls] == [404] * 4
        assert followed_in(client, linking.url).isdisjoint({*urls, below.url, "/alias"})


def test_a_link_to_a_hidden_page_is_none_however_it_is_spelled(client: Client, site: StockedSite) -> None:
    page = factories.TextPageFactory(parent=site.page("HomePage"), slug="hidden", draft=True)
    host = urlsplit(page.full_url).netloc
    urls = ["/hidden/", "/hidden", " /hidden/", "/%68idden/", "//hidden/../hidden/"[1:], "/./hidden/", "\\hidden\\"]
    urls += [f"{start}{host}/hidden/" for start in ("//", "HTTP://", "https://user@", "https://www.")]
    urls += [f"https://{host.upper()}:8443/hidden/?a=1&amp;b=2#part"]
    links = "".join(f'<p><a class="x" href="{url}" rel="y">Text of a link</a></p>' for url in urls)
    linking = factories.TextPageFactory(parent=site.page("HomePage"), body=[("text", links)])
    with counted_as_committed():
        shown = client.get(linking.url).content.decode()
    assert "idden/" not in shown
    assert shown.count("Text of a link") == len(urls)


def test_a_private_document_is_no_link(client: Client, site: StockedSite) -> None:
    document = factories.SiteDocumentFactory()
    text = f'<p><a id="{document.pk}" linktype="document">Text of a link</a></p>'
    page = factories.TextPageFactory(parent=site.page("HomePage"), body=[("text", text)])
    with counted_as_committed():
        assert document.url in client.get(page.url).content.decode()
    CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node(), restriction_type="login")
    with counted_as_committed():
        shown = client.get(page.url).content.decode()
    assert document.url not in shown
    assert "Text of a link" in shown
