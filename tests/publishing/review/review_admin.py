"""Helpers that submit, edit and decide reviews as users do in the admin."""

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


def submitted(obj: Any, by: Any, last_edit_by: Any = None) -> TaskState:
    """An object in review: submitted by one person, edited last by the same or by another."""
    write(obj, by)
    obj.get_workflow().start(obj, by)
    if last_edit_by:
        write(obj, last_edit_by)
    state: TaskState = obj.current_workflow_task_state
    return state


def write(obj: Any, by: Any) -> None:
    """Save a draft with another text."""
    field = "scope" if isinstance(obj, ImpactStat) else "summary"
    setattr(obj, field, f"Written by {by.email}.")
    obj.save_revision(user=by)


def decide(user: Any, state: TaskState, action: str, **typed: Any) -> Any:
    """Press a button on the page of the review."""
    revision = state.workflow_state.content_object.latest_revision_id
    posted = {"action": action, "revision": revision, **typed}
    return client_of(user).post(reverse("review", args=[state.pk]), posted)


def press_in_editor(user: Any, state: TaskState, action: str, **typed: Any) -> Any:
    """Post to Wagtail's URL of an action, for the newest draft."""
    page = state.workflow_state.content_object
    posted = {"revision": page.latest_revision_id, **typed}
    return client_of(user).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), posted
    )


def is_live(obj: Any) -> bool:
    return bool(type(obj).objects.get(pk=obj.pk).live)
