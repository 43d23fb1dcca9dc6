"""The admin's form for a news item."""

from typing import Any

from django.core.exceptions import ValidationError

from news.publisher_field import PublisherField
from news.same_headline import with_headline
from site_core.fields.web_url import canonical_link, check_web_url, spellings
from site_core.pages.base import SitePageForm, SitePageQuerySet
from site_core.publishing.trashed_page import outside_trash


class NewsItemForm(SitePageForm):
    """Refuses an item that is already on file, and names it."""

    publisher = PublisherField(
        required=False,
        help_text="Type the name of the newspaper, journal or broadcaster. Leave it empty for our own news.",
    )

    def clean_link(self) -> str:
        if not self.cleaned_data["link"]:
            return ""
        check_web_url(self.cleaned_data["link"])
        link = canonical_link(self.cleaned_data["link"])
        if item := self._other_items().filter(link__in=spellings(link)).first():
            raise ValidationError(f"This link is already on file: {item.reference}.")
        return link

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        headline, publisher = cleaned.get("title"), cleaned.get("publisher")
        if headline:
            for item in with_headline(self._other_items(), headline).select_related("publisher"):
                # The same headline in another newspaper is another mention.
                if not (publisher and item.publisher and publisher != item.publisher):
                    self.add_error("title", f"This headline is already on file: {item.reference}.")
                    break
        return cleaned

    def _other_items(self) -> SitePageQuerySet:
        items: SitePageQuerySet = outside_trash(type(self.instance).objects.exclude(pk=self.instance.pk))
        return items
