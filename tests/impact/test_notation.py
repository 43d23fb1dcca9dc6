"""A stat is printed, read aloud and worded as it was measured, and its form refuses impossible values."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from impact.models import ImpactStat
from impact.notation import plain_number
from impact.stats import RESERVED_SLUGS
from site_core.taxonomy.models import PlaceTerm
from tests.factories import ImpactStatFactory


@pytest.mark.parametrize(
    ("value", "written"),
    [("36.4", "36.4"), ("41", "41"), ("41.0", "41"), ("100", "100"), ("0", "0"), ("0.5", "0.5"), ("1E+2", "100")],
)
def test_plain_number(value: str, written: str) -> None:
    assert plain_number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("low", "high", "unit", "printed", "spoken"),
    [
        ("36.4", None, "percent", "36.4%", "36.4 percent"),
        ("41", None, "percent", "41%", "41 percent"),
        ("41.0", None, "percent", "41%", "41 percent"),
        ("44", "56", "percent", "44–56%", "44 to 56 percent"),
        ("3.5", None, "points", "3.5 points", "3.5 percentage points"),
        (None, None, "percent", "—", "no figure yet"),
    ],
)
def test_a_stat_on_the_screen_and_read_aloud(
    low: str | None, high: str | None, unit: str, printed: str, spoken: str
) -> None:
    stat = ImpactStat(value_low=low and Decimal(low), value_high=high and Decimal(high), unit=unit)
    assert (stat.figure, stat.spoken_value) == (printed, spoken)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"population": "notified groups"}, "reduction in shootings among notified groups"),
        ({"population": "residents", "joining_word": "in"}, "reduction in shootings in residents"),
        ({"scope": "in all four neighborhoods"}, "reduction in shootings in all four neighborhoods"),
        (
            {"program": "Project Safe Neighborhoods", "joining_word": "through"},
            "reduction in shootings through Project Safe Neighborhoods",
        ),
        (
            {"direction": "decrease", "population": "groups", "scope": "citywide", "program": "an example"},
            "decrease in shootings among groups citywide through an example",
        ),
        ({}, "reduction in shootings"),
    ],
)
def test_the_sentence_is_never_cut(fields: dict[str, str], sentence: str) -> None:
    stat = ImpactStat(outcome="shootings", **fields)
    assert stat.sentence == sentence
    assert stat.population_is_recorded is bool(fields)


def errors_of(**fields: object) -> dict[str, list[str]]:
    stat = ImpactStat(**{"value_low": Decimal(20), "outcome": "shootings", "slug": "example", **fields})
    with pytest.raises(ValidationError) as refused:
        stat.clean()
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({"value_low": Decimal(56), "value_high": Decimal(44)}, "value_high", "must be more than 56"),
        ({"value_low": Decimal(44), "value_high": Decimal(44)}, "value_high", "must be more than 44"),
        ({"value_low": Decimal(101)}, "value_low", "Nothing can fall by more than 100%"),
        ({"value_low": Decimal(90), "value_high": Decimal(110)}, "value_high", "Nothing can fall by more than 100%"),
        ({"value_low": Decimal(120), "direction": "decrease"}, "value_low", "Check the decrease"),
        *(({"slug": slug}, "slug", "is reserved for another page") for slug in sorted(RESERVED_SLUGS)),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields: dict[str, object], at: str, words: str) -> None:
    errors = errors_of(**fields)
    assert list(errors) == [at]
    assert words in errors[at][0]


@pytest.mark.parametrize(
    "fields", [{"value_low": Decimal(100)}, {"value_low": Decimal(250), "direction": "increase"}, {"value_low": None}]
)
def test_what_can_be_passes(fields: dict[str, object]) -> None:
    ImpactStat(**{"outcome": "shootings", "slug": "example", **fields}).clean()


@pytest.mark.django_db
def test_a_negative_stat_is_refused() -> None:
    with pytest.raises(ValidationError, match="value_low"):
        ImpactStatFactory(value_low=Decimal(-1))


@pytest.mark.django_db
def test_the_slug_is_made_from_place_and_outcome() -> None:
    place = PlaceTerm.objects.create(name="Example City")
    slugs = [ImpactStatFactory(place=place, outcome="Gun assaults").slug for _ in range(3)]
    assert slugs == ["example-city-gun-assaults", "example-city-gun-assaults-2", "example-city-gun-assaults-3"]


@pytest.mark.django_db
def test_the_slug_is_none_of_those_that_mean_something_else() -> None:
    assert ImpactStat(outcome="News").free_slug() == "news-2"


@pytest.mark.django_db
def test_a_long_outcome_makes_an_url_that_fits() -> None:
    first, second = (ImpactStatFactory(outcome="example " * 24) for _ in range(2))
    assert len(second.slug) <= 100
    assert first.slug != second.slug


@pytest.mark.django_db
def test_live_stats_come_in_the_editors_order() -> None:
    first, second, third = ImpactStatFactory.create_batch(3)
    ImpactStatFactory(draft=True)
    for order, stat in enumerate((third, first, second)):
        ImpactStat.objects.filter(pk=stat.pk).update(sort_order=order)
    assert list(ImpactStat.objects.live().in_order()) == [third, first, second]


@pytest.mark.django_db
def test_a_restored_revision_keeps_its_place_in_the_list() -> None:
    stat = ImpactStatFactory()
    ImpactStat.objects.filter(pk=stat.pk).update(sort_order=7)
    stat.refresh_from_db()
    assert stat.latest_revision.as_object().sort_order == 7
