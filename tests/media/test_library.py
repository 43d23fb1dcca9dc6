"""The list of pictures finds them by shape, people and use, also while it is searched."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from site_core.media.images import SiteImage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def library(client: Client) -> Client:
    """The list as an Editor sees it, with four pictures."""
    for title, size, fields in (
        ("Wide meeting", (30, 20), {"shows_people": True, "consent": "Both, in writing."}),
        ("Tall meeting", (20, 30), {"shows_people": True}),
        ("Square meeting", (20, 20), {}),
        ("Used meeting", (30, 20), {}),
    ):
        factories.SiteImageFactory(title=title, **fields)
        SiteImage.objects.filter(title=title).update(width=size[0], height=size[1])
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def shown(client: Client, **query: str) -> set[str]:
    response = client.get(reverse("wagtailimages:index_results"), query)
    assert response.status_code == 200
    return {image.title.removesuffix(" meeting") for image in response.context["images"]}


@pytest.mark.parametrize(
    ("key", "value", "titles"),
    [
        ("orientation", "wide", {"Wide", "Used"}),
        ("orientation", "tall", {"Tall"}),
        ("orientation", "square", {"Square"}),
        ("people", "shown", {"Wide", "Tall"}),
        ("people", "unrecorded", {"Tall"}),
        ("people", "none", {"Square", "Used"}),
    ],
)
@pytest.mark.parametrize("searched", [{}, {"q": "meeting"}], ids=["listed", "searched"])
def test_pictures_are_found_by_what_is_known_of_them(
    library: Client, key: str, value: str, titles: set[str], searched: dict[str, str]
) -> None:
    assert shown(library, **{key: value}, **searched) == titles


@pytest.mark.parametrize("searched", [{}, {"q": "meeting"}], ids=["listed", "searched"])
def test_pictures_that_nothing_shows_are_found(
    library: Client, site_tree: factories.SiteTree, searched: dict[str, str]
) -> None:
    image = SiteImage.objects.get(title="Used meeting")
    value = {"image": {"image": image.pk, "alt_text": "A meeting.", "decorative": False}}
    page = factories.TextPageFactory(parent=site_tree.home, body=[])
    page.body = [("picture", page.body.stream_block.child_blocks["picture"].to_python(value))]
    page.save()
    ReferenceIndex.create_or_update_for_object(page)
    assert shown(library, used="no", **searched) == {"Wide", "Tall", "Square"}
    assert shown(library, used="yes", **searched) == {"Used"}


def test_the_upload_of_several_offers_what_they_share(library: Client) -> None:
    html = library.get(reverse("wagtailimages:add_multiple")).content.decode()
    assert "data-shared-details" in html
    assert "media/shared_details.js" in html
