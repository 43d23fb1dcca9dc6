"""The view that serves renditions and nothing else."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from site_core.media.images import SiteImage, SiteRendition
from tests import factories

pytestmark = pytest.mark.one_database


NAMES = ("1.a.avif", "1.a.webp", "1.a.jpg", "1.A.JPEG")


@pytest.fixture
def media(settings: Settings, tmp_path: Path, db: None) -> Path:
    """A media folder with one rendition of each kind, a document and a file beside the folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    recorded = [f"images/{name}" for name in NAMES]
    for name in (*recorded, "images/1.a.html", "images/1.none", "original_images/1.a.png", "documents/1.a.png"):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"content")
    (tmp_path / "1.a.png").write_bytes(b"beside")
    image = SiteImage(pk=1, title="A", file="original_images/1.a.png", width=1, height=1)
    SiteImage.objects.bulk_create([image])
    renditions = [
        SiteRendition(image=image, filter_spec=name, file=name, width=1, height=1)
        for name in (*recorded, "images/1.a.html", "images/1.gone.jpg")
    ]
    SiteRendition.objects.bulk_create(renditions)
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Author"))
    return client


@pytest.mark.parametrize(
    ("name", "content_type"), list(zip(NAMES, ("image/avif", "image/webp", "image/jpeg", "image/jpeg"), strict=True))
)
def test_a_picture_comes_with_its_type_and_cannot_run_anything(
    media: Path, staff: Client, name: str, content_type: str
) -> None:
    response = staff.get(f"/media/images/{name}")
    assert response.status_code == 200
    assert response.getvalue() == b"content"
    assert response["Content-Type"] == content_type
    assert response["Content-Length"] == "7"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]
    assert not response.cookies


def test_the_picture_of_a_person_is_shown_in_the_admin_alone(media: Path, staff: Client) -> None:
    (media / "avatar_images").mkdir()
    (media / "avatar_images" / "a.png").write_bytes(b"content")
    assert staff.get("/media/avatar_images/a.png").status_code == 200
    assert Client().get("/media/avatar_images/a.png").status_code == 404


def test_head_and_other_methods(media: Path, staff: Client) -> None:
    response = staff.head("/media/images/1.a.jpg")
    assert response.status_code == 200
    assert response["Content-Length"] == "7"
    assert staff.post("/media/images/1.a.jpg").status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "images/1.unknown.png",
        "images/1.gone.jpg",
        "images/1.a.html",
        "images/1.none",
        "images/2.a.jpg",
        "images/a.jpg",
        "images",
        "images/",
        "images/1.a.jpg/1.b.png",
        "original_images/1.a.png",
        "documents/1.a.png",
        "1.a.png",
        ".",
        "..",
        "/",
        "//images/1.a.jpg",
        "/etc/passwd",
        "../1.a.png",
        "images/../documents/1.a.png",
        "images/../../1.a.png",
        "images/..%2f..%2f1.a.png",
        "images%2f..%2fdocuments%2f1.a.png",
        "images/1.a%00.png",
        "images/99999999999999999999.a.png",
        f"images/1.{'a' * 300}.png",
    ],
)
def test_anything_else_is_not_found(media: Path, staff: Client, name: str) -> None:
    assert staff.get(f"/media/{name}").status_code == 404
