"""Differences between the ledger and the site, each made by a write that sends no signal."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.models import TextPage
from impact.models import ImpactStat, Study
from news.models import NewsItemPage, Publisher
from site_core.organization.models import Alert
from site_core.publishing.ledger.comparison import State
from tests import factories


def restrict(collection: Collection) -> None:
    CollectionViewRestriction.objects.bulk_create(
        [CollectionViewRestriction(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)]
    )


# Each plants one difference that sends no signal, and returns the object and what it is now.
Plant = Callable[[], tuple[Any, State]]


def public_item() -> NewsItemPage:
    found = NewsItemPage.objects.live().first()
    assert found
    return found


def page_taken_down() -> tuple[Any, State]:
    item = public_item()
    NewsItemPage.objects.filter(pk=item.pk).update(live=False)
    return item, State.NOT_LIVE


def page_put_online() -> tuple[Any, State]:
    draft = factories.TextPageFactory(parent=Page.objects.get(slug="about"), draft=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, draft.pk])
    return draft, State.PUBLIC


def page_made_private() -> tuple[Any, State]:
    item = public_item()
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=item, restriction_type=PageViewRestriction.LOGIN)]
    )
    return item, State.RESTRICTED


def page_outside_the_site() -> tuple[Any, State]:
    item = public_item()
    Page.objects.filter(pk=item.pk).update(url_path="/elsewhere/")
    return item, State.NOWHERE


def page_deleted() -> tuple[Any, State]:
    page = factories.TextPageFactory(parent=Page.objects.get(slug="about"))
    for model in (TextPage, Page):
        rows: Any = model.objects.filter(pk=page.pk)
        rows._raw_delete(using="default")
    return page, State.DELETED


def snippet_taken_down() -> tuple[Any, State]:
    stat = ImpactStat.objects.latest("pk")
    ImpactStat.objects.filter(pk=stat.pk).update(live=False)
    return stat, State.NOT_LIVE


def snippet_put_online() -> tuple[Any, State]:
    alert = factories.AlertFactory(draft=True)
    Alert.objects.filter(pk=alert.pk).update(live=True)
    return alert, State.PUBLIC


def snippet_deleted() -> tuple[Any, State]:
    alert = factories.AlertFactory()
    rows: Any = Alert.objects.filter(pk=alert.pk)
    rows._raw_delete(using="default")
    return alert, State.DELETED


def object_without_drafts_added() -> tuple[Any, State]:
    study = factories.StudyFactory.build()
    Study.objects.bulk_create([study])
    return study, State.PUBLIC


def object_without_drafts_deleted() -> tuple[Any, State]:
    publisher = factories.PublisherFactory()
    rows: Any = Publisher.objects.filter(pk=publisher.pk)
    rows._raw_delete(using="default")
    return publisher, State.DELETED


def document_made_private() -> tuple[Any, State]:
    collection = Collection.get_first_root_node().add_child(name="Board")
    document = factories.SiteDocumentFactory(collection=collection)
    restrict(collection)
    return document, State.RESTRICTED


PLANTS: list[Plant] = [
    *(page_taken_down, page_put_online, page_made_private, page_outside_the_site, page_deleted),
    *(snippet_taken_down, snippet_put_online, snippet_deleted),
    *(object_without_drafts_added, object_without_drafts_deleted, document_made_private),
]
