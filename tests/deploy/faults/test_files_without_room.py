"""A full disk: a social card is served, and an upload leaves nothing. A picture that is gone: a line of the log."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.deploy.admin import Admin
from tests.deploy.faults.witness import NewWitness
from tests.deploy.running_deployment import APPS, Deployment
from tests.small_disk import fill, small_disk

# Whose card nobody has asked for.
PATH = "/places/pittsburgh/"
COUNT = """
from wagtail.models import UploadedFile
from site_core.media.models import SiteImage
print(SiteImage.objects.count(), UploadedFile.objects.count())
"""
MAKE_PAGE = """
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image
from home.models import HomePage, TextPage
from site_core.media.models import SiteImage
picture = BytesIO()
Image.new("RGB", (600, 400), "teal").save(picture, "PNG")
image = SiteImage.objects.create(title="Gone", file=ContentFile(picture.getvalue(), "gone.png"))
image.file.storage.delete(image.file.name)
image.renditions.all().delete()
page = TextPage(title="Without its picture", slug="without-its-picture", summary="An example.", body=[
    ("picture", {"image": image, "caption": ""})
])
HomePage.objects.get().add_child(instance=page)
page.save_revision().publish()
print(image.pk)
"""


def noise() -> bytes:
    """A picture of half a megabyte."""
    picture = BytesIO()
    Image.effect_noise((800, 700), 90).save(picture, "PNG")
    return picture.getvalue()


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and file.name != "full"]


def warnings_of(deployment: Deployment, words: str) -> list[dict[str, str]]:
    """The lines in the logs of both web processes whose message has the words."""
    lines = [json.loads(line) for app in APPS for line in deployment.log_of(f"app-{app}").splitlines()]
    return [line for line in lines if words in line["message"]]


@pytest.fixture
def full(deployment: Deployment) -> Iterator[tuple[Path, Path]]:
    """The folders of social cards and of uploads: no byte is free for the former, and little room for the latter."""
    cards, media = (deployment.states[1] / name for name in ("cards", "media"))
    for folder in (cards, media):
        folder.mkdir(exist_ok=True)
    with small_disk(cards), small_disk(media, size="256k"):
        fill(cards)
        yield cards, media


def test_a_full_disk_costs_no_card_and_keeps_no_half_of_an_upload(
    deployment: Deployment, full: tuple[Path, Path], new_witness: NewWitness
) -> None:
    witness = new_witness("the disk is full")
    cards, media = full
    admin, before = Admin(deployment), deployment.shell(COUNT)
    found = re.search(r'property="og:image" content="([^"]+)"', deployment.get(PATH).text)
    assert found
    card = found[1].removeprefix(deployment.address)
    answers = [deployment.get(card, via) for via in (*APPS, "nginx")]
    file = SimpleUploadedFile("noise.png", noise(), "image/png")
    refused = admin.upload("/admin/images/add/", {"title": "Noise", "file": file, "tags": ""})
    witness.visitors_get(*answers)
    witness.editors_get(refused)
    left = [*files_in(cards), *files_in(media)]
    witness.editors(f"files left of upload and card: {len(left)}")
    witness.signals(deployment)
    lines = warnings_of(deployment, "A social card cannot be kept")
    witness.signal(f"lines in the log: {len(lines)}")
    for answer in answers:
        assert (answer.status, Image.open(BytesIO(answer.body)).format) == (200, "PNG")
    assert refused.status == 500
    assert left == []
    assert deployment.shell(COUNT) == before
    assert lines


def test_a_picture_whose_files_are_gone_costs_a_line_of_the_log(
    deployment: Deployment, new_witness: NewWitness
) -> None:
    witness = new_witness("the files of a picture are gone")
    picture = deployment.shell(MAKE_PAGE).split()[-1]
    answers = [deployment.get("/without-its-picture/", via) for via in (*APPS, "nginx")]
    witness.visitors_get(*answers)
    witness.editors_get(Admin(deployment).get("/admin/"))
    lines = warnings_of(deployment, f"Picture {picture} cannot be shown")
    witness.signal(f"lines in the log: {len(lines)}")
    assert {answer.status for answer in answers} == {200}
    assert "Without its picture" in answers[0].text
    assert lines
    assert all("exception" not in line for line in lines)
