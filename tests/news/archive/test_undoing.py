"""An import that is taken back leaves the site as it was before it."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from news.archive.columns import matched
from news.archive.decisions import ALIAS, MAKE, PUBLISHER, TAG, choice, key_of
from news.archive.models import ArchiveImport, State
from news.archive.storing import Storing, begin
from news.archive.undoing import begin_undo, take_some_back
from news.archive.uploading import check, take_in
from news.kept_counts.models import KeptCount
from news.models import NewsItemPage
from site_core.publishing.trash.trashing import empty_due
from site_core.publishing.trashed_page import trash_root
from tests import factories
from tests.factories import SiteTree
from tests.news.archive.archives import make_names

pytestmark = pytest.mark.django_db

# What only grows, whatever is taken back: the ledger, the history, and the account of the import itself.
GROWING = {
    "publishing.Publication",
    "wagtailcore.PageLogEntry",
    "wagtailcore.ModelLogEntry",
    "news.ArchiveImport",
    "news.ArchiveRow",
    # Changes of counts. Their sums are compared.
    "news.KeptCount",
    "page_cache.Generation",
    "page_cache.CommittedChange",
}
URLS = ("/", "/news/", "/news/?place=oakland", "/news/feed.json", "/search/?q=headline", "/sitemap.xml")


def every_table() -> dict[str, list[Any]]:
    models: Any = apps.get_models(include_auto_created=True)
    tables = {model._meta.label: model for model in models if model._meta.managed and not model._meta.proxy}
    found = {
        label: list(model._base_manager.order_by("pk").values())
        for label, model in tables.items()
        if label not in GROWING
    }
    sums = KeptCount.objects.values_list("facet", "value").annotate(number=Sum("change")).exclude(number=0)
    return found | {"the sums of news.KeptCount": sorted(sums)}


def every_page() -> dict[str, bytes]:
    client = Client()
    return {url: client.get(url).getvalue() for url in URLS}


def imported(file: Any) -> ArchiveImport:
    """An import with rows of each outcome, that makes a publisher, a place and another name of a place."""
    rows = "April 2016,The Argus,One,Highpoint\n2015,USA TODAY,Two,Dayton; Oakland\n2015,USA TODAY,Two,\nx,,Three,\n"
    file.write_text(f"Date,Source,Title,Tags\n{rows}2014,,A headline on file,\n")
    archive = take_in(file, file.name)
    archive.matched, archive.state = matched(archive.columns, {}), State.CHECKING
    archive.save()
    check(archive)
    archive.refresh_from_db()
    chosen = (
        choice(PUBLISHER, "The Argus", MAKE),
        choice(TAG, "Dayton", MAKE, "place"),
        choice(TAG, "Highpoint", ALIAS, "High Point"),
    )
    archive.choices = {key_of(each): each for each in chosen}
    archive.save()
    begin(archive, live=True)
    storing = Storing(archive)
    while storing.add_some():
        pass
    archive.refresh_from_db()
    return archive


def test_once_the_trash_is_emptied_every_table_is_as_it_was(site_tree: SiteTree, tmp_path: Any) -> None:
    make_names()
    trash_root()
    factories.NewsItemPageFactory(parent=site_tree.news, title="A headline on file")
    pages, tables = every_page(), every_table()
    archive = imported(tmp_path / "archive.csv")
    assert NewsItemPage.objects.live().count() == 3
    assert every_page()["/news/"] != pages["/news/"]

    begin_undo(archive)
    while take_some_back(archive):
        pass
    assert every_page() == pages
    assert empty_due(timezone.now() + timedelta(days=31)) == 2
    after = every_table()
    assert [label for label in tables if after[label] != tables[label]] == []
