"""Reviews as people at the desk meet them."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from impact.models import ImpactStat
from site_core.accounts.roles import Role
from tests import factories


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(role: Role) -> Any:
    return factories.UserFactory(role=role.value)


def submitted(thing: Any, by: Any, last_edit_by: Any = None) -> TaskState:
    """An object in review: submitted by one person, edited last by the same or by another."""
    write(thing, by)
    thing.get_workflow().start(thing, by)
    if last_edit_by:
        write(thing, last_edit_by)
    state: TaskState = thing.current_workflow_task_state
    return state


def write(thing: Any, by: Any) -> None:
    """Save a draft with other words in it."""
    field = "scope" if isinstance(thing, ImpactStat) else "summary"
    setattr(thing, field, f"Written by {by.email}.")
    thing.save_revision(user=by)


def decide(user: Any, state: TaskState, action: str, **typed: Any) -> Any:
    """Press a button of the review's own screen."""
    revision = state.workflow_state.content_object.latest_revision_id
    posted = {"action": action, "revision": revision, **typed}
    return client_of(user).post(reverse("review", args=[state.pk]), posted)


def press_in_editor(user: Any, state: TaskState, action: str, **typed: Any) -> Any:
    """Post to Wagtail's own address of an action."""
    page = state.workflow_state.content_object
    return client_of(user).post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), typed)


def is_live(thing: Any) -> bool:
    return bool(type(thing).objects.get(pk=thing.pk).live)
