"""`purge_revisions` deletes old drafts, and nothing that was public, is scheduled, in review or in the trash."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision, Workflow

from impact.models import ImpactStat
from site_core.publishing.review.workflow import REVIEW
from site_core.publishing.trashed_page import trash_root
from tests import factories
from tests.publishing.events import HOUR

pytestmark = pytest.mark.django_db


def purge(**options: Any) -> str:
    said = StringIO()
    call_command("purge_revisions", stdout=said, **options)
    return said.getvalue().strip()


def draft(stat: ImpactStat, text: str) -> Revision:
    stat.outcome = text
    saved: Revision = stat.save_revision()
    return saved


def test_superseded_drafts_go_and_what_was_or_will_be_public_stays() -> None:
    stat = factories.ImpactStatFactory()
    first = stat.live_revision
    old = draft(stat, "old draft")
    second = draft(stat, "second version")
    second.publish()
    stat.refresh_from_db()
    stat.go_live_at = timezone.now() + HOUR
    scheduled = draft(stat, "scheduled version")
    scheduled.publish()
    stat.go_live_at = None
    latest = draft(stat, "latest draft")
    assert purge() == "1 old draft deleted."
    assert set(stat.revisions.all()) == {first, second, scheduled, latest}
    assert old not in stat.revisions.all()


def test_what_is_live_but_not_in_the_ledger_stays() -> None:
    stat = factories.ImpactStatFactory(draft=True)
    live = stat.latest_revision
    ImpactStat.objects.update(live=True, live_revision=live)
    draft(stat, "newer")
    assert purge() == "0 old drafts deleted."
    assert ImpactStat.objects.get().live_revision == live


def test_what_is_being_reviewed_stays() -> None:
    stat = factories.ImpactStatFactory(draft=True)
    Workflow.objects.get(name=REVIEW).start(stat, factories.UserFactory(role="Author"))
    under_review = stat.latest_revision
    draft(stat, "newer")
    purge()
    assert stat.revisions.filter(pk=under_review.pk).exists()


def test_days_leave_younger_drafts_alone() -> None:
    stat = factories.ImpactStatFactory(draft=True)
    oldest = stat.latest_revision
    Revision.objects.filter(pk=oldest.pk).update(created_at=timezone.now() - timedelta(days=40))
    young = draft(stat, "young")
    draft(stat, "latest")
    assert purge(days=30) == "1 old draft deleted."
    assert stat.revisions.filter(pk=young.pk).exists()


def test_a_page_in_the_trash_keeps_its_drafts(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    page.save_revision()
    page.move(trash_root(), pos="last-child")
    assert purge() == "0 old drafts deleted."
