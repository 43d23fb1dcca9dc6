"""The edit views have dates in the form with their errors, a warning, and a button that says what it does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from site_core.organization.models import Alert
from tests import factories
from tests.publishing.schedule.schedule_admin import DAY, at_answers, at_the_admin, scheduled_revision

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

IN_JANUARY = datetime(2127, 1, 7, 14, tzinfo=UTC)


@pytest.fixture
def client(db: None) -> Client:
    return at_the_admin("Editor")[0]


def edit_url(obj: Any) -> str:
    if isinstance(obj, Alert):
        return reverse(Alert.snippet_viewset.get_url_name("edit"), args=(obj.pk,))
    return reverse("wagtailadmin_pages:edit", args=(obj.pk,))


@pytest.fixture(params=["page", "snippet"])
def make(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    def one(**fields: Any) -> Any:
        if request.param == "page":
            return factories.TextPageFactory(parent=site_tree.home, **fields)
        return factories.AlertFactory(**fields)

    return one


def test_the_button_says_when_it_publishes(client: Client, make: Any) -> None:
    dated = client.get(edit_url(make(draft=True, go_live_at=IN_JANUARY))).content.decode()
    assert "Schedule for Tue., Jan. 7, 2127, 9:00 a.m. ET</em>" in dated
    # The status panel names the zone, too.
    assert "Not scheduled yet: would go live Tue., Jan. 7, 2127, 9:00 a.m. ET" in dated
    plain = client.get(edit_url(make(draft=True))).content.decode()
    assert ">Schedule for" not in plain
    assert ">Publish</em>" in plain


def test_a_dated_draft_that_is_not_scheduled_has_a_warning(client: Client, make: Any) -> None:
    draft = make(draft=True, go_live_at=timezone.now() + DAY)
    sentence = "This date isn’t scheduled yet. It takes effect once an editor schedules it."
    assert sentence in client.get(edit_url(draft)).content.decode()
    draft.revisions.get().publish()
    assert sentence not in client.get(edit_url(draft)).content.decode()
    assert sentence not in client.get(edit_url(make(draft=True))).content.decode()


def test_the_dates_are_in_the_form_and_not_in_a_dialog(client: Client, make: Any) -> None:
    page = client.get(edit_url(make(draft=True))).content.decode()
    assert 'name="go_live_at_day"' in page
    assert "schedule-publishing-dialog" not in page
    assert "Set schedule" not in page
    assert "Eastern Time" in page


def answers(text: str, **dates: str) -> dict[str, str]:
    return {
        "text": text,
        "link_page": "",
        "link_url": "",
        "link_text": "",
        "action-publish": "action-publish",
        **dates,
    }


def test_what_the_form_is_told_is_what_is_scheduled(client: Client) -> None:
    alert = factories.AlertFactory(draft=True, text="Planned.")
    response = client.post(edit_url(alert), answers("Planned.", **at_answers(IN_JANUARY, "go_live_at")))
    assert response.status_code == 302
    assert scheduled_revision(alert).approved_go_live_at == IN_JANUARY


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ({"go_live_at_day": "2127-03-09", "go_live_at_hour": "02:30"}, "There is no 2:30 a.m. on Sun., March 9, 2127"),
        ({"expire_at_day": "2127-11-02", "expire_at_hour": "01:30"}, "Choose the first (EDT) or the second (EST)"),
        ({"go_live_at_day": "2127-01-07", "go_live_at_hour": ""}, "Enter the time, too"),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(
    client: Client, dates: dict[str, str], sentence: str
) -> None:
    alert = factories.AlertFactory(draft=True, text="Planned.")
    response = client.post(edit_url(alert), answers("Planned.", **dates))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    alert.refresh_from_db()
    assert not alert.live
    assert not alert.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_the_second_of_two_equal_hours_can_be_chosen(client: Client) -> None:
    alert = factories.AlertFactory(draft=True, text="Planned.")
    dates = {"go_live_at_day": "2127-11-02", "go_live_at_hour": "01:30"}
    asked = client.post(edit_url(alert), answers("Planned.", **dates)).content.decode()
    assert 'name="go_live_at_clock"' in asked
    client.post(edit_url(alert), answers("Planned.", **dates, go_live_at_clock="EST"))
    assert scheduled_revision(alert).approved_go_live_at == datetime(2127, 11, 2, 6, 30, tzinfo=UTC)
