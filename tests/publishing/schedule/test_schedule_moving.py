"""Moving, canceling and bringing forward replace the scheduled revision and never edit it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from site_core.organization.models import Alert
from site_core.publishing.events import Change
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.schedule import rescheduling
from tests import factories
from tests.publishing.schedule.schedule_admin import DAY, HOUR, in_whole_minutes, scheduled_revision

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor(db: None) -> Any:
    return factories.UserFactory(role="Editor")


@pytest.fixture(params=["page", "snippet"])
def scheduled(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    """An object that goes live in a day and has never been public."""
    if request.param == "page":
        return factories.NewsItemPageFactory(parent=site_tree.news, title="Planned", go_live_at=timezone.now() + DAY)
    return factories.AlertFactory(text="Planned.", go_live_at=timezone.now() + DAY)


def test_a_moved_go_live_changes_the_approval_and_the_content_together(scheduled: Any, editor: Any) -> None:
    before = scheduled_revision(scheduled)
    content = dict(before.content)
    at = in_whole_minutes(3 * HOUR)
    rescheduling.move_go_live(before, at, editor)

    after = scheduled_revision(scheduled)
    assert after.pk != before.pk
    assert after.approved_go_live_at == at
    assert parse_datetime(after.content["go_live_at"]) == at
    assert after.user == editor
    before.refresh_from_db()
    assert before.content == content
    assert before.approved_go_live_at is None
    scheduled.refresh_from_db()
    assert scheduled.go_live_at == at
    assert scheduled.latest_revision_id == after.pk
    assert not scheduled.live


@pytest.mark.parametrize("distance", [3 * HOUR, 9 * DAY])
def test_a_moved_go_live_happens_at_the_new_time_and_not_before(
    scheduled: Any, editor: Any, distance: timedelta
) -> None:
    at = in_whole_minutes(distance)
    rescheduling.move_go_live(scheduled_revision(scheduled), at, editor)
    publish_due(at - timedelta(seconds=1))
    scheduled.refresh_from_db()
    assert not scheduled.live
    publish_due(at)
    scheduled.refresh_from_db()
    assert scheduled.live


def test_a_newer_draft_stays_the_newest(editor: Any) -> None:
    alert = factories.AlertFactory(text="Public.")
    alert.text, alert.go_live_at = "Planned.", timezone.now() + DAY
    alert.save_revision().publish()
    alert = Alert.objects.get()
    alert.text, alert.go_live_at = "Newer draft.", None
    draft = alert.save_revision()

    at = in_whole_minutes(3 * HOUR)
    moved = rescheduling.move_go_live(scheduled_revision(alert), at, editor)
    alert = Alert.objects.get()
    assert alert.latest_revision == draft
    assert draft.is_latest_revision()
    assert alert.text == "Public."
    publish_due(at)
    alert = Alert.objects.get()
    assert (alert.text, alert.live_revision_id, alert.has_unpublished_changes) == ("Planned.", moved.pk, True)
    assert alert.get_latest_revision_as_object().text == "Newer draft."


def test_what_has_gone_live_is_not_moved(scheduled: Any, editor: Any) -> None:
    revision = scheduled_revision(scheduled)
    publish_due(timezone.now() + 2 * DAY)
    with pytest.raises(rescheduling.NotPossible, match="no longer scheduled"):
        rescheduling.move_go_live(revision, timezone.now() + DAY, editor)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_nothing_is_moved_into_the_past_or_behind_its_expiry(editor: Any) -> None:
    now = timezone.now()
    alert = factories.AlertFactory(go_live_at=now + DAY, expire_at=now + 2 * DAY)
    for at in (now - HOUR, now + 3 * DAY):
        with pytest.raises(rescheduling.NotPossible):
            rescheduling.move_go_live(scheduled_revision(alert), at, editor)
    assert scheduled_revision(alert).approved_go_live_at == now + DAY


def test_a_canceled_go_live_does_not_happen_and_the_draft_stays(scheduled: Any, editor: Any) -> None:
    revision = scheduled_revision(scheduled)
    FailedEvent.objects.create(
        **{"change": Change.GO_LIVE, "model_label": "wagtailcore.Revision", "object_pk": revision.pk},
        **dict.fromkeys(("due_at", "last_tried_at", "next_try_at"), timezone.now()),
        title="Planned",
        reason="It has no headline.",
    )
    rescheduling.cancel_go_live(revision, editor)
    publish_due(timezone.now() + 2 * DAY)
    scheduled.refresh_from_db()
    assert not scheduled.live
    assert scheduled.latest_revision_id == revision.pk
    assert not FailedEvent.objects.exists()
    entries = [*PageLogEntry.objects.all(), *ModelLogEntry.objects.all()]
    assert [entry.user for entry in entries if entry.action == "wagtail.schedule.cancel"] == [editor]


def test_published_now_it_is_public_and_nothing_is_left_to_happen(scheduled: Any, editor: Any) -> None:
    rescheduling.publish_now(scheduled_revision(scheduled), editor)
    scheduled.refresh_from_db()
    assert scheduled.live
    assert scheduled.go_live_at is None
    assert not scheduled.has_unpublished_changes
    assert not publish_due(timezone.now() + 2 * DAY).done


def test_what_cannot_be_published_now_keeps_its_schedule(site_tree: factories.SiteTree, editor: Any) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, go_live_at=timezone.now() + DAY)
    revision = scheduled_revision(item)
    revision.content["title"] = ""
    revision.save()
    with pytest.raises(rescheduling.NotPossible, match="cannot be published as it is"):
        rescheduling.publish_now(revision, editor)
    assert scheduled_revision(item) == revision


def test_a_moved_expiry_moves_the_public_object_and_its_draft(editor: Any) -> None:
    alert = factories.AlertFactory(expire_at=timezone.now() + HOUR)
    public = alert.live_revision
    at = in_whole_minutes(2 * DAY)
    rescheduling.move_expiry(alert, at, editor)
    alert.refresh_from_db()
    assert alert.expire_at == at
    assert alert.live_revision == public
    assert alert.get_latest_revision_as_object().expire_at == at
    publish_due(at - HOUR)
    assert Alert.objects.get().live
    publish_due(at)
    assert Alert.objects.get().expired


def test_a_canceled_expiry_leaves_it_public(editor: Any) -> None:
    alert = factories.AlertFactory(expire_at=timezone.now() + HOUR)
    rescheduling.move_expiry(alert, None, editor)
    publish_due(timezone.now() + DAY)
    assert Alert.objects.get().live


def test_taken_down_now_it_keeps_its_scheduled_update(editor: Any) -> None:
    alert = factories.AlertFactory(text="Public.", expire_at=timezone.now() + HOUR)
    alert.text, alert.go_live_at, alert.expire_at = "Planned.", timezone.now() + DAY, None
    alert.save_revision().publish()
    rescheduling.take_down_now(Alert.objects.get(), editor)
    assert not Alert.objects.get().live
    publish_due(timezone.now() + 2 * DAY)
    alert = Alert.objects.get()
    assert (alert.live, alert.text) == (True, "Planned.")


def test_the_expiry_of_what_is_only_scheduled_is_moved_with_its_revision(editor: Any) -> None:
    now = timezone.now()
    alert = factories.AlertFactory(go_live_at=now + DAY, expire_at=now + 2 * DAY)
    at = in_whole_minutes(5 * DAY)
    moved = rescheduling.move_expiry_of_scheduled(scheduled_revision(alert), at, editor)
    assert scheduled_revision(alert) == moved
    assert moved.approved_go_live_at == now + DAY
    publish_due(now + DAY)
    assert Alert.objects.get().expire_at == at
    with pytest.raises(rescheduling.NotPossible):
        rescheduling.move_expiry_of_scheduled(moved, at, editor)
