"""Autosave beside a wrong box saves what is right, keeps the rest as it was and says by name what is missing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.text_page import TextPage
from impact.models import ImpactStat
from news.models import NewsItemPage
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in, post

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AUTOSAVE = {"accept": "application/json"}
FIRST, SECOND = (f"0f6f2a52-4c3e-4f0e-9d5d-6a1a3c0b7d1{number}" for number in (1, 2))


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def draft_of(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk).get_latest_revision_as_object()


def places(answer: Any) -> list[str]:
    return [missing["place"] for missing in answer.json()["left_out"]]


def test_a_number_that_cannot_be_read_stays_as_it_was(editor: Client) -> None:
    stat = factories.ImpactStatFactory(population="Old", value_low=20)
    answer = post(editor, edit_url(stat), accept="application/json", value_low="a lot", population="New")
    assert answer.status_code == 200
    (missing,) = answer.json()["left_out"]
    assert (missing["place"], missing["names"]) == ("Value", ["value_low"])
    assert missing["sentence"]
    assert (draft_of(stat).population, draft_of(stat).value_low) == ("New", 20)
    assert ImpactStat.objects.get().population == "Old"


def test_all_that_is_wrong_stays_and_is_named(editor: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Old", summary="Old.", draft=True)
    typed = {"title": "", "slug": "No slug!", "summary": "New.", "date": "no date", "go_live_at_day": "someday"}
    answer = post(editor, edit_url(item), accept="application/json", **typed)
    assert set(places(answer)) == {"Headline", "Web address ending", "Date", "Goes live"}
    draft = draft_of(item)
    assert (draft.title, draft.slug, draft.date) == ("Old", item.slug, item.date)
    assert draft.summary == "New."


def body_of(*blocks: tuple[str, Any]) -> dict[str, Any]:
    ids = {f"body-{index}-id": name for index, name in enumerate((FIRST, SECOND)[: len(blocks)])}
    return nested_form_data({"body": streamfield(blocks)}) | ids


def call(text: str, url: str) -> tuple[str, Any]:
    return "call_to_action", {"text": text, "link": {"text": "Out", "page": "", "url": url}}


@pytest.fixture
def page(editor: Client, site_tree: factories.SiteTree) -> TextPage:
    made: TextPage = factories.TextPageFactory(parent=site_tree.home)
    stored = body_of(("heading", "Old"), call("Old call", "https://example.org/"))
    assert post(editor, edit_url(made), **stored).status_code == 302
    return made


def test_a_wrong_block_stays_as_it_was_beside_the_others(editor: Client, page: TextPage) -> None:
    typed = body_of(("heading", "New"), call("New call", "no address"))
    answer = post(editor, edit_url(page), accept="application/json", **typed)
    (place,) = places(answer)
    assert place.startswith("Body, block 2 (Call to action, “New call")
    heading, kept = draft_of(page).body
    assert (heading.value, kept.value["text"], kept.id) == ("New", "Old call", SECOND)
    assert "body-1-value-link-url" in answer.json()["left_out"][0]["names"]


def test_a_new_wrong_block_is_left_out(editor: Client, page: TextPage) -> None:
    typed = body_of(call("New call", "no address"), ("heading", "New")) | {"body-0-id": ""}
    assert len(places(post(editor, edit_url(page), accept="application/json", **typed))) == 1
    assert [block.value for block in draft_of(page).body] == ["New"]


def test_a_list_with_a_wrong_row_stays_as_it_was(editor: Client) -> None:
    stat = factories.ImpactStatFactory(
        population="Old", evidence=[factories.EvidenceFactory.build(study=factories.StudyFactory())]
    )
    form = filled_in(editor, edit_url(stat))
    before = [row.study_id for row in draft_of(stat).evidence.all()]
    assert before
    other = factories.StudyFactory()
    typed = {"evidence-0-study": other.pk, "evidence-0-reports": "x" * 200, "population": "New"}
    answer = editor.post(edit_url(stat), form | typed, headers=AUTOSAVE)
    assert places(answer) == ["Evidence"]
    assert draft_of(stat).population == "New"
    assert [row.study_id for row in draft_of(stat).evidence.all()] == before


def test_a_new_page_is_made_without_what_is_wrong(editor: Client, site_tree: factories.SiteTree) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    form = filled_in(editor, url) | {"title": "New", "date": "no date", "summary": "New.", "form_key": "ab" * 16}
    answer = editor.post(url, form, headers=AUTOSAVE)
    assert places(answer) == ["Date"]
    # The answer was lost, and the date is right by now.
    again = editor.post(url, form | {"date": "2020"}, headers=AUTOSAVE).json()
    assert again["success"] and not again.get("left_out")
    assert NewsItemPage.objects.get().get_latest_revision_as_object().summary == "New."


def test_what_nothing_can_be_made_without_is_asked_for_first(editor: Client, site_tree: factories.SiteTree) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    answer = editor.post(url, filled_in(editor, url) | {"title": "", "date": "no date"}, headers=AUTOSAVE)
    assert answer.json()["error_message"] == "Not saved yet. Still to fix: Headline, Date."
    assert not NewsItemPage.objects.exists()


def test_a_newer_draft_is_not_overwritten_beside_a_wrong_box(editor: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    for obj, wrong in (
        (stat, {"value_low": "a lot"}),
        (factories.NewsItemPageFactory(parent=site_tree.news, draft=True), {"date": "no date"}),
    ):
        obj.save_revision()
        form = filled_in(editor, edit_url(obj))
        draft_of(obj).save_revision(clean=False)
        newest = type(obj).objects.get(pk=obj.pk).latest_revision_id
        answer = editor.post(edit_url(obj), form | wrong, headers=AUTOSAVE)
        assert answer.json()["error_code"] == "invalid_revision"
        assert type(obj).objects.get(pk=obj.pk).latest_revision_id == newest


def test_a_button_still_says_what_is_wrong(editor: Client) -> None:
    stat = factories.ImpactStatFactory(population="Old")
    assert post(editor, edit_url(stat), value_low="a lot", population="New").status_code == 200
    typed = {"value_low": "a lot", "population": "New", "action-publish": "1"}
    assert post(editor, edit_url(stat), accept="application/json", **typed).status_code == 400
    assert draft_of(stat).population == "Old"
