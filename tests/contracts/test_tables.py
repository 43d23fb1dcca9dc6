"""Every table holds what no visitor sees, what has drafts, or what counts as public: a new one has to be placed."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin

from site_core.page_cache.invalidation.private_writes import (
    CACHE_TABLE,
    DRAFT_COLUMNS,
    PRIVATE_ON_SQLITE,
    owners,
    private_models,
    private_when_new,
)
from tests.contracts.stock import StockedSite
from tests.contracts.test_stored import urls_of
from tests.page_cache.trials import quiet_acts

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

# What is seen as soon as it is written: content without drafts, addresses, who may see what.
PUBLIC = {
    *("taxonomy.Term", "taxonomy.FormerSlug", "news.Publisher", "news.KeptCount", "impact.Study"),
    *("organization.OrganizationSettings", "organization.CrisisHelpSettings", "publishing.Publication"),
    *("media.SiteImage", "media.SiteDocument", "taggit.Tag", "taggit.TaggedItem"),
    *("wagtailcore.Collection", "wagtailcore.CollectionViewRestriction"),
    *("wagtailcore.PageViewRestriction", "wagtailcore.PageViewRestriction_groups"),
    *("wagtailcore.CollectionViewRestriction_groups", "wagtailcore.Site", "wagtailcore.Locale"),
    *(
        "link_checks.GoneLink",
        "redirects.WithdrawnURL",
        "wagtailredirects.Redirect",
        "wagtailsearchpromotions.SearchPromotion",
    ),
    # Nothing writes to these here: ours stand in their place, and no embeds are looked up.
    *("wagtailimages.Image", "wagtaildocs.Document", "wagtailembeds.Embed"),
}
# Private tables that public pages are made from all the same. Each is written only together with what counts: an index
# in the transaction of what it indexes, a type of content by a migration, a size of a picture for the page that shows
# it, the words of a promoted result with the result.
READ_IN_PUBLIC = {
    *("wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry"),
    *("contenttypes.ContentType", "wagtailsearchpromotions.Query"),
}


def stored_models() -> list[Any]:
    """Each that has a table of its own."""
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]


def placed() -> dict[str, list[str]]:
    """Where each model stands; a model in none of the places, or in two, is a mistake."""
    drafts = owners()
    return {
        model._meta.label: [
            place
            for place, holds in {
                "private": model._meta.label in private_models() or model._meta.db_table == PRIVATE_ON_SQLITE,
                "private when new": model._meta.label in private_when_new(),
                "drafts": model._meta.db_table in drafts and model._meta.label not in private_models(),
                "public": model._meta.label in PUBLIC,
            }.items()
            if holds
        ]
        for model in stored_models()
    }


def page_at(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue()


def test_every_model_stands_in_one_place() -> None:
    assert {label: places for label, places in placed().items() if len(places) != 1} == {}


def test_every_name_in_a_list_is_that_of_a_table() -> None:
    labels = {model._meta.label for model in stored_models()}
    assert {*private_models(), *private_when_new(), *PUBLIC} - labels == set()
    assert len(set(private_models())) == len(private_models())


def test_tables_are_named_in_small_letters() -> None:
    """As they are looked for: a table of another name would be taken for an unknown one, which counts."""
    assert [table for model in stored_models() if (table := model._meta.db_table) != table.lower()] == []


def test_what_has_drafts_has_one_owner_that_says_whether_it_is_live() -> None:
    for model in stored_models():
        keys = [field for field in model._meta.local_fields if isinstance(field, ParentalKey)]
        assert len(keys) <= 1, f"{model} is a part of several objects."
        if issubclass(model, DraftStateMixin):
            owner = owners()[model._meta.db_table]
            assert owner.table == model._meta.get_field("live").model._meta.db_table
            assert not keys, f"{model} has drafts and is a part of something."


def test_no_part_of_what_has_drafts_has_parts_of_its_own() -> None:
    """Whoever makes one has to say whose liveness decides; until then it would count as public."""
    parts = {model for model in stored_models() if model._meta.db_table in owners()}
    nested = [
        field.model
        for model in stored_models()
        for field in model._meta.local_fields
        if isinstance(field, ParentalKey) and field.related_model in parts
        if not issubclass(field.related_model, DraftStateMixin) and model._meta.label not in private_models()
    ]
    assert nested == []


def test_columns_of_drafts_are_columns_of_what_has_drafts_alone() -> None:
    having = [model for model in stored_models() if model._meta.db_table in owners()]
    columns = {model: {field.column for field in model._meta.local_fields} for model in having}
    assert set().union(*columns.values()) >= DRAFT_COLUMNS
    parts = [model for model in having if not issubclass(model, DraftStateMixin)]
    assert [
        model for model in parts if columns[model] & DRAFT_COLUMNS and model._meta.label not in private_models()
    ] == []


def test_no_public_page_is_made_from_what_is_private(client: Client, site: StockedSite) -> None:
    """Else a write that moves nothing would leave it out of date."""
    private = {
        model._meta.db_table: label for model in stored_models() if placed()[label := model._meta.label] == ["private"]
    }
    assert settings.CACHES["default"]["LOCATION"] == CACHE_TABLE
    private[CACHE_TABLE] = "the shared cache"
    read = set()
    for address in urls_of(site):
        with CaptureQueriesContext(connection) as queries:
            page_at(client, address)
        for query in queries.captured_queries:
            if query["sql"].lstrip("(").startswith(("SELECT", "WITH")):
                read |= {label for table, label in private.items() if re.search(rf"\b{table}\b", query["sql"])}
    assert read - READ_IN_PUBLIC == set()


def test_what_moves_nothing_shows_nowhere(client: Client, site: StockedSite) -> None:
    """Every public page is the same to the byte after all that leaves the generation alone."""
    acts = [prepare(site.tree) for prepare in quiet_acts.ACTS.values()]
    addresses = urls_of(site)
    before = [page_at(client, address) for address in addresses]
    for act in acts:
        act()
    after = [page_at(client, address) for address in addresses]
    assert [address for address, *pages in zip(addresses, before, after, strict=True) if pages[0] != pages[1]] == []
