"""What visitors see is changed by nobody who may not publish."""

from datetime import timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from site_core.accounts.models import User
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from tests import factories
from tests.media.sent_files import picture, uploaded
from tests.media.test_public_use import page_with

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Media = SiteImage | SiteDocument
NO = "“The example” is on a page that is public, in review or dated, and nobody would review a change."


@pytest.fixture
def author() -> User:
    user: User = factories.UserFactory(role="Author")
    return user


@pytest.fixture(params=[factories.SiteImageFactory, factories.SiteDocumentFactory])
def media(request: pytest.FixtureRequest, author: User) -> Any:
    return request.param(title="The example", uploaded_by_user=author)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def app_of(media: Media) -> str:
    return "wagtailimages" if isinstance(media, SiteImage) else "wagtaildocs"


def urls_to_edit(media: Media) -> list[str]:
    return [reverse(f"{app_of(media)}:{name}", args=[media.pk]) for name in ("edit", "edit_multiple")]


def typed_for(media: Media, prefix: str = "") -> dict[str, Any]:
    file = uploaded(picture(), "another.jpg") if isinstance(media, SiteImage) else uploaded(b"Other", "another.txt")
    typed = {"title": "Another", "tags": "", "description": "", "credit": "", "consent": "", "publisher": ""}
    return {f"{prefix}{name}": value for name, value in (typed | {"file": file}).items()}


def state_of(media: Media) -> dict[str, Any]:
    stored = type(media).objects.get(pk=media.pk)
    return model_to_dict(stored) | {"file": stored.file.name, "tags": [tag.name for tag in stored.tags.all()]}


def change_everywhere(client: Client, media: Media) -> list[Any]:
    """What each way to change it is answered: one file, the screen of several, and the actions on a list."""
    prefix = f"{'image' if isinstance(media, SiteImage) else 'doc'}-{media.pk}-"
    one, several = urls_to_edit(media)
    collection = Collection.get_first_root_node().add_child(name="Another")
    options = media._meta
    bulk = [
        reverse("wagtail_bulk_action", args=[options.app_label, options.model_name, action]) + f"?id={media.pk}"
        for action in ("add_tags", "add_to_collection", "delete")
    ]
    return [
        client.get(one),
        client.post(one, typed_for(media)),
        client.post(several, typed_for(media, prefix)),
        *(client.post(url, {"tags": "one, two", "collection": collection.pk}) for url in bulk),
        client.post(reverse(f"{app_of(media)}:delete", args=[media.pk])),
        client.post(reverse(f"{app_of(media)}:delete_multiple", args=[media.pk])),
    ]


def test_an_author_does_not_change_what_visitors_see(site_tree: factories.SiteTree, media: Any, author: User) -> None:
    page_with(site_tree, media, "document")
    before = state_of(media)
    answers = change_everywhere(client_of(author), media)
    assert state_of(media) == before
    for answer in answers[:3]:
        assert answer.status_code == 403
        assert NO in answer.content.decode()
    for answer in answers[-2:]:
        assert "is in use, so it cannot be deleted yet" in answer.content.decode()


@pytest.mark.parametrize("waits", ["for its date", "for approval"])
@pytest.mark.parametrize("is_live", [False, True], ids=["its first version", "an update"])
@pytest.mark.parametrize("shows_newer", [False, True])
def test_an_author_does_not_change_what_is_approved_for_a_date_or_in_review(
    site_tree: factories.SiteTree, media: Any, author: User, is_live: bool, waits: str, shows_newer: bool
) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, draft=not is_live)
    shown = media
    if shows_newer and isinstance(media, SiteDocument):
        shown = factories.SiteDocumentFactory(replaces=media)
    page.body = page_with(site_tree, shown, "document", draft=True).body
    if waits == "for its date":
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
    else:
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
    before = state_of(media)
    answers = change_everywhere(client_of(author), media)
    assert state_of(media) == before
    assert [answer.status_code for answer in answers[:3]] == [403] * 3


def test_an_author_changes_their_own_as_long_as_only_drafts_show_it(
    site_tree: factories.SiteTree, media: Any, author: User
) -> None:
    page = page_with(site_tree, media, "document")
    page.unpublish()
    assert client_of(author).post(urls_to_edit(media)[0], typed_for(media)).status_code == 302
    assert state_of(media)["title"] == "Another"


def test_an_editor_changes_it(site_tree: factories.SiteTree, media: Any) -> None:
    page_with(site_tree, media, "document")
    client = client_of(factories.UserFactory(role="Editor"))
    assert client.get(urls_to_edit(media)[0]).status_code == 200
    assert client.post(urls_to_edit(media)[0], typed_for(media)).status_code == 302
    assert state_of(media)["title"] == "Another"


class TestVersions:
    @pytest.fixture
    def listed(self, site_tree: factories.SiteTree) -> SiteDocument:
        document: SiteDocument = factories.SiteDocumentFactory(title="Listed")
        page_with(site_tree, document, "document")
        return document

    def versions_added_by(self, user: User, earlier: SiteDocument) -> list[str]:
        """The sentences that refuse a newer version: in a form for a new document, and in that of one of theirs."""
        client = client_of(user)
        own = factories.SiteDocumentFactory(uploaded_by_user=user)
        typed = {"title": "Newer", "tags": "", "publisher": "", "replaces": str(earlier.pk)}
        prefix = f"doc-{own.pk}-"
        answers = [
            client.post(reverse("wagtaildocs:add"), typed | {"file": uploaded(b"New", "new.txt")}),
            client.post(urls_to_edit(own)[0], typed),
            client.post(urls_to_edit(own)[1], {f"{prefix}{name}": value for name, value in typed.items()}),
        ]
        return [answer.content.decode() for answer in answers]

    def test_an_author_adds_no_newer_version_of_what_visitors_see(self, listed: SiteDocument, author: User) -> None:
        for content in self.versions_added_by(author, listed):
            assert "which would show this one without a review" in content
        assert not SiteDocument.objects.filter(replaces__isnull=False).exists()

    def test_an_editor_does(self, listed: SiteDocument) -> None:
        self.versions_added_by(factories.UserFactory(role="Editor"), listed)
        assert SiteDocument.objects.filter(replaces=listed).exists()

    def test_a_version_that_no_page_names_is_listed_as_well(self, listed: SiteDocument, author: User) -> None:
        newer = factories.SiteDocumentFactory(title="The example", replaces=listed, uploaded_by_user=author)
        before = state_of(newer)
        change_everywhere(client_of(author), newer)
        assert state_of(newer) == before
