"""The history of an object says in words who did what."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log, registry

from site_core.publishing.eastern import written_out
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_history_of_a_page_has_no_word_of_machinery(client: Client, site_tree: factories.SiteTree) -> None:
    at = timezone.now() + timedelta(days=7)
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, go_live_at=at)
    editor = factories.UserFactory(role="Editor")
    item.get_workflow().start(item, editor)
    item.get_latest_revision().publish(user=editor)
    review = {"workflow": {"title": "Review", "task": {"title": "Review"}, "next": None}, "comment": "Name the city."}
    for action in ("reject", "resume", "approve", "cancel"):
        log(item, f"wagtail.workflow.{action}", user=editor, data=review)
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:history", args=[item.pk])).content.decode()
    for words in (
        *("Sent for review", "Sent back to the author", "Sent for review again", "Approved", "Taken back from review"),
        *(f"Scheduled to go live {written_out(at)}", "Name the city.", str(editor)),
    ):
        assert words in page, words
    for words in ("Workflow", "workflow:", "Next step", "Rejected at", "Revision "):
        assert words not in page, words


def test_each_act_is_in_the_filter_once() -> None:
    names = [action for action, _ in registry.get_choices()]
    assert len(names) == len(set(names))
