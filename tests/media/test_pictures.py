"""Pictures on pages: renditions are made in advance, and a broken file does not break the page."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from site_core.media.images import SiteImage, SiteRendition
from site_core.media.pictures import CUT, WHOLE, filters_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Upload = Callable[..., SiteImage]


@pytest.fixture
def upload(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Upload:
    """Creates pictures as an upload does, on_commit callbacks included."""

    def upload_one(width: int = 640, height: int = 480, **drawn: Any) -> SiteImage:
        fields = {name: drawn.pop(name) for name in ("title", "credit", "shows_people", "consent") if name in drawn}
        with django_capture_on_commit_callbacks(execute=True):
            image = factories.SiteImageFactory(file=factories.drawn_picture(width, height, **drawn), **fields)
        return SiteImage.objects.get(pk=image.pk)

    return upload_one


def block_of(image: SiteImage, **fields: Any) -> tuple[str, Any]:
    image.contextual_alt_text, image.decorative = fields.pop("alt", "What it shows."), fields.pop("decorative", False)
    return "picture", {"image": image, "caption": "", **fields}


def page_with(tree: factories.SiteTree, *blocks: tuple[str, Any]) -> Any:
    return factories.TextPageFactory(parent=tree.about, body=list(blocks))


def main_of(response: Any) -> Tag:
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    assert main
    return main


def test_the_first_request_for_a_page_makes_no_renditions(
    client: Client, site_tree: factories.SiteTree, upload: Upload
) -> None:
    images = [upload(name="photo.jpg"), upload(name="chart.png"), upload(name="photo.webp", width=400, height=1000)]
    page = page_with(site_tree, *(block_of(image) for image in images), block_of(images[1], whole=True))
    before = SiteRendition.objects.count()
    with CaptureQueriesContext(connection) as queries:
        pictures = main_of(client.get(page.url)).find_all("picture")
    of_pictures = [query["sql"] for query in queries if "media_siterendition" in query["sql"]]
    assert len(of_pictures) == 1, "One query reads the renditions of all pictures."
    assert [sql for sql in of_pictures if not sql.startswith("SELECT")] == []
    assert SiteRendition.objects.count() == before > 0
    assert [[source["type"] for source in picture.find_all("source")] for picture in pictures] == [
        ["image/avif", "image/webp"]
    ] * 4
    endings = [str(picture.select("img")[0]["src"]).rsplit(".", 1)[1] for picture in pictures]
    assert endings == ["jpg", "png", "jpg", "png"]
    for url in urls_in(pictures):
        assert client.get(url).status_code == 200, url


def urls_in(pictures: Any) -> set[str]:
    """The URLs of all files that a browser may choose."""
    sets = [str(tag["srcset"]) for picture in pictures for tag in picture.find_all(srcset=True)]
    return {candidate.split()[0] for one in sets for candidate in one.split(", ")} | {
        str(picture.img["src"]) for picture in pictures
    }


def test_a_picture_has_its_size_and_is_loaded_lazily_unless_it_is_first(
    client: Client, site_tree: factories.SiteTree, upload: Upload
) -> None:
    image = upload(1200, 800)
    text = ("text", "<p>Text.</p>")
    page = page_with(site_tree, ("heading", "A heading"), block_of(image), text, block_of(image))
    first, second = main_of(client.get(page.url)).find_all("img")
    assert (first["width"], first["height"]) == (second["width"], second["height"]) == ("1200", "800")
    assert (second["loading"], second["decoding"]) == ("lazy", "async")
    assert "loading" not in first.attrs
    assert "decoding" not in first.attrs
    assert str(first["srcset"]).count("w,") == 1
    assert first["sizes"]


@pytest.mark.parametrize(
    ("size", "cut", "whole"),
    [
        ((2000, 1500), (1600, 1066), (1600, 1200)),
        ((600, 900), (600, 400), (600, 900)),
        ((12000, 500), (750, 500), (1600, 66)),
        ((40, 40), (40, 27), (40, 40)),
    ],
    ids=["photo", "portrait", "panorama", "tiny"],
)
def test_a_picture_is_cropped_to_three_by_two_or_shown_whole_and_never_enlarged(
    client: Client,
    site_tree: factories.SiteTree,
    size: tuple[int, int],
    cut: tuple[int, int],
    whole: tuple[int, int],
) -> None:
    image = factories.SiteImageFactory(file=factories.drawn_picture(*size))
    page = page_with(site_tree, block_of(image), block_of(image, whole=True))
    shown = main_of(client.get(page.url)).find_all("img")
    for img, expected in zip(shown, (cut, whole), strict=True):
        # Rounding may add the line of pixels that a crop begins with.
        assert int(str(img["width"])) == expected[0]
        assert abs(int(str(img["height"])) - expected[1]) <= 1
        assert ("sizes" in img.attrs) == ("srcset" in img.attrs)


def test_the_admin_makes_renditions_on_upload_and_when_the_focal_point_or_file_changes(
    client: Client, site_tree: factories.SiteTree, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(factories.UserFactory(role="Author"))

    def post(url: str, **typed: Any) -> SiteImage:
        fields = {"title": "Uploaded", "collection": "1", "tags": "", "description": "", "credit": "", "consent": ""}
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(url, fields | typed)
        assert response.status_code == 302
        image = SiteImage.objects.get()
        wanted = [*filters_of(image, CUT), *filters_of(image, WHOLE)]
        # What a request finds without the cache of this process.
        there = {(one.filter_spec, one.focal_point_key) for one in image.renditions.all()}
        assert {(one.spec, one.get_cache_key(image)) for one in wanted} <= there
        assert all(one.file.storage.exists(one.file.name) for one in image.renditions.all())
        return image

    image = post(reverse("wagtailimages:add"), file=factories.drawn_picture(700, 500))
    edit = reverse("wagtailimages:edit", args=[image.pk])
    focal_point = {f"focal_point_{name}": "100" for name in ("x", "y", "width", "height")}
    made = image.renditions.count()
    image = post(edit, **focal_point)
    assert image.renditions.count() > made
    image = post(edit, file=factories.drawn_picture(1000, 900, ground="white"), **focal_point)
    assert image.width == 1000


def test_a_missing_rendition_is_made_and_a_missing_picture_left_out(
    client: Client, site_tree: factories.SiteTree, upload: Upload, caplog: pytest.LogCaptureFixture
) -> None:
    image, lost = upload(title="Kept"), upload(title="Lost", name="lost.jpg")
    SiteRendition.objects.all().delete()
    lost.file.storage.delete(str(lost.file.name))
    page = page_with(site_tree, block_of(image), block_of(lost), ("text", "<p>The rest.</p>"))
    main = main_of(client.get(page.url))
    assert len(main.find_all("img")) == len(main.find_all("figure")) == 1
    assert "The rest." in main.get_text()
    (record,) = [one for one in caplog.records if f"Picture {lost.pk} cannot be shown" in one.getMessage()]
    assert (record.exc_info, "\n" in record.getMessage()) == (None, False)
    caplog.set_level(logging.CRITICAL)
    client.force_login(factories.UserFactory(role="Editor"))
    home = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    panel = home.find(id="lost-pictures-section") or home.find(id="lost-pictures")
    assert isinstance(panel, Tag)
    assert [link.get_text(strip=True) for link in panel.select("li a")] == ["Lost"]


def test_a_damaged_picture_is_left_out(
    client: Client, site_tree: factories.SiteTree, upload: Upload, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    image = upload()
    SiteRendition.objects.all().delete()
    with image.file.storage.open(str(image.file.name), "wb") as file:
        file.write(b"\xff\xd8\xff no picture")
    page = page_with(site_tree, block_of(image), ("text", "<p>The rest.</p>"))
    main = main_of(client.get(page.url))
    assert not main.find_all("figure")
    assert "The rest." in main.get_text()


def test_the_missing_file_of_a_rendition_is_made_again(client: Client, upload: Upload) -> None:
    client.force_login(factories.UserFactory(role="Author"))
    rendition = upload().renditions.first()
    name = rendition.file.name
    rendition.file.storage.delete(name)
    response = client.get(f"/media/{name}")
    assert response.status_code == 200
    assert b"".join(response)
    assert SiteRendition.objects.get(pk=rendition.pk).file.name == name


def test_the_command_makes_missing_renditions_and_none_twice(
    upload: Upload, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    image, lost = upload(), upload(title="Lost", name="lost.jpg")
    gone, deleted = image.renditions.all()[:2]
    gone.file.storage.delete(gone.file.name)
    deleted.delete()
    lost.file.storage.delete(str(lost.file.name))
    for rendition in lost.renditions.all():
        rendition.file.storage.delete(rendition.file.name)
    for expected in ("2 made.", "0 made."):
        call_command("prepare_pictures")
        output = capsys.readouterr()
        assert output.out.strip() == expected
        assert "“Lost”, cannot be made" in output.err
    assert gone.file.storage.exists(gone.file.name)
    assert not lost.renditions.exists()


def test_consent_is_required_and_never_public(client: Client, site_tree: factories.SiteTree, upload: Upload) -> None:
    image = upload(shows_people=True, consent="Agreed by letter, example", credit="Photo: Example Person")
    page = page_with(site_tree, block_of(image, caption="A caption"))
    text = client.get(page.url).content.decode()
    assert "Photo: Example Person" in text
    assert "Agreed by letter" not in text
    client.force_login(factories.UserFactory(role="Editor"))
    edit = reverse("wagtailimages:edit", args=[image.pk])
    assert "Agreed by letter" in client.get(edit).content.decode()
    typed = {"title": "x", "collection": "1", "shows_people": "on", "consent": " ", "credit": "", "tags": ""}
    response = client.post(edit, typed)
    assert response.status_code == 200
    assert "Say who agreed to be shown, how and when." in response.content.decode()
