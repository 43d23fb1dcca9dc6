"""What is approved is what was shown: nothing under review is overwritten, and newer words are not approved unseen."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision, TaskState

from site_core.accounts.roles import Role
from site_core.publishing.approval_rules import EDITED_MEANWHILE
from site_core.publishing.editing.bulk_publish import IN_REVIEW
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in_from, post
from tests.publishing.review.review_admin import client_of, decide, is_live, person, press_in_editor, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SHOWN, UNSEEN = "Words that were shown.", "Words that nobody saw."


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    """A draft. The people who may edit it in review are those who may approve it."""
    if request.param == "page":
        return factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    return factories.EvidenceFactory(stat=factories.ImpactStatFactory(draft=True, compared_on=date(2026, 11, 22))).stat


@pytest.fixture
def writer() -> Client:
    """An Editor who has sent something for review, and goes on typing in it."""
    return client_of(person(Role.EDITOR))


def field(obj: Any) -> str:
    return "summary" if isinstance(obj, Page) else "population"


def in_review(writer: Client, obj: Any) -> tuple[TaskState, Revision]:
    """Sent for review by the writer. Returns what the review is about, too."""
    post(writer, edit_url(obj), **{field(obj): SHOWN}, **{"action-submit": "1"})
    fresh = type(obj).objects.get(pk=obj.pk)
    return fresh.current_workflow_task_state, fresh.latest_revision


def type_on(writer: Client, obj: Any, over: Revision, words: str = UNSEEN) -> Revision:
    """Autosave sends more words, to write over a revision."""
    typed = {field(obj): words, "overwrite_revision_id": str(over.pk)}
    saved = post(writer, edit_url(obj), accept="application/json", **typed).json()
    assert saved["success"], saved
    return Revision.objects.get(pk=saved["revision_id"])


def action_url(obj: Any, action: str, state: TaskState) -> str:
    name = "wagtailadmin_pages:workflow_action"
    if not isinstance(obj, Page):
        name = type(obj).snippet_viewset.get_url_name("workflow_action")
    return reverse(name, args=[obj.pk, action, state.pk])


def test_autosave_leaves_what_is_under_review_as_it_is(writer: Client, obj: Any) -> None:
    _, submitted_revision = in_review(writer, obj)
    newer = type_on(writer, obj, over=submitted_revision)
    assert newer != submitted_revision
    submitted_revision.refresh_from_db()
    assert SHOWN in json.dumps(submitted_revision.content)


def test_the_review_approves_nothing_that_was_typed_after_it_was_opened(writer: Client, obj: Any) -> None:
    """The draft that is shown is one that autosave would write over."""
    state, first = in_review(writer, obj)
    shown = type_on(writer, obj, over=first, words="More words.")
    editor, url = client_of(person(Role.EDITOR)), reverse("review", args=[state.pk])
    page = editor.get(url).content.decode()
    assert f'name="revision" value="{shown.pk}"' in page
    assert type_on(writer, obj, over=shown) != shown

    response = editor.post(url, {"action": "approve", "revision": shown.pk}, follow=True)

    assert EDITED_MEANWHILE in response.content.decode()
    assert not is_live(obj)


@pytest.mark.parametrize("named", [True, False])
def test_nor_does_wagtails_own_url(writer: Client, obj: Any, named: bool) -> None:
    state, shown = in_review(writer, obj)
    type_on(writer, obj, over=shown)
    editor = client_of(person(Role.EDITOR))
    posted = {"revision": str(shown.pk)} if named else {}
    response = editor.post(action_url(obj, "approve", state), posted)
    assert response.status_code == 403
    assert EDITED_MEANWHILE in response.content.decode()
    assert not is_live(obj)


def test_wagtails_own_url_approves_what_was_submitted(writer: Client, obj: Any) -> None:
    state, shown = in_review(writer, obj)
    client_of(person(Role.EDITOR)).post(action_url(obj, "approve", state), {"comment": ""})
    assert type(obj).objects.get(pk=obj.pk).live_revision == shown


def test_what_was_approved_is_on_record_and_stays(writer: Client, obj: Any) -> None:
    """Also if it was edited in review, and if its schedule is canceled later."""
    state, first = in_review(writer, obj)
    approved = type_on(writer, obj, over=first)
    decide(person(Role.MANAGING_EDITOR), state, "approve")
    assert TaskState.objects.get(pk=state.pk).revision == approved
    type(obj).objects.get(pk=obj.pk).unpublish()
    assert type_on(writer, obj, over=approved, words="Later words.") != approved


def test_what_was_sent_back_stays_as_it_was(writer: Client, obj: Any) -> None:
    state, rejected = in_review(writer, obj)
    decide(person(Role.EDITOR), state, "reject", comment="Shorter, please.")
    assert type_on(writer, obj, over=rejected) != rejected


def test_nothing_in_review_is_published_in_bulk(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    submitted(item, person(Role.AUTHOR))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url = f"{bulk}?id={item.pk}&next={reverse('wagtailadmin_home')}"
    response = client_of(person(Role.MANAGING_EDITOR)).post(url, {"include_descendants": ""}, follow=True)
    assert IN_REVIEW in response.content.decode()
    assert not is_live(item)


class TestTakenBack:
    """By the author, whose form the review had locked."""

    @pytest.fixture
    def author(self, obj: Any) -> Client:
        author = person(Role.AUTHOR)
        draft = obj.get_latest_revision_as_object()
        if isinstance(obj, Page):
            Page.objects.filter(pk=obj.pk).update(owner=author)
        draft.save_revision(user=author)
        return client_of(author)

    def test_leads_to_a_new_form(self, author: Client, obj: Any) -> None:
        in_review(author, obj)
        form = filled_in_from(author.get(edit_url(obj)).content.decode(), **{"action-cancel-workflow": "1"})
        response = author.post(edit_url(obj), form)
        assert (response.status_code, response["Location"]) == (302, edit_url(obj))
        again = author.get(edit_url(obj))
        assert "is no longer in review" in again.content.decode()
        assert not again.context["has_unsaved_changes"]

    def test_a_second_time_saves_what_was_typed(self, author: Client, obj: Any) -> None:
        in_review(author, obj)
        form = filled_in_from(author.get(edit_url(obj)).content.decode(), **{"action-cancel-workflow": "1"})
        author.post(edit_url(obj), form)
        again = filled_in_from(author.get(edit_url(obj)).content.decode(), **{"action-cancel-workflow": "1"})
        response = author.post(edit_url(obj), again | {field(obj): "Typed on."})
        assert (response.status_code, response["Location"]) == (302, edit_url(obj))
        assert getattr(type(obj).objects.get(pk=obj.pk).get_latest_revision_as_object(), field(obj)) == "Typed on."


def test_nothing_is_approved_with_a_picture_that_was_changed_after_it_was_shown(
    site_tree: factories.SiteTree, writer: Client
) -> None:
    image = factories.SiteImageFactory(title="The picture")
    image.decorative = True
    page = factories.TextPageFactory(parent=site_tree.about, draft=True)
    page.body = [("picture", {"image": image, "caption": ""})]
    state = submitted(page, person(Role.AUTHOR))
    editor, url = person(Role.EDITOR), reverse("review", args=[state.pk])
    opened = client_of(editor).get(url)
    assert "Changed since it was sent for review" not in opened.content.decode()
    image.description = "Something else entirely"
    image.save()

    answers = [
        *(decide(editor, state, "approve", seen=seen) for seen in (opened.context["seen"], "-1", "x", "9" * 40)),
        decide(editor, state, "approve"),
        press_in_editor(editor, state, "approve"),
    ]

    for answer in answers:
        assert "“The picture”, which this shows, was changed after it was sent for review" in answer.content.decode()
    assert not is_live(page)
    shown = client_of(editor).get(url)
    assert "Changed since it was sent for review" in shown.content.decode()
    decide(editor, state, "approve", seen=shown.context["seen"])
    assert is_live(page)


def test_a_reviewer_may_add_a_picture_and_approve(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, draft=True)
    state = submitted(page, person(Role.AUTHOR))
    image = factories.SiteImageFactory()
    image.decorative = True
    page.body = [("picture", {"image": image, "caption": ""})]
    page.save_revision(user=person(Role.EDITOR))
    press_in_editor(person(Role.EDITOR), state, "approve")
    assert is_live(page)
