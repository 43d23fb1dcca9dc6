"""Each system check reports a broken rule, and none reports anything on the site itself."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from home.models import TextPage
from site_core.ops.checks import check_database_version, check_sqlite_options
from site_core.organization.models import Alert
from site_core.pages.checks import page_types_name_their_relatives
from site_core.publishing.checks import what_is_live_has_a_live_revision
from site_core.publishing.events import models_with_drafts
from tests.factories import AlertFactory, SiteTree

OURS = ("ops.", "pages.", "publishing.")


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


@pytest.mark.django_db
def test_the_site_itself_passes_all_checks(site_tree: SiteTree) -> None:
    assert [message for message in run_checks(databases=["default"]) if str(message.id).startswith(OURS)] == []


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        {"timeout": 5, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"},
        {"timeout": 20, "transaction_mode": "DEFERRED", "init_command": "PRAGMA journal_mode=WAL;"},
    ],
)
def test_sqlite_needs_its_options(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    assert ids(check_sqlite_options(None)) == ["ops.E001"]


def test_postgresql_needs_no_such_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    assert check_sqlite_options(None) == []


@pytest.mark.parametrize("name", ["parent_page_types", "subpage_types"])
def test_a_page_type_must_declare_parents_and_children(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextPage, name, None)
    messages = page_types_name_their_relatives(None)
    assert ids(messages) == ["pages.E001"]
    assert f"TextPage must declare {name}" in messages[0].msg


@pytest.mark.django_db
def test_live_objects_need_a_live_revision(site_tree: SiteTree) -> None:
    AlertFactory()
    assert what_is_live_has_a_live_revision(None, databases=["default"]) == []
    Alert.objects.update(live_revision=None)
    TextPage.objects.update(live_revision=None)
    assert ids(what_is_live_has_a_live_revision(None, databases=["default"])) == ["publishing.W001"] * 2


@pytest.mark.django_db
def test_a_draft_needs_no_live_revision(site_tree: SiteTree) -> None:
    AlertFactory(draft=True)
    AlertFactory(scheduled=True)
    assert what_is_live_has_a_live_revision(None, databases=["default"]) == []


def test_models_with_drafts_are_known() -> None:
    assert {model.__name__ for model in models_with_drafts()} == {"Page", "Alert", "ImpactStat"}


@pytest.mark.django_db
def test_a_database_of_an_earlier_version_is_refused_in_one_sentence() -> None:
    assert check_database_version(None, databases=["default"]) == []
    MigrationRecorder(connection).record_applied("site_core", "0001_initial")
    (message,) = check_database_version(None, databases=["default"])
    assert message.id == "ops.E002"
    with pytest.raises(SystemCheckError, match=r"delete the folder var/"):
        call_command("migrate", verbosity=0, skip_checks=False)
    with pytest.raises(CommandError, match=r"^This database was made by an earlier version [^.]*\.$"):
        call_command("run_site")
