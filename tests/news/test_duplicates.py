"""An article is on file once: drafts are warned, publishing is refused, and only the newer of two is spoken to."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from news.duplicates import repeated_fields
from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.pages.content_checks.edit_mixin import REPEATED
from site_core.publishing.approval_rules import ApprovalRules
from tests import factories
from tests.news.mention_form import add_item, errors_of
from tests.publishing.admin_forms import edit_url, post, said
from tests.publishing.review.review_admin import decide, is_live, person

pytestmark = pytest.mark.django_db

LINK = "https://example.org/a"
LINK_ON_FILE = "This link is already on file: “First” (Example Gazette, April 2018)."


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture
def first(site_tree: factories.SiteTree) -> NewsItemPage:
    gazette = factories.PublisherFactory(name="Example Gazette")
    item: NewsItemPage = factories.NewsItemPageFactory(
        parent=site_tree.news, title="First", link=LINK, publisher=gazette
    )
    return item


def mention(tree: factories.SiteTree, **fields: Any) -> NewsItemPage:
    item: NewsItemPage = factories.NewsItemPageFactory(parent=tree.news, **fields)
    return item


def copied(item: NewsItemPage, **options: Any) -> NewsItemPage:
    copy: NewsItemPage = item.copy(update_attrs={"slug": "copy"}, **options)
    return copy


def repeated(field: str, typed: str) -> str | None:
    """The warning about a new item with this value in a field."""
    value = NewsItemPage._meta.get_field(field).clean(typed, None)
    return dict(repeated_fields(NewsItemPage(**{field: value}))).get(field)


def published(editor: Client, item: NewsItemPage, **typed: str) -> bool:
    """Whether the Editor's form publishes the item."""
    return bool(post(editor, edit_url(item), **typed, **{"action-publish": "1"}).status_code == 302)


def test_a_draft_of_a_link_on_file_is_saved_and_warned(
    editor: Client, site_tree: factories.SiteTree, first: NewsItemPage
) -> None:
    response = add_item(editor, site_tree, link=f"{LINK}?utm_source=mail")
    assert response.status_code == 302
    draft = NewsItemPage.objects.get(title="Example headline")
    assert said(editor.get(edit_url(draft))).count(f"{LINK_ON_FILE} {REPEATED}") == 1


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_link_on_file_is_not_published_and_its_item_is_named(
    editor: Client, site_tree: factories.SiteTree, first: NewsItemPage, action: str
) -> None:
    response = add_item(editor, site_tree, link="https://EXAMPLE.org/a?utm_medium=x&fbclid=1", **{action: "1"})
    assert errors_of(response)["link"] == [LINK_ON_FILE]


def test_a_link_on_file_is_known_in_its_other_spellings(first: NewsItemPage) -> None:
    links = (
        "http://example.org/a",
        "https://www.example.org/a",
        "https://example.org/a/",
        "https://example.org/a#top",
    )
    assert {link: repeated("link", link) for link in links} == dict.fromkeys(links, LINK_ON_FILE)


def test_a_headline_on_file_is_not_published_and_its_item_is_named(
    editor: Client, site_tree: factories.SiteTree
) -> None:
    gazette = factories.PublisherFactory(name="Example Gazette")
    mention(site_tree, title="A Headline", publisher=gazette, draft=True)
    errors = errors_of(add_item(editor, site_tree, title="a headline", **{"action-publish": "1"}))
    assert errors["title"] == ["This headline is already on file: “A Headline” (Example Gazette, April 2018)."]


def test_a_headline_on_file_is_known_in_its_other_spellings(site_tree: factories.SiteTree) -> None:
    mention(site_tree, title="The Mayor’s “Plan” for Malmö", publisher=None)
    mention(site_tree, title="The Mayor’s “Plan” for Malmö and Lund")
    typed = (
        "The Mayor’s\u00a0“Plan” for Malmö",
        'The Mayor\'s "Plan" for Malmo\u0308',
        "The May\u200bor’s “Plan”  for Mal\u200dmö",
        "THE MAYOR‘S «PLAN» FOR MALMÖ",
    )
    sentence = "This headline is already on file: “The Mayor’s “Plan” for Malmö” (April 2018)."
    assert {title: repeated("title", title) for title in typed} == dict.fromkeys(typed, sentence)


def test_a_headline_without_latin_letters_is_known_too(site_tree: factories.SiteTree) -> None:
    titles = ("北京", "Київ’s plan", "Straße und Ofﬁce", "!!!")
    for title in titles:
        mention(site_tree, title=title, publisher=None)
    expected = {title: f"This headline is already on file: “{title}” (April 2018)." for title in titles}
    assert {title: repeated("title", title) for title in titles} == expected


def test_a_warning_is_said_beside_other_mistakes_too(
    editor: Client, site_tree: factories.SiteTree, first: NewsItemPage
) -> None:
    response = add_item(editor, site_tree, link=LINK, date="last April")
    assert "date" in errors_of(response)
    assert LINK_ON_FILE in said(response)


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "live"])
@pytest.mark.parametrize("keep_live", [True, False], ids=["live copy", "draft copy"])
def test_a_copy_never_locks_its_original(
    editor: Client, site_tree: factories.SiteTree, is_draft: bool, keep_live: bool
) -> None:
    original = mention(site_tree, link=LINK, draft=is_draft)
    copied(original, keep_live=keep_live)
    assert not list(original.repeats())
    assert "already on file" not in said(editor.get(edit_url(original)))
    assert published(editor, original, summary="Edited since.")


def test_a_copy_is_warned_and_not_published_until_it_is_another_article(editor: Client, first: NewsItemPage) -> None:
    copy = copied(first, keep_live=False)
    assert LINK_ON_FILE in said(editor.get(edit_url(copy)))
    assert not published(editor, copy)
    assert published(editor, copy, link="https://example.org/b", title="Another")


def test_an_alias_repeats_its_source_and_locks_nothing(
    editor: Client, site_tree: factories.SiteTree, first: NewsItemPage
) -> None:
    alias = first.create_alias(update_slug="alias")
    assert not list(alias.repeats())
    assert published(editor, first, summary="Edited since.")
    first.unpublish()
    first.refresh_from_db()
    assert published(editor, first)


def test_what_is_public_already_is_not_asked_about(editor: Client, site_tree: factories.SiteTree) -> None:
    for slug in ("one", "two"):
        mention(site_tree, slug=slug, title="Twice", link=LINK, publisher=None)
    for item in NewsItemPage.objects.all():
        assert published(editor, item, summary="Edited since.")
        # Another headline is asked about, and the link is not.
        assert published(editor, item, title=f"No longer {item.slug}")


def test_a_field_that_is_changed_to_what_is_on_file_is_asked_about(
    editor: Client, site_tree: factories.SiteTree, first: NewsItemPage
) -> None:
    newer = mention(site_tree, title="Newer", link="https://example.org/b")
    assert not published(editor, newer, link=LINK)
    assert not published(editor, first, link="https://example.org/b")
    assert not published(editor, newer, title="First", publisher="Example Gazette")


def test_of_two_drafts_in_review_the_newer_is_refused_in_words(site_tree: factories.SiteTree) -> None:
    author, reviewer = person(Role.AUTHOR), person(Role.EDITOR)
    ApprovalRules.load()
    older, newer = (mention(site_tree, slug=slug, title="Same", link=LINK, draft=True) for slug in ("one", "two"))
    states = {}
    for item in (older, newer):
        item.save_revision(user=author)
        item.get_workflow().start(item, author)
        states[item.pk] = item.current_workflow_task_state
    response = decide(reviewer, states[newer.pk], "approve")
    assert "This link is already on file: “Same”" in response.content.decode()
    decide(reviewer, states[older.pk], "approve")
    assert (is_live(older), is_live(newer)) == (True, False)


def test_publishing_by_a_program_restores_what_was_public(site_tree: factories.SiteTree, first: NewsItemPage) -> None:
    copy = copied(first, keep_live=False)
    with pytest.raises(ValidationError):
        copy.get_latest_revision().publish(user=person(Role.EDITOR))
    copy.get_latest_revision().publish()
    assert is_live(copy)


def test_what_is_in_the_trash_is_not_on_file(
    editor: Client, site_tree: factories.SiteTree, first: NewsItemPage
) -> None:
    editor.post(reverse("wagtailadmin_pages:delete", args=[first.pk]))
    assert add_item(editor, site_tree, link=LINK, **{"action-publish": "1"}).status_code == 302


def test_an_item_as_it_is_public_is_not_looked_for_again(first: NewsItemPage, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert not list(first.repeats())
