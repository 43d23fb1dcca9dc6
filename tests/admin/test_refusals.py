"""Mistakes in the admin are refused at the field with a message, and what was typed is not lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from impact.models import ImpactStat
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def post_stat(editor: Client, stat: ImpactStat, **fields: Any) -> Any:
    """Publish a stat with some fields changed, as a browser does."""
    typed = {
        "value_low": "12.5",
        "value_high": "",
        "unit": "percent",
        "direction": "reduction",
        "outcome": stat.outcome,
        "outcome_group": "other",
        "joining_word": "",
        "population": "",
        "scope": "",
        "program": "",
        "place": str(stat.place_id),
        "strategy": "",
        "period": "",
        "owner": "",
        "checked_on": "",
        "next_due": "",
        "slug": stat.slug,
        "go_live_at": "",
        "expire_at": "",
        "evidence": inline_formset([]),
        "ratings": inline_formset([]),
        "action-publish": "1",
    }
    url = reverse("wagtailsnippets_impact_impactstat:edit", args=[stat.pk])
    return editor.post(url, nested_form_data(typed | fields))


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}


def at(hours: int) -> str:
    return (timezone.localtime() + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M")


def test_a_valid_stat_is_published(editor: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    assert post_stat(editor, stat, value_low="41").status_code == 302
    assert ImpactStat.objects.get().figure == "41%"


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({"value_low": "56", "value_high": "44"}, "value_high", "The upper end must be more than 56."),
        ({"value_low": "101"}, "value_low", "Nothing can fall by more than 100%."),
        ({"outcome": ""}, "outcome", "This field is required."),
        ({"slug": "embed"}, "slug", "is reserved for another page. Choose another web address ending."),
    ],
)
def test_a_mistake_in_a_stat_is_refused_and_nothing_typed_is_lost(
    editor: Client, site_tree: factories.SiteTree, fields: dict[str, str], at: str, words: str
) -> None:
    stat = factories.ImpactStatFactory()
    response = post_stat(editor, stat, population="What was typed", **fields)
    assert words in errors_of(response)[at][0]
    assert "What was typed" in response.content.decode()
    assert ImpactStat.objects.get().figure == "12.5%"


def test_an_expiry_before_the_go_live_is_refused(editor: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    errors = errors_of(post_stat(editor, stat, go_live_at=at(5), expire_at=at(2)))
    assert "“Comes down” must be later than “Goes live”." in errors["go_live_at"]


def post_text_page(editor: Client, site_tree: factories.SiteTree, body: list[tuple[str, Any]]) -> Any:
    """Publish a text page with this body, as a browser does."""
    typed = {
        "title": "What was typed",
        "slug": "typed",
        "summary": "An invented page.",
        "body": streamfield(body),
        "action-publish": "1",
    }
    url = reverse("wagtailadmin_pages:add", args=["home", "textpage", site_tree.home.pk])
    return editor.post(url, nested_form_data(typed))


def test_a_picture_without_a_description_is_not_published(editor: Client, site_tree: factories.SiteTree) -> None:
    image = factories.SiteImageFactory()
    picture = {"image": {"image": str(image.pk), "alt_text": "", "decorative": ""}, "caption": ""}
    response = post_text_page(editor, site_tree, [("picture", picture)])
    assert response.status_code == 200
    page = response.content.decode()
    assert "Please add some alt text for your image or mark it as decorative" in page
    assert "What was typed" in page


@pytest.mark.parametrize("url", ["example", "javascript:alert(1)", "https://"])
def test_a_link_that_is_no_whole_url_is_refused(editor: Client, site_tree: factories.SiteTree, url: str) -> None:
    link = {"text": "Out", "page": "", "url": url}
    response = post_text_page(editor, site_tree, [("call_to_action", {"text": "Example", "link": link})])
    assert "Write the whole address with https:// in front" in response.content.decode()


def test_a_link_with_two_targets_is_refused(editor: Client, site_tree: factories.SiteTree) -> None:
    link = {"text": "Out", "page": str(site_tree.about.pk), "url": "https://example.org/"}
    response = post_text_page(editor, site_tree, [("call_to_action", {"text": "Example", "link": link})])
    assert "one of the two" in response.content.decode()


def test_an_index_page_keeps_its_slug(editor: Client, site_tree: factories.SiteTree) -> None:
    news = site_tree.news
    news.slug = "elsewhere"
    typed = {"title": news.title, "slug": "elsewhere", "summary": news.summary, "action-publish": "1"}
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[news.pk]), nested_form_data(typed))
    assert errors_of(response)["slug"] == ["This page’s web address must end in “news”. Other pages depend on it."]


@pytest.mark.parametrize("slug", ["admin", "documents", "media", "search", "static"])
def test_a_page_cannot_have_the_url_of_another_view(site_tree: factories.SiteTree, slug: str) -> None:
    with pytest.raises(ValidationError, match="leads to something else"):
        factories.TextPageFactory(parent=site_tree.home, slug=slug)
