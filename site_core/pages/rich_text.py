"""Links in rich text: how they are expanded, edited and saved.

A page or a document is named by its pk. Whatever else stands in its place is no link: Wagtail's own handlers raise an
error for it, in the edit screen as on the public page. What visitors do not see is no link either. The text stays.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.html import escape
from draftjs_exporter.engines.string import DOMString, Elt
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

from site_core.fields.wrapped_links import unwrapped
from site_core.media.documents import SiteDocument
from site_core.publishing.visibility import is_pk, urls_of


class LinksByPk(LinkHandler):
    """Goes before a handler of Wagtail. A link without a pk refers to nothing."""

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[object, ...]]:
        if is_pk(attrs.get("id")):
            yield from super().extract_references(attrs)


class PageLinks(LinksByPk, PageLinkHandler):
    """Links to pages of the site. As in Wagtail, one to a deleted page has no `href`, nor has one to a hidden page."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        page_ids = [attrs.get("id", "") for attrs in attrs_list]
        urls = urls_of(page_ids)
        return [f'<a href="{escape(urls[page_id])}">' if urls[page_id] else "<a>" for page_id in page_ids]


class DocumentLinks(LinksByPk, DocumentLinkHandler):
    """Links to documents. One to a private document has no `href`."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Model | None]:
        pks = [int(attrs["id"]) if is_pk(attrs.get("id")) else 0 for attrs in attrs_list]
        documents: dict[int, Model] = SiteDocument.objects.visible().in_bulk(pks)
        return [documents.get(pk) for pk in pks]


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
    if pk is None and isinstance(url, str) and url:
        return link_entity({**props, "url": unwrapped(url)})
    return link_entity(props) if is_pk(pk) else props["children"]


def saved_document_link(props: dict[str, Any]) -> Any:
    return document_link_entity(props) if is_pk(props.get("id")) else props["children"]


def append_once(parent: Elt, child: Elt | str) -> None:
    """Add to an element, in place of the exporter's own way, which looks through all that is in there already.

    Only the list that holds several lines is added again, once for each line in a row.
    """
    if not (isinstance(child, Elt) and parent.children and parent.children[-1] is child):
        parent.children.append(child)


def save_long_text_fast() -> None:
    """Let a text with many lines be saved in time that grows with its length, and not with its square."""
    DOMString.append_child = staticmethod(append_once)  # type: ignore[method-assign, assignment]


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
