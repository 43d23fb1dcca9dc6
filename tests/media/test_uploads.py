"""At every way of upload, every file is taken or refused with a sentence, and nothing that was typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from site_core.media.kept_file import MOST_KEPT
from site_core.media.pictures import CUT, picture_of
from tests import factories
from tests.media import sent_files
from tests.media.sent_files import REFUSED, TAKEN, Content, picture, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

TYPED = {"title": "What was typed", "tags": "", "description": "", "credit": "Photo: Jo Smith", "consent": ""}
PREFIX = "image-chooser-upload"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    client.raise_request_exception = True
    return client


def add(client: Client, file: SimpleUploadedFile | None, **typed: str) -> Any:
    return client.post(reverse("wagtailimages:add"), TYPED | typed | ({"file": file} if file else {}))


def add_several(client: Client, file: SimpleUploadedFile | None, **typed: str) -> Any:
    url = reverse("wagtailimages:add_multiple")
    return client.post(url, {"title": TYPED["title"], "files[]": file}, headers={"x-requested-with": "XMLHttpRequest"})


def choose(client: Client, file: SimpleUploadedFile | None, **typed: str) -> Any:
    fields = TYPED | typed | ({"file": file} if file else {})
    url = reverse("wagtailimages_chooser:create")
    return client.post(url, {f"{PREFIX}-{name}": value for name, value in fields.items()})


def replace(client: Client, file: SimpleUploadedFile | None, **typed: str) -> Any:
    image = SiteImage.objects.first() or factories.SiteImageFactory(title="Before")
    url = reverse("wagtailimages:edit", args=[image.pk])
    return client.post(url, TYPED | typed | ({"file": file} if file else {}))


Way = Callable[..., Any]
WAYS: list[Way] = [add, add_several, choose, replace]
FORMS: list[Way] = [add, choose, replace]
EVERYWHERE = 3
by_name: Any = {"ids": lambda way: getattr(way, "__name__", None)}


def shown_by(response: Any) -> BeautifulSoup:
    """The form of an answer: a page, or a part of one in JSON."""
    assert response.status_code == 200
    if response["Content-Type"].startswith("application/json") or "text/javascript" in response["Content-Type"]:
        said = response.json()
        html = said.get("html") or said.get("htmlFragment") or said.get("form") or said.get("error_message", "")
        return BeautifulSoup(html, "html.parser")
    return BeautifulSoup(response.content, "html.parser")


def saved(way: Way) -> SiteImage | None:
    images = SiteImage.objects.order_by("-pk")
    return images.filter(title=TYPED["title"]).first() if way is replace else images.first()


def everywhere(cases: list[tuple[str, Content, str]]) -> Any:
    """The first cases at every way of upload, the others at one: the ways share one field."""
    tried = [(way, *case) for index, case in enumerate(cases) for way in WAYS if way is add or index < EVERYWHERE]
    return pytest.mark.parametrize(
        ("way", "name", "content", "expected"), tried, ids=[f"{way.__name__} {name}" for way, name, *_ in tried]
    )


@everywhere(TAKEN)
def test_what_phones_and_programs_make_is_taken_and_shown(
    editor: Client, way: Way, name: str, content: Content, expected: str
) -> None:
    way(editor, uploaded(content(), name))
    image = saved(way)
    assert image
    assert str(image.file.name).endswith(expected)
    assert (image.width, image.height) == (600, 400)
    assert picture_of(image, CUT, is_first=True)
    assert image.get_rendition("max-165x165").file


@everywhere(REFUSED)
def test_everything_else_is_refused_with_a_sentence(
    editor: Client, way: Way, name: str, content: Content, expected: str
) -> None:
    response = way(editor, uploaded(content(), name))
    form = shown_by(response)
    assert expected in form.get_text()
    assert saved(way) is None
    if way is not add_several:
        assert form.find("input", value=TYPED["credit"])


@pytest.mark.parametrize("way", FORMS, **by_name)
def test_a_refusal_for_another_reason_keeps_the_file(editor: Client, way: Way) -> None:
    content = picture("PNG", (300, 200))
    form = shown_by(way(editor, uploaded(content, "chosen.png"), shows_people="on"))
    assert "Say who agreed to be shown" in form.get_text()
    assert "“chosen.png” stays." in form.get_text()
    # Refused once more: it is still there.
    form = shown_by(way(editor, None, shows_people="on", **kept(form)))
    assert UploadedFile.objects.count() == 1
    way(editor, None, shows_people="on", consent="Agreed by letter", **kept(form))
    image = saved(way)
    assert image
    assert (image.consent, image.width) == ("Agreed by letter", 300)
    with image.file.open() as file:
        assert file.read() == content
    assert not UploadedFile.objects.exists()


def kept(form: BeautifulSoup) -> dict[str, str]:
    """What the form sends of the kept file, without its prefix."""
    field = form.find("input", attrs={"name": re.compile("file-kept$")})
    assert field
    return {"file-kept": str(field["value"])}


def test_another_file_takes_the_place_of_the_kept_one(editor: Client) -> None:
    form = shown_by(add(editor, uploaded(picture(size=(300, 200)), "first.jpg"), shows_people="on"))
    add(editor, uploaded(picture(size=(500, 400)), "second.jpg"), **kept(form))
    image = saved(add)
    assert image
    assert image.width == 500


@pytest.mark.parametrize("named", ["0", "-1", "x", "99999999999999999999999", "of another"])
def test_nobody_gets_a_file_that_was_not_kept_for_them(editor: Client, named: str) -> None:
    other = Client()
    other.force_login(factories.UserFactory(role="Editor"))
    form = shown_by(add(other, uploaded(picture(), "theirs.jpg"), shows_people="on"))
    pk = kept(form)["file-kept"] if named == "of another" else named
    assert "This field is required." in shown_by(add(editor, None, **{"file-kept": pk})).get_text()
    assert UploadedFile.objects.count() == 1


def test_a_kept_file_that_is_gone_is_asked_for_again(editor: Client) -> None:
    form = shown_by(add(editor, uploaded(picture(), "gone.jpg"), shows_people="on"))
    default_storage.delete(UploadedFile.objects.get().file.name)
    form = shown_by(add(editor, None, **kept(form)))
    assert "This field is required." in form.get_text()


def test_files_of_forms_that_were_left_are_not_kept_for_ever(editor: Client) -> None:
    for number in range(MOST_KEPT + 3):
        add(editor, uploaded(picture(size=(30, 20)), f"left-{number}.jpg"), shows_people="on")
    assert UploadedFile.objects.count() == MOST_KEPT
    assert not UploadedFile.objects.filter(file__contains="left-0.jpg").exists()


def test_a_document_is_kept_as_well(editor: Client) -> None:
    def post(**typed: Any) -> Any:
        return editor.post(reverse("wagtaildocs:add"), {"title": "A guide", "tags": "", "publisher": ""} | typed)

    form = shown_by(post(file=uploaded(b"%PDF-1.4", "a-guide.pdf"), year="16"))
    assert "“a-guide.pdf” stays." in form.get_text()
    post(year="2016", **kept(form))
    with SiteDocument.objects.get().file.open() as file:
        assert file.read() == b"%PDF-1.4"


def test_a_picture_of_a_phone_is_upright_and_says_nothing_of_its_owner(editor: Client) -> None:
    for format_, name in (("JPEG", "a.jpg"), ("WEBP", "b.webp"), ("PNG", "c.png"), ("AVIF", "d.avif")):
        add(editor, uploaded(sent_files.from_a_phone(format_), name))
        image = saved(add)
        assert image
        assert (image.width, image.height) == (400, 600)
        image.get_rendition("max-800x600")
        assert picture_of(image, CUT, is_first=True)
        for rendition in image.renditions.all():
            with rendition.file.open() as file:
                content = file.read()
            with rendition.file.open() as file, Image.open(file) as shown:
                assert not set(shown.info) & {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp"}
            for word in (b"Witness", b"A phone", b"Exif", b"xmpmeta"):
                assert word not in content, rendition.file.name


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_no_screen_breaks_over_a_file_that_is_missing_or_damaged(editor: Client, harm: str) -> None:
    image = factories.SiteImageFactory()
    image.renditions.all().delete()
    if harm == "missing":
        default_storage.delete(image.file.name)
    else:
        with default_storage.open(image.file.name, "wb") as file:
            file.write(sent_files.cut_off(sent_files.noisy("JPEG")))
    screens = [
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages:delete", args=[image.pk]),
        reverse("wagtailimages:image_usage", args=[image.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:chosen", args=[image.pk]),
        reverse("wagtailimages_chooser:chosen_multiple") + f"?id={image.pk}",
        reverse("wagtailimages_chooser:select_format", args=[image.pk]),
        reverse("wagtailadmin_api:images:detail", args=[image.pk]),
        reverse("wagtailadmin_home"),
    ]
    for url in screens:
        assert editor.get(url).status_code == 200, url
    assert editor.get(reverse("wagtailimages:preview", args=[image.pk, "original"])).status_code == 403
    # Its file can be replaced.
    replace(editor, uploaded(picture(), "whole.jpg"))
    assert SiteImage.objects.get().get_rendition("max-165x165").file
