"""What visitors see is not deleted before something else is in its place. What only drafts use can be, once asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.admin.utils import quote
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry

from site_core.publishing.deletion.guard import CONFIRMED
from site_core.publishing.deletion.uses import uses_of
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.trash.trashing import move_to_trash
from tests import factories

pytestmark = pytest.mark.django_db
LATER = datetime(2037, 1, 7, 14, 0, tzinfo=UTC)
Tree = factories.SiteTree


def item_of(tree: Tree, **fields: Any) -> Any:
    return factories.NewsItemPageFactory(parent=tree.news, title="Where it is used", **fields)


def text_with(tree: Tree, body: list[Any], **fields: Any) -> Any:
    return factories.TextPageFactory(parent=tree.home, title="Where it is used", body=body, **fields)


def stat_with(study: Any, **fields: Any) -> Any:
    return factories.EvidenceFactory(study=study, stat=factories.ImpactStatFactory(**fields)).stat


E, M = "Editor", "Managing editor"
# For each kind: what makes one, what makes something that uses it, and the lowest role that deletes it.
KINDS: dict[str, tuple[Any, Callable[..., Any], str]] = {
    "publisher": (
        factories.PublisherFactory,
        lambda tree, one, **how: item_of(tree, publisher=one, **how),
        M,
    ),
    "place": (
        factories.PlaceTermFactory,
        lambda tree, one, **how: item_of(tree, places=[one], **how),
        M,
    ),
    "component": (
        factories.ComponentTermFactory,
        lambda tree, one, **how: item_of(tree, components=[one], **how),
        M,
    ),
    "term of a page": (
        factories.StrategyTermFactory,
        lambda tree, one, **how: factories.StrategyPageFactory(
            parent=tree.strategies, title="Where it is used", term=one, **how
        ),
        M,
    ),
    "place of a stat": (
        factories.PlaceTermFactory,
        lambda tree, one, **how: factories.ImpactStatFactory(place=one, **how),
        M,
    ),
    "picture": (
        factories.SiteImageFactory,
        lambda tree, one, **how: text_with(tree, [("picture", {"image": one, "caption": ""})], **how),
        E,
    ),
    "document": (
        factories.SiteDocumentFactory,
        lambda tree, one, **how: text_with(tree, [("documents", {"heading": "", "documents": [one]})], **how),
        E,
    ),
    "document in a text": (
        factories.SiteDocumentFactory,
        lambda tree, one, **how: text_with(
            tree, [("text", f'<p><a linktype="document" id="{one.pk}">The guide</a></p>')], **how
        ),
        E,
    ),
    "study": (factories.StudyFactory, lambda tree, one, **how: stat_with(one, **how), M),
    "stat": (
        factories.ImpactStatFactory,
        lambda tree, one, **how: item_of(tree, body=[("figures", {"heading": "", "figures": [one]})], **how),
        E,
    ),
}
ROLES = ["Author", E, M, "Administrator"]


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    return client


def url_of(obj: Any, *, in_bulk: bool = False) -> str:
    options = obj._meta
    if in_bulk:
        return f"{reverse('wagtail_bulk_action', args=[options.app_label, options.model_name, 'delete'])}?id={obj.pk}"
    spaces = {"siteimage": "wagtailimages", "sitedocument": "wagtaildocs"}
    space = spaces.get(options.model_name, f"wagtailsnippets_{options.app_label}_{options.model_name}")
    return reverse(f"{space}:delete", args=[quote(obj.pk)])


def exists(obj: Any) -> bool:
    return bool(type(obj)._base_manager.filter(pk=obj.pk).exists())


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def in_use_by(one: Any) -> list[Any]:
    return [use.user for use in uses_of(one)]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> tuple[Any, Callable[..., Any], str]:
    return KINDS[request.param]


@pytest.mark.parametrize("in_bulk", [False, True], ids=["one", "several"])
@pytest.mark.parametrize("name", ["publisher", "place", "picture", "document", "study", "stat"])
def test_what_nothing_uses_is_deleted_by_who_may(site_tree: Tree, name: str, in_bulk: bool) -> None:
    make, _, lowest = KINDS[name]
    one = make()
    for role in ROLES[: ROLES.index(lowest)]:
        client_of(role).post(url_of(one, in_bulk=in_bulk))
        assert exists(one)
    client_of(lowest).post(url_of(one, in_bulk=in_bulk))
    assert not exists(one)


def test_what_is_public_stays_and_the_screen_says_where(site_tree: Tree, kind: Any) -> None:
    make, use, lowest = kind
    one = make()
    user = use(site_tree, one)
    client = client_of(lowest)
    for url, confirmation in (
        (url_of(one), {}),
        (url_of(one), {CONFIRMED: "1"}),
        (url_of(one, in_bulk=True), {CONFIRMED: "1"}),
    ):
        response = client.post(url, confirmation)
        page = response.content.decode()
        assert response.status_code == 409
        assert "Nothing was deleted." in page
        assert f"/{user.pk}/" in page
        assert f"({user._meta.verbose_name}, public)" in page
    assert exists(one)


def test_what_only_a_draft_uses_is_deleted_once_asked_and_the_draft_says_what_it_misses(
    site_tree: Tree, kind: Any
) -> None:
    make, use, _ = kind
    one = make()
    user = use(site_tree, one, draft=True)
    client = client_of("Managing editor")
    for url in (url_of(one), url_of(one, in_bulk=True)):
        page = client.post(url).content.decode()
        assert f"({user._meta.verbose_name}, not public)" in page
        assert "Delete anyway" in page
        assert exists(one)
    client.post(url, {CONFIRMED: "1"})
    assert not exists(one)
    options = user._meta
    snippet = f"wagtailsnippets_{options.app_label}_{options.model_name}:edit"
    name = "wagtailadmin_pages:edit" if hasattr(user, "slug") and hasattr(user, "path") else snippet
    opened = client.get(reverse(name, args=[user.pk]))
    assert opened.status_code == 200
    said = " ".join(str(message) for message in get_messages(opened.wsgi_request))
    said += opened.content.decode()
    assert "This draft used something that has been deleted since" in said


def test_what_goes_live_later_keeps_what_it_uses(site_tree: Tree, kind: Any) -> None:
    make, use, _ = kind
    one = make()
    user = use(site_tree, one, draft=True).get_latest_revision_as_object()
    user.go_live_at = LATER
    user.save_revision().publish()
    response = client_of("Administrator").post(url_of(one), {CONFIRMED: "1"})
    assert "goes live Wed., Jan. 7, 2037" in response.content.decode()
    assert exists(one)


def test_a_newer_draft_of_something_public_is_a_use(site_tree: Tree) -> None:
    one = factories.PublisherFactory()
    item = item_of(site_tree)
    item.publisher = one
    item.save_revision()
    assert "(news item, not public)" in shown(client_of("Managing editor"), url_of(one))
    move_to_trash(item, None)
    assert "(news item, in the trash)" in shown(client_of("Managing editor"), url_of(one))


def replaced(client: Client, old: Any, new: Any) -> Any:
    return client.post(url_of(old), {"replacement": new.pk})


def test_replacing_changes_what_is_public_and_then_it_can_be_deleted(site_tree: Tree, kind: Any) -> None:
    make, use, _ = kind
    old, new = make(), make()
    user = use(site_tree, old)
    client = client_of("Managing editor")
    assert replaced(client, old, new).status_code == 302
    stored = type(user).objects.get(pk=user.pk)
    assert in_use_by(old) == []
    assert in_use_by(new) == [stored]
    assert not stored.has_unpublished_changes
    row = Publication.objects.of(stored).newest_first()[0]
    assert (row.cause, row.is_public, row.user_id) == (Cause.EDITED, True, int(client.session["_auth_user_id"]))
    said = [entry.message for entry in registry.get_logs_for_instance(stored)]
    assert f"Replaced the {old._meta.verbose_name} “{old}” with “{new}”" in said
    client.post(url_of(old))
    assert not exists(old)


def test_replacing_changes_drafts_and_what_is_scheduled_and_neither_goes_live(site_tree: Tree, kind: Any) -> None:
    make, use, _ = kind
    old, new = make(), make()
    user = use(site_tree, old)
    user.go_live_at = LATER
    scheduled = user.save_revision()
    scheduled.publish()
    user = type(user).objects.get(pk=user.pk)
    user.go_live_at = None
    newest = user.save_revision()
    replaced(client_of("Managing editor"), old, new)
    stored = type(user).objects.get(pk=user.pk)
    assert (stored.live, stored.latest_revision_id) == (True, newest.pk)
    scheduled.refresh_from_db()
    assert scheduled.approved_go_live_at == LATER
    assert in_use_by(old) == []
    uses = uses_of(new)
    assert [(use.user, use.is_public, use.goes_live_at) for use in uses] == [(stored, True, LATER)]


def test_a_tag_that_is_there_already_is_not_there_twice(site_tree: Tree) -> None:
    old, new = factories.PlaceTermFactory(), factories.PlaceTermFactory()
    item = item_of(site_tree, places=[old, new])
    replaced(client_of("Managing editor"), old, new)
    stored = type(item).objects.get(pk=item.pk)
    assert list(stored.places.all()) == [new]
    assert list(stored.get_latest_revision_as_object().places.all()) == [new]


def test_what_has_no_drafts_is_changed_too(site_tree: Tree) -> None:
    old, new = factories.PlaceTermFactory(), factories.PlaceTermFactory()
    smaller = factories.PlaceTermFactory(larger_place=old)
    assert "(place, public)" in shown(client_of("Managing editor"), url_of(old))
    replaced(client_of("Managing editor"), old, new)
    smaller.refresh_from_db()
    assert smaller.larger_place == new


def test_an_editor_replaces_no_picture_on_a_page_that_somebody_else_has_locked(site_tree: Tree) -> None:
    old, new = factories.SiteImageFactory(), factories.SiteImageFactory()
    page = text_with(site_tree, [("picture", {"image": old, "caption": ""})])
    page.locked, page.locked_by = True, factories.UserFactory(first_name="Ann", last_name="Lee")
    page.save()
    response = replaced(client_of("Editor"), old, new)
    assert "is locked by Ann Lee" in response.content.decode()
    assert in_use_by(old) == [page]


def test_an_author_reads_where_their_picture_is_and_replaces_nothing(site_tree: Tree) -> None:
    author = factories.UserFactory(role="Author")
    old, new = factories.SiteImageFactory(uploaded_by_user=author), factories.SiteImageFactory()
    page = text_with(site_tree, [("picture", {"image": old, "caption": ""})])
    client = Client()
    client.force_login(author)
    assert "Where it is used" in shown(client, url_of(old))
    replaced(client, old, new)
    assert in_use_by(old) == [page]


def test_only_one_of_the_same_kind_can_stand_in_its_place(site_tree: Tree) -> None:
    old, other = factories.PlaceTermFactory(), factories.StrategyTermFactory()
    archived = factories.PlaceTermFactory(archived=True)
    item = item_of(site_tree, places=[old])
    for wrong in (other.pk, archived.pk, old.pk, "", "x"):
        response = client_of("Managing editor").post(url_of(old), {"replacement": wrong})
        assert "Choose another place." in response.content.decode()
    assert in_use_by(old) == [item]
