"""One site in three forms: with Wagtail alone, with our code, and with our code through the edit form."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.management.commands.publish_scheduled import Command as StockCommand
from wagtail.models import Page, Revision

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.schedule.rescheduling import move_go_live
from tests import factories
from tests.publishing.admin_forms import edit_url, post
from tests.publishing.schedule.schedule_admin import at_answers

PUBLISH = {"action-publish": "1"}


class Site:
    """The site at ten o'clock, and the actions of a test."""

    def __init__(self, tree: factories.SiteTree, time_machine: Any) -> None:
        self.tree = tree
        self.time_machine = time_machine

    def clock_shows(self, at: datetime) -> None:
        self.time_machine.move_to(at + timedelta(seconds=1), tick=False)

    def item(self, title: str = "Example", **fields: Any) -> NewsItemPage:
        made: NewsItemPage = factories.NewsItemPageFactory(parent=self.tree.news, title=title, **fields)
        return made

    def save_draft(self, page: Page, **changes: Any) -> Revision:
        for name, value in changes.items():
            setattr(page, name, value)
        saved: Revision = page.save_revision()
        return saved

    def publish(self, page: Page, **changes: Any) -> None:
        """Publish at once, or schedule if the changes include a go-live."""
        self.save_draft(page, **changes).publish()

    def fail_to_publish(self, page: Page) -> None:
        """Try to publish invalid content at once."""
        revision = self.save_draft(page, go_live_at=None)
        revision.content["title"] = ""
        with pytest.raises(ValidationError):
            revision.publish()

    def publish_scheduled(self) -> None:
        """One run of the command."""
        with suppress(CommandError):
            call_command("publish_scheduled", verbosity=0)

    def move(self, revision: Revision, at: datetime) -> None:
        move_go_live(revision, at, None)


class StockSite(Site):
    """The same without our code."""

    def publish_scheduled(self) -> None:
        with suppress(ValidationError):
            StockCommand().handle(dryrun=False)

    def move(self, revision: Revision, at: datetime) -> None:
        revision.approved_go_live_at = at
        revision.save()


class SiteByTheForm(Site):
    """Our site, where an editor does everything in the edit form."""

    @property
    def editor(self) -> Client:
        client = Client()
        client.force_login(factories.UserFactory(role=Role.EDITOR))
        return client

    def item(self, title: str = "Example", *, draft: bool = False, **fields: Any) -> NewsItemPage:
        made = super().item(title, draft=True)
        if not draft:
            self.publish(made, **fields)
        return made

    def save_draft(self, page: Page, **changes: Any) -> Revision:
        assert post(self.editor, edit_url(page), **typed(changes)).status_code == 302
        saved: Revision = fresh(page).latest_revision
        return saved

    def publish(self, page: Page, **changes: Any) -> None:
        response = post(self.editor, edit_url(page), **typed(changes), **PUBLISH)
        assert response.status_code == 302
        assert "scheduled-update" not in response["Location"]

    def fail_to_publish(self, page: Page) -> None:
        response = post(self.editor, edit_url(page), **typed({"title": "", "go_live_at": None}), **PUBLISH)
        assert response.context["form"].errors.keys() == {"title"}

    def move(self, revision: Revision, at: datetime) -> None:
        self.publish(revision.content_object, go_live_at=at)


def typed(changes: dict[str, Any]) -> dict[str, str]:
    """Changes as the form posts them: a date in two fields, both empty for none."""
    sent: dict[str, str] = {}
    for name, value in changes.items():
        if isinstance(value, str):
            sent[name] = value
        else:
            sent |= at_answers(value, name) if value else {f"{name}_day": "", f"{name}_hour": ""}
    return sent


def fresh(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)
