"""The home page of the admin shows each user what waits for them, and nothing else."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
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


def test_on_an_empty_day_an_author_finds_three_tasks_what_was_published_and_what_comes_next(
    site_tree: factories.SiteTree,
) -> None:
    live = factories.NewsItemPageFactory(parent=site_tree.news, title="Published headline")
    factories.NewsItemPageFactory(parent=site_tree.news, title="Planned headline", scheduled=True)
    author = factories.UserFactory(role="Author")
    home = home_of(author)
    for task in ("Enter a press mention", "Write news of our own", "Tag an item"):
        assert task in home
    assert reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk]) in home
    assert reverse("handbook_page", args=["tagging-and-finding"]) + "#tag-an-item-so-people-find-it" in home
    assert "Published lately" in home
    assert f'<a href="{live.url}">Published headline</a>' in home
    assert "What comes next" in home
    assert "Planned headline" in home
    live.unpublish()
    assert "Published headline" not in home_of(author)


@pytest.mark.parametrize(("role", "task"), [("Editor", "See what is scheduled"), ("Managing editor", "Invite a")])
def test_the_first_tasks_are_those_of_the_role_and_each_leads_somewhere(
    site_tree: factories.SiteTree, role: str, task: str
) -> None:
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    links = page.select("#first-tasks-content a[href], #panel-first-tasks-content a[href]")
    assert links[0].text.startswith(task)
    for link in links:
        assert client.get(str(link["href"]).partition("#")[0]).status_code == 200, link


def test_the_first_tasks_give_way_to_what_waits(item: NewsItemPage) -> None:
    author = factories.UserFactory(role="Author")
    assert "Where to start" in home_of(author)
    item.save_revision(user=author)
    home = home_of(author)
    assert "Where to start" not in home
    assert "Published lately" not in home
