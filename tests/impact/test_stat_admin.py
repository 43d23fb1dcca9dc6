"""The admin form shows numbers as they were entered, and requires what a study reports."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from impact.models import ImpactStat
from impact.status import Relation
from tests import factories
from tests.impact.reading import page_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def edit_url(stat: ImpactStat) -> str:
    return reverse("wagtailsnippets_impact_impactstat:edit", args=[stat.pk])


def post(editor: Client, stat: ImpactStat, *, relation: str, reports: str, **fields: str) -> Any:
    study = factories.StudyFactory()
    evidence = {"study": str(study.pk), "relation": relation, "reports": reports, "of_outcome": "", "locator": ""}
    typed = {
        **{"value_low": "12.5", "value_high": "", "unit": "percent", "direction": "reduction"},
        **{"outcome": stat.outcome, "outcome_group": "other", "joining_word": "", "population": "", "scope": ""},
        **{"program": "", "place": str(stat.place_id), "strategy": "", "period": "", "owner": "", "checked_on": ""},
        **{"next_due": "", "compared_on": "2026-11-30", "slug": stat.slug, "go_live_at": "", "expire_at": ""},
        **{"correction": "", "correction_text": "", "corrected_on": ""},
        "evidence": inline_formset([evidence]),
        "ratings": inline_formset([]),
    }
    return editor.post(edit_url(stat), nested_form_data(typed | fields))


@pytest.mark.parametrize("relation", [Relation.SUPPORTS, Relation.DIFFERS, Relation.CONFLICTS])
@pytest.mark.parametrize("reports", ["", "   "])
def test_a_checked_study_must_say_what_it_reports(editor: Client, relation: str, reports: str) -> None:
    stat = factories.ImpactStatFactory()
    response = post(editor, stat, relation=relation, reports=reports, **{"action-publish": "1"})
    assert response.status_code == 200
    assert "Enter what the study reports, or choose “recorded, not yet checked” above." in response.content.decode()
    assert not ImpactStat.objects.get().evidence.exists()


def test_a_study_not_yet_checked_need_not_say_it(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    assert post(editor, stat, relation="unchecked", reports="", **{"action-publish": "1"}).status_code == 302
    assert ImpactStat.objects.get().status_words == "Source recorded, not yet checked"


def test_with_what_it_reports_the_stat_matches(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    assert post(editor, stat, relation="supports", reports="12.5%", **{"action-publish": "1"}).status_code == 302
    assert ImpactStat.objects.get().status_words == "Same as the published study, compared Nov. 30, 2026"


@pytest.mark.parametrize("reports", ["20–35%", "23.5%", "125%", "a fall"])
def test_a_study_with_another_number_supports_nothing(editor: Client, reports: str) -> None:
    stat = factories.ImpactStatFactory()
    response = post(editor, stat, relation="supports", reports=reports, **{"action-publish": "1"})
    assert "The impact stat says 12.5%. If the study reports another number, choose" in response.content.decode()
    assert post(editor, stat, relation="differs", reports=reports, **{"action-publish": "1"}).status_code == 302


@pytest.mark.parametrize("reports", ["12.5 percent", "a fall of 12.5%, or 40 shootings", "12.46%"])
def test_a_study_may_say_more_than_the_number(editor: Client, reports: str) -> None:
    stat = factories.ImpactStatFactory()
    assert post(editor, stat, relation="supports", reports=reports, **{"action-publish": "1"}).status_code == 302


def test_both_ends_of_a_range_must_be_in_the_study(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    ends = {"value_high": "56", "action-publish": "1"}
    assert post(editor, stat, relation="supports", reports="12.5%", **ends).status_code == 200
    assert post(editor, stat, relation="supports", reports="12.5–56%", **ends).status_code == 302


def test_same_as_the_study_needs_the_day_of_the_comparison(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    sent = {"relation": "supports", "reports": "12.5%", "compared_on": ""}
    response = post(editor, stat, **sent, **{"action-publish": "1"})
    assert list(response.context["form"].errors) == ["compared_on"]
    assert post(editor, stat, **sent).status_code == 302
    assert post(editor, stat, **sent | {"relation": "unchecked"}, **{"action-publish": "1"}).status_code == 302


def test_a_draft_may_lack_what_a_study_reports(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    assert post(editor, stat, relation="supports", reports="").status_code == 302
    (draft,) = ImpactStat.objects.get().get_latest_revision_as_object().evidence.all()
    assert draft.relation == "supports"


def test_a_withdrawal_without_reason_or_day_is_refused_at_both(editor: Client) -> None:
    stat = factories.ImpactStatFactory()
    response = post(editor, stat, relation="unchecked", reports="", correction="withdrawn", **{"action-publish": "1"})
    assert sorted(response.context["form"].errors) == ["corrected_on", "correction_text"]


@pytest.mark.parametrize(("value", "shown"), [("41", "41"), ("36.4", "36.4"), ("100", "100")])
def test_the_form_shows_the_number_as_it_was_entered(editor: Client, value: str, shown: str) -> None:
    stat = factories.ImpactStatFactory(value_low=value)
    page = page_of(editor.get(edit_url(stat)))
    assert page.select_one("input[name=value_low]")["value"] == shown  # type: ignore[index]


def test_an_untouched_number_is_no_change(editor: Client) -> None:
    stat = factories.ImpactStatFactory(value_low="41")
    form = editor.get(edit_url(stat)).context["form"]
    assert not form.fields["value_low"].has_changed(form.initial["value_low"], "41")
    assert form.fields["value_low"].has_changed(form.initial["value_low"], "42")


def test_the_list_shows_live_or_draft_and_the_public_words(editor: Client) -> None:
    factories.ImpactStatFactory(draft=True)
    factories.ImpactStatFactory()
    table = page_of(editor.get(reverse("wagtailsnippets_impact_impactstat:list"))).select_one("main table")
    words = words_of(table)
    for expected in ("live", "draft", "Source not yet recorded"):
        assert expected in words
    assert "True" not in words
