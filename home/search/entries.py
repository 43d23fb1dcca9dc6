"""What can be found: the rows of Wagtail's search index that stand for something any visitor may see.

The index holds drafts of pages that are not live, and documents that nobody has linked to yet. So what may be seen is
asked of the objects themselves, in the same query.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from modelsearch.conf import get_app_config
from wagtail.models import Page, ReferenceIndex, get_page_models

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.media.documents import SiteDocument
from site_core.pages.base import SitePage, SitePageQuerySet
from site_core.taxonomy.models import Kind, Term
from strategies.models import StrategyPage

IndexEntry: Any = get_app_config().get_model("IndexEntry")
# Where the index keeps the text as it was written. On PostgreSQL `title` and `body` hold what is searched.
TITLE, BODY = ("title_text", "body_text") if connection.vendor == "postgresql" else ("title", "body")
# As far back as a page may link, for the newest version of a document to be found.
EARLIER_VERSIONS = 3


def visible_pages() -> QuerySet[Any, Any]:
    """Pages of every type that any visitor may see."""
    pages: QuerySet[Any, Any] = SitePageQuerySet(Page).visible()
    return pages


def listed_terms() -> QuerySet[Term]:
    """Terms that are found themselves: places with a page, and other terms of public news that have no page."""
    pages = StrategyPage.objects.visible().filter(term_id=OuterRef("pk"))
    news = [
        Q(kind=kind) & Exists(NewsItemPage.objects.visible().tagged(kind, tag_id=OuterRef(OuterRef("pk"))))
        for kind in (Kind.INITIATIVE, Kind.STRATEGY, Kind.COMPONENT)
    ]
    terms: QuerySet[Term] = Term.objects.in_use().filter(
        Q(kind=Kind.PLACE, has_page=True) | (~Exists(pages) & (news[0] | news[1] | news[2]))
    )
    return terms


def public_documents() -> QuerySet[Any]:
    """The newest versions of documents that a public page links to, be it to an earlier version; none is private.

    What was uploaded for a page that is not public yet is not found before that page.
    """
    page_ids = visible_pages().annotate(reference=Cast("pk", CharField())).values("reference")
    links = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
        object_id__in=page_ids,
    )
    linked: Any = Q()
    for steps in range(EARLIER_VERSIONS + 1):
        version = "__".join(["replaces"] * steps) or "pk"
        linked |= Exists(links.filter(to_object_id=Cast(OuterRef(version), CharField())))
    documents: QuerySet[Any] = SiteDocument.objects.visible().filter(linked, replaced_by=None)
    return documents


def visible_entries() -> QuerySet[Any]:
    """The rows of the index that stand for what any visitor may see."""
    types = ContentType.objects.get_for_models(*page_types(), ImpactStat, Term, SiteDocument)
    number = Cast(OuterRef("object_id"), BigIntegerField())
    objects: dict[Any, Any] = {
        ImpactStat: ImpactStat.objects.standing(),
        Term: listed_terms(),
        SiteDocument: public_documents(),
    }
    visible: Any = Q(content_type__in=[types[model].pk for model in page_types()]) & Exists(
        visible_pages().filter(pk=number)
    )
    for model, queryset in objects.items():
        visible |= Q(content_type=types[model].pk) & Exists(queryset.filter(pk=number))
    entries: QuerySet[Any] = IndexEntry.objects.filter(visible)
    return entries


def page_types() -> list[Any]:
    """Our own types of page: not those of Wagtail that only hold the tree together."""
    return [model for model in get_page_models() if issubclass(model, SitePage)]
