"""A form of a new object that is sent again, because the answer was lost, makes no second object."""

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from impact.models import ImpactStat
from news.models import NewsItemPage
from tests import factories
from tests.publishing.admin_forms import filled_in

pytestmark = pytest.mark.django_db

KEY = {"form_key": "0123456789abcdef" * 2}
AUTOSAVE = {"accept": "application/json"}


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Author"))
    return client


@pytest.fixture(params=["page", "snippet"])
def new(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> tuple[type[models.Model], str, str]:
    """The model, the URL of its create view, and the name of a field."""
    if request.param == "page":
        url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
        return NewsItemPage, url, "summary"
    return ImpactStat, reverse(ImpactStat.snippet_viewset.get_url_name("add")), "population"


def form_of(client: Client, url: str) -> dict[str, Any]:
    """A form in which something is typed, with a study if it has a place for one."""
    form = {**filled_in(client, url), **KEY, "title": "New", "outcome": "shootings"}
    if "evidence-TOTAL_FORMS" in form:
        row = {"evidence-0-study": factories.StudyFactory().pk, "evidence-0-id": "", "evidence-0-ORDER": "1"}
        form |= row | {"evidence-0-DELETE": "", "evidence-TOTAL_FORMS": "1"}
    return form


def draft_of(model: Any) -> Any:
    return model.objects.get().get_latest_revision_as_object()


def test_a_lost_answer_is_given_again_for_the_same_object(
    author: Client, new: tuple[type[models.Model], str, str]
) -> None:
    model, url, field = new
    form = form_of(author, url)
    first = author.post(url, form, headers=AUTOSAVE).json()
    second = author.post(url, form | {field: "Typed later"}, headers=AUTOSAVE).json()
    third = author.post(url, form | {field: "Typed last"}, headers=AUTOSAVE).json()
    for answer in (second, third):
        same = ("success", "pk", "url", "hydrate_url", "revision_id")
        assert {name: answer[name] for name in same} == {name: first[name] for name in same}
    draft = draft_of(model)
    assert getattr(draft, field) == "Typed last"
    if isinstance(draft, ImpactStat):
        assert draft.evidence.count() == 1
    # From here the browser goes on by itself.
    later = form | third["field_updates"] | {field: "Typed on", "overwrite_revision_id": third["revision_id"]}
    assert author.post(third["url"], later, headers=AUTOSAVE).json()["success"]
    assert getattr(draft_of(model), field) == "Typed on"


def test_a_save_by_hand_after_a_lost_answer_makes_no_second_object(
    author: Client, new: tuple[type[models.Model], str, str]
) -> None:
    model, url, field = new
    form = form_of(author, url)
    pk = author.post(url, form, headers=AUTOSAVE).json()["pk"]
    response = author.post(url, form | {field: "Typed later"})
    assert response.status_code == 302
    assert str(pk) in response["Location"] or model is ImpactStat
    assert getattr(draft_of(model), field) == "Typed later"


def test_what_somebody_else_wrote_since_is_not_overwritten(
    author: Client, new: tuple[type[models.Model], str, str]
) -> None:
    model, url, field = new
    form = form_of(author, url)
    author.post(url, form, headers=AUTOSAVE)
    theirs = draft_of(model)
    setattr(theirs, field, "What a colleague wrote")
    theirs.save_revision(user=factories.UserFactory(role="Editor"), clean=False)
    answer = author.post(url, form | {field: "Typed later"}, headers=AUTOSAVE)
    assert answer.json()["error_code"] == "invalid_revision"
    response = author.post(url, form | {field: "Typed later"})
    page = response.content.decode()
    assert "saved a newer version" in page and "Typed later" in page
    assert getattr(draft_of(model), field) == "What a colleague wrote"


def test_another_form_another_person_and_a_refused_form_make_an_object_of_their_own(
    author: Client, new: tuple[type[models.Model], str, str]
) -> None:
    model, url, _ = new
    form = form_of(author, url)
    refused = author.post(url, form | {"title": "", "evidence-TOTAL_FORMS": ""}, headers=AUTOSAVE)
    assert not refused.json()["success"]
    pks = {author.post(url, form, headers=AUTOSAVE).json()["pk"]}
    pks.add(author.post(url, form | {"form_key": "f" * 32}, headers=AUTOSAVE).json()["pk"])
    pks.add(author.post(url, form | {"form_key": "no key"}, headers=AUTOSAVE).json()["pk"])
    author.force_login(factories.UserFactory(role="Author"))
    pks.add(author.post(url, form, headers=AUTOSAVE).json()["pk"])
    assert model._default_manager.count() == len(pks) == 4


def test_an_object_that_is_gone_is_made_again(author: Client, new: tuple[type[models.Model], str, str]) -> None:
    model, url, _ = new
    form = form_of(author, url)
    author.post(url, form, headers=AUTOSAVE)
    draft_of(model).delete()
    assert author.post(url, form, headers=AUTOSAVE).json()["success"]
    assert model._default_manager.count() == 1
