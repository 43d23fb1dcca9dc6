"""What of the schedule somebody may look at, and what of it they may change."""

from dataclasses import replace
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.permissions import may_publish, may_see, rights_at_root
from site_core.publishing.schedule.entry import Entry

ANY_RIGHT = ["add", "change", "delete", "view", "publish"]


def seen_by(user: Any, entries: list[Entry]) -> list[Entry]:
    """Those of the entries that the user may look at, each saying whether the user may change it."""
    # One query for any number; `in_bulk` asks SQLite anew after each thousand.
    numbers = {int(entry.object_id) for entry in entries if issubclass(entry.model, Page)}
    pages = {str(page.pk): _rights_on_page(user, page) for page in Page.objects.filter(pk__in=numbers)}
    snippets = {model: _rights_on(user, model) for model in models_with_drafts() if model is not Page}
    seen = []
    for entry in entries:
        if issubclass(entry.model, Page):
            sees, publishes = pages.get(entry.object_id, (False, False))
        else:
            sees, publishes = snippets[entry.model]
        if sees:
            seen.append(replace(entry, may_change=publishes and bool(entry.event)))
    return seen


def rows_seen_by(user: Any, rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Those of the ledger's rows that the user may look at.

    Whoever has rights on the whole site sees what became of pages that are gone, too.
    """
    snippets = [
        model._meta.label for model in models_with_drafts() if model is not Page and _rights_on(user, model)[0]
    ]
    of_pages = Q(model_label__in=[model._meta.label for model in get_page_models()])
    if not rights_at_root(user):
        own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            user, ["add", "change", "publish"]
        )
        of_pages &= Q(object_id__in=own.values(number=Cast("pk", CharField())))
    return rows.filter(of_pages | Q(model_label__in=snippets))


def _rights_on_page(user: Any, page: Page) -> tuple[bool, bool]:
    """Whether the user may look at a page, and whether publish it."""
    return may_see(user, page), may_publish(user, page)


def _rights_on(user: Any, model: Any) -> tuple[bool, bool]:
    """Whether the user may look at the snippets of a model, and whether publish them."""
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission(user, ANY_RIGHT), policy.user_has_permission(user, "publish")
