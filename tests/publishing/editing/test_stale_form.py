"""A form that was opened before somebody else saved overwrites nothing, and keeps what was typed into it."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, filled_in, filled_in_from, post, said, version_url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

ACTIONS = {
    "save": {},
    "publish": {"action-publish": "1"},
    "send for review": {"action-submit": "1"},
    "schedule": {"action-publish": "1", "go_live_at_day": "2099-01-07", "go_live_at_hour": "09:00"},
}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture
def colleague() -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role="Editor", first_name="Ann", last_name="Example"))
    return client


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    """A draft of a news item; a draft of an impact stat."""
    if request.param == "page":
        return factories.NewsItemPageFactory(
            parent=site_tree.news, title="Old words", summary="Old second", draft=True
        )
    return factories.ImpactStatFactory(outcome="Old words", population="Old second", draft=True)


def first(obj: Any) -> str:
    return "title" if isinstance(obj, Page) else "outcome"


def second(obj: Any) -> str:
    return "summary" if isinstance(obj, Page) else "population"


def newest(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk).get_latest_revision_as_object()


def autosave(client: Client, obj: Any, **typed: Any) -> Any:
    return post(client, edit_url(obj), accept="application/json", **typed).json()


@pytest.mark.parametrize("action", ACTIONS)
def test_what_both_changed_stands_side_by_side_and_nothing_is_saved(
    editor: Client, colleague: Client, obj: Any, action: str
) -> None:
    opened = filled_in(editor, edit_url(obj))
    form = opened | {first(obj): "My words"}
    colleague.post(edit_url(obj), opened | {first(obj): "Her words"})
    before = obj.revisions.count()

    response = editor.post(edit_url(obj), form | ACTIONS[action])

    assert response.status_code == 200
    assert "Nothing is saved yet. Ann Example saved a newer version" in said(response)
    (choice,) = response.context["newer_version"].choices
    assert ("Her words" in choice.fix, "My words" in choice.scheduled) == (True, True)
    assert response.context["has_unsaved_changes"]
    assert obj.revisions.count() == before
    assert getattr(newest(obj), first(obj)) == "Her words"
    assert not type(obj).objects.get(pk=obj.pk).live
    shown = filled_in_from(response.content.decode())
    assert shown[first(obj)] == "My words"
    # Who has seen both versions may save.
    assert editor.post(edit_url(obj), shown).status_code == 302
    assert getattr(newest(obj), first(obj)) == "My words"


@pytest.mark.parametrize("action", ACTIONS)
def test_what_only_the_other_person_changed_is_in_the_form(
    editor: Client, colleague: Client, obj: Any, action: str
) -> None:
    opened = filled_in(editor, edit_url(obj))
    form = opened | {first(obj): "My words"}
    colleague.post(edit_url(obj), opened | {second(obj): "Her second"})

    response = editor.post(edit_url(obj), form | ACTIONS[action])

    assert response.status_code == 200
    assert response.context["newer_version"].choices == []
    assert response.context["newer_version"].labels == ["Summary" if isinstance(obj, Page) else "Population"]
    shown = filled_in_from(response.content.decode())
    assert (shown[first(obj)].strip(), shown[second(obj)].strip()) == ("My words", "Her second")
    editor.post(edit_url(obj), shown)
    assert (getattr(newest(obj), first(obj)), getattr(newest(obj), second(obj))) == ("My words", "Her second")


def test_a_draft_that_autosave_has_written_over_is_newer(editor: Client, colleague: Client, obj: Any) -> None:
    """It has the number that the form was opened with, so what it said then is no longer known."""
    saved = autosave(colleague, obj, **{first(obj): "Her first words"})
    opened = filled_in(editor, edit_url(obj))
    form = opened | {first(obj): "My words"}
    again = {first(obj): "Her last words", "overwrite_revision_id": saved["revision_id"]}
    colleague.post(edit_url(obj), opened | again, headers={"accept": "application/json"})

    response = editor.post(edit_url(obj), form)

    assert response.status_code == 200
    assert "Her last words" in response.content.decode()
    assert filled_in_from(response.content.decode())[first(obj)] == "My words"
    assert getattr(newest(obj), first(obj)) == "Her last words"


def test_a_save_that_loses_nothing_asks_nothing(editor: Client, colleague: Client, obj: Any) -> None:
    opened = filled_in(editor, edit_url(obj))
    form = opened | {first(obj): "My words"}
    colleague.post(edit_url(obj), opened)
    assert editor.post(edit_url(obj), form).status_code == 302
    # Sent twice, as by a double click.
    assert editor.post(edit_url(obj), form).status_code == 302
    assert getattr(newest(obj), first(obj)) == "My words"


def test_after_autosave_a_save_by_hand_asks_nothing(editor: Client, obj: Any) -> None:
    form = filled_in(editor, edit_url(obj), **{first(obj): "My words"})
    saved = editor.post(edit_url(obj), form, headers={"accept": "application/json"}).json()
    form |= {f"loaded_{name}": saved[name] for name in ("revision_id", "revision_created_at")}
    assert editor.post(edit_url(obj), form | {first(obj): "My last words"}).status_code == 302
    assert getattr(newest(obj), first(obj)) == "My last words"


def test_the_same_person_in_another_window_is_asked_too(editor: Client, obj: Any) -> None:
    form = filled_in(editor, edit_url(obj), **{first(obj): "Words in one window"})
    post(editor, edit_url(obj), **{first(obj): "Words in another"})
    response = editor.post(edit_url(obj), form)
    assert "You saved a newer version" in said(response)
    assert getattr(newest(obj), first(obj)) == "Words in another"


def test_a_mistake_does_not_make_an_old_form_new(editor: Client, colleague: Client, obj: Any) -> None:
    opened = filled_in(editor, edit_url(obj))
    form = opened | {first(obj): "My words", "go_live_at_day": "tomorrow"}
    colleague.post(edit_url(obj), opened | {first(obj): "Her words"})
    refused = editor.post(edit_url(obj), form)
    assert refused.status_code == 200
    shown = filled_in_from(refused.content.decode(), go_live_at_day="")
    assert shown[first(obj)] == "My words"
    response = editor.post(edit_url(obj), shown)
    assert "Her words" in response.content.decode()
    assert getattr(newest(obj), first(obj)) == "Her words"


def test_dates_and_change_notes_are_compared_too(editor: Client, colleague: Client, site_tree: Any) -> None:
    page = factories.NewsItemPageFactory(parent=site_tree.news, title="Old words")
    form = filled_in(editor, edit_url(page), expire_at_day="2098-01-07", expire_at_hour="09:00")
    post(colleague, edit_url(page), change_note="Her note.")
    shown = filled_in_from(editor.post(edit_url(page), form).content.decode())
    assert (shown["expire_at_day"], shown["change_note"].strip()) == ("Jan. 7, 2098", "Her note.")


def test_a_row_that_the_other_person_removed_is_named(editor: Client, colleague: Client, site_tree: Any) -> None:
    stat = factories.EvidenceFactory(stat=factories.ImpactStatFactory(outcome="Old words")).stat
    form = filled_in(editor, edit_url(stat), outcome="My words")
    post(colleague, edit_url(stat), **{"evidence-0-DELETE": "1"})
    response = editor.post(edit_url(stat), form)
    assert response.context["newer_version"].labels == ["Evidence"]
    assert filled_in_from(response.content.decode())["evidence-TOTAL_FORMS"] == "0"


def test_what_was_scheduled_meanwhile_stays_scheduled(editor: Client, colleague: Client, obj: Any) -> None:
    """It was never public, so publishing something else would cancel it without a question."""
    opened = filled_in(editor, edit_url(obj))
    form = opened | {first(obj): "My words"} | ACTIONS["publish"]
    colleague.post(edit_url(obj), opened | {first(obj): "Her words"} | ACTIONS["schedule"])
    response = editor.post(edit_url(obj), form)
    assert response.status_code == 200
    assert "Her words" in response.content.decode()
    assert obj.revisions.get(approved_go_live_at__isnull=False).content[first(obj)] == "Her words"


def test_an_earlier_version_replaces_no_draft_that_was_saved_since(
    editor: Client, colleague: Client, obj: Any
) -> None:
    url = version_url(obj, obj.latest_revision_id)
    post(colleague, edit_url(obj), **{first(obj): "Seen words"})
    form = filled_in(editor, url)
    post(colleague, edit_url(obj), **{first(obj): "Unseen words"})
    response = editor.post(url, form)
    assert "a newer draft was saved after you opened this version" in said(response)
    assert getattr(newest(obj), first(obj)) == "Unseen words"
    assert editor.post(url, filled_in_from(response.content.decode())).status_code == 302
    assert getattr(newest(obj), first(obj)) == "Old words"


@pytest.fixture
def shown(obj: Any) -> Any:
    """It is public, and a draft beside it has other words."""
    obj.get_latest_revision().publish()
    obj = type(obj).objects.get(pk=obj.pk)
    draft = obj.get_latest_revision_as_object()
    setattr(draft, first(obj), "Draft words")
    draft.save_revision()
    return type(obj).objects.get(pk=obj.pk)


@pytest.mark.parametrize("action", ACTIONS)
def test_two_fixes_of_what_is_public_are_compared(editor: Client, colleague: Client, shown: Any, action: str) -> None:
    url = edit_live_url(shown)
    page = editor.get(url)
    sent_to, opened = page.context["action_url"], filled_in_from(page.content.decode())
    form = opened | {first(shown): "My words"}
    colleague.post(url, opened | {first(shown): "Her words", second(shown): "Her second"})
    before = shown.revisions.count()

    response = editor.post(sent_to, form | ACTIONS[action])

    assert response.status_code == 200
    assert "Nothing is saved yet. Ann Example saved a newer version" in said(response)
    (choice,) = response.context["newer_version"].choices
    assert ("Her words" in choice.fix, "My words" in choice.scheduled) == (True, True)
    assert shown.revisions.count() == before
    again = filled_in_from(response.content.decode())
    assert (again[first(shown)].strip(), again[second(shown)].strip()) == ("My words", "Her second")
    assert editor.post(response.context["action_url"], again).status_code == 302
    assert (getattr(newest(shown), first(shown)), getattr(newest(shown), second(shown))) == ("My words", "Her second")


@pytest.mark.parametrize("action", ACTIONS)
def test_a_fix_of_what_is_public_takes_nothing_from_a_newer_draft_of_something_else(
    editor: Client, colleague: Client, shown: Any, action: str
) -> None:
    url = edit_live_url(shown)
    form = filled_in(editor, url, **{first(shown): "My words"})
    post(colleague, edit_url(shown), **{second(shown): "Her second"})

    response = editor.post(url, form | ACTIONS[action])

    assert "a newer draft was saved after you opened this version" in said(response)
    assert getattr(newest(shown), second(shown)) == "Her second"
    again = filled_in_from(response.content.decode())
    assert (again[first(shown)].strip(), again[second(shown)].strip()) == ("My words", "Old second")
    assert editor.post(response.context["action_url"], again).status_code == 302
    assert getattr(newest(shown), first(shown)) == "My words"


def test_a_fix_that_is_sent_twice_asks_nothing(editor: Client, shown: Any) -> None:
    form = filled_in(editor, edit_live_url(shown), **{first(shown): "My words"})
    for _ in range(2):
        assert editor.post(edit_live_url(shown), form).status_code == 302
    assert getattr(newest(shown), first(shown)) == "My words"


def test_approving_from_an_old_edit_screen_approves_nothing(editor: Client, obj: Any) -> None:
    author = factories.UserFactory(role="Author")
    draft = newest(obj)
    setattr(draft, first(obj), "Submitted words")
    draft.save_revision(user=author)
    draft.get_workflow().start(draft, author)
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    form = filled_in(editor, edit_url(obj), **approve)
    draft = newest(obj)
    setattr(draft, first(obj), "Unseen words")
    draft.save_revision(user=author)

    response = editor.post(edit_url(obj), form)

    assert response.status_code == 200
    assert not type(obj).objects.get(pk=obj.pk).live
    assert filled_in_from(response.content.decode())[first(obj)] == "Unseen words"
