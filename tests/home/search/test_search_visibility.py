"""The search finds what any visitor may see, and nothing else: not by title, not by text, not by suggestion."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from site_core.publishing.trash.trashing import move_to_trash
from tests import factories
from tests.committed import counted_as_committed

pytestmark = pytest.mark.django_db

WORD = "Zanzibarian"


def found(client: Client, typed: str = WORD) -> list[str]:
    page = BeautifulSoup(client.get("/search/", {"q": typed}).content, "html.parser")
    return [" ".join(link.get_text(" ").split()) for link in page.select("main .rows h3 a")]


def suggested(client: Client, typed: str = WORD) -> list[str]:
    names: list[str] = client.get("/search/suggestions", {"q": typed}).json()["suggestions"]
    return names


def news(tree: factories.SiteTree, **fields: Any) -> Any:
    return factories.NewsItemPageFactory(parent=tree.news, title=f"{WORD} headline", **fields)


def test_what_is_live_and_public_is_found(site_tree: factories.SiteTree, client: Client) -> None:
    news(site_tree)
    factories.TextPageFactory(parent=site_tree.about, title=f"{WORD} page")
    factories.ImpactStatFactory(outcome=f"{WORD} outcome")
    factories.PlaceTermFactory(name=f"{WORD} City")
    assert len(found(client)) == 4
    assert suggested(client) == [f"{WORD} City", f"{WORD} page", f"{WORD} headline"]


def test_drafts_and_scheduled_pages_are_not_found(site_tree: factories.SiteTree, client: Client) -> None:
    news(site_tree, draft=True)
    news(site_tree, scheduled=True, slug="later")
    factories.ImpactStatFactory(outcome=f"{WORD} outcome", draft=True)
    assert found(client) == suggested(client) == []


def test_a_draft_of_a_live_page_is_not_found(site_tree: factories.SiteTree, client: Client) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, title="Plain page")
    page.title, page.summary = f"{WORD} page", f"{WORD} summary"
    page.save_revision()
    assert found(client) == suggested(client) == []
    page.get_latest_revision().publish()
    assert found(client) == [f"{WORD} page"]


def test_what_was_taken_down_or_deleted_is_not_found(site_tree: factories.SiteTree, client: Client) -> None:
    editor = factories.UserFactory(role="Editor")
    news(site_tree).unpublish()
    move_to_trash(news(site_tree, slug="to-the-bin"), editor)
    factories.ImpactStatFactory(outcome=f"{WORD} outcome").unpublish()
    news(site_tree, slug="gone").delete()
    assert found(client) == suggested(client) == []


def test_a_private_page_and_what_lies_below_it_are_not_found(site_tree: factories.SiteTree, client: Client) -> None:
    private = factories.TextPageFactory(parent=site_tree.about, title=f"{WORD} page")
    factories.TextPageFactory(parent=private, title=f"{WORD} below")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert found(client) == suggested(client) == []


def test_a_withdrawn_figure_is_not_found(site_tree: factories.SiteTree, client: Client) -> None:
    withdrawn = {"correction": "withdrawn", "correction_text": "It was wrong.", "corrected_on": date(2018, 4, 3)}
    factories.ImpactStatFactory(outcome=f"{WORD} outcome", **withdrawn)
    assert found(client) == []


def test_a_place_is_found_while_it_has_a_page_and_is_in_use(site_tree: factories.SiteTree, client: Client) -> None:
    place = factories.PlaceTermFactory(name=f"{WORD} County", has_page=False)
    assert found(client) == suggested(client) == []
    place.has_page = True
    place.save()
    assert found(client) == [f"{WORD} County"]
    place.archived = True
    place.save()
    assert found(client) == suggested(client) == []


def test_another_term_is_found_with_its_public_news_until_it_has_a_page(
    site_tree: factories.SiteTree, client: Client
) -> None:
    term = factories.InitiativeTermFactory(name=f"{WORD} Initiative", aliases="ZZI")
    item = factories.NewsItemPageFactory(parent=site_tree.news, initiatives=[term], draft=True, title="Plain headline")
    assert found(client, "zzi") == []
    item.get_latest_revision().publish()
    assert found(client, "zzi")[0] == term.name
    page = BeautifulSoup(client.get("/search/", {"q": "zzi"}).content, "html.parser")
    assert page.select(f'main a[href="/news/?initiative={term.slug}"]')
    factories.StrategyPageFactory(parent=site_tree.strategies, term=term, title=f"{WORD} strategy page")
    assert found(client, "zzi")[0] == f"{WORD} strategy page"
    assert term.name not in found(client, "zzi")


def test_tags_and_other_names_of_tags_find_the_news(site_tree: factories.SiteTree, client: Client) -> None:
    strategy = factories.StrategyTermFactory(name=f"{WORD} Intervention", aliases="Operation Quokka")
    item = factories.NewsItemPageFactory(parent=site_tree.news, strategies=[strategy], title="Plain headline")
    assert item.title in found(client, "quokka")


class TestDocuments:
    def linked(self, tree: factories.SiteTree, document: Any, **fields: Any) -> Any:
        body = [("documents", {"heading": "Guides", "documents": [document]})]
        return factories.TextPageFactory(parent=tree.about, title="Plain page", body=body, **fields)

    def test_one_is_found_once_a_public_page_links_to_it(self, site_tree: factories.SiteTree, client: Client) -> None:
        document = factories.SiteDocumentFactory(title=f"{WORD} guide", publisher="Quokka Press", year=2016, pages=40)
        assert found(client) == []
        page = self.linked(site_tree, document, draft=True)
        assert found(client) == suggested(client) == []
        page.get_latest_revision().publish()
        assert found(client) == suggested(client) == [f"{WORD} guide"]
        assert f"{WORD} guide" in found(client, "quokka")
        assert "Quokka Press, 2016, 40 pages" in client.get("/search/", {"q": WORD}).content.decode()

    def test_a_link_in_a_draft_of_a_public_page_does_not_count(
        self, site_tree: factories.SiteTree, client: Client
    ) -> None:
        page = self.linked(site_tree, factories.SiteDocumentFactory())
        heading = {"heading": "Guides", "documents": [factories.SiteDocumentFactory(title=f"{WORD} guide")]}
        page.body = [("documents", heading)]
        page.save_revision()
        assert found(client) == []

    def test_of_several_versions_the_newest_is_found(self, site_tree: factories.SiteTree, client: Client) -> None:
        first = factories.SiteDocumentFactory(title=f"{WORD} guide, first")
        self.linked(site_tree, first)
        factories.SiteDocumentFactory(title=f"{WORD} guide, second", replaces=first)
        assert found(client) == [f"{WORD} guide, second"]

    def test_a_private_one_is_not_found(self, site_tree: factories.SiteTree, client: Client) -> None:
        private = Collection.get_first_root_node().add_child(name="Private")
        below = private.add_child(name="Below")
        restriction = CollectionViewRestriction.objects.create(
            collection=private, restriction_type=CollectionViewRestriction.GROUPS
        )
        restriction.groups.set(Group.objects.all())
        self.linked(site_tree, factories.SiteDocumentFactory(title=f"{WORD} guide", collection=below))
        assert found(client) == suggested(client) == []


class TestCosts:
    def test_suggestions_cost_two_queries(self, site_tree: factories.SiteTree, client: Client) -> None:
        news(site_tree)
        with counted_as_committed():
            suggested(client)
            with CaptureQueriesContext(connection) as queries:
                assert suggested(client)
        assert len(queries) <= 2

    def test_twenty_on_a_page_and_links_to_the_others(self, site_tree: factories.SiteTree, client: Client) -> None:
        for number in range(23):
            news(site_tree, slug=f"item-{number}")
        assert len(found(client)) == 20
        second = BeautifulSoup(client.get("/search/", {"q": WORD, "page": "2"}).content, "html.parser")
        assert len(second.select("main .search-result")) == 3
        assert second.select(f'a[rel=prev][href="?q={WORD}&page=1"]')
        misspelled = client.get("/search/", {"q": "Zanzibarain", "page": "2"})
        assert misspelled.status_code == 200
        assert client.get("/search/", {"q": WORD, "page": "3"}).status_code == 404

    def test_one_of_every_kind_costs_twelve_queries_and_two_more_where_misspelled(
        self, site_tree: factories.SiteTree, client: Client
    ) -> None:
        news(site_tree)
        factories.StrategyPageFactory(parent=site_tree.strategies, title=f"{WORD} strategy")
        factories.ImpactStatFactory(outcome=f"{WORD} outcome")
        document = factories.SiteDocumentFactory(title=f"{WORD} guide")
        TestDocuments().linked(site_tree, document)
        for typed, budget in ((WORD, 12), ("Zanzibarain", 14)):
            found(client, typed)
            with counted_as_committed():
                found(client, typed)
                with CaptureQueriesContext(connection) as queries:
                    assert len(found(client, typed)) == 4
            assert len(queries) <= budget
