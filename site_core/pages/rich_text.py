"""What links in texts become."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from site_core.pages.page_links import urls_of


class PageLinks(PageLinkHandler):
    """A link to a page of ours. One to a page that is gone leads nowhere, as Wagtail has it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        numbers = [attrs.get("id", "") for attrs in attrs_list]
        addresses = urls_of(numbers)
        return [f'<a href="{escape(addresses[number])}">' if addresses[number] else "<a>" for number in numbers]
