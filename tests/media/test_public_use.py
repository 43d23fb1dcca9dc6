"""A file is for the public while something public shows it, and at no other time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.models import TextPage
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from site_core.media.pictures import CUT, filters_of
from site_core.publishing.trash.trashing import move_to_trash
from tests import factories
from tests.committed import counted_as_committed
from tests.media import sent_files
from tests.media.sent_files import uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Media = SiteImage | SiteDocument


@pytest.fixture(params=["picture", "document", "linked document"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def media(kind: str) -> Media:
    made: Media = factories.SiteImageFactory() if kind == "picture" else factories.SiteDocumentFactory()
    return made


def page_with(tree: factories.SiteTree, media: Media, kind: str, **fields: Any) -> TextPage:
    if isinstance(media, SiteImage):
        block: tuple[str, Any] = ("picture", {"image": media, "caption": ""})
    elif kind == "document":
        block = ("documents", {"heading": "Guides", "documents": [media]})
    else:
        block = ("text", f'<p><a linktype="document" id="{media.pk}">A guide</a></p>')
    page: TextPage = factories.TextPageFactory(parent=tree.about, body=[block], **fields)
    return page


def url_of(media: Media) -> str:
    """The address of a document, or of a rendition."""
    if isinstance(media, SiteDocument):
        return str(media.url)
    return str(next(iter(media.get_renditions(*filters_of(media, CUT)).values())).url)


def status(url: str, client: Client | None = None) -> int:
    return (client or Client()).get(url).status_code


def staff(role: str = "Author") -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    return client


def restrict(page: TextPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


WITHDRAWALS: list[Callable[[TextPage], object]] = [
    lambda page: page.unpublish(),
    lambda page: page.delete(),
    lambda page: move_to_trash(page, factories.UserFactory(role="Editor")),
    restrict,
    lambda page: restrict(page.get_parent()),
]


@pytest.mark.parametrize("withdraw", WITHDRAWALS, ids=["unpublish", "delete", "trash", "restrict", "restrict parent"])
def test_a_file_is_public_as_long_as_a_page_that_shows_it(
    site_tree: factories.SiteTree, media: Media, kind: str, withdraw: Callable[[TextPage], object]
) -> None:
    url = url_of(media)
    assert (status(url), status(url, staff())) == (404, 200)
    page = page_with(site_tree, media, kind, draft=True)
    assert status(url) == 404
    page.save_revision().publish()
    assert status(url) == 200
    withdraw(TextPage.objects.get(pk=page.pk))
    assert (status(url), status(url, staff())) == (404, 200)


def test_another_page_that_shows_it_keeps_it_public(site_tree: factories.SiteTree, media: Media, kind: str) -> None:
    pages = [page_with(site_tree, media, kind) for _ in range(2)]
    pages[0].unpublish()
    assert status(url_of(media)) == 200
    pages[1].unpublish()
    assert status(url_of(media)) == 404


def test_a_draft_of_a_public_page_makes_nothing_public(site_tree: factories.SiteTree, media: Media, kind: str) -> None:
    page = factories.TextPageFactory(parent=site_tree.about)
    page.body = page_with(site_tree, media, kind, draft=True, slug="draft").body
    page.save_revision()
    assert status(url_of(media)) == 404
    page.get_latest_revision().publish()
    assert status(url_of(media)) == 200


def test_what_a_process_remembers_ends_with_a_withdrawal(
    site_tree: factories.SiteTree, media: Media, kind: str
) -> None:
    page = page_with(site_tree, media, kind)
    url = url_of(media)
    with counted_as_committed():
        assert [status(url) for _ in range(2)] == [200, 200]
    page.unpublish()
    with counted_as_committed():
        assert [status(url) for _ in range(2)] == [404, 404]


def test_people_without_a_role_are_the_public(media: Media) -> None:
    client = Client()
    client.force_login(factories.UserFactory())
    assert status(url_of(media), client) == 404


def test_all_versions_of_a_document_are_public_where_one_is_listed(site_tree: factories.SiteTree) -> None:
    first = factories.SiteDocumentFactory()
    second = factories.SiteDocumentFactory(replaces=first)
    third = factories.SiteDocumentFactory(replaces=second)
    versions = (first, second, third)
    assert [status(document.url) for document in versions] == [404] * 3
    page = page_with(site_tree, second, "document")
    assert [status(document.url) for document in versions] == [200] * 3
    page.unpublish()
    assert [status(document.url) for document in versions] == [404] * 3


class TestPictures:
    def test_the_original_is_for_staff_alone(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory()
        page_with(site_tree, image, "picture")
        original = reverse("original_picture", args=[image.pk])
        for client in (Client(), staff("Administrator")):
            assert status(f"/media/{image.file.name}", client) == 404
        assert status(original) == 302
        response = staff().get(original)
        assert response.status_code == 200
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        assert image.get_rendition("original").url == original

    def test_caches_ask_whether_it_is_still_public(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory()
        url = url_of(image)
        assert staff().get(url)["Cache-Control"].startswith("private")
        page = page_with(site_tree, image, "picture")
        response = Client().get(url)
        assert response["Cache-Control"] == "public, max-age=86400, s-maxage=0"
        asked = {"if-none-match": response["ETag"]}
        unchanged = Client().get(url, headers=asked)
        assert (unchanged.status_code, unchanged["Cache-Control"]) == (304, response["Cache-Control"])
        page.unpublish()
        assert Client().get(url, headers=asked).status_code == 404

    def test_another_file_has_other_addresses_and_the_old_ones_are_gone(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory(file=factories.drawn_picture(name="same.jpg", ground="red"))
        page_with(site_tree, image, "picture")
        old = url_of(image)
        assert status(old) == 200
        for ground in ("blue", "green"):
            content = factories.drawn_picture(ground=ground).read()
            typed = {"title": "x", "tags": "", "description": "", "credit": "", "consent": ""}
            edit = reverse("wagtailimages:edit", args=[image.pk])
            staff("Editor").post(edit, typed | {"file": uploaded(content, "same.jpg")})
            image = SiteImage.objects.get(pk=image.pk)
            new = url_of(image)
            assert new != old
            assert (status(old), status(new)) == (404, 200)
            old = new

    def test_a_file_that_was_left_behind_is_not_served(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory()
        page_with(site_tree, image, "picture")
        name = f"images/{image.pk}.left-behind.jpg"
        with default_storage.open(name, "wb") as file:
            file.write(sent_files.picture())
        assert status(f"/media/{name}") == 404

    def test_a_public_picture_costs_no_query(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory()
        page_with(site_tree, image, "picture")
        urls = [one.url for one in image.get_renditions(*filters_of(image, CUT)).values()]
        with counted_as_committed():
            assert status(urls[0]) == 200
            with CaptureQueriesContext(connection) as queries:
                assert {status(url) for url in urls} == {200}
        assert [query["sql"] for query in queries] == []

    def test_a_rendition_made_later_is_public_at_once(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory()
        page_with(site_tree, image, "picture")
        with counted_as_committed():
            assert status(url_of(image)) == 200
            assert status(image.get_rendition("width-77").url) == 200

    def test_without_a_database_nothing_is_shown_of_which_it_is_not_known(
        self, site_tree: factories.SiteTree, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        image, other = factories.SiteImageFactory(), factories.SiteImageFactory()
        page_with(site_tree, image, "picture")
        known, unknown = url_of(image), url_of(other)

        def fail(*args: object) -> None:
            raise DatabaseError("An example of an outage")

        with counted_as_committed():
            assert status(known) == 200
            with connection.execute_wrapper(fail):
                assert status(known) == 200
                assert status(unknown, Client(raise_request_exception=False)) >= 500


def test_another_file_of_a_document_has_another_address(site_tree: factories.SiteTree) -> None:
    document = factories.SiteDocumentFactory()
    page_with(site_tree, document, "document")
    urls = [document.url]
    for content in (b"Second", b"Third", b"Second"):
        edit = reverse("wagtaildocs:edit", args=[document.pk])
        typed = {"title": "x", "tags": "", "publisher": "", "file": uploaded(content, "example.txt")}
        assert staff("Editor").post(edit, typed).status_code == 302
        document = SiteDocument.objects.get(pk=document.pk)
        urls.append(document.url)
        assert Client().get(document.url).getvalue() == content
        assert {status(url) for url in set(urls) - {document.url}} == {404}
    assert urls[1] == urls[3]
    assert len(set(urls)) == 3
