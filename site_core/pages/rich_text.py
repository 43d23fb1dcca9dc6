"""Links in rich text: how they are expanded, edited and saved.

A page or a document is named by its pk. Whatever else stands in its place is no link: Wagtail's own handlers raise an
error for it, in the edit screen as on the public page.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.html import escape
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    LinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler, document_link_entity
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from site_core.pages.page_links import is_pk, urls_of


class LinksByPk(LinkHandler):
    """Goes before a handler of Wagtail. Expands a link without a pk to `<a>`, as one to a deleted page."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Model | None]:
        known: list[Model | None] = super().get_many([attrs if is_pk(attrs.get("id")) else {} for attrs in attrs_list])
        return known

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[object, ...]]:
        if is_pk(attrs.get("id")):
            yield from super().extract_references(attrs)


class PageLinks(LinksByPk, PageLinkHandler):
    """Links to pages of the site. As in Wagtail, a link to a deleted page has no `href`."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        page_ids = [attrs.get("id", "") for attrs in attrs_list]
        urls = urls_of(page_ids)
        return [f'<a href="{escape(urls[page_id])}">' if urls[page_id] else "<a>" for page_id in page_ids]


class DocumentLinks(LinksByPk, DocumentLinkHandler):
    """Links to documents."""


class EditedByPk(LinkElementHandler):
    """Goes before a handler of Wagtail. The editor shows a link without a pk as broken."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        return super().get_attribute_data(attrs) if is_pk(attrs.get("id")) else {}


class EditedPageLink(EditedByPk, PageLinkElementHandler):
    """A page link in the editor."""


class EditedDocumentLink(EditedByPk, DocumentLinkElementHandler):
    """A document link in the editor."""


def saved_link(props: dict[str, Any]) -> Any:
    """A link as it is stored, or its text alone if it leads nowhere."""
    pk, url = props.get("id"), props.get("url")
    leads = is_pk(pk) if pk is not None else isinstance(url, str) and url
    return link_entity(props) if leads else props["children"]


def saved_document_link(props: dict[str, Any]) -> Any:
    return document_link_entity(props) if is_pk(props.get("id")) else props["children"]


def register_links(features: FeatureRegistry) -> None:
    """Put these in the place of Wagtail's own."""
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': EditedPageLink("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": saved_link}},
        },
    )
    features.register_converter_rule(
        "contentstate",
        "document-link",
        {
            "from_database_format": {'a[linktype="document"]': EditedDocumentLink("DOCUMENT")},
            "to_database_format": {"entity_decorators": {"DOCUMENT": saved_document_link}},
        },
    )
