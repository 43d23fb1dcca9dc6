"""Helpers for tests of the runner: scheduled objects, and ways to break and fix them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from news.models import NewsItemPage
from tests import factories

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def scheduled_item(site_tree: factories.SiteTree, title: str = "Example headline", **fields: Any) -> NewsItemPage:
    """An item that goes live in an hour."""
    return factories.NewsItemPageFactory(
        parent=site_tree.news, title=title, go_live_at=timezone.now() + HOUR, **fields
    )


def scheduled_revision(obj: Any) -> Revision:
    found: Revision = obj.revisions.get(approved_go_live_at__isnull=False)
    return found


def break_revision(obj: Any) -> None:
    """Make the scheduled revision invalid: clear its title or outcome."""
    revision = scheduled_revision(obj)
    revision.content["title" if "title" in revision.content else "outcome"] = ""
    revision.save()


def fix_revision(obj: Any, text: str = "Fixed") -> None:
    revision = scheduled_revision(obj)
    revision.content["title" if "title" in revision.content else "outcome"] = text
    revision.save()
