"""Expands page links in rich text."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from site_core.pages.page_links import urls_of


class PageLinks(PageLinkHandler):
    """Links to pages of the site. As in Wagtail, a link to a deleted page has no `href`."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        page_ids = [attrs.get("id", "") for attrs in attrs_list]
        urls = urls_of(page_ids)
        return [f'<a href="{escape(urls[page_id])}">' if urls[page_id] else "<a>" for page_id in page_ids]
