"""What an act on tags concerns, in words, before anybody does it."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from site_core.tagging.drafts import Owners, scheduled_owners
from site_core.taxonomy.models import Term

# So many titles of each kind are listed.
LISTED = 20


@dataclass(frozen=True)
class Affected:
    """The objects of one kind that change: how many visitors see, how many have an update ahead, how many they do not
    see, and some of their titles."""

    kind: str
    public: int
    scheduled: int
    hidden: int
    titles: list[str]

    @property
    def more(self) -> int:
        return self.public + self.hidden - len(self.titles)


def affected_objects(owners: Owners) -> list[Affected]:
    """By their kind, the most numerous first."""
    scheduled = scheduled_owners(owners)
    found = []
    for model, pks in owners.items():
        by_type: dict[Any, list[tuple[int, bool, str]]] = {}
        for pk, live, title, kind in _described(model, pks):
            by_type.setdefault(kind, []).append((pk, live, title))
        for kind, rows in by_type.items():
            public = sum(live for _, live, _ in rows)
            ahead = sum(pk in scheduled.get(model, ()) for pk, _, _ in rows)
            name = kind._meta.verbose_name if len(rows) == 1 else kind._meta.verbose_name_plural
            titles = [title for _, _, title in rows[:LISTED]]
            found.append(Affected(str(name), public, ahead, len(rows) - public, titles))
    return sorted(found, key=lambda one: -(one.public + one.hidden))


def _described(model: Any, pks: set[int]) -> list[tuple[int, bool, str, Any]]:
    rows = model._base_manager.filter(pk__in=pks)
    if model is Page:
        pages = rows.select_related("content_type").order_by("title", "pk")
        fields = pages.only("live", "title", "draft_title", "content_type")
        return [(page.pk, page.live, page.title, page.specific_class or Page) for page in fields]
    # The title of a stat names its place.
    terms = [one.name for one in model._meta.fields if one.many_to_one and issubclass(one.related_model, Term)]
    return [(obj.pk, obj.live, str(obj), model) for obj in rows.select_related(*terms or (None,)).order_by("pk")]
