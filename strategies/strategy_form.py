"""The admin's form for a strategy."""

from django.db.models import Q

from site_core.pages.form import SitePageForm
from site_core.publishing.trashed_page import outside_trash

NEW_TAG = "A new tag with this page’s title"


class StrategyPageForm(SitePageForm):
    """Offers the tags that no other strategy has taken, and a new one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields.get("term")
        if box is None:
            return
        others = outside_trash(self._meta.model.objects.exclude(pk=self.instance.pk).exclude(term=None))
        # The page's own stays, even if it is a copy that shares it with its original.
        is_offered = ~Q(pk__in=others.values("term")) | Q(pk=self.instance.term_id)
        box.queryset = box.queryset.filter(is_offered)
        box.empty_label = NEW_TAG
