"""Uploads in a storage without local paths, such as a bucket."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage, default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from site_core.media.storage.bucket import MediaBucket
from site_core.settings import environment
from tests import factories

VARIABLES = {
    "MEDIA_BUCKET": "media",
    "MEDIA_ENDPOINT": "https://s3.example.org",
    "MEDIA_REGION": "us-east-1",
    "MEDIA_KEY": "key",
    "MEDIA_SECRET": "secret",
}


@deconstructible
class RemoteStorage(Storage):
    """Django's in-memory storage without its `path()`. All instances share one storage."""

    within = InMemoryStorage()

    def __init__(self) -> None:
        for name in ("_open", "_save", "delete", "exists", "size", "url"):
            setattr(self, name, getattr(self.within, name))


@pytest.fixture
def without_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteStorage, "within", InMemoryStorage())
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.{RemoteStorage.__name__}"}}


@pytest.fixture
def image(
    db: None, without_folder: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> SiteImage:
    with django_capture_on_commit_callbacks(execute=True):
        return factories.SiteImageFactory()


@pytest.fixture
def client(client: Client, db: None) -> Client:
    """An Author, who sees what no page shows yet."""
    client.force_login(factories.UserFactory(role="Author"))
    return client


def test_every_rendition_of_a_picture_is_made_and_served(image: SiteImage, client: Client) -> None:
    renditions = list(image.renditions.all())
    assert renditions
    original = reverse("original_picture", args=[image.pk])
    for url in (original, *(rendition.file.url for rendition in renditions)):
        response = client.get(url)
        assert (response.status_code, response["X-Content-Type-Options"]) == (200, "nosniff"), url
        assert len(response.getvalue()) == int(response["Content-Length"])


def test_a_missing_rendition_is_made_again(image: SiteImage, client: Client) -> None:
    first, second = image.renditions.all()[:2]
    for rendition in (first, second):
        default_storage.delete(rendition.file.name)
    assert client.get(first.file.url).status_code == 200
    call_command("prepare_pictures")
    assert default_storage.exists(second.file.name)


def test_deleting_a_picture_deletes_its_files(
    image: SiteImage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    names = [image.file.name, *(rendition.file.name for rendition in image.renditions.all())]
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert not any(default_storage.exists(name) for name in names)


def test_a_document_is_served_by_the_view_that_checks_permissions(
    db: None, without_folder: None, client: Client
) -> None:
    document = SiteDocument.objects.create(title="A guide", file=ContentFile(b"%PDF-1.4", "a-guide.pdf"))
    response = client.get(document.url)
    assert (response.status_code, response.getvalue()) == (200, b"%PDF-1.4")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_a_bucket_needs_all_its_variables_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.media()["BACKEND"] == "site_core.media.storage.folder.MediaFolder"
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    assert environment.media()["BACKEND"] == "site_core.media.storage.bucket.MediaBucket"
    for name in VARIABLES:
        with monkeypatch.context() as without:
            without.delenv(name)
            with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set: give it "):
                environment.media()


def test_a_file_in_a_bucket_has_a_url_of_the_site_and_overwrites_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    bucket = MediaBucket(**environment.media()["OPTIONS"])
    assert bucket.url("images/a picture.avif") == "/media/images/a%20picture.avif"
    assert (bucket.file_overwrite, bucket.default_acl) == (False, None)
    assert bucket.connection.meta.client.meta.endpoint_url == "https://s3.example.org"
