"""The schedule: its list, its warnings, its calendar, its export, and its number of queries."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Revision

from site_core.organization.models import Alert
from site_core.publishing.events import Change
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.schedule.panel import NextEventsPanel
from site_core.publishing.schedule.queries import dated_but_unscheduled
from tests import factories
from tests.publishing.schedule.schedule_admin import (
    DAY,
    HOUR,
    at_the_admin,
    in_whole_minutes,
    many,
    scheduled_revision,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOTHING_UNTIL_SCHEDULED = "This date isn’t scheduled yet. It takes effect once an editor schedules it."


@pytest.fixture
def client(db: None) -> Client:
    return at_the_admin("Editor", first_name="Edna", last_name="Editor")[0]


def listed(client: Client, **asked_for: str) -> str:
    response = client.get(reverse("schedule"), asked_for)
    assert response.status_code == 200
    return response.content.decode()


def table(client: Client, **asked_for: str) -> list[dict[str, str]]:
    response = client.get(reverse("schedule_export"), asked_for)
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_an_empty_schedule_says_so(client: Client) -> None:
    assert "Nothing is scheduled." in listed(client)
    assert "Nothing has failed." in listed(client, state="failed")
    assert "Every date in a draft is scheduled." in listed(client, state="unscheduled")


def test_pages_and_snippets_go_live_and_expire_in_one_list_in_time_order(
    client: Client, site_tree: factories.SiteTree
) -> None:
    now = timezone.now()
    factories.NewsItemPageFactory(parent=site_tree.news, title="Page to come", go_live_at=now + 2 * HOUR)
    factories.AlertFactory(text="Alert to come.", go_live_at=now + HOUR, expire_at=now + 4 * HOUR)
    factories.AlertFactory(text="Alert to go.", expire_at=now + 3 * HOUR)
    factories.ImpactStatFactory(outcome="example checks", next_due=timezone.localdate() + 2 * DAY)
    rows = [(row["Title"], row["What happens"]) for row in table(client)]
    assert rows[:4] == [
        ("Alert to come.", "goes live"),
        ("Page to come", "goes live"),
        ("Alert to go.", "comes down"),
        ("Alert to come.", "comes down again"),
    ]
    assert rows[4][1] == "comes due for a check"


def test_times_name_their_zone_and_say_how_long(time_machine: Any) -> None:
    at = datetime(2027, 1, 7, 14, tzinfo=UTC)
    time_machine.move_to(at - timedelta(hours=3, minutes=12), tick=False)
    client, _ = at_the_admin("Editor")
    factories.AlertFactory(go_live_at=at)
    page = listed(client)
    assert "Thu., Jan. 7, 2027, 9:00 a.m. ET" in page
    assert "14:00 UTC, in 3 h 12 min" in page


def test_an_update_that_goes_live_first_does_away_with_the_expiry(client: Client) -> None:
    alert = factories.AlertFactory(text="Public.", expire_at=timezone.now() + 2 * DAY)
    alert.expire_at, alert.go_live_at = None, timezone.now() + DAY
    alert.save_revision().publish()
    assert [row["What happens"] for row in table(client)] == ["goes live"]


def failure_of(alert: Alert) -> None:
    FailedEvent.objects.create(
        change=Change.GO_LIVE,
        model_label="wagtailcore.Revision",
        object_pk=scheduled_revision(alert).pk,
        title=alert.text,
        due_at=timezone.now(),
        last_tried_at=timezone.now(),
        next_try_at=timezone.now(),
        reason="Its picture is gone.",
    )


def test_what_failed_is_red_with_its_reason_and_still_coming(client: Client) -> None:
    alert = factories.AlertFactory(scheduled=True)
    factories.AlertFactory(text="Sound.", scheduled=True)
    failure_of(alert)
    assert '<p class="admin-wrong">Its picture is gone.</p>' in listed(client)
    assert [row["Title"] for row in table(client, state="failed")] == [alert.text]


def test_a_dated_draft_says_in_red_that_nothing_will_happen(client: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(
        parent=site_tree.news, title="Only dated", draft=True, go_live_at=timezone.now() + DAY
    )
    factories.AlertFactory(text="No date.", draft=True)
    page = listed(client, state="unscheduled")
    assert f'<p class="admin-wrong">{NOTHING_UNTIL_SCHEDULED}</p>' in page
    assert "Only dated" in page
    assert "No date." not in page
    assert "1 draft has a date but isn’t scheduled" in listed(client)

    item.revisions.get().publish()
    assert "Only dated" not in listed(client, state="unscheduled")


def test_a_date_of_a_draft_counts_as_scheduled_where_an_approved_version_has_it() -> None:
    alert = factories.AlertFactory(go_live_at=in_whole_minutes(DAY))
    alert.text = "Changed after it was scheduled."
    alert.save_revision()
    assert not dated_but_unscheduled(alert)
    alert.go_live_at += HOUR
    alert.save_revision()
    assert [entry.at for entry in dated_but_unscheduled(alert)] == [alert.go_live_at]


def test_an_expiry_in_a_draft_is_not_yet_that_of_what_is_public() -> None:
    alert = factories.AlertFactory(expire_at=in_whole_minutes(DAY))
    alert.text = "Changed."
    alert.save_revision()
    assert not dated_but_unscheduled(alert)
    alert.expire_at += HOUR
    alert.save_revision()
    assert [entry.at for entry in dated_but_unscheduled(alert)] == [alert.expire_at]


def test_a_date_that_passed_in_a_draft_says_that_it_did_nothing(client: Client) -> None:
    factories.AlertFactory(draft=True, go_live_at=timezone.now() - DAY)
    assert "This date has passed without effect" in listed(client, state="unscheduled")


def test_what_has_happened_shows_its_receipt_and_what_is_wrong_in_red(client: Client) -> None:
    alert = factories.AlertFactory(text="Went live.")
    row = Publication.objects.of(alert).get()
    Receipt.objects.update_or_create(
        publication=row, defaults={"due_at": row.at, "seen_at": row.at, "problem": "The news list lacks it."}
    )
    page = listed(client, state="done")
    assert "Went live." in page
    assert '<p class="admin-wrong"><small>Due ' in page
    assert "The news list lacks it." in page


def test_what_has_happened_stays_listed_when_the_object_is_gone(client: Client) -> None:
    alert = factories.AlertFactory(text="Deleted since.")
    alert.delete()
    rows = [row for row in table(client, state="done") if row["Title"] == "Deleted since."]
    assert [(row["What happens"], row["Edit link"]) for row in rows] == [
        ("deleted", ""),
        ("published manually", ""),
    ]


def test_kind_and_person_choose_what_is_listed(client: Client) -> None:
    una = factories.UserFactory(role="Editor", first_name="Una", last_name="Unique")
    alert = factories.AlertFactory(draft=True, text="Hers.", go_live_at=timezone.now() + DAY)
    alert.revisions.get().publish(user=una)
    factories.AlertFactory(text="Nobody's.", expire_at=timezone.now() + DAY)
    assert [row["Title"] for row in table(client, person="Una Unique")] == ["Hers."]
    assert [row["Title"] for row in table(client, kind="expiry")] == ["Nobody's."]
    assert len(table(client, kind="nonsense", person="nobody", state="none")) == 2
    assert "Nobody's." in [row["Title"] for row in table(client, state="done", kind="go-live")]
    assert not table(client, state="done", kind="check")


def test_kind_person_and_state_combine(client: Client) -> None:
    una = factories.UserFactory(role="Editor", first_name="Una", last_name="Unique")
    for by, text in ((una, "Hers."), (None, "Nobody's.")):
        alert = factories.AlertFactory(draft=True, text=text, expire_at=timezone.now() + DAY)
        with LogContext(user=by):
            alert.save_revision(user=by).publish(user=by)
    asked_for = {"person": "Una Unique", "kind": "go-live"}
    assert [row["Title"] for row in table(client, state="done", **asked_for)] == ["Hers."]
    assert not table(client, state="coming", **asked_for)
    assert "Nothing matches your choices." in listed(client, **asked_for)
    assert [row["Title"] for row in table(client, person="Una Unique", kind="expiry")] == ["Hers."]
    # The filter stays the same from one view to the next.
    assert "?person=Una+Unique&amp;kind=go-live" in listed(client, **asked_for)


def test_a_full_day_leads_from_the_month_to_the_week_and_to_the_list(client: Client) -> None:
    many(60)
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=datetime(2127, 1, 7, 14, tzinfo=UTC), content={}
    )
    month = client.get(reverse("schedule_month"), {"day": "2127-01-07"}).content.decode()
    assert f'href="{reverse("schedule_week")}?day=2127-01-07">56 more' in month
    week = client.get(reverse("schedule_week"), {"day": "2127-01-07"}).content.decode()
    assert f'href="{reverse("schedule")}?">10 more in the list' in week


def test_a_long_title_is_shown_whole_and_no_cell_is_a_formula(client: Client, site_tree: factories.SiteTree) -> None:
    title = "W" * 255
    factories.NewsItemPageFactory(parent=site_tree.news, title=title, slug="long", scheduled=True)
    factories.AlertFactory(text="=HYPERLINK(1)", scheduled=True)
    assert title in listed(client)
    assert {row["Title"] for row in table(client)} == {title, "'=HYPERLINK(1)"}
    for view in ("schedule_month", "schedule_week"):
        day = timezone.localdate() + DAY
        assert title in client.get(reverse(view), {"day": day.isoformat()}).content.decode()


def test_the_calendar_shows_what_is_done_and_what_is_to_come_on_the_day_in_new_york(client: Client) -> None:
    # 3 a.m. in London is still the evening before in New York.
    factories.AlertFactory(text="Late at night.", go_live_at=datetime(2027, 1, 8, 3, tzinfo=UTC))
    page = client.get(reverse("schedule_month"), {"day": "2027-01-20"}).content.decode()
    day = page[page.index('datetime="2027-01-07"') : page.index('datetime="2027-01-08"')]
    assert "Late at night." in day
    assert "10:00 p.m. ET" in day
    assert "day=2026-12-01" in page
    assert "day=2027-02-01" in page
    factories.AlertFactory(text="Just now.")
    assert "Just now." in client.get(reverse("schedule_week")).content.decode()


@pytest.mark.parametrize(("name", "weeks"), [("schedule_month", 5), ("schedule_week", 1)])
def test_each_day_has_a_cell_of_its_own_below_its_weekday(client: Client, name: str, weeks: int) -> None:
    page = BeautifulSoup(client.get(reverse(name), {"day": "2027-01-07"}).content, "html.parser")
    weekdays = [heading.get_text() for heading in page.select("main table th[scope=col]")]
    assert weekdays[:2] == ["Sunday", "Monday"] and len(weekdays) == 7
    rows = page.select("main table tbody tr")
    assert len(rows) >= weeks
    for row in rows:
        days = [date.fromisoformat(str(time["datetime"])) for time in row.select("td > p > time")]
        assert [f"{day:%A}" for day in days] == weekdays


@pytest.mark.parametrize("day", ["", "never", "0001-01-01", "9999-12-31", "2027-02-30", "2000-01-01"])
def test_a_day_that_the_calendar_cannot_show_is_today(client: Client, day: str) -> None:
    for view in ("schedule_month", "schedule_week"):
        response = client.get(reverse(view), {"day": day})
        assert response.status_code == 200
        assert 'aria-current="date"' in response.content.decode()


def test_a_long_list_has_pages_that_keep_what_was_asked_for(client: Client) -> None:
    many(120)
    first = listed(client, kind="go-live")
    assert "Page 1 of 3" in first
    assert "kind=go-live&amp;page=2" in first
    assert "Page 3 of 3" in listed(client, kind="go-live", page="99")


def test_the_panel_of_the_home_shows_the_next_five(rf: Any) -> None:
    many(7)
    request = rf.get("/")
    request.user = factories.UserFactory(role="Editor")
    shown = NextEventsPanel(request.user).render_html({"request": request})
    assert "Number 0." in shown
    assert "Number 4." in shown
    assert "Number 5." not in shown
    assert "in 59 min" in shown or "in 1 h 0 min" in shown
    assert "Publishing is not running" in shown


def test_what_failed_is_no_part_of_what_comes_next(rf: Any) -> None:
    alert = factories.AlertFactory(text="It failed.", scheduled=True)
    factories.AlertFactory(text="It comes.", scheduled=True)
    failure_of(alert)
    request = rf.get("/")
    request.user = factories.UserFactory(role="Editor")
    shown = NextEventsPanel(request.user).render_html({"request": request})
    assert "It comes." in shown
    assert "It failed." not in shown


def test_what_went_live_by_its_schedule_says_so(client: Client) -> None:
    factories.AlertFactory(text="On time.", scheduled=True)
    publish_due(timezone.now() + 2 * DAY)
    [row] = [row for row in table(client, state="done") if row["Title"] == "On time."]
    assert row["What happens"] == "went live by its schedule"
