"""What is due goes live, and what fails stays scheduled."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Revision, Workflow

from impact.models import ImpactStat
from site_core.accounts.roles import Role
from site_core.organization.models import Alert
from site_core.publishing.events import due_events
from site_core.publishing.history.undo import undo
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.review.workflow import REVIEW
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trashed_page import trash_root
from tests import factories
from tests.publishing.events import HOUR, break_revision, fix_revision, scheduled_item

pytestmark = pytest.mark.django_db


def test_what_is_scheduled_stays_out_until_its_time(site_tree: factories.SiteTree) -> None:
    item = scheduled_item(site_tree)
    publish_due(timezone.now())
    item.refresh_from_db()
    assert not item.live


def test_pages_and_snippets_go_live_at_their_time(site_tree: factories.SiteTree) -> None:
    item = scheduled_item(site_tree)
    stat = factories.ImpactStatFactory(scheduled=True)
    alert = factories.AlertFactory(scheduled=True)

    outcome = publish_due(timezone.now() + timedelta(days=2))

    assert len(outcome.done) == 3
    for obj in (item, stat, alert):
        obj.refresh_from_db()
        assert obj.live
        assert obj.live_revision_id


def test_a_scheduled_update_leaves_the_old_version_public_until_its_time(site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(value_low=30)
    stat.value_low = 40
    stat.go_live_at = timezone.now() + HOUR
    stat.save_revision().publish()
    assert ImpactStat.objects.get().figure == "30%"
    publish_due(timezone.now() + HOUR)
    assert ImpactStat.objects.get().figure == "40%"


def test_what_has_expired_is_taken_down(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, expire_at=timezone.now() + HOUR)
    alert = factories.AlertFactory(expire_at=timezone.now() + HOUR)
    publish_due(timezone.now() + 2 * HOUR)
    item.refresh_from_db()
    alert.refresh_from_db()
    assert item.expired
    assert not item.live
    assert not alert.live


def test_events_happen_in_the_order_of_their_times(site_tree: factories.SiteTree) -> None:
    later = factories.AlertFactory(text="Later.", go_live_at=timezone.now() + 2 * HOUR)
    sooner = factories.AlertFactory(text="Sooner.", go_live_at=timezone.now() + HOUR)
    publish_due(timezone.now() + 3 * HOUR)
    order = Alert.objects.order_by("last_published_at").values_list("pk", flat=True)
    assert list(order) == [sooner.pk, later.pk]


def test_one_failure_stops_no_other_and_stays_scheduled(site_tree: factories.SiteTree) -> None:
    broken, sound = scheduled_item(site_tree, "Broken"), scheduled_item(site_tree, "Sound")
    break_revision(broken)

    outcome = publish_due(timezone.now() + 2 * HOUR)

    sound.refresh_from_db()
    broken.refresh_from_db()
    assert sound.live
    assert not broken.live
    assert len(outcome.failed) == 1
    assert broken.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_failed_event_succeeds_once_it_is_fixed(site_tree: factories.SiteTree) -> None:
    item = scheduled_item(site_tree)
    break_revision(item)
    publish_due(timezone.now() + 2 * HOUR)
    fix_revision(item)
    publish_due(timezone.now() + 3 * HOUR)
    item.refresh_from_db()
    assert item.live
    assert item.title == "Fixed"


def test_a_go_live_after_an_expiry_in_one_backlog_is_not_lost(site_tree: factories.SiteTree) -> None:
    now = timezone.now()
    stat = factories.ImpactStatFactory(value_low=30, expire_at=now + HOUR)
    stat.value_low, stat.expire_at, stat.go_live_at = 40, None, now + 2 * HOUR
    stat.save_revision().publish()

    publish_due(now + 3 * HOUR)

    stat.refresh_from_db()
    assert stat.live
    assert stat.figure == "40%"


def test_an_approval_taken_back_in_the_meantime_is_respected(site_tree: factories.SiteTree) -> None:
    item = scheduled_item(site_tree)
    Revision.objects.update(approved_go_live_at=None)
    assert not publish_due(timezone.now() + 2 * HOUR).done
    item.refresh_from_db()
    assert not item.live


def test_looking_for_what_is_due_costs_one_query(site_tree: factories.SiteTree) -> None:
    with CaptureQueriesContext(connection) as queries:
        due_events(timezone.now())
    assert len(queries) == 1


def test_every_queried_datetime_has_an_index(site_tree: factories.SiteTree) -> None:
    with connection.cursor() as cursor:
        for table, column in (
            ("wagtailcore_revision", "approved_go_live_at"),
            ("wagtailcore_page", "expire_at"),
            ("impact_impactstat", "expire_at"),
            ("impact_impactstat", "next_due"),
            ("organization_alert", "expire_at"),
        ):
            constraints = connection.introspection.get_constraints(cursor, table).values()
            indexed = [one["columns"] for one in constraints if one["index"]]
            assert [column] in indexed, f"{table}.{column} has no index"


def test_publish_scheduled_is_our_runner_and_says_what_failed(site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(scheduled=True)
    stat.revisions.update(approved_go_live_at=timezone.now() - HOUR)
    item = scheduled_item(site_tree)
    break_revision(item)
    item.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now() - HOUR)
    with pytest.raises(CommandError, match="still scheduled"):
        call_command("publish_scheduled")
    assert item.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_was_over_before_it_could_begin_never_shows(site_tree: factories.SiteTree) -> None:
    now = timezone.now()
    stat = factories.ImpactStatFactory(go_live_at=now + HOUR, expire_at=now + 2 * HOUR)
    item = factories.NewsItemPageFactory(parent=site_tree.news, go_live_at=now + HOUR, expire_at=now + 2 * HOUR)
    outcome = publish_due(now + 3 * HOUR)
    for obj in (stat, item):
        obj.refresh_from_db()
        assert (obj.live, obj.expired, obj.go_live_at, obj.expire_at) == (False, True, None, None)
        assert not obj.revisions.exclude(approved_go_live_at=None).exists()
        assert not Publication.objects.of(obj).exists()
        assert "it expired before it could" in last_words(obj)
    assert (outcome.done, len(outcome.canceled)) == ([], 2)


def test_an_update_that_was_over_too_soon_takes_the_old_version_down(
    site_tree: factories.SiteTree,
) -> None:
    now = timezone.now()
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Old")
    item.title, item.go_live_at, item.expire_at = "New", now + HOUR, now + 2 * HOUR
    item.save_revision().publish()
    publish_due(now + 3 * HOUR)
    item.refresh_from_db()
    assert (item.live, item.expired, item.title) == (False, True, "Old")
    newest, before = Publication.objects.of(item).newest_first()[:2]
    assert (newest.cause, newest.is_public, before.title) == (Cause.EXPIRED, False, "Old")


def test_a_version_older_than_what_is_public_never_replaces_it(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="First")
    item.title, item.go_live_at = "Scheduled", timezone.now() + HOUR
    scheduled = item.save_revision()
    scheduled.publish()
    item.title, item.go_live_at = "Newer", None
    item.save_revision().publish()
    # As a program might that keeps the schedule after publishing a newer version.
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=timezone.now() + HOUR)

    outcome = publish_due(timezone.now() + 2 * HOUR)

    item.refresh_from_db()
    assert item.title == "Newer"
    assert len(outcome.canceled) == 1
    assert "a newer version has been published" in last_words(item)
    assert not due_events(timezone.now() + 2 * HOUR)


def test_an_undo_leaves_a_schedule_as_it_was() -> None:
    stat = factories.ImpactStatFactory(value_low=30)
    stat.value_low = 35
    stat.save_revision().publish()
    stat.value_low, stat.go_live_at = 40, timezone.now() + HOUR
    stat.save_revision().publish()
    stat.value_low, stat.go_live_at = 45, None
    stat.save_revision()
    undo(ImpactStat.objects.get(), None)
    assert ImpactStat.objects.get().figure == "30%"
    assert publish_due(timezone.now() + HOUR).done
    assert ImpactStat.objects.get().figure == "40%"


def test_dates_are_cleared_once_they_have_come(site_tree: factories.SiteTree) -> None:
    now = timezone.now().replace(microsecond=0)
    item = factories.NewsItemPageFactory(parent=site_tree.news, go_live_at=now + HOUR, expire_at=now + 3 * HOUR)
    publish_due(now + 2 * HOUR)
    item.refresh_from_db()
    assert (item.live, item.go_live_at, item.expire_at) == (True, None, now + 3 * HOUR)
    publish_due(now + 4 * HOUR)
    item.refresh_from_db()
    assert (item.live, item.go_live_at, item.expire_at) == (False, None, None)


def test_the_ledger_says_that_a_schedule_did_it(site_tree: factories.SiteTree) -> None:
    now = timezone.now()
    stat = factories.ImpactStatFactory(go_live_at=now + HOUR, expire_at=now + 3 * HOUR)
    publish_due(now + 2 * HOUR)
    publish_due(now + 4 * HOUR)
    rows = Publication.objects.of(stat).order_by("pk").values_list("cause", "is_public")
    assert list(rows) == [(Cause.SCHEDULED, True), (Cause.EXPIRED, False)]


def test_an_alias_goes_live_with_its_source(site_tree: factories.SiteTree) -> None:
    source = factories.TextPageFactory(parent=site_tree.home, draft=True)
    alias = source.create_alias(update_slug="alias")
    source.go_live_at = timezone.now() + HOUR
    source.save_revision().publish()
    alias.refresh_from_db()
    assert not alias.live
    publish_due(timezone.now() + 2 * HOUR)
    alias.refresh_from_db()
    assert alias.live


def test_scheduling_something_that_is_being_reviewed_ends_the_review() -> None:
    stat = factories.ImpactStatFactory(draft=True)
    Workflow.objects.get(name=REVIEW).start(stat, factories.UserFactory(role=Role.AUTHOR))
    stat.go_live_at = timezone.now() + HOUR
    stat.save_revision().publish()
    assert ImpactStat.objects.get().current_workflow_state is None
    assert publish_due(timezone.now() + HOUR).done


def test_a_page_in_the_trash_never_goes_live(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, scheduled=True)
    page.move(trash_root(), pos="last-child")
    outcome = publish_due(timezone.now() + timedelta(days=2))
    assert (outcome.done, outcome.failed) == ([], [])
    page.refresh_from_db()
    assert not page.live


def last_words(obj: Any) -> str:
    """The newest message in the object's history."""
    entry = registry.get_logs_for_instance(obj).order_by("-timestamp", "-pk").first()
    return str(entry.message)
