"""What somebody worked on lately, by the log of the admin."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from site_core.admin.finder.kinds import Found, registered_kinds
from site_core.admin.finder.model_kinds import ModelKind, User

SHOWN = 8
# Signing in and the like is logged, too.
EDITS = "wagtail."


def recent_objects(user: User) -> list[Found]:
    """The newest first. A query for the pages, one for the other objects, and one for each kind among them."""
    kinds = {model: kind for kind in registered_kinds() if isinstance(kind, ModelKind) for model in kind.models}
    lately = sorted([*_pages(user), *_others(user, kinds)], reverse=True, key=lambda entry: entry[0])
    found: dict[tuple[ModelKind[Model], str], Found] = {}
    for kind in dict.fromkeys(kinds.values()):
        if pks := [pk for _, model, pk in lately if kinds.get(model) is kind]:
            found |= {(kind, pk): one for pk, one in kind.by_pk(user, pks).items()}
    keys = [(kinds[model], pk) for _, model, pk in lately if model in kinds]
    return [found[key] for key in keys if key in found][:SHOWN]


def _pages(user: User) -> list[tuple[datetime, type[Model], str]]:
    entries = (
        PageLogEntry.objects.filter(user_id=user.pk, action__startswith=EDITS)
        .values_list("page_id")
        .annotate(last=Max("timestamp"))
    )
    return [(last, Page, str(pk)) for pk, last in entries.order_by("-last")[:SHOWN]]


def _others(user: User, kinds: Mapping[type[Model], ModelKind[Model]]) -> list[tuple[datetime, type[Model], str]]:
    types = ContentType.objects.get_for_models(*kinds, for_concrete_models=False)
    models = {content_type.pk: model for model, content_type in types.items()}
    entries = ModelLogEntry.objects.filter(user_id=user.pk, action__startswith=EDITS, content_type__in=models)
    newest = entries.values_list("content_type_id", "object_id").annotate(last=Max("timestamp")).order_by("-last")
    return [(last, models[type_pk], pk) for type_pk, pk, last in newest[:SHOWN]]
