"""No picture without a description: wherever one can be chosen, it is described or marked as decoration."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import TextPage
from site_core.media.images import SiteImage, SiteRendition
from site_core.pages.picture_blocks import DescribedImageBlock
from tests import factories

MODELS = [model for model in apps.get_models() if not model._meta.proxy]
# The alternative text, whether the picture is decoration, and whether that may be published.
DESCRIPTIONS = {
    "nothing": ("", "", False),
    "spaces": ("  ", "", False),
    "a description": ("What it shows.", "", True),
    "decoration": ("", "on", True),
}


def blocks_within(block: Block) -> Iterator[Block]:
    """A block and all inside it, down to the one that describes a picture."""
    yield block
    inner: list[Block] = []
    if isinstance(block, ListBlock):
        inner = [block.child_block]
    elif isinstance(block, StructBlock | StreamBlock) and not isinstance(block, ImageBlock):
        inner = list(block.child_blocks.values())
    for child in inner:
        yield from blocks_within(child)


def every_block() -> Iterator[Block]:
    for model in MODELS:
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                yield from blocks_within(field.stream_block)


def test_blocks_that_choose_a_picture_ask_for_its_description() -> None:
    blocks = list(every_block())
    assert [block for block in blocks if isinstance(block, DescribedImageBlock)]
    undescribed = [
        block
        for block in blocks
        if isinstance(block, ImageChooserBlock | ImageBlock) and not isinstance(block, DescribedImageBlock)
    ]
    assert undescribed == []


def test_no_field_chooses_a_picture_without_one() -> None:
    fields = [field for model in MODELS for field in model._meta.local_fields if field.related_model is SiteImage]
    assert [field for field in fields if field.model is not SiteRendition] == []


def test_no_text_takes_pictures() -> None:
    features: list[Any] = [block.features for block in every_block() if isinstance(block, RichTextBlock)]
    features += [
        field.features for model in MODELS for field in model._meta.local_fields if isinstance(field, RichTextField)
    ]
    assert features
    assert [one for one in features if one is None or {"image", "embed"} & set(one)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("description", DESCRIPTIONS)
@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "published"])
def test_a_picture_is_published_only_with_a_description(
    client: Client, site_tree: factories.SiteTree, description: str, is_draft: bool
) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    alt_text, decorative, may_be_published = DESCRIPTIONS[description]
    image = {"image": str(factories.SiteImageFactory().pk), "alt_text": alt_text, "decorative": decorative}
    typed = {
        "title": "With a picture",
        "slug": "with-a-picture",
        "summary": "An invented page.",
        "body": streamfield([("picture", {"image": image, "caption": ""})]),
    }
    address = reverse("wagtailadmin_pages:add", args=["home", "textpage", site_tree.home.pk])
    response = client.post(address, nested_form_data(typed | ({} if is_draft else {"action-publish": "1"})))
    page = TextPage.objects.filter(slug="with-a-picture").first()
    if is_draft or may_be_published:
        assert response.status_code == 302
        assert page
        assert page.live is not is_draft
        return
    assert page is None
    [block_error] = response.context["form"].errors["body"].as_data()
    picture_error = block_error.block_errors[0].block_errors["image"]
    [sentence] = picture_error.block_errors["alt_text"].messages
    assert sentence == "Please add some alt text for your image or mark it as decorative"


@pytest.mark.django_db
def test_a_picture_pasted_into_a_text_is_dropped(client: Client, site_tree: factories.SiteTree) -> None:
    """The admin's editor posts its own notation, in which somebody could still put a picture."""
    text = next(block for block in every_block() if isinstance(block, RichTextBlock))
    pasted = (
        '{"blocks": [{"key": "a", "type": "atomic", "text": " ", "depth": 0, "inlineStyleRanges": [], "entityRanges":'
        ' [{"offset": 0, "length": 1, "key": 0}]}], "entityMap": {"0": {"type": "IMAGE", "mutability": "IMMUTABLE",'
        ' "data": {"id": 1, "alt": "", "format": "fullwidth", "src": "x.png"}}}}'
    )
    value = text.value_from_datadict({"text": pasted}, {}, "text")
    assert "embed" not in value.source
    assert "img" not in value.source
