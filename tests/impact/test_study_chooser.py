"""Editors add a study where a stat chooses it; Authors choose one that is on file."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from impact.models import Study
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CHOOSE = "wagtailsnippetchoosers_impact_study:choose"
CREATE = "wagtailsnippetchoosers_impact_study:create"
TYPED = {"short_name": "Example 2015", "described_as": "study", "year": "2015", "url": "example.org/study"}


def dialog(client: Client, role: str) -> str:
    client.force_login(factories.UserFactory(role=role))
    return str(client.get(reverse(CHOOSE)).json()["html"])


def test_an_author_is_offered_no_new_study(client: Client) -> None:
    html = dialog(client, "Author")
    assert "No study is on file yet." in html
    for offer in ("New study", reverse(CREATE), reverse("wagtailsnippets_impact_study:add")):
        assert offer not in html
    assert client.post(reverse(CREATE), TYPED).status_code == 302
    assert not Study.objects.exists()


def test_an_editor_adds_a_study_which_is_then_chosen(client: Client) -> None:
    html = dialog(client, "Editor")
    assert "New study" in html
    assert reverse(CREATE) in html
    answer: Any = client.post(reverse(CREATE), TYPED).json()
    study = Study.objects.get()
    assert (answer["step"], answer["result"]["string"]) == ("chosen", "Example 2015")
    assert answer["result"]["id"] == str(study.pk)
    assert study.url == "https://example.org/study"
    assert ModelLogEntry.objects.get(action="wagtail.create").object_id == str(study.pk)


def test_a_citation_fills_in_the_new_study_and_what_was_typed_stays(client: Client) -> None:
    factories.StudyFactory(short_name="Example 2015", title="An example", year=2015)
    assert "Fill in from the citation" in dialog(client, "Editor")
    pasted = "TY  - JOUR\nAU  - Example, Ann\nPY  - 2015\nTI  - An example\nJO  - A journal\nER  - \n"
    answer: Any = client.post(reverse(CREATE), {"pasted": pasted, "container": "My journal"}).json()
    assert answer["step"] == "reshow_creation_form"
    filled = BeautifulSoup(answer["htmlFragment"], "html.parser")
    boxes = {name: filled.select_one(f"[name={name}]") for name in ("short_name", "title", "container", "pasted")}
    values = {name: box and (box.get("value") or box.get_text(strip=True)) for name, box in boxes.items()}
    assert values == {"short_name": "Example 2015b", "title": "An example", "container": "My journal", "pasted": ""}
    said = [note.get_text() for note in filled.select("[role=status]")]
    assert said[0].startswith("Filled in from the citation") and "on file already: Example 2015" in said[1]
    assert not filled.select("[required]")
    unread: Any = client.post(reverse(CREATE), {"pasted": "Example 2015"}).json()
    assert "This is neither a DOI" in unread["htmlFragment"]
    assert Study.objects.count() == 1


def test_a_study_on_file_is_not_added_again(client: Client) -> None:
    factories.StudyFactory(short_name="Example 2015")
    dialog(client, "Editor")
    answer: Any = client.post(reverse(CREATE), {**TYPED, "short_name": "EXAMPLE 2015"}).json()
    assert answer["step"] == "reshow_creation_form"
    assert "“Example 2015” is already on file." in answer["htmlFragment"]
