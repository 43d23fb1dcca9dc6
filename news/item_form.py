"""The admin's form for a news item."""

from news.publisher_field import PublisherField
from site_core.fields.web_url import canonical_link, check_web_url
from site_core.pages.base import SitePageForm


class NewsItemForm(SitePageForm):
    """Takes a publisher by its name, and a link in any spelling."""

    publisher = PublisherField(
        required=False,
        help_text="Type the name of the newspaper, journal or broadcaster. Leave it empty for our own news.",
    )

    def clean_link(self) -> str:
        if not self.cleaned_data["link"]:
            return ""
        check_web_url(self.cleaned_data["link"])
        return canonical_link(self.cleaned_data["link"])
