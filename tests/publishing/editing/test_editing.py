"""A save in the admin is atomic and locked, and reports what it did or why it failed."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision
from wagtail.signals import unpublished

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.organization.models import Alert
from site_core.pages.admin_views import PageEditView
from site_core.publishing.eastern import written_out
from site_core.publishing.ledger.recording import was_public
from site_core.publishing.publishable import lock_row
from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, filled_in, post, said

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE = datetime(2099, 1, 7, 9, 0, tzinfo=ZoneInfo("America/New_York"))
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    """A public news item; a public alert."""
    if request.param == "page":
        return factories.NewsItemPageFactory(parent=site_tree.news, title="Old words")
    return factories.AlertFactory(text="Old words")


@pytest.mark.parametrize("in_review", [False, True])
def test_opening_a_page_looks_for_its_review_twice_at_most(editor: Client, site_tree: Any, in_review: bool) -> None:
    page = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    if in_review:
        page.get_workflow().start(page, factories.UserFactory(role="Author"))
    with CaptureQueriesContext(connection) as queries:
        content = editor.get(edit_url(page)).content.decode()
    assert ('data-workflow-action-name="approve"' in content) == in_review
    assert sum('FROM "wagtailcore_workflowstate"' in query["sql"] for query in queries) <= 2


def words_of(obj: Any) -> str:
    """The headline, or the sentence, that is public."""
    obj.refresh_from_db()
    return str(obj.title if isinstance(obj, Page) else obj.text)


AT_NINE = {"go_live_at_day": "2099-01-07", "go_live_at_hour": "09:00"}
AT_ONCE = {"go_live_at_day": "", "go_live_at_hour": ""}


def typed(obj: Any, words: str, when: dict[str, str] = AT_ONCE) -> dict[str, str]:
    return {"title" if isinstance(obj, Page) else "text": words, **when}


def schedule(obj: Any, words: str = "New words", at: datetime = NINE) -> Revision:
    """An update that goes live later."""
    newer = obj.get_latest_revision_as_object()
    setattr(newer, "title" if isinstance(obj, Page) else "text", words)
    newer.go_live_at = at
    newer.save_revision().publish()
    return obj.revisions.get(approved_go_live_at__isnull=False)


def fails_to_publish(monkeypatch: pytest.MonkeyPatch, obj: Any, error: Exception) -> None:
    """Saving the object fails after its form was valid."""
    real = type(obj).save

    def save(self: Any, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("update_fields"):
            raise error
        real(self, *args, **kwargs)

    monkeypatch.setattr(type(obj), "save", save)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValidationError({"go_live_at": "Not at that hour."}), "Not at that hour."),
        (ValidationError("The words contradict each other."), "The words contradict each other."),
        (ValidationError({"owner": "Nobody owns it."}), "Owner: Nobody owns it."),
        (Page.DoesNotExist("gone"), "may have been removed in the meantime"),
    ],
)
def test_what_cannot_be_published_changes_nothing_and_keeps_what_was_typed(
    editor: Client, obj: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    # Not public before, so publishing it now would cancel the schedule without a question.
    obj.unpublish()
    scheduled = schedule(obj)
    before = obj.revisions.count()
    url = edit_url(obj)
    form = filled_in(editor, url, **typed(obj, "Typed words"), **PUBLISH)
    fails_to_publish(monkeypatch, obj, error)

    response = editor.post(url, form)

    assert response.status_code == 200
    assert "Typed words" in response.content.decode()
    assert sentence in response.content.decode()
    assert response.context["has_unsaved_changes"]
    scheduled.refresh_from_db()
    assert scheduled.approved_go_live_at == NINE
    assert obj.revisions.count() == before
    assert not type(obj).objects.get(pk=obj.pk).live


def test_a_child_added_while_its_parent_is_published_is_still_counted(
    editor: Client, site_tree: factories.SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row is read again, under the lock, if anything was added since it was read to check the form."""
    news = site_tree.news
    form = filled_in(editor, edit_url(news), **PUBLISH)
    order: list[str] = []
    read = EditView.dispatch

    def locking(obj: Any) -> None:
        order.append("locked")
        lock_row(obj)

    def reading(self: Any, *args: Any, **kwargs: Any) -> Any:
        order.append("read")
        return read(self, *args, **kwargs)

    def adding(self: Any, form: Any) -> None:
        if order == ["read"]:
            factories.NewsItemPageFactory(parent=type(news).objects.get(pk=news.pk))

    monkeypatch.setattr("site_core.publishing.editing.atomic_save.lock_row", locking)
    monkeypatch.setattr(EditView, "dispatch", reading)
    monkeypatch.setattr(PageEditView, "check_content", adding)
    assert editor.post(edit_url(news), form).status_code == 302
    assert order == ["read", "locked", "locked", "read"]
    factories.NewsItemPageFactory(parent=type(news).objects.get(pk=news.pk))
    assert not any(Page.find_problems())


def test_publishing_says_what_is_scheduled_and_until_when(editor: Client, obj: Any) -> None:
    response = post(editor, edit_url(obj), **typed(obj, "New words", AT_NINE), **PUBLISH)
    assert response.status_code == 302
    assert "scheduled for Wed., Jan. 7, 2099, 9:00 a.m. ET" in said(editor.get(response["Location"]))
    assert words_of(obj) == "Old words"


def test_scheduling_anew_says_what_became_of_the_former_schedule(editor: Client, obj: Any) -> None:
    schedule(obj, at=NINE + timedelta(days=1))
    response = post(editor, edit_url(obj), **typed(obj, "Newer words", AT_NINE), **PUBLISH)
    sentence = said(editor.get(response["Location"]))
    assert "This replaces what was scheduled for Thu., Jan. 8, 2099" in sentence
    assert [one.approved_go_live_at for one in obj.revisions.exclude(approved_go_live_at=None)] == [NINE]


def test_the_edit_screen_says_that_it_shows_a_scheduled_update(editor: Client, obj: Any) -> None:
    schedule(obj)
    obj.refresh_from_db()
    response = editor.get(edit_url(obj))
    content = response.content.decode()
    assert f"An update is scheduled for {written_out(NINE)}." in content
    assert "What you see and edit here is that update." in content
    assert f'<a href="{edit_live_url(obj)}">Fix what is public now</a>' in content


def test_fixing_what_is_public_shows_just_that_and_says_so(editor: Client, obj: Any) -> None:
    schedule(obj)
    obj.refresh_from_db()
    content = editor.get(edit_live_url(obj)).content.decode()
    assert "You see and edit what is public now." in content
    assert "previous version" not in content
    assert "Old words" in content


def test_an_earlier_version_is_still_called_one(editor: Client, obj: Any) -> None:
    earlier = obj.live_revision
    obj.save_revision().publish()
    obj.refresh_from_db()
    obj.live_revision_id = earlier.pk
    assert "previous version" in editor.get(edit_live_url(obj)).content.decode()


def test_an_autosave_after_an_approval_makes_a_new_draft(client: Client, obj: Any) -> None:
    """A tab is left open while its draft is approved and published. Autosave then still names that revision."""
    author = factories.UserFactory(role="Editor")
    client.force_login(author)
    first = post(client, edit_url(obj), accept="application/json", **typed(obj, "Draft words")).json()
    approved = Revision.objects.get(pk=first["revision_id"])
    approved.publish()

    answer = post(
        client,
        edit_url(obj),
        accept="application/json",
        **typed(obj, "Later words"),
        overwrite_revision_id=str(approved.pk),
    ).json()

    assert answer["success"]
    assert answer["revision_id"] != approved.pk
    approved.refresh_from_db()
    assert "Draft words" in json.dumps(approved.content)
    assert words_of(obj) == "Draft words"
    again = post(
        client,
        edit_url(obj),
        accept="application/json",
        **typed(obj, "Last words"),
        overwrite_revision_id=str(answer["revision_id"]),
    ).json()
    assert again["success"]
    assert again["revision_id"] == answer["revision_id"]


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move", "revert_to_page_revision", "copy"])
def test_no_page_is_changed_through_the_api_of_the_admin(site_tree: factories.SiteTree, action: str) -> None:
    client = Client()
    client.force_login(factories.UserFactory(role="Administrator"))
    url = reverse("wagtailadmin_api:pages:action", args=[site_tree.news.pk, action])
    assert client.post(url, {}, content_type="application/json").status_code == 404
    assert client.get(reverse("wagtailadmin_api:pages:listing")).status_code == 200


def test_a_new_page_and_a_new_snippet_say_what_is_scheduled(editor: Client, site_tree: factories.SiteTree) -> None:
    add = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    fields = {"title": "New item", "slug": "new-item", "summary": "Words.", "date": "2018", **AT_NINE}
    response = post(editor, add, **fields, **PUBLISH)
    assert "scheduled for Wed., Jan. 7, 2099" in said(editor.get(response["Location"]))
    assert not NewsItemPage.objects.get(title="New item").live

    add = reverse(Alert.snippet_viewset.get_url_name("add"))
    response = post(editor, add, text="New alert.", **AT_NINE, **PUBLISH)
    assert "scheduled for Wed., Jan. 7, 2099" in said(editor.get(response["Location"]))


def test_a_new_page_that_cannot_be_published_leaves_nothing_behind(
    editor: Client, site_tree: factories.SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(self: Any, *args: Any, **kwargs: Any) -> None:
        raise ValidationError("Not today.")

    monkeypatch.setattr(NewsItemPage, "publish", publish)
    add = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    fields = {"title": "New item", "slug": "new-item", "summary": "Words.", "date": "2018"}
    response = post(editor, add, **fields, **PUBLISH)
    assert response.status_code == 200
    assert "Not today." in response.content.decode()
    assert not NewsItemPage.objects.exists()
    assert not any(Page.find_problems())


def test_a_stat_that_is_fixed_keeps_its_place_in_the_list(editor: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.EvidenceFactory(stat__compared_on=date(2026, 11, 22)).stat
    response = post(editor, edit_live_url(stat), outcome="other incidents", **PUBLISH)
    assert response.status_code == 302
    fixed = ImpactStat.objects.get(pk=stat.pk)
    assert fixed.outcome == "other incidents"
    assert fixed.evidence.count() == 1
    assert fixed.live_revision.created_at <= timezone.now()


def test_taking_down_that_fails_leaves_all_as_it_was(editor: Client, obj: Any) -> None:
    def fail(**kwargs: Any) -> None:
        raise ZeroDivisionError

    url = edit_url(obj).replace("edit", "unpublish")
    unpublished.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            editor.post(url)
    finally:
        unpublished.disconnect(fail)
    assert type(obj).objects.get(pk=obj.pk).live
    assert was_public(obj)
    editor.post(url)
    assert not type(obj).objects.get(pk=obj.pk).live
