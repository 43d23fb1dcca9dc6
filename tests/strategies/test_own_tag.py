"""A new strategy makes its tag when it is published. Tags of other strategies are not offered."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from site_core.taxonomy.models import ComponentTerm, Kind, StrategyTerm, Term
from strategies.models import StrategyPage
from strategies.strategy_form import NEW_TAG
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def strategy_form(**fields: Any) -> dict[str, Any]:
    typed = {
        "title": "Example Intervention",
        "slug": "",
        "term": "",
        "kind_of_new_tag": "strategy",
        "abbreviation": "",
        "summary": "An invented strategy.",
        "who_takes_part": "",
        "where_it_began": "",
        "uses": inline_formset([]),
        "body": streamfield([("text", rich_text("<p>Example text.</p>"))]),
        "contact_name": "",
        "contact_email": "",
        "contact_phone": "",
        "comments": inline_formset([]),
    }
    posted: dict[str, Any] = nested_form_data(typed | fields)
    return posted


def add_strategy(editor: Client, tree: factories.SiteTree, **fields: Any) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["strategies", "strategypage", tree.strategies.pk])
    return editor.post(url, strategy_form(**fields))


PUBLISH = {"action-publish": "yes"}


def test_a_draft_makes_no_tag_and_publishing_does(editor: Client, site_tree: factories.SiteTree) -> None:
    assert add_strategy(editor, site_tree).status_code == 302
    page = StrategyPage.objects.get()
    assert not Term.objects.exists()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.post(edit, strategy_form(title="Example Prevention", **PUBLISH)).status_code == 302
    page.refresh_from_db()
    assert page.live
    assert page.term.name == "Example Prevention"
    assert page.term.kind == Kind.STRATEGY
    assert page.get_latest_revision_as_object().term == page.term
    assert editor.post(edit, strategy_form(title="Another title", term=page.term.pk, **PUBLISH)).status_code == 302
    assert Term.objects.count() == 1


def test_a_new_page_is_published_at_once_with_a_tag_of_the_kind_chosen(
    editor: Client, site_tree: factories.SiteTree
) -> None:
    assert add_strategy(editor, site_tree, kind_of_new_tag="component", **PUBLISH).status_code == 302
    assert StrategyPage.objects.get().term_id == ComponentTerm.objects.get().pk
    assert StrategyPage.objects.get().kind == Kind.COMPONENT


def test_a_tag_on_file_under_another_spelling_is_taken(editor: Client, site_tree: factories.SiteTree) -> None:
    term = StrategyTerm.objects.create(name="Group Example", aliases="EXAMPLE  intervention")
    add_strategy(editor, site_tree, **PUBLISH)
    assert StrategyPage.objects.get().term_id == term.pk
    assert Term.objects.count() == 1


def test_the_tag_is_made_as_well_when_the_page_is_approved_or_published_elsewhere(
    site_tree: factories.SiteTree,
) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, term=None, draft=True)
    page.save_revision().publish(user=factories.UserFactory(role="Editor"))
    page.refresh_from_db()
    assert page.term.name == page.title


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("Example Intervention", "“The first” is already the page of the tag"), ("x" * 120, "at most 100 characters")],
)
def test_a_tag_that_cannot_be_is_said_at_its_box(
    title: str, sentence: str, editor: Client, site_tree: factories.SiteTree
) -> None:
    term = StrategyTerm.objects.create(name="Example Intervention")
    factories.StrategyPageFactory(parent=site_tree.strategies, title="The first", term=term)
    response = add_strategy(editor, site_tree, title=title, **PUBLISH)
    assert response.status_code == 200
    (error,) = response.context["form"].errors["term"]
    assert sentence in error
    assert Term.objects.count() == 1


def test_tags_of_other_strategies_are_not_offered(editor: Client, site_tree: factories.SiteTree) -> None:
    mine = factories.StrategyPageFactory(parent=site_tree.strategies, title="Mine")
    factories.StrategyPageFactory(parent=site_tree.strategies, title="Taken")
    StrategyTerm.objects.create(name="Free")
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[mine.pk])).context["form"]
    assert [label for _, label in form.fields["term"].choices] == [NEW_TAG, "Free", "Mine"]
