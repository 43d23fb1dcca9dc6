"""The view that serves pictures and nothing else."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """A media folder with one picture of each kind, a document and a file beside the folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in (
        "images/a.avif",
        "images/a.webp",
        "images/a.jpg",
        "images/A.JPEG",
        "images/a.html",
        "images/none",
        "original_images/a.png",
        "documents/a.pdf",
        "documents/a.png",
    ):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"content")
    (tmp_path / "a.png").write_bytes(b"beside")
    return Path(settings.MEDIA_ROOT)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("images/a.avif", "image/avif"),
        ("images/a.webp", "image/webp"),
        ("images/a.jpg", "image/jpeg"),
        ("images/A.JPEG", "image/jpeg"),
        ("original_images/a.png", "image/png"),
    ],
)
def test_a_picture_comes_with_its_type_and_cannot_run_anything(
    media: Path, client: Client, name: str, content_type: str
) -> None:
    response = client.get(f"/media/{name}")
    assert response.status_code == 200
    assert response.getvalue() == b"content"
    assert response["Content-Type"] == content_type
    assert response["Content-Length"] == "7"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]
    assert not response.cookies


def test_head_and_other_methods(media: Path, client: Client) -> None:
    response = client.head("/media/images/a.jpg")
    assert response.status_code == 200
    assert response["Content-Length"] == "7"
    assert client.post("/media/images/a.jpg").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "images/unknown.png",
        "images/a.html",
        "images/none",
        "images",
        "images/",
        "images/a.jpg/b.png",
        "documents/a.pdf",
        "documents/a.png",
        "a.png",
        ".",
        "..",
        "/",
        "//images/a.jpg",
        "/etc/passwd",
        "../a.png",
        "images/../documents/a.png",
        "images/../../a.png",
        "images/..%2f..%2fa.png",
        "images%2f..%2fdocuments%2fa.png",
        "images/a%00.png",
        f"images/{'a' * 300}.png",
    ],
)
def test_anything_else_is_not_found(media: Path, client: Client, name: str) -> None:
    (media / "images" / "folder.png").mkdir()
    assert client.get("/media/images/folder.png").status_code == 404
    assert client.get(f"/media/{name}").status_code == 404
