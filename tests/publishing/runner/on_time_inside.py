"""The part of the punctuality trial inside the site. Each function is called in its own process."""

import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Revision
from wagtail.signals import page_published, published

from impact.models import ImpactStat
from news.models import NewsIndexPage, NewsItemPage
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.visibility import path_of
from tests import factories

FAR = timedelta(days=1)


def make(number: int, poisoned: int = 0, *, draft: bool = False) -> list[Revision]:
    """Scheduled revisions of new objects, pages and impact stats in turn. The last few are broken."""
    parent = NewsIndexPage.objects.get()
    publisher, place = factories.PublisherFactory(), factories.PlaceTermFactory()
    strategy = factories.StrategyTermFactory()
    study = factories.StudyFactory()
    revisions = []
    for count in range(number):
        state = {"draft": True} if draft else {"go_live_at": timezone.now() + FAR}
        if count % 2:
            evidence = [factories.EvidenceFactory.build(study=study)]
            made = factories.ImpactStatFactory(place=place, strategy=strategy, evidence=evidence, **state)
        else:
            made = factories.NewsItemPageFactory(
                parent=parent,
                title=f"On time {timezone.now().timestamp()}",
                publisher=publisher,
                places=[place],
                **state,
            )
        revision = made.latest_revision
        if count >= number - poisoned:
            revision.content["outcome" if count % 2 else "title"] = ""
            revision.save()
        revisions.append(revision)
    return revisions


def schedule(number: int, poisoned: int, seconds_ahead: int) -> dict[str, Any]:
    """Schedule this many objects for one time. Return that time, their paths, and which of them are broken."""
    with transaction.atomic():
        revisions = make(number, poisoned)
        at = timezone.now().replace(microsecond=0) + timedelta(seconds=seconds_ahead)
        for revision in revisions:
            revision.content["go_live_at"] = at.isoformat()
            revision.approved_go_live_at = at
        Revision.objects.bulk_update(revisions, ["content", "approved_go_live_at"])
    return {
        "at": at.timestamp(),
        "revisions": [revision.pk for revision in revisions],
        "urls": [path_of(revision.content_object) for revision in revisions],
        "good": number - poisoned,
    }


def stock_seconds(number: int) -> float:
    """How long this many calls of Wagtail's `revision.publish()` take without our code."""
    revisions = make(number, draft=True)
    publish_as_wagtail_does()
    return seconds_to_publish(revisions)


def publish_as_wagtail_does() -> None:
    """Remove our code from publishing in this process."""
    for name in ("save", "full_clean", "publish", "save_revision", "with_content_json", "update_aliases"):
        delattr(PublishableMixin, name)
    for model in (NewsItemPage, ImpactStat):
        post_save.connect(post_save_signal_handler, sender=model)
    for signal in (published, page_published):
        signal.receivers.clear()
        signal.sender_receivers_cache.clear()


def seconds_to_publish(revisions: list[Revision]) -> float:
    """How long it takes to publish them one by one, each loaded from the database first."""
    numbers = [revision.pk for revision in revisions]
    began = time.perf_counter()
    for number_of_one in numbers:
        Revision.objects.get(pk=number_of_one).publish()
    return time.perf_counter() - began


def what_came_of_it(revisions: list[int]) -> dict[str, Any]:
    """How often and when each object went public, what failed and why, and how many are still scheduled."""
    rows = Publication.objects.filter(revision_id__in=revisions, is_public=True)
    numbers = list(Revision.objects.filter(pk__in=revisions).values_list("pk", flat=True))
    assert len(numbers) == len(revisions)
    return {
        "published": [row.revision_id for row in rows],
        "times": [row.at.timestamp() for row in rows],
        "reasons": list(FailedEvent.objects.filter(object_pk__in=revisions).values_list("reason", flat=True)),
        "schedules": Revision.objects.filter(pk__in=revisions, approved_go_live_at__isnull=False).count(),
    }
