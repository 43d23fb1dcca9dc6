"""The tag field finds every name that is typed or reports it as unknown. Nothing disappears."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news.models import NewsItemPage
from site_core.taxonomy.fields import AND_MORE, MOST_MESSAGES, TermField
from site_core.taxonomy.models import PlaceTerm, StrategyTerm
from tests.factories import NewsItemPageFactory, SiteTree, UserFactory


def field(model: type[PlaceTerm | StrategyTerm] = PlaceTerm, required: bool = False) -> TermField:
    return TermField(tag_model=model, required=required)


@pytest.fixture(autouse=True)
def terms(db: None) -> None:
    for name in ("Boston", "High Point", "Oakland", "Washington, D.C."):
        PlaceTerm.objects.create(name=name)
    PlaceTerm.objects.create(name="Example City", archived=True)
    StrategyTerm.objects.create(name="Group Violence Intervention", aliases="Operation Ceasefire\nGVI")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        (None, []),
        (" , ,", []),
        ("Boston", ["Boston"]),
        ("boston, OAKLAND", ["Boston", "Oakland"]),
        ("high point", ["High Point"]),
        ("high  point , boston", ["High Point", "Boston"]),
        ('"high point"', ["High Point"]),
        ('"washington, d.c.", Boston', ["Washington, D.C.", "Boston"]),
        ("Boston\nOakland", ["Boston", "Oakland"]),
        ("Boston, boston, BOSTON", ["Boston"]),
        # An archived term can still be typed.
        ("Example City", ["Example City"]),
    ],
)
def test_known_names_are_found(typed: str | None, names: list[str]) -> None:
    assert field().clean(typed) == names


@pytest.mark.parametrize(
    "typed", ["King’s\u00a0Place", "King's Place", "kings place, KING‘S place", "King\u200b's Place"]
)
def test_a_name_is_found_in_its_other_spellings(typed: str) -> None:
    PlaceTerm.objects.create(name="King’s Place", aliases="Kings Place")
    assert field().clean(typed) == ["King’s Place"]


@pytest.mark.parametrize("typed", ["gvi", "operation CEASEFIRE", "GVI, Operation Ceasefire"])
def test_aliases_are_found(typed: str) -> None:
    assert field(StrategyTerm).clean(typed) == ["Group Violence Intervention"]


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("Bostn", ["“Bostn” is not a place on file. Did you mean “Boston”?"]),
        ("Atlantis", ["“Atlantis” is not a place on file. A managing editor can add it under Places and tags."]),
        (
            "Boston, Atlantis, Lemuria",
            [
                f"“{name}” is not a place on file. A managing editor can add it under Places and tags."
                for name in ("Atlantis", "Lemuria")
            ],
        ),
        ("GVI", ["“GVI” is not a place on file. A managing editor can add it under Places and tags."]),
    ],
)
def test_unknown_names_are_reported(typed: str, sentences: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        field().clean(typed)
    assert refused.value.messages == sentences


def test_of_many_unknown_names_only_the_first_are_looked_for_among_the_terms() -> None:
    with pytest.raises(ValidationError) as refused:
        field().clean(",".join(f"Nowhere {number}" for number in range(5_000)))
    assert len(refused.value.messages) == MOST_MESSAGES + 1
    assert refused.value.messages[-1] == AND_MORE


def test_a_required_field_is_not_left_empty() -> None:
    with pytest.raises(ValidationError, match="required"):
        field(required=True).clean(" ")


@pytest.mark.one_database
class TestNothingIsDropped(TestCase):
    """Every word that is typed is in the name of a term or in an error message."""

    @given(st.lists(st.sampled_from(["Boston", "high point", "Atlantis", "x y", '"', ",", " ", "\n", "'", "D.C."])))
    def test_nothing_is_dropped(self, parts: list[str]) -> None:
        PlaceTerm.objects.get_or_create(name="Boston")
        PlaceTerm.objects.get_or_create(name="High Point")
        typed = "".join(parts)
        try:
            answer = " ".join(field().clean(typed))
        except ValidationError as refused:
            answer = " ".join(refused.messages)
        for word in ("Atlantis", "x y", "D.C."):
            assert word not in typed or word in answer or word.replace(" ", "  ") in answer
        if "Atlantis" not in typed and "Boston" in parts and len(parts) == 1:
            assert answer == "Boston"


def test_the_form_of_a_page_finds_terms_and_reports_unknown_names(site_tree: SiteTree) -> None:
    item = NewsItemPageFactory(parent=site_tree.news)
    form_class = NewsItemPage.get_edit_handler().get_form_class()
    editor = UserFactory(is_superuser=True)
    entered = {
        "title": item.title,
        "summary": item.summary,
        "slug": item.slug,
        "date": "April 2018",
        "item_type": "news",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    form = form_class(entered | {"places": "high point, BOSTON"}, instance=item, for_user=editor)
    assert form.is_valid(), form.errors
    form.save()
    assert [place.name for place in NewsItemPage.objects.get(pk=item.pk).places.order_by("name")] == [
        "Boston",
        "High Point",
    ]
    form = form_class(entered | {"places": "Boston, Atlantis"}, instance=item, for_user=editor)
    assert not form.is_valid()
    assert list(form.errors) == ["places"]
    assert form["places"].value() == "Boston, Atlantis"


def test_the_terms_of_an_object_are_read_at_once(site_tree: SiteTree) -> None:
    places = list(PlaceTerm.objects.order_by("name"))
    item = NewsItemPage.objects.get(pk=NewsItemPageFactory(parent=site_tree.news, places=places).pk)
    field = NewsItemPage._meta.get_field("places")
    with CaptureQueriesContext(connection) as queries:
        assert field.value_from_object(item) == places
    assert len(queries) == 2
