"""The home page of the admin shows each user what waits for them, and nothing else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import NewsItemPage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def home_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    draft: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, title="Example headline", draft=True)
    return draft


def submitted(obj: Any, by: Any) -> Any:
    if isinstance(obj, NewsItemPage):
        obj.summary = f"Written by {by.email}."
    obj.save_revision(user=by)
    obj.get_workflow().start(obj, by)
    return obj.current_workflow_task_state


def test_an_author_finds_the_press_mention_form_and_their_drafts(item: NewsItemPage) -> None:
    author = factories.UserFactory(role="Author")
    item.save_revision(user=author)
    home = home_of(author)
    assert "New press mention" in home
    assert "Your drafts" in home
    assert "not sent for review" in home
    assert "To approve" not in home
    assert "What comes next" not in home


def test_an_author_finds_what_was_sent_back_with_the_reason(item: NewsItemPage) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    state = submitted(item, author)
    assert "in review" in home_of(author)
    state.task.specific.on_action(state, editor, "reject", comment="The date is <wrong>.")
    home = home_of(author)
    assert "Sent back to you" in home
    assert "“The date is &lt;wrong&gt;.”" in home
    assert home.count("Example headline") == 1
    assert "Sent back to you" not in home_of(factories.UserFactory(role="Author"))


def test_an_editor_finds_what_to_approve_and_what_comes_next(item: NewsItemPage) -> None:
    state = submitted(item, factories.UserFactory(role="Author"))
    home = home_of(factories.UserFactory(role="Editor"))
    assert "To approve" in home
    assert reverse("review", args=[state.pk]) in home
    assert "What comes next" in home


def test_users_do_not_see_what_they_may_not_approve(item: NewsItemPage) -> None:
    editor = factories.UserFactory(role="Editor")
    submitted(item, editor)
    assert "To approve" not in home_of(editor)
    assert "To approve" in home_of(factories.UserFactory(role="Editor"))


def test_stats_are_listed_like_pages(site_tree: factories.SiteTree) -> None:
    author = factories.UserFactory(role="Author")
    state = submitted(factories.ImpactStatFactory(draft=True), author)
    assert reverse("review", args=[state.pk]) in home_of(factories.UserFactory(role="Editor"))
    assert "Impact stat, in review" in home_of(author)


def test_wagtails_own_panels_are_hidden(item: NewsItemPage) -> None:
    author = factories.UserFactory(role="Author")
    submitted(item, author)
    home = home_of(author)
    assert "Your most recent edits" not in home
    assert "Your pages and snippets in a workflow" not in home
    assert "Awaiting your review" not in home_of(factories.UserFactory(role="Editor"))
