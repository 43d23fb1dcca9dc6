"""A scheduled change is recorded with the user who scheduled it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Revision

from site_core.publishing.history.undo import undo
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.due import publish_due
from site_core.publishing.schedule.rescheduling import move_expiry, move_go_live
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def newest_by(obj: Any) -> tuple[str, str, int | None]:
    """The cause and the user in its newest row."""
    row = Publication.objects.of(obj).newest_first().first()
    assert row
    return row.cause, row.by, row.user_id


def again(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


def test_the_user_who_scheduled_it_is_named_and_not_the_author(site_tree: factories.SiteTree) -> None:
    author, editor, mover = (factories.UserFactory(role="Editor") for _ in range(3))
    now = timezone.now()
    for obj in (factories.TextPageFactory(parent=site_tree.about), factories.ImpactStatFactory()):
        obj.go_live_at, obj.expire_at = now + HOUR, now + 2 * HOUR
        obj.save_revision(user=author).publish(user=editor)
        publish_due(now + HOUR)
        assert newest_by(obj) == ("scheduled", str(editor), editor.pk)
        publish_due(now + 2 * HOUR)
        assert newest_by(obj) == ("expired", str(editor), editor.pk), "who had scheduled it with that expiry"

        obj = again(obj)
        obj.go_live_at, obj.expire_at = now + 4 * HOUR, None
        scheduled = obj.save_revision(user=author)
        scheduled.publish(user=editor)
        move_go_live(Revision.objects.get(pk=scheduled.pk), now + 5 * HOUR, mover)
        publish_due(now + 5 * HOUR)
        assert newest_by(obj) == ("scheduled", str(mover), mover.pk)

        obj = again(obj)
        obj.expire_at = now + 6 * HOUR
        obj.save_revision(user=author).publish(user=editor)
        move_expiry(again(obj), now + 7 * HOUR, mover)
        publish_due(now + 7 * HOUR)
        assert newest_by(obj) == ("expired", str(mover), mover.pk)


def test_the_user_who_schedules_by_approving_is_named(site_tree: factories.SiteTree) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    page = factories.TextPageFactory(parent=site_tree.about, draft=True)
    page.go_live_at = timezone.now() + HOUR
    page.save_revision(user=author)
    review = page.get_workflow().start(page, author)
    review.current_task_state.approve(user=editor)
    publish_due(timezone.now() + 2 * HOUR)
    assert newest_by(page) == ("scheduled", str(editor), editor.pk)


def test_what_a_program_scheduled_names_nobody(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, draft=True)
    page.go_live_at = timezone.now() + HOUR
    page.save_revision(user=factories.UserFactory(role="Author")).publish()
    publish_due(timezone.now() + 2 * HOUR)
    assert newest_by(page) == ("scheduled", "", None)


def test_after_undo_what_stays_scheduled_is_still_theirs(site_tree: factories.SiteTree) -> None:
    author, editor, another = (factories.UserFactory(role="Editor") for _ in range(3))
    page = factories.TextPageFactory(parent=site_tree.about)
    page.summary = "Public by mistake."
    page.save_revision().publish()
    page.summary, page.go_live_at = "Later.", timezone.now() + HOUR
    page.save_revision(user=author).publish(user=editor)
    undo(again(page), another)
    publish_due(timezone.now() + 2 * HOUR)
    assert again(page).summary == "Later."
    assert newest_by(page) == ("scheduled", str(editor), editor.pk)
