"""An upload that fails leaves neither a file nor a row."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from tests import factories
from tests.small_disk import fill, small_disk

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def noise() -> bytes:
    """A picture of half a megabyte."""
    picture = BytesIO()
    Image.effect_noise((800, 700), 90).save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture
def disk(settings: Any) -> Iterator[Path]:
    """A disk with room for less than the picture."""
    with small_disk(size="256k") as disk:
        settings.MEDIA_ROOT = disk
        yield disk


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and file.name != "full"]


@pytest.mark.parametrize("large", [False, True], ids=["in memory", "in a temporary file"])
def test_a_picture_that_the_disk_has_no_room_for(client: Client, disk: Path, settings: Any, large: bool) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000 if large else 10_000_000
    client.force_login(factories.UserFactory(role="Editor"))
    client.raise_request_exception = False
    file = SimpleUploadedFile("noise.png", noise(), "image/png")
    response = client.post(reverse("wagtailimages:add"), {"title": "Noise", "file": file, "tags": ""})
    assert response.status_code == 500
    assert files_in(disk) == []
    assert not SiteImage.objects.exists()
    assert not UploadedFile.objects.exists()


def test_a_document_that_the_disk_has_no_room_for(disk: Path) -> None:
    fill(disk)
    with pytest.raises(OSError, match="No space left"):
        SiteDocument.objects.create(title="A guide", file=ContentFile(b"%PDF-1.4 an example", "a-guide.pdf"))
    assert files_in(disk) == []


@pytest.mark.parametrize("model", [SiteImage, SiteDocument])
def test_a_row_that_the_database_refuses(settings: Any, tmp_path: Path, model: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(noise(), "noise.png")
    with pytest.raises(IntegrityError), transaction.atomic():
        model(title="Noise", file=file, collection_id=None).save()
    assert files_in(tmp_path) == []
    kept = model.objects.create(title="Noise", file=file)
    name = str(kept.file.name)
    kept.file = ContentFile(noise(), "other.png")
    kept.collection_id = None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()
    # Its own file stays.
    assert [file for file in files_in(tmp_path) if "other" in file.name] == []
    assert (tmp_path / name).exists()
