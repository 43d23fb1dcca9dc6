"""The edit views and lists say “review”, never “moderation” or “workflow”."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from site_core.publishing.review.approval import IN_REVIEW
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in, said
from tests.publishing.schedule.schedule_admin import at_the_admin

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Tags and scripts contain Wagtail's own names. Users read only the text between them.
UNREAD = re.compile(r"<script.*?</script>|<[^>]*>", re.DOTALL)


@pytest.fixture(params=["page", "snippet"])
def draft(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    if request.param == "page":
        return factories.TextPageFactory(parent=site_tree.home, title="A draft", draft=True)
    return factories.AlertFactory(text="A draft", draft=True)


def words_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return UNREAD.sub(" ", response.content.decode())


def press(client: Client, url: str, button: str) -> Any:
    return client.post(url, filled_in(client, url, **{button: "pressed"}), follow=True)


def test_sending_and_taking_back_say_review(draft: Any) -> None:
    author, _ = at_the_admin("Author")
    url = edit_url(draft)
    assert "Send for review" in words_of(author, url)
    sent = said(press(author, url, "action-submit"))
    assert sent.count("“A draft” was sent for review. An editor approves it or sends it back.") == 1
    assert "moderation" not in sent

    in_review = words_of(author, url)
    assert IN_REVIEW in in_review
    assert "Take back from review" in in_review
    taken_back = said(press(author, url, "action-cancel-workflow"))
    assert "“A draft” is no longer in review." in taken_back
    assert "orkflow" not in taken_back
    assert not type(draft).objects.get(pk=draft.pk).workflow_in_progress


def test_no_screen_says_moderation_or_workflow(draft: Any) -> None:
    author, person = at_the_admin("Author")
    draft.save_revision(user=person)
    draft.get_workflow().start(draft, person)
    state = draft.current_workflow_task_state
    editor, reviewer = at_the_admin("Editor")
    screens = [edit_url(draft), reverse("wagtailadmin_home")]
    if isinstance(draft, Page):
        screens.append(reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))
    for screen in screens:
        for client in (author, editor):
            assert not re.search("moderation|workflow", words_of(client, screen), re.IGNORECASE), screen
    assert "Send back" in words_of(editor, edit_url(draft))

    state.task.specific.on_action(state, reviewer, "reject", comment="Not yet.")
    sent_back = words_of(author, edit_url(draft))
    assert "Send for review again" in sent_back
    assert not re.search("moderation|workflow", sent_back, re.IGNORECASE)


def test_the_status_of_a_draft_names_the_zone_of_each_time(draft: Any) -> None:
    editor, person = at_the_admin("Editor")
    draft.save_revision(user=person)
    shown = words_of(editor, edit_url(draft))
    panel = shown[shown.index("Nothing is scheduled.") - 1000 : shown.index("Nothing is scheduled.")]
    assert re.search(r"saved \w{3}\., [A-Z][a-z]+\.? \d+, \d{4}, \d+:\d\d [ap]\.m\. ET", panel)
