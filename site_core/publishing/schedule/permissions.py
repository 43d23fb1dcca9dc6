"""Which entries of the schedule a user may see, and which they may change."""

from dataclasses import replace

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin, Page, get_page_models
from wagtail.permissions import policy_registry

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.permissions import may_publish, may_see, rights_at_root
from site_core.publishing.schedule.entry import Entry
from site_core.publishing.types import User

ANY_PERMISSION = ["add", "change", "delete", "view", "publish"]


def visible_entries(user: User, entries: list[Entry]) -> list[Entry]:
    """The entries that the user may see, with `may_change` set."""
    # One query. `in_bulk` would need one for each thousand pages on SQLite.
    pks = {int(entry.object_id) for entry in entries if issubclass(entry.model, Page)}
    pages = {str(page.pk): (may_see(user, page), may_publish(user, page)) for page in Page.objects.filter(pk__in=pks)}
    snippets = {model: _snippet_permissions(user, model) for model in models_with_drafts() if model is not Page}
    visible = []
    for entry in entries:
        if issubclass(entry.model, Page):
            may_see_it, may_publish_it = pages.get(entry.object_id, (False, False))
        else:
            may_see_it, may_publish_it = snippets[entry.model]
        if may_see_it:
            visible.append(replace(entry, may_change=may_publish_it and bool(entry.event)))
    return visible


def visible_rows(user: User, rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """The rows of the ledger that the user may see.

    Users with permissions on the whole site also see rows of deleted pages.
    """
    snippets = [
        model._meta.label
        for model in models_with_drafts()
        if model is not Page and _snippet_permissions(user, model)[0]
    ]
    of_pages = Q(model_label__in=[model._meta.label for model in get_page_models()])
    if not rights_at_root(user):
        own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            user, ["add", "change", "publish"]
        )
        of_pages &= Q(object_id__in=own.values(text_pk=Cast("pk", CharField())))
    return rows.filter(of_pages | Q(model_label__in=snippets))


def _snippet_permissions(user: User, model: type[DraftStateMixin]) -> tuple[bool, bool]:
    """Whether the user may see the snippets of a model, and whether they may publish them."""
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission(user, ANY_PERMISSION), policy.user_has_permission(user, "publish")
