"""The page of a review shows what changed, in words and side by side, to people who may decide."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.rich_text import RichText

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.pages.content_checks.wording.of_pages import keep_words
from site_core.publishing.differences.content_diff import SAME_WORDS, changes_between
from tests import factories
from tests.publishing.review.review_admin import client_of, person, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    draft: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    return draft


def test_the_screen_shows_what_changed_in_words_and_both_looks(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Public headline")
    item.title = "Drafted headline"
    state = submitted(item, person(Role.AUTHOR))
    editor = client_of(person(Role.EDITOR))
    screen = editor.get(reverse("review", args=[state.pk])).content.decode()
    assert '<span class="deletion">Public</span>' in screen
    assert '<span class="addition">Drafted</span>' in screen
    for side, headline in (("public", "Public headline"), ("draft", "Drafted headline")):
        response = editor.get(reverse(f"review_{side}", args=[state.pk]))
        assert headline in response.content.decode()
        assert response["X-Frame-Options"] == "SAMEORIGIN"


BODY = [
    ("text", "<p>Unchanged words.</p>"),
    ("steps", {"steps": [{"what": "First", "text": "<p>Explained.</p>"}]}),
    ("text", "<p>Words that change.</p>"),
]


def with_block_keys(content: dict[str, Any]) -> dict[str, Any]:
    """The content as the rich text editor posts it: each paragraph has a new key."""
    return {**content, "body": content["body"].replace("<p>", '<p data-block-key=\\"a1b2c\\">')}


def test_only_what_differs_is_listed_and_not_how_it_is_written_down(site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, body=BODY)
    public = page.live_revision
    assert "data-block-key" in with_block_keys(public.content)["body"]
    page = page.with_content_json(with_block_keys(public.content))
    assert changes_between(public, page.save_revision()) == []

    page.title = "Another title"
    page.body[2].value = RichText('<p data-block-key="a1b2c">Words that changed.</p>')
    page.expire_at = datetime(2127, 1, 7, 14, tzinfo=UTC)
    title, body, expiry = changes_between(public, page.save_revision())
    assert (title.label, body.label, expiry.label) == ("Title", "Body", "Comes down")
    assert "Unchanged words." not in body.words
    assert '<span class="addition">changed.</span>' in body.words
    assert "2127, 9:00 a.m. ET" in expiry.words


def test_a_change_without_other_words_says_so(site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, body=BODY)
    page.body[0].value = RichText("<p><b>Unchanged</b> words.</p>")
    (change,) = changes_between(page.live_revision, page.save_revision())
    assert change.note == SAME_WORDS


def test_of_what_was_never_public_there_is_only_the_draft(item: Any) -> None:
    state, editor = submitted(item, person(Role.AUTHOR)), client_of(person(Role.EDITOR))
    assert "It is not public now" in editor.get(reverse("review", args=[state.pk])).content.decode()
    assert editor.get(reverse("review_public", args=[state.pk])).status_code == 404


def test_it_says_what_is_worth_another_look(item: Any) -> None:
    author = person(Role.AUTHOR)
    item.summary = "Multidisciplinary organizational collaborations systematically operationalize interventions."
    item.save_revision(user=author)
    item.get_workflow().start(item, author)
    url = reverse("review", args=[item.current_workflow_task_state.pk])
    assert "The summary reads like grade" in client_of(person(Role.EDITOR)).get(url).content.decode()


def test_who_approves_sees_the_words_that_the_author_saw_marked(item: Any) -> None:
    author = person(Role.AUTHOR)
    item.summary = "The offenders met. The felons did not."
    item.save_revision(user=author)
    keep_words(item, "labels", "felons", "That is how the law says it.", author)
    item.get_workflow().start(item, author)
    url = reverse("review", args=[item.current_workflow_task_state.pk])
    page = BeautifulSoup(client_of(person(Role.EDITOR)).get(url).content, "html.parser")
    panel = page.find(id="wording-content")
    assert panel
    lines = [line.get_text(strip=True) for line in panel.find_all("li")]
    assert len(lines) == 1 and lines[0].startswith("Summary: “offenders”:")


@pytest.mark.parametrize("name", ["review", "review_draft"])
def test_users_who_may_not_edit_it_see_no_review(item: Any, name: str) -> None:
    outsider = factories.UserFactory()
    outsider.groups.add(Group.objects.create(name="Visitors of the admin"))
    outsider.groups.get().permissions.add(
        *Group.objects.get(name="Author").permissions.filter(codename="access_admin")
    )
    state = submitted(item, person(Role.AUTHOR))
    assert client_of(outsider).get(reverse(name, args=[state.pk])).status_code == 403
