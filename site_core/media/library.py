"""The list of pictures in the admin, filtered by shape, people and use."""

from typing import ClassVar

import django_filters
from django.db.models import F, Q, QuerySet
from wagtail.images.views.images import ImagesFilterSet, IndexView
from wagtail.models import ReferenceIndex

from site_core.media.images import SiteImage

SHAPES = {
    "wide": ("Wide", Q(width__gt=F("height"))),
    "tall": ("Tall", Q(width__lt=F("height"))),
    "square": ("Square", Q(width=F("height"))),
}
PEOPLE = {
    "shown": ("People can be recognized", Q(shows_people=True)),
    "unrecorded": ("People, but no consent on record", Q(shows_people=True, consent="")),
    "none": ("Nobody can be recognized", Q(shows_people=False)),
}
# Wagtail counts what is saved as the page. A draft of a page that is live is not.
USE = {
    "no": ("Unused (drafts of live pages not counted)", Q(uses=0)),
    "yes": ("Used", Q(uses__gt=0)),
}


class ConditionFilter(django_filters.ChoiceFilter):
    """A choice of conditions. Asked in a subquery, so that it holds while the list is searched, too."""

    def __init__(self, label: str, conditions: dict[str, tuple[str, Q]]) -> None:
        self.conditions = conditions
        super().__init__(label=label, choices=[(value, words) for value, (words, _) in conditions.items()])

    def filter(self, queryset: QuerySet[SiteImage], value: str) -> QuerySet[SiteImage]:
        if not value:
            return queryset
        images = SiteImage.objects.annotate(uses=ReferenceIndex.usage_count_subquery(SiteImage))
        return queryset.filter(pk__in=images.filter(self.conditions[value][1]).values("pk"))


class PictureFilters(ImagesFilterSet):
    """Wagtail's filters, after three of this site."""

    orientation = ConditionFilter("Orientation", SHAPES)
    people = ConditionFilter("People", PEOPLE)
    used = ConditionFilter("Use", USE)

    class Meta(ImagesFilterSet.Meta):
        fields: ClassVar[list[str]] = []


class PictureList(IndexView):
    """The list of pictures."""

    filterset_class = PictureFilters
