"""The name of a file does not pass for a description."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from site_core.media.alt_text import is_file_name
from site_core.media.images import SiteImage
from site_core.pages.content_checks.findings import content_issues
from site_core.pages.picture_blocks import DescribedImageBlock
from tests import factories
from tests.media.sent_files import picture, uploaded

NAMES = [
    ("vigil.jpg", "vigil.jpg"),
    ("Vigil", "vigil.jpg"),
    ("youth vigil 2019", "original_images/youth-vigil_2019.jpg"),
    ("youth_vigil_2019.JPG", "original_images/youth_vigil_2019_aBc12Xy.jpg"),
    ("Ü-Wagen", "original_images/U-Wagen.jpg"),
    ("another.png", "vigil.jpg"),
    ("IMG_1234", "vigil.jpg"),
    ("img 1234 (1)", "vigil.jpg"),
    ("DSC01234", "vigil.jpg"),
    ("DSC_0001.NEF.jpg", "vigil.jpg"),
    ("PXL_20240131_120000123.jpg", "vigil.jpg"),
    ("20240131_120000", "vigil.jpg"),
    ("Screenshot 2024-01-31 at 10.15.00 AM", "vigil.jpg"),
    ("WhatsApp Image 2024-01-31 at 10.15.00", "vigil.jpg"),
    ("image1", "vigil.jpg"),
]
DESCRIPTIONS = ["A vigil in a park", "911", "2019", "Room 12", "10/12/2024", "At 9 a.m.", "1-800-273-8255", "", "…"]


@pytest.mark.parametrize(("text", "file_name"), NAMES)
def test_a_name_of_a_file_is_recognized(text: str, file_name: str) -> None:
    assert is_file_name(text, file_name)


@pytest.mark.parametrize("text", DESCRIPTIONS)
def test_a_description_is_left_alone(text: str) -> None:
    assert not is_file_name(text, "original_images/photo_of_somebody.jpg")


@pytest.mark.django_db
@pytest.mark.one_database
class TestWhereItIsTyped:
    def test_the_block_refuses_it_but_not_in_a_draft(self) -> None:
        image = factories.SiteImageFactory(file=factories.drawn_picture(name="youth-vigil.jpg"))
        image.contextual_alt_text = "youth vigil"
        block = DescribedImageBlock()
        with pytest.raises(ValidationError) as refused:
            block.clean(image)
        sentence = refused.value.block_errors["alt_text"].messages[0]  # type: ignore[attr-defined]
        assert sentence.startswith("“youth vigil” is the name of the file.")
        block.is_deferred_validation = True
        assert block.clean(image) == image
        image.contextual_alt_text, image.decorative = "", True
        assert DescribedImageBlock().clean(image) == image

    def test_no_page_goes_public_with_it(self, site_tree: factories.SiteTree) -> None:
        image = factories.SiteImageFactory()
        for alt_text, is_described in (("IMG_1234", False), ("A vigil in a park", True)):
            image.contextual_alt_text = alt_text
            body = [("picture", {"image": image, "caption": ""})]
            page = factories.TextPageFactory(parent=site_tree.about, body=body, draft=True)
            messages = [issue.message for issue in content_issues(page)]
            assert ("Describe what the picture shows, or mark it as decoration." not in messages) == is_described

    def test_the_form_of_a_picture_refuses_it(self, client: Client) -> None:
        client.force_login(factories.UserFactory(role="Author"))
        typed = {"title": "x", "tags": "", "credit": "", "consent": "", "description": "IMG_1234.jpg"}
        file = uploaded(picture(), "IMG_1234.jpg")
        response = client.post(reverse("wagtailimages:add"), typed | {"file": file})
        assert "“IMG_1234.jpg” is the name of the file." in response.content.decode()
        assert not SiteImage.objects.exists()

    def test_the_admin_offers_no_name_of_a_file_as_alternative_text(self) -> None:
        image = factories.SiteImageFactory(title="IMG_1234")
        assert image.default_alt_text == ""
        # A long name is cut by the storage, so a title is never known to be more than a name.
        image.title = "Spokane vigil with candles final version"
        assert image.default_alt_text == ""
        image.description = "People with candles"
        assert image.default_alt_text == "People with candles"
