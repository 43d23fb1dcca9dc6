"""The history and undo show what differs between two public versions: which fields and blocks, and their words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.history import row_comparison
from site_core.publishing.history.undo_views import undo_url
from site_core.publishing.history.views import history_of
from site_core.publishing.ledger.publications import Publication
from tests import factories
from tests.publishing.review.review_admin import client_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PARAGRAPHS = [("text", "<p>Unchanged.</p>"), ("text", "<p>Old paragraph.</p>")]


@pytest.fixture
def editor() -> Client:
    return client_of(person(Role.EDITOR))


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    """An item published twice: “First words.”, then “Second words.”."""
    item: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, summary="First words.")
    item.summary = "Second words."
    item.save_revision().publish()
    return NewsItemPage.objects.get(pk=item.pk)


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def newest(obj: Any) -> Publication:
    row = Publication.objects.of(obj).newest_first().first()
    assert row
    return row


def test_undo_shows_what_will_change_and_changes_nothing_before_it_is_chosen(
    item: NewsItemPage, editor: Client
) -> None:
    page = html(editor, undo_url(item))
    assert '<span class="deletion">Second</span><span class="addition">First</span> words.' in page
    assert NewsItemPage.objects.get().summary == "Second words."
    editor.post(undo_url(item), {"expected": newest(item).pk})
    assert NewsItemPage.objects.get().summary == "First words."


def test_restoring_an_older_version_shows_what_will_change(item: NewsItemPage, editor: Client) -> None:
    oldest = Publication.objects.of(item).order_by("pk")[0]
    item.title = "Third headline"
    item.save_revision().publish()
    page = html(editor, reverse("put_back_publication", args=[oldest.pk]))
    assert '<span class="deletion">Third</span>' in page
    assert '<span class="addition">First</span> words.' in page


def test_undo_of_a_first_publication_compares_nothing(site_tree: factories.SiteTree, editor: Client) -> None:
    page = html(editor, undo_url(factories.NewsItemPageFactory(parent=site_tree.news)))
    assert "so it comes down again" in page
    assert "What changes for visitors" not in page


def test_each_row_of_the_history_names_the_fields_and_blocks_that_changed(
    site_tree: factories.SiteTree, editor: Client
) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, body=PARAGRAPHS)
    page.title = "Another title"
    page.body[1].value = RichText("<p>New paragraph.</p>")
    page.save_revision().publish()
    history = html(editor, history_of(page))
    changes = reverse("publication_changes", args=[newest(page).pk])
    assert f'<a href="{changes}">Title, Body (Text)' in history
    assert history.count("First version on record") == 1
    words = html(editor, changes)
    assert '<span class="deletion">Old</span><span class="addition">New</span> paragraph.' in words
    assert "Public notes" not in words


def test_what_has_no_drafts_is_compared_too(editor: Client) -> None:
    place = factories.PlaceTermFactory(name="Exampleburg")
    place.name = "Exampleville"
    place.save()
    assert "Name" in html(editor, history_of(place))
    words = html(editor, reverse("publication_changes", args=[newest(place).pk]))
    assert '<span class="addition">Exampleville</span>' in words


def test_a_version_that_says_the_same_says_so(item: NewsItemPage, editor: Client) -> None:
    item.save_revision().publish()
    assert "Nothing in its content" in html(editor, history_of(item))
    assert "Nothing in its content changed." in html(editor, reverse("publication_changes", args=[newest(item).pk]))


def test_the_first_version_and_one_that_took_it_down_have_nothing_to_compare(
    item: NewsItemPage, editor: Client
) -> None:
    oldest = Publication.objects.of(item).order_by("pk")[0]
    assert "There is none before it to compare" in html(editor, reverse("publication_changes", args=[oldest.pk]))
    item.unpublish()
    assert "nothing was public" in html(editor, reverse("publication_changes", args=[newest(item).pk]))


def test_versions_of_a_model_that_has_changed_since_break_no_page(
    item: NewsItemPage, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> Any:
        raise KeyError("a block of long ago")

    monkeypatch.setattr(row_comparison, "normalized", broken)
    monkeypatch.setattr(row_comparison, "changed_labels", broken)
    assert "Compare" in html(editor, history_of(item))
    assert "Second" in html(editor, reverse("publication_changes", args=[newest(item).pk]))


def test_only_people_who_may_see_it_compare_it(item: NewsItemPage) -> None:
    url = reverse("publication_changes", args=[newest(item).pk])
    assert client_of(person(Role.AUTHOR)).get(url).status_code == 200
    assert Client().get(url).status_code == 302
    assert client_of(factories.UserFactory()).get(url).status_code in (302, 403)


def test_a_long_history_reads_a_bounded_number_of_versions(
    item: NewsItemPage, editor: Client, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        item.summary = f"Words no. {number}."
        item.save_revision().publish()
    monkeypatch.setattr("site_core.publishing.history.views.SHOWN", 2)
    history = html(editor, history_of(item))
    assert history.count(">Summary<") == 1
    assert history.count(">Compare<") == 3
