"""Lists of documents show their details, the newest version first, and no private document."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from site_core.media.documents import SiteDocument, document_rows
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def guide(**fields: Any) -> SiteDocument:
    document: SiteDocument = factories.SiteDocumentFactory(**fields)
    return document


def shown(client: Client, tree: factories.SiteTree, *documents: SiteDocument) -> list[list[str]]:
    """The texts of a page that lists these documents, one list for each row."""
    body = [("documents", {"heading": "Example guides", "documents": list(documents)})]
    page = factories.TextPageFactory(parent=tree.about, body=body)
    response = client.get(page.url)
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    assert main
    assert ("Example guides" in main.get_text()) == bool(main.select(".documents"))
    return [
        [" ".join(pair.get_text(" ", strip=True).split()) for pair in row.select(".pair")]
        for row in main.select(".documents > ul > li")
    ]


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        (
            {"publisher": "Example Press", "year": 2016, "pages": 64, "file_size": 2_202_010},
            "Example Press, 2016, 64 pages, TXT, 2.1\xa0MB",
        ),
        ({"pages": 1, "file_size": 0}, "1 page, TXT"),
        ({}, "TXT, 11\xa0bytes"),
    ],
)
def test_the_details_are_what_is_recorded(fields: dict[str, Any], details: str) -> None:
    assert guide(**fields).details == details


def test_the_newest_version_comes_first_whichever_was_chosen(client: Client, site_tree: factories.SiteTree) -> None:
    first = guide(title="A guide", year=2014, publisher="Example Press")
    second = guide(title="The guide", replaces=first)
    third = guide(title="The guide, revised", replaces=second, year=2020)
    other = guide(title="Another")
    rows = [
        [
            "The guide, revised 2020, TXT, 11 bytes",
            "The guide Earlier version, TXT, 11 bytes",
            "A guide Earlier version, 2014, TXT, 11 bytes",
        ],
        ["Another TXT, 11 bytes"],
    ]
    assert shown(client, site_tree, first, other) == rows
    assert shown(client, site_tree, third, second, other, first) == rows
    for version in (first, second, third):
        assert client.get(version.url).getvalue() == b"An example."


def test_a_list_costs_one_query_however_many_versions_there_are() -> None:
    def queries_for(documents: list[SiteDocument]) -> int:
        with CaptureQueriesContext(connection) as queries:
            [row.document.details for row in document_rows(documents)]
        return len(queries)

    documents = [guide()]
    assert queries_for(documents) == 1
    documents += [guide(replaces=guide(replaces=guide())) for _ in range(3)]
    assert queries_for(documents) == 1


def test_private_documents_are_not_listed(client: Client, site_tree: factories.SiteTree) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    below = private.add_child(name="Below")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    first = guide(title="The first")
    second = guide(title="The second", replaces=first, collection=below)
    guide(title="The third", replaces=second)
    alone, latest = guide(collection=private), guide(title="Kept back", replaces=guide(title="Out"), collection=below)
    rows = shown(client, site_tree, second, alone, latest)
    assert rows == [
        ["The third TXT, 11 bytes", "The first Earlier version, TXT, 11 bytes"],
        ["Out TXT, 11 bytes"],
    ]
    assert shown(client, site_tree, alone) == []
    assert client.get(second.url).status_code == 302
    visible = set(SiteDocument.objects.visible().values_list("title", flat=True))
    assert visible == {"The first", "The third", "Out"}


def test_a_circle_of_versions_is_refused_with_a_message(client: Client) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    first = guide(title="The first")
    second = guide(title="The second", replaces=first)
    third = guide(title="The third")

    def refusal(document: SiteDocument, replaces: SiteDocument) -> list[str]:
        typed = {"title": document.title, "collection": "1", "tags": "", "publisher": "", "replaces": replaces.pk}
        response = client.post(reverse("wagtaildocs:edit", args=[document.pk]), typed)
        return [] if response.status_code == 302 else list(response.context["form"].errors["replaces"])

    assert refusal(first, first) == ["A document cannot be a newer version of itself. Choose another one."]
    assert refusal(first, second) == [
        "“The second” is itself a newer version of this document. Choose an older one.",
    ]
    assert refusal(third, first) == ["That document already has a newer version. Choose the newest one."]
    assert refusal(third, second) == []
    assert [version.title for version in SiteDocument.objects.get(pk=third.pk).earlier_versions()] == [
        "The second",
        "The first",
    ]


def test_a_circle_made_by_two_people_at_once_does_not_hang(client: Client, site_tree: factories.SiteTree) -> None:
    first, second = guide(), guide()
    SiteDocument.objects.filter(pk=first.pk).update(replaces=second)
    SiteDocument.objects.filter(pk=second.pk).update(replaces=first)
    assert len(shown(client, site_tree, first, second)[0]) == 2


def test_the_version_before_a_deleted_one_stays(client: Client, site_tree: factories.SiteTree) -> None:
    first = guide(title="The first")
    second = guide(title="The second", replaces=first)
    third = guide(title="The third", replaces=second)
    second.delete()
    assert shown(client, site_tree, third, first) == [["The third TXT, 11 bytes"], ["The first TXT, 11 bytes"]]


def test_a_document_is_served_with_its_own_type_and_length(client: Client) -> None:
    client.force_login(factories.UserFactory(role="Author"))
    response = client.get(guide().url)
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Length"] == "11"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get("/documents/99999999999999999999/none.txt").status_code == 404


def test_a_document_without_its_file_is_not_found_and_breaks_no_page(
    client: Client, site_tree: factories.SiteTree
) -> None:
    document = guide(title="Lost")
    document.file.storage.delete(document.file.name)
    assert shown(client, site_tree, document) == [["Lost TXT, 11 bytes"]]
    client.force_login(factories.UserFactory(role="Editor"))
    assert client.get(document.url).status_code == 404
    for name in ("edit", "document_usage"):
        assert client.get(reverse(f"wagtaildocs:{name}", args=[document.pk])).status_code == 200
    assert client.get(reverse("wagtaildocs:index")).status_code == 200
