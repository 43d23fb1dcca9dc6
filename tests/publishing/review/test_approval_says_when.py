"""An approval says for when it schedules, in the menu and in the dialogs that follow."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.publishing.admin_forms import edit_url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE, WRITTEN = datetime(2127, 1, 7, 14, tzinfo=UTC), "Tue., Jan. 7, 2127, 9:00 a.m. ET"


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Managing editor"))
    return client


@pytest.fixture(params=["page", "snippet"])
def in_review(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    def one(**fields: Any) -> Any:
        made: Any = (
            factories.NewsItemPageFactory(parent=site_tree.news, draft=True, **fields)
            if request.param == "page"
            else factories.AlertFactory(draft=True, **fields)
        )
        author = factories.UserFactory(role="Author")
        made.save_revision(user=author)
        made.get_workflow().start(made, author)
        return type(made).objects.get(pk=made.pk)

    return one


def dialog(client: Client, obj: Any, name: str, *more: Any) -> str:
    view = f"wagtailadmin_pages:{name}" if isinstance(obj, Page) else type(obj).snippet_viewset.get_url_name(name)
    return str(client.get(reverse(view, args=[obj.pk, *more])).json()["html"])


@pytest.mark.parametrize(
    ("dates", "ends_with", "goes_on"),
    [({"go_live_at": NINE}, f"and schedule for {WRITTEN}", f"it is scheduled for {WRITTEN}"), ({}, "and publish", "")],
)
def test_in_the_menu_and_in_the_dialogs(
    client: Client, in_review: Any, dates: dict[str, Any], ends_with: str, goes_on: str
) -> None:
    obj = in_review(**dates)
    menu = client.get(edit_url(obj)).content.decode()
    assert f">Approve {ends_with}</span>".lower() in menu.lower()
    state = obj.current_workflow_task_state
    assert ends_with in dialog(client, obj, "collect_workflow_action_data", "approve", state.pk)
    assert "schedule" not in dialog(client, obj, "collect_workflow_action_data", "reject", state.pk)
    past_review = dialog(client, obj, "confirm_workflow_cancellation")
    assert (goes_on or "it is public at once") in past_review
    assert (f">Schedule for {WRITTEN}<" in past_review) == bool(goes_on)
