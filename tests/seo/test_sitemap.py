"""The sitemap lists every public URL once, with its last change, and robots.txt names the sitemap."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from site_core.publishing.ledger.publications import Publication
from site_core.seo import sitemap
from tests import factories
from tests.committed import counted_as_committed

pytestmark = pytest.mark.django_db

NAMESPACE = f"{{{sitemap.NAMESPACE}}}"
QUERY_BUDGET = 14


def entries(client: Client, url: str, element: str) -> dict[str, str | None]:
    response = client.get(url)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    tree = ElementTree.fromstring(response.getvalue())  # noqa: S314 (our own)
    found = tree.findall(NAMESPACE + element)
    return {one.findtext(f"{NAMESPACE}loc") or "": one.findtext(f"{NAMESPACE}lastmod") for one in found}


def files(client: Client) -> list[str]:
    return [url.removeprefix("http://localhost") for url in entries(client, "/sitemap.xml", "sitemap")]


def everything(client: Client) -> dict[str, str | None]:
    """Maps the path of each URL in the sitemap to its last change."""
    found: dict[str, str | None] = {}
    for file in files(client):
        of_file = entries(client, file, "url")
        assert not set(of_file) & set(found), "A URL is in two files."
        found |= of_file
    assert all(url.startswith("http://localhost/") for url in found)
    return {url.removeprefix("http://localhost"): changed for url, changed in found.items()}


def written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def test_it_lists_everything_public_and_nothing_else(site_tree: factories.SiteTree, client: Client) -> None:
    place = factories.PlaceTermFactory(name="Example City")
    factories.PlaceTermFactory(name="Example County", has_page=False)
    stat = factories.ImpactStatFactory(place=place)
    factories.ImpactStatFactory(place=place, draft=True)
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    site_tree.about.view_restrictions.create(restriction_type="login")
    factories.TextPageFactory(parent=site_tree.about)
    paths = everything(client)
    lists = {"/", "/strategies/", "/places/", "/impact/", "/news/"}
    assert set(paths) - lists == {item.url, f"/places/{place.slug}/", stat.get_absolute_url()}
    for path in paths:
        assert client.get(path).status_code == 200


def test_each_url_has_its_last_change(site_tree: factories.SiteTree, client: Client) -> None:
    place = factories.PlaceTermFactory(name="Example City")
    stat = factories.ImpactStatFactory(place=place)
    item = factories.NewsItemPageFactory(parent=site_tree.news, places=[place])
    changes = everything(client)
    assert changes[item.url] == changes[f"/places/{place.slug}/"] == written(item.last_published_at)
    newest = Publication.objects.of(stat).newest_first().first()
    assert newest
    assert changes[stat.get_absolute_url()] == written(newest.at)
    assert changes["/about/"] == written(site_tree.about.last_published_at)


def test_a_list_changes_with_what_it_lists(site_tree: factories.SiteTree, client: Client) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    item.unpublish()
    newest = Publication.objects.of(item).newest_first().first()
    assert newest
    changes = everything(client)
    assert changes["/"] == changes["/news/"] == written(newest.at)
    assert changes["/about/"] == written(site_tree.about.last_published_at)


def test_many_urls_are_split_into_files_with_few_queries_each(
    site_tree: factories.SiteTree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "URLS_IN_A_FILE", 3)
    for _ in range(4):
        factories.NewsItemPageFactory(parent=site_tree.news)
    for _ in range(4):
        factories.ImpactStatFactory()
    assert files(client) == [
        *(f"/sitemap-pages-{number}.xml" for number in (1, 2, 3, 4)),
        *(f"/sitemap-places-{number}.xml" for number in (1, 2)),
        *(f"/sitemap-figures-{number}.xml" for number in (1, 2)),
    ]
    assert len(everything(client)) == 10 + 4 + 4
    for file in files(client):
        with counted_as_committed():
            client.get(file).getvalue()
            with CaptureQueriesContext(connection) as queries:
                client.get(file).getvalue()
        assert len(queries) <= QUERY_BUDGET, file
        reads = [query["sql"] for query in queries if "OFFSET" in query["sql"] or "LIMIT 3" in query["sql"]]
        assert reads, f"{file} reads more than its own part."


@pytest.mark.parametrize("name", ["pages-0", "pages-2", "nothing-1", "pages-99999999999999999999"])
def test_an_unknown_file_is_not_found(site_tree: factories.SiteTree, client: Client, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_names_the_sitemap_and_the_disallowed_paths(site_tree: factories.SiteTree, client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        "Sitemap: http://localhost/sitemap.xml",
    ]
