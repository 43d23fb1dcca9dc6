"""Who wrote what of a draft: the drafts that were saved since the object was live."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth import get_user_model
from wagtail.models import Revision

from site_core.publishing.differences.changed_labels import changed_labels
from site_core.publishing.types import Draftable

# The most drafts that are read. Only the newest of each sitting is compared.
MOST_DRAFTS = 200
MOST_SITTINGS = 20


@dataclass(frozen=True)
class Sitting:
    """Drafts that one person saved in a row: how many, the last one's time, and the fields that they changed."""

    by: str
    drafts: int
    at: datetime
    fields: list[str]


def sittings(obj: Draftable, live: Revision | None, newest: Revision) -> list[Sitting]:
    """The newest first. Drafts that changed only dates are left out."""
    since = obj.revisions.filter(created_at__lte=newest.created_at)
    if live:
        since = since.filter(created_at__gt=live.created_at)
    drafts = list(since.order_by("-created_at", "-pk").values_list("pk", "user_id", "created_at")[:MOST_DRAFTS])
    runs = [(user_id, list(run)) for user_id, run in groupby(reversed(drafts), key=lambda draft: draft[1])]
    runs = runs[-MOST_SITTINGS:]
    names = {user.pk: str(user) for user in get_user_model().objects.filter(pk__in={pk for pk, _ in runs})}
    return [*_compared(obj, live, runs, names)][::-1]


def _compared(
    obj: Draftable,
    live: Revision | None,
    runs: list[tuple[int | None, list[tuple[int, int | None, datetime]]]],
    names: dict[int, str],
) -> Iterator[Sitting]:
    contents = dict(Revision.objects.filter(pk__in=[run[-1][0] for _, run in runs]).values_list("pk", "content"))
    before = live.content if live else None
    for user_id, run in runs:
        pk, _, at = run[-1]
        fields = changed_labels(type(obj), before, contents[pk]) if before is not None else []
        if fields or before is None:
            yield Sitting(names.get(user_id or 0, "Unknown"), len(run), at, fields)
        before = contents[pk]
