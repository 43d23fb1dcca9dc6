"""What is due becomes public, and what fails keeps its schedule."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.management.commands.run_publishing import RETRY_AFTER, look_once
from site_core.models import Alert
from site_core.publishing.events import Change, due_events
from site_core.publishing.runner import publish_due
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def scheduled_item(site_tree: factories.SiteTree, title: str = "Example headline") -> NewsItemPage:
    """An item that goes live in an hour."""
    return factories.NewsItemPageFactory(parent=site_tree.news, title=title, go_live_at=timezone.now() + HOUR)


def break_revision(page: NewsItemPage) -> None:
    """Make the scheduled revision one that cannot be published: it has lost its headline."""
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.content["title"] = ""
    revision.save()


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
    for thing in (item, stat, alert):
        thing.refresh_from_db()
        assert thing.live
        assert thing.live_revision_id


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


def test_one_failure_stops_nobody_else_and_keeps_its_schedule(site_tree: factories.SiteTree) -> None:
    broken, sound = scheduled_item(site_tree, "Broken"), scheduled_item(site_tree, "Sound")
    break_revision(broken)

    outcome = publish_due(timezone.now() + 2 * HOUR)

    sound.refresh_from_db()
    broken.refresh_from_db()
    assert sound.live
    assert not broken.live
    assert len(outcome.failed) == 1
    assert broken.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_failed_is_tried_again_once_it_is_mended(site_tree: factories.SiteTree) -> None:
    item = scheduled_item(site_tree)
    break_revision(item)
    publish_due(timezone.now() + 2 * HOUR)
    revision = item.revisions.get(approved_go_live_at__isnull=False)
    revision.content["title"] = "Mended"
    revision.save()
    publish_due(timezone.now() + 3 * HOUR)
    item.refresh_from_db()
    assert item.live
    assert item.title == "Mended"


def test_a_go_live_after_an_expiry_in_one_backlog_is_not_lost(site_tree: factories.SiteTree) -> None:
    now = timezone.now()
    stat = factories.ImpactStatFactory(value_low=30, expire_at=now + HOUR)
    stat.value_low, stat.expire_at, stat.go_live_at = 40, None, now + 2 * HOUR
    stat.save_revision().publish()

    publish_due(now + 3 * HOUR)

    stat.refresh_from_db()
    assert stat.live
    assert stat.figure == "40%"


def test_an_approval_taken_back_meanwhile_is_respected(site_tree: factories.SiteTree) -> None:
    item = scheduled_item(site_tree)
    Revision.objects.update(approved_go_live_at=None)
    assert not publish_due(timezone.now() + 2 * HOUR).done
    item.refresh_from_db()
    assert not item.live


def test_looking_for_what_is_due_costs_one_query(site_tree: factories.SiteTree) -> None:
    with CaptureQueriesContext(connection) as queries:
        due_events(timezone.now())
    assert len(queries) == 1


def test_every_moment_asked_for_has_an_index(site_tree: factories.SiteTree) -> None:
    with connection.cursor() as cursor:
        for table, column in (
            ("wagtailcore_revision", "approved_go_live_at"),
            ("wagtailcore_page", "expire_at"),
            ("impact_impactstat", "expire_at"),
            ("impact_impactstat", "next_due"),
            ("site_core_alert", "expire_at"),
        ):
            constraints = connection.introspection.get_constraints(cursor, table).values()
            indexed = [one["columns"] for one in constraints if one["index"]]
            assert [column] in indexed, f"{table}.{column} has no index"


def test_a_failed_event_rests_before_it_is_tried_again(site_tree: factories.SiteTree, time_machine) -> None:  # type: ignore[no-untyped-def]
    item = scheduled_item(site_tree)
    break_revision(item)
    time_machine.move_to(timezone.now() + 2 * HOUR, tick=False)
    resting: dict = {}  # type: ignore[type-arg]
    look_once(resting)
    (event,) = resting
    assert resting[event] == timezone.now() + RETRY_AFTER


def test_publish_scheduled_is_our_runner_and_says_what_failed(site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(scheduled=True)
    stat.revisions.update(approved_go_live_at=timezone.now() - HOUR)
    item = scheduled_item(site_tree)
    break_revision(item)
    item.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now() - HOUR)
    with pytest.raises(CommandError, match="its schedule is kept"):
        call_command("publish_scheduled")
    assert item.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_went_live_too_late_to_stay_is_taken_down_in_the_same_pass(site_tree: factories.SiteTree) -> None:
    now = timezone.now()
    stat = factories.ImpactStatFactory(go_live_at=now + HOUR, expire_at=now + 2 * HOUR)
    outcome = publish_due(now + 3 * HOUR)
    stat.refresh_from_db()
    assert not stat.live
    assert stat.expired
    assert [event.change for event in outcome.done] == [Change.GO_LIVE, Change.EXPIRY]
