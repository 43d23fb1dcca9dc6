"""Personal data is erased from the ledger, the chain still holds, and the erasure is on record."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from site_core.publishing.history.undo import CannotBeUndone, put_back
from site_core.publishing.ledger.erasure import ERASED, LOG_ACTION, erase, rows_with
from site_core.publishing.ledger.guard import ledger_is_protected
from site_core.publishing.ledger.proof import breaks
from site_core.publishing.ledger.publications import Publication
from tests import factories
from tests.publishing.ledger.unprotected import unprotected_ledger

pytestmark = pytest.mark.django_db
NAME = "Zoë O’Brien-Example"


@pytest.fixture
def item(site_tree: factories.SiteTree) -> Any:
    """A news item that names a person in its title, its body and its summary."""
    item = factories.NewsItemPageFactory(
        parent=site_tree.news,
        title=f"{NAME} speaks",
        summary="An invented item.",
        body=[("text", "<p>So said <b>Zoë</b> O’Brien-Example.</p>")],
    )
    factories.AlertFactory()
    return item


def erased_parts(text: str = NAME) -> list[list[str]]:
    return [one.parts for one in rows_with(text)]


def test_every_part_with_the_text_is_found_however_it_is_written(item: Any) -> None:
    parts = {"title", "content.title", "content.draft_title", "content.body"}
    assert [set(one) for one in erased_parts()] == [parts]
    assert erased_parts("ZOË O'BRIEN-EXAMPLE") == erased_parts()
    assert erased_parts("Nobody of this name") == []


def test_what_was_erased_is_gone_and_the_chain_still_holds(item: Any) -> None:
    erase(NAME, "Asked by the person.")

    row = Publication.objects.of(item).get()
    assert row.title == ERASED
    assert row.content
    assert "body" not in row.content
    assert row.content["summary"] == "An invented item."
    assert erased_parts() == []
    assert breaks() == []
    assert ledger_is_protected()


def test_nobody_can_try_out_what_was_erased(item: Any) -> None:
    """The salts of the erased parts are gone, and none can be derived from those that stay."""
    erase(NAME, "Asked by the person.")
    row = Publication.objects.of(item).get()
    assert "title" in row.erased
    assert not set(row.salts) & set(row.erased)
    assert "" not in row.salts


def test_a_row_is_erased_part_after_part(item: Any) -> None:
    erase(NAME, "Asked by the person.")
    erase("invented item", "Asked by another.")
    row = Publication.objects.of(item).get()
    assert row.content
    assert "summary" not in row.content
    assert breaks() == []


def test_a_change_after_an_erasure_is_seen(item: Any) -> None:
    erase(NAME, "Asked by the person.")
    with unprotected_ledger():
        Publication.objects.of(item).update(path="/another/")
    assert len(breaks()) == 1


def test_the_erasure_is_on_record_without_what_was_erased(item: Any) -> None:
    erase(NAME, "Asked by the person.")
    entry = ModelLogEntry.objects.get(action=LOG_ACTION)
    assert entry.data["reason"] == "Asked by the person."
    assert "title" in entry.data["parts"]
    assert "Zo" not in str(entry.data) + entry.label


def test_an_erased_version_cannot_be_put_back(item: Any) -> None:
    row = Publication.objects.of(item).get()
    erase(NAME, "Asked by the person.")
    row.refresh_from_db()
    with pytest.raises(CannotBeUndone, match="erased"):
        put_back(item, row, factories.UserFactory(role="Editor"))


def test_the_command_shows_first_and_erases_if_told_why(item: Any) -> None:
    def command(*arguments: str) -> str:
        printed = StringIO()
        call_command("erase_from_ledger", *arguments, stdout=printed)
        return printed.getvalue()

    assert "Found in 1 row. Nothing was erased." in command(NAME)
    assert erased_parts()
    with pytest.raises(CommandError, match="Say why"):
        command(NAME, "--erase", " ")
    with pytest.raises(CommandError, match="three letters"):
        command("a", "--erase", "A reason.")
    assert "Erased from 1 row." in command(NAME, "--erase", "Asked by the person.")
    assert erased_parts() == []


def test_the_history_still_shows_an_erased_row(item: Any, client: Any) -> None:
    erase(NAME, "Asked by the person.")
    row = Publication.objects.of(item).get()
    client.force_login(factories.UserFactory(role="Editor"))
    for url in (f"/admin/publications/{row.pk}/", f"/admin/publications/{row.pk}/look/", "/admin/publications/"):
        assert client.get(url).status_code == 200
