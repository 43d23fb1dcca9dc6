"""Images and documents that visitors can see are not deleted, and an Author deletes only their own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.models import TextPage
from site_core.media.images import SiteImage
from site_core.publishing.history.views import history_of
from site_core.publishing.ledger.publications import Publication
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[factories.SiteImageFactory, factories.SiteDocumentFactory])
def media(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    return request.param(title="The example")


def body_with(media: Any) -> list[Any]:
    if isinstance(media, SiteImage):
        return [("picture", {"image": media, "caption": ""})]
    return [("documents", {"heading": "Guides", "documents": [media]})]


def page_with(media: Any, site_tree: factories.SiteTree, **fields: Any) -> TextPage:
    """A page that shows the image or offers the document."""
    page: TextPage = factories.TextPageFactory(
        parent=site_tree.home, title="Where it is shown", body=body_with(media), **fields
    )
    return page


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def urls_to_delete(media: Any) -> list[str]:
    """The URLs that delete one file, selected files of a list, and a file on the upload screen."""
    kind = "images" if isinstance(media, SiteImage) else "docs"
    options = media._meta
    in_bulk = reverse("wagtail_bulk_action", args=[options.app_label, options.model_name, "delete"])
    return [
        reverse(f"wagtail{kind}:delete", args=[media.pk]),
        f"{in_bulk}?id={media.pk}&next=/admin/",
        reverse(f"wagtail{kind}:delete_multiple", args=[media.pk]),
    ]


def deletes(user: Any, media: Any, url: str) -> bool:
    client_of(user).post(url)
    return not type(media).objects.filter(pk=media.pk).exists()


@pytest.mark.parametrize("which", [0, 1, 2])
def test_what_visitors_see_stays_wherever_somebody_deletes_it(
    media: Any, site_tree: factories.SiteTree, which: int
) -> None:
    page_with(media, site_tree)
    client = client_of(factories.UserFactory(role="Administrator"))
    content = client.post(urls_to_delete(media)[which], follow=True).content.decode()
    assert "“The example”</a> is in use, so it cannot be deleted yet" in content
    assert "Where it is shown" in content
    assert type(media).objects.filter(pk=media.pk).exists()


@pytest.mark.one_database
class TestAuthors:
    @pytest.mark.parametrize("which", [0, 1, 2])
    def test_an_author_deletes_their_own_alone(self, media: Any, which: int) -> None:
        author = factories.UserFactory(role="Author")
        url = urls_to_delete(media)[which]
        assert not deletes(author, media, url)
        type(media).objects.update(uploaded_by_user=author)
        assert deletes(author, media, url)

    def test_an_author_may_choose_and_add(self, media: Any) -> None:
        kind = "images" if isinstance(media, SiteImage) else "docs"
        client = client_of(factories.UserFactory(role="Author"))
        assert client.get(reverse(f"wagtail{kind}:add")).status_code == 200
        assert "The example" in client.get(reverse(f"wagtail{kind}_chooser:choose")).content.decode()


def test_the_history_names_media_that_were_deleted(media: Any, site_tree: factories.SiteTree) -> None:
    page = page_with(media, site_tree, summary="Words from that time.")
    row = Publication.objects.of(page).get()
    page.body = []
    page.save_revision().publish()
    media.delete()
    client = client_of(factories.UserFactory(role="Editor"))
    assert client.get(history_of(page)).status_code == 200
    content = client.get(reverse("publication", args=[row.pk])).content.decode()
    assert "no longer exists" in content
    assert "“The example”" in content
    look = client.get(reverse("publication_look", args=[row.pk]))
    assert look.status_code == 200
    assert "Words from that time." in look.content.decode()
