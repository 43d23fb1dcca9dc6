"""Terms have unique names within a kind, keep their former slugs, and are suggested in tag fields."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import RequestFactory

from site_core.taxonomy.models import TERM_MODELS, ComponentTerm, FormerSlug, Kind, PlaceTerm, StrategyTerm, Term
from site_core.taxonomy.place_map import ABROAD, OUTSIDE, map_context
from site_core.taxonomy.suggestions import LIMIT, term_suggestions
from tests import factories

pytestmark = pytest.mark.django_db


def errors_of(term: Term) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        term.full_clean()
    return refused.value.message_dict


@pytest.mark.parametrize("model", TERM_MODELS.values(), ids=lambda model: model.__name__)
def test_the_database_refuses_a_second_term_with_the_same_name_or_slug(model: Any) -> None:
    model.objects.create(name="Example")
    for name, slug in (("EXAMPLE", "another"), ("Another", "example")):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(name=name, slug=slug)


def test_the_admin_refuses_a_second_term_at_the_field() -> None:
    PlaceTerm.objects.create(name="High Point")
    assert errors_of(PlaceTerm(name="high  point", slug="another")) == {
        "name": ["“high point” already belongs to High Point."]
    }
    assert errors_of(PlaceTerm(name="Elsewhere", slug="high-point")) == {
        "slug": ["The web address of another place ends in “high-point”. Choose another ending."]
    }


@pytest.mark.parametrize("name", ["King's Place", "King’s\u00a0Place", "KING\u200b’S PLACE"])
def test_a_name_in_another_spelling_is_the_same_name(name: str) -> None:
    PlaceTerm.objects.create(name="King’s Place", aliases="Café")
    assert list(errors_of(PlaceTerm(name=name, slug="another"))) == ["name"]
    assert list(errors_of(PlaceTerm(name="Another", aliases="Cafe\u0301"))) == ["aliases"]


def test_a_slug_that_nobody_chose_is_never_taken() -> None:
    PlaceTerm.objects.create(name="Malmö")
    term = PlaceTerm(name="Malmo!")
    term.full_clean()
    assert term.slug == "malmo-2"


def test_two_kinds_may_share_a_name() -> None:
    for model in (ComponentTerm, StrategyTerm):
        model(name="Reconciliation").full_clean()
        model.objects.create(name="Reconciliation")
    assert ComponentTerm.objects.get().slug == StrategyTerm.objects.get().slug == "reconciliation"
    assert Term.objects.count() == 2


def test_an_alias_belongs_to_one_term() -> None:
    StrategyTerm.objects.create(name="Group Violence Intervention", aliases="Operation Ceasefire\nGVI")
    assert errors_of(StrategyTerm(name="gvi")) == {"name": ["“gvi” already belongs to Group Violence Intervention."]}
    assert errors_of(StrategyTerm(name="Another", aliases="Ceasefire\noperation ceasefire")) == {
        "aliases": ["“operation ceasefire” already belongs to Group Violence Intervention."]
    }
    StrategyTerm(name="Another", aliases="Another ceasefire").full_clean()


def test_a_term_may_be_saved_again() -> None:
    term = PlaceTerm.objects.create(name="High Point", aliases="HP")
    term.full_clean()
    term.save()
    assert FormerSlug.objects.count() == 0


def test_each_manager_sees_its_own_kind() -> None:
    for kind, model in TERM_MODELS.items():
        assert model.objects.create(name=f"A {kind}").kind == kind
    for kind, model in TERM_MODELS.items():
        assert [term.kind for term in model.objects.all()] == [kind]
    assert Term.objects.count() == 4


def test_a_former_slug_is_stored() -> None:
    term = PlaceTerm.objects.create(name="Highpoint")
    term.slug = "high-point"
    term.save()
    former = FormerSlug.objects.get()
    assert (former.kind, former.slug, former.term_id) == (Kind.PLACE, "highpoint", term.pk)


def test_a_slug_in_use_again_is_no_longer_a_former_one() -> None:
    term = PlaceTerm.objects.create(name="Example", slug="first")
    for slug in ("second", "first"):
        term.slug = slug
        term.save()
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["second"]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"latitude": "35.956"}, "longitude"),
        ({"longitude": "-80.005"}, "latitude"),
        ({"latitude": "95", "longitude": "0"}, "latitude"),
        ({"latitude": "0", "longitude": "-181"}, "longitude"),
    ],
)
def test_half_a_location_is_refused(fields: dict[str, Any], at: str) -> None:
    assert list(errors_of(PlaceTerm(name="Example City", **fields))) == [at]


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"country": "U"}, "country", "Write two letters"),
        ({"country": "u1"}, "country", "Write two letters"),
        (
            {"country": "us", "latitude": "35.956", "longitude": "80.005"},
            "longitude",
            "In the United States it is negative. Write -80.005.",
        ),
    ],
)
def test_a_limit_that_the_help_text_names_is_kept(fields: dict[str, Any], at: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PlaceTerm(name="Example City", **fields).full_clean()
    assert sentence in refused.value.message_dict[at][0]


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "is_shown", "warning"),
    [
        ("35.956", "-80.005", "US", True, ""),
        ("25.76", "-80.19", "US", True, ""),
        ("42.36", "-71.06", "", True, ""),
        ("29.95", "-90.07", "US", True, ""),
        ("47.61", "-122.33", "US", True, ""),
        ("41.88", "-87.63", "US", True, ""),
        # In the Atlantic, in the Pacific, in the Gulf, in Canada.
        ("35.956", "-73", "US", True, OUTSIDE),
        ("32.5", "-120", "US", True, OUTSIDE),
        ("27", "-90", "US", True, OUTSIDE),
        ("49.9", "-97.1", "US", True, OUTSIDE),
        # Without its sign; of Alaska; no number of degrees.
        ("35.956", "80.005", "US", False, OUTSIDE),
        ("61.2", "-149.9", "US", False, OUTSIDE),
        ("nan", "-80", "US", False, OUTSIDE),
        ("1e999", "-80", "US", False, OUTSIDE),
        ("59.33", "18.07", "SE", False, ABROAD),
        ("", "-80.005", "US", False, ""),
        ("north", "west", "US", False, ""),
    ],
)
def test_the_map_beside_the_fields_shows_the_place_or_warns(
    latitude: str, longitude: str, country: str, is_shown: bool, warning: str
) -> None:
    context = map_context(latitude, longitude, country)
    assert ("dot" in context, context.get("warning", "")) == (is_shown, warning)


def test_a_place_does_not_lie_in_itself() -> None:
    term = PlaceTerm.objects.create(name="Example City")
    term.larger_place = term
    assert list(errors_of(term)) == ["larger_place"]


def suggested(kind: str, typed: str) -> list[str]:
    """The names on file, without the choice that asks for another."""
    request = RequestFactory().get("/", {"term": typed})
    request.user = AnonymousUser()
    return [name for name in json.loads(term_suggestions(request, kind).content) if isinstance(name, str)]


def test_suggestions_begin_with_what_is_typed() -> None:
    PlaceTerm.objects.create(name="High Point", aliases="The Furniture City")
    PlaceTerm.objects.create(name="Old Point", archived=True)
    ComponentTerm.objects.create(name="Pointing")
    assert suggested(Kind.PLACE, "hi") == ["High Point"]
    assert suggested(Kind.PLACE, "POINT") == ["High Point"]
    assert suggested(Kind.PLACE, "furn") == ["High Point"]
    assert suggested(Kind.PLACE, "oint") == []
    assert suggested(Kind.PLACE, " ") == []


def test_the_number_of_suggestions_is_limited() -> None:
    for index in range(LIMIT + 5):
        PlaceTerm.objects.create(name=f"Example {index}")
    assert len(suggested(Kind.PLACE, "exam")) == LIMIT


def test_an_unknown_kind_is_not_found() -> None:
    with pytest.raises(Http404):
        suggested("person", "a")


def test_a_place_does_not_lie_in_itself_by_way_of_another() -> None:
    city = factories.PlaceTermFactory()
    county = factories.PlaceTermFactory(larger_place=city)
    city.larger_place = county
    with pytest.raises(ValidationError, match="cannot lie in itself"):
        city.full_clean()
