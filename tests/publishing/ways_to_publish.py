"""Every way to schedule and to publish, in the admin and in code.

Each takes the object and a client logged in as an Editor, and returns the object that it scheduled or published.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.models import Page, Revision, TaskState

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.organization.models import Alert
from site_core.publishing.editing.rebase import publish_and_rebase
from site_core.publishing.history.undo import undo
from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, post
from tests.publishing.review.review_admin import decide, person, press_in_editor
from tests.publishing.schedule.schedule_admin import change_url

FEBRUARY = datetime.fromisoformat("2027-02-01T09:00:00-05:00")
PUBLISH = {"action-publish": "1"}
IN_FEBRUARY = {"go_live_at_day": "2027-02-01", "go_live_at_hour": "09:00"}
NEWS_FIELDS = {"title": "Another", "slug": "another", "summary": "Words.", "date": "2018"}

Way = Callable[[Any, Client], Any]


def by_the_form(obj: Any, editor: Client) -> Any:
    assert post(editor, edit_url(obj), **IN_FEBRUARY, **PUBLISH).status_code == 302
    return obj


def by_the_form_of_what_is_public(obj: Any, editor: Client) -> Any:
    assert post(editor, edit_live_url(obj), **{words(obj): "New words"}, **IN_FEBRUARY, **PUBLISH).status_code == 302
    return obj


def by_the_form_of_an_earlier_version(obj: Any, editor: Client) -> Any:
    earlier = fresh(obj)
    earlier.live_revision_id = obj.revisions.order_by("created_at", "pk").first().pk
    assert (
        post(editor, edit_live_url(earlier), **{words(obj): "New words"}, **IN_FEBRUARY, **PUBLISH).status_code == 302
    )
    return obj


def by_the_revision(obj: Any, editor: Client) -> Any:
    save_draft(obj, "New words", FEBRUARY).publish()
    return obj


def by_an_old_revision(obj: Any, editor: Client) -> Any:
    """A revision from before the go-live. Its content says that nothing is public."""
    draft = obj.latest_revision
    draft.content["go_live_at"] = FEBRUARY.isoformat()
    draft.save()
    draft.publish()
    return obj


def by_the_model(obj: Any, editor: Client) -> Any:
    obj.publish(save_draft(obj, "New words", FEBRUARY))
    return obj


def by_the_registry(obj: Any, editor: Client) -> Any:
    """As Wagtail's API does, which looks up the action of every page type under Page."""
    model = Page if isinstance(obj, Page) else type(obj)
    action_registry.get_action_class(model, "publish")(save_draft(obj, "New words", FEBRUARY)).execute()
    return obj


def by_publish_and_carry(obj: Any, editor: Client) -> Any:
    publish_and_rebase(save_draft(obj, "New words", FEBRUARY), None)
    return obj


def by_a_reviewer(obj: Any, editor: Client) -> Any:
    decide(person(Role.EDITOR), in_review(obj, FEBRUARY), "approve")
    return obj


def by_approval_in_the_editor(obj: Any, editor: Client) -> Any:
    press_in_editor(person(Role.EDITOR), in_review(obj, FEBRUARY), "approve")
    return obj


def in_bulk(obj: Any, editor: Client) -> Any:
    save_draft(obj, "New words", FEBRUARY)
    publish_in_bulk(obj, editor)
    return obj


def for_one_time_in_bulk(obj: Any, editor: Client) -> Any:
    save_draft(obj, "New words")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "schedule"])
    typed = {"goes_live_day": IN_FEBRUARY["go_live_at_day"], "goes_live_hour": IN_FEBRUARY["go_live_at_hour"]}
    assert editor.post(f"{url}?id={obj.pk}", typed).status_code == 302
    return obj


WAYS_TO_SCHEDULE: list[Way] = [
    *(by_the_form, by_the_form_of_what_is_public, by_the_form_of_an_earlier_version),
    *(by_the_revision, by_an_old_revision, by_the_model, by_the_registry, by_publish_and_carry, by_a_reviewer),
]
WAYS_TO_SCHEDULE_A_PAGE: list[Way] = [by_approval_in_the_editor, in_bulk, for_one_time_in_bulk]


def of_a_new_page(item: Any, editor: Client) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", item.get_parent().pk])
    assert post(editor, url, **NEWS_FIELDS, **PUBLISH).status_code == 302
    return NewsItemPage.objects.get(slug="another")


def of_a_new_page_for_later(item: Any, editor: Client) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", item.get_parent().pk])
    assert post(editor, url, **NEWS_FIELDS, **IN_FEBRUARY, **PUBLISH).status_code == 302
    return NewsItemPage.objects.get(slug="another")


def of_a_new_snippet(item: Any, editor: Client) -> Any:
    url = reverse(Alert.snippet_viewset.get_url_name("add"))
    assert post(editor, url, text="New alert.", **PUBLISH).status_code == 302
    return Alert.objects.get(text="New alert.")


def of_a_snippet(item: Any, editor: Client) -> Any:
    alert = factories.AlertFactory(draft=True)
    assert post(editor, edit_url(alert), **PUBLISH).status_code == 302
    return alert


def of_a_page(item: Any, editor: Client) -> Any:
    assert post(editor, edit_url(item), **PUBLISH).status_code == 302
    return item


def of_what_is_public(item: Any, editor: Client) -> Any:
    assert post(editor, edit_live_url(item), title="Fixed", **PUBLISH).status_code == 302
    return item


def by_approval(item: Any, editor: Client) -> Any:
    press_in_editor(person(Role.EDITOR), in_review(item), "approve")
    return item


def by_the_bulk_action(item: Any, editor: Client) -> Any:
    publish_in_bulk(item, editor)
    return item


def by_the_schedule(item: Any, editor: Client) -> Any:
    """The schedule has a button that publishes at once."""
    revision = in_february(item)
    assert editor.post(change_url("go-live", revision.pk, "now")).status_code == 302
    return item


def by_the_command(item: Any, editor: Client) -> Any:
    Revision.objects.filter(pk=in_february(item).pk).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    return item


def by_undo(item: Any, editor: Client) -> Any:
    save_draft(item, "New words").publish()
    undo(fresh(item), person(Role.EDITOR))
    return item


WAYS_TO_PUBLISH: list[Way] = [
    *(of_a_new_page, of_a_new_page_for_later, of_a_new_snippet, of_a_snippet, of_a_page, of_what_is_public),
    *(by_approval, by_the_bulk_action, by_the_schedule, by_the_command, by_undo),
]


def words(obj: Any) -> str:
    return "title" if isinstance(obj, Page) else "outcome"


def save_draft(obj: Any, text: str, go_live_at: datetime | None = None, user: Any = None) -> Revision:
    draft = fresh(obj).get_latest_revision_as_object()
    setattr(draft, words(obj), text)
    draft.go_live_at = go_live_at
    saved: Revision = draft.save_revision(user=user)
    return saved


def fresh(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


def in_review(obj: Any, go_live_at: datetime | None = None) -> TaskState:
    """An author's draft in review."""
    author = person(Role.AUTHOR)
    save_draft(obj, "New words", go_live_at, user=author)
    draft = fresh(obj)
    draft.get_workflow().start(draft, author)
    state: TaskState = draft.current_workflow_task_state
    return state


def in_february(item: Any) -> Revision:
    revision = save_draft(item, "New words", FEBRUARY)
    revision.publish()
    return revision


def publish_in_bulk(item: Any, editor: Client) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert editor.post(f"{url}?id={item.pk}").status_code == 302
