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


def test_many_urls_are_split_into_files_that_each_read_only_their_own_part(
    site_tree: factories.SiteTree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "URLS_IN_A_FILE", 3)
    for _ in range(4):
        factories.NewsItemPageFactory(parent=site_tree.news)
    for _ in range(4):
        factories.ImpactStatFactory()
    assert len(everything(client)) == 10 + 4 + 4
    listed = files(client)
    assert len(listed) == len(set(listed)) >= 4 + 2 + 2
    for file in listed:
        with counted_as_committed():
            assert 1 <= len(entries(client, file, "url")) <= 3
            with CaptureQueriesContext(connection) as queries:
                client.get(file).getvalue()
        assert len(queries) <= QUERY_BUDGET, file
        number = int(file.removesuffix(".xml").rpartition("-")[2])
        first = (number - 1) * 3
        reads = [query["sql"] for query in queries if f"< {first + 3}" in query["sql"]]
        assert reads, f"{file} reads more than its own part."


def test_what_comes_and_goes_changes_no_other_file(
    site_tree: factories.SiteTree, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "URLS_IN_A_FILE", 2)
    items = [factories.NewsItemPageFactory(parent=site_tree.news) for _ in range(6)]

    def file_of_the_last() -> dict[str, str | None]:
        listed = (entries(client, file, "url") for file in files(client))
        return next(urls for urls in listed if f"http://localhost{items[-1].url}" in urls)

    before = file_of_the_last()
    items[0].unpublish()
    items[1].delete()
    assert file_of_the_last() == before


@pytest.mark.parametrize("name", ["pages-0", "pages-99999999", "nothing-1", "pages-99999999999999999999"])
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
