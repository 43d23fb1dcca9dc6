"""The rows of Wagtail's search index that any visitor may find.

The index also holds drafts of pages that are not live, and documents without a link from a public page. So each query
of the index also asks the tables of the objects which of them are visible.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.search.models import IndexEntry

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.media.documents import SiteDocument
from site_core.page_cache.memoize import memoized
from site_core.pages.base import SitePage, SitePageQuerySet
from site_core.publishing.visibility import url_at
from site_core.taxonomy.models import Kind, Term
from strategies.models import StrategyPage

# The columns with the plain text. On PostgreSQL, `title` and `body` hold search vectors.
TITLE, BODY = ("title_text", "body_text") if connection.vendor == "postgresql" else ("title", "body")
# How many versions ago a linked version of a document may be for the newest version to be found.
EARLIER_VERSIONS = 3


def visible_pages() -> SitePageQuerySet:
    """Return the pages of every type that any visitor may see."""
    pages: SitePageQuerySet = SitePageQuerySet(Page).visible()
    return pages


def searchable_terms() -> QuerySet[Term]:
    """Return the terms that are results themselves: places with a page, and other terms of public news without one."""
    pages = StrategyPage.objects.visible().filter(term_id=OuterRef("pk"))
    news = [
        Q(kind=kind) & Exists(NewsItemPage.objects.visible().tagged(kind, tag_id=OuterRef(OuterRef("pk"))))
        for kind in (Kind.INITIATIVE, Kind.STRATEGY, Kind.COMPONENT)
    ]
    found = Q(kind=Kind.PLACE, has_page=True)
    if url_at("news/"):
        # Such a result leads to the list of that news.
        found |= ~Exists(pages) & (news[0] | news[1] | news[2])
    terms: QuerySet[Term] = Term.objects.in_use().filter(found)
    return terms


def public_documents() -> QuerySet[SiteDocument]:
    """Return the newest version of each document that is not private and that a public page links to.

    The page may link to an earlier version. A document for a page that is not public yet is not found before the page.
    """
    page_ids = visible_pages().annotate(reference=Cast("pk", CharField())).values("reference")
    links = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
        object_id__in=page_ids,
    )
    is_linked = Q()
    for steps in range(EARLIER_VERSIONS + 1):
        version = "__".join(["replaces"] * steps) or "pk"
        is_linked |= Q(Exists(links.filter(to_object_id=Cast(OuterRef(version), CharField()))))
    documents: QuerySet[SiteDocument] = SiteDocument.objects.visible().filter(is_linked, replaced_by=None)
    return documents


def visible_entries() -> QuerySet[IndexEntry]:
    """Return the rows of the index whose objects any visitor may see."""
    return _visible_entries().all()


@memoized
def _visible_entries() -> QuerySet[IndexEntry]:
    """The query, which is never run itself. Building it takes longer than the database needs to run it."""
    types = ContentType.objects.get_for_models(*page_types(), ImpactStat, Term, SiteDocument)
    object_pk = Cast(OuterRef("object_id"), BigIntegerField())
    visible = Q(content_type__in=[types[model].pk for model in page_types()]) & Q(
        Exists(visible_pages().filter(pk=object_pk))
    )
    objects: dict[type[Model], QuerySet[Any]] = {
        ImpactStat: ImpactStat.objects.standing(),
        Term: searchable_terms(),
        SiteDocument: public_documents(),
    }
    for model, queryset in objects.items():
        visible |= Q(content_type=types[model].pk) & Q(Exists(queryset.filter(pk=object_pk)))
    entries: QuerySet[IndexEntry] = IndexEntry.objects.filter(visible)
    return entries


def page_types() -> list[type[SitePage]]:
    """Return the site's own types of page, without Wagtail's root type."""
    return [model for model in get_page_models() if issubclass(model, SitePage)]
