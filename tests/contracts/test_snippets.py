"""One rule set for every snippet."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from impact.models import ImpactStat, Study
from news.models import Publisher
from site_core.organization.models import Alert, OrganizationSettings
from site_core.taxonomy.models import Term
from tests import factories
from tests.contracts.rules import our_snippets

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FACTORIES: dict[str, Any] = {
    "alert": factories.AlertFactory,
    "componentterm": factories.ComponentTermFactory,
    "impactstat": factories.ImpactStatFactory,
    "initiativeterm": factories.InitiativeTermFactory,
    "placeterm": factories.PlaceTermFactory,
    "publisher": factories.PublisherFactory,
    "strategyterm": factories.StrategyTermFactory,
    "study": factories.StudyFactory,
    "withdrawnurl": factories.WithdrawnAddressFactory,
}
SNIPPETS = {model._meta.model_name: model for model in our_snippets()}
PREVIEWED = [name for name, model in SNIPPETS.items() if issubclass(model, PreviewableMixin)]
DRAFTED = [name for name, model in SNIPPETS.items() if issubclass(model, DraftStateMixin)]


def address(name: str, view: str, *args: Any) -> str:
    meta = SNIPPETS[name]._meta
    return reverse(f"wagtailsnippets_{meta.app_label}_{meta.model_name}:{view}", args=args)


def test_every_snippet_has_a_factory() -> None:
    assert sorted(FACTORIES) == sorted(SNIPPETS)


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_screens_of_a_snippet_open(editor_client: Client, name: str) -> None:
    snippet = FACTORIES[name]()
    for view, args in (("list", ()), ("add", ()), ("edit", (snippet.pk,)), ("usage", (snippet.pk,))):
        assert editor_client.get(address(name, view, *args)).status_code == 200, view


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_list_of_a_snippet_can_be_searched_for_anything(editor_client: Client, name: str) -> None:
    snippet = FACTORIES[name]()
    found = editor_client.get(address(name, "list"), {"q": "example"})
    assert str(snippet.pk) in found.content.decode()
    for typed in ('"', "it's", "\x00", "example " * 1250, "🙂", "-example", "OR AND *", "\u202eexample"):
        assert editor_client.get(address(name, "list"), {"q": typed}).status_code == 200, typed


@pytest.mark.parametrize("name", PREVIEWED)
def test_every_preview_of_a_snippet_renders_and_an_unknown_one_is_refused(site_tree: Any, name: str) -> None:
    snippet = FACTORIES[name]()
    for mode, label in snippet.preview_modes:
        assert snippet.make_preview_request(preview_mode=mode).status_code == 200, label
    assert snippet.make_preview_request(preview_mode="no such preview").status_code == 404


@pytest.mark.parametrize("name", DRAFTED)
def test_two_revisions_of_a_snippet_compare(editor_client: Client, name: str) -> None:
    snippet = FACTORIES[name]()
    first = snippet.latest_revision
    field = "text" if name == "alert" else "outcome"
    setattr(snippet, field, "Something else")
    second = snippet.save_revision()
    response = editor_client.get(address(name, "revisions_compare", snippet.pk, first.pk, second.pk))
    assert response.status_code == 200
    assert "Something else" in response.content.decode()


def test_figures_and_alerts_have_drafts_and_review_and_the_rest_is_public_at_once() -> None:
    for model in (ImpactStat, Alert):
        for mixin in (DraftStateMixin, RevisionMixin, WorkflowMixin, LockableMixin, PreviewableMixin):
            assert issubclass(model, mixin)
    for model in (Study, Term, Publisher, OrganizationSettings):
        assert not issubclass(model, RevisionMixin)
