"""A slug is made from a name in any script, and no slug keeps a page from being rendered."""

import pytest
from django.core.validators import validate_slug
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from site_core.fields.slugs import free_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("High Point", "high-point"),
        ("Malmö", "malmo"),
        ("Київ", "kiiv"),
        ("北京", "beijing"),
        ("!!!", "place"),
        ("", "place"),
    ],
)
def test_a_slug_is_made_from_a_name_in_any_script(name: str, slug: str) -> None:
    assert free_slug(name, [], max_length=100, otherwise="place") == slug


def test_a_slug_that_is_taken_gets_a_number() -> None:
    taken = ["kiiv", "KIIV-2"]
    assert free_slug("Київ", taken, max_length=100, otherwise="place") == "kiiv-3"


@given(st.text(), st.integers(1, 4))
def test_every_slug_is_one_and_fits(name: str, times: int) -> None:
    taken: list[str] = []
    for _ in range(times):
        taken.append(free_slug(name, taken, max_length=20, otherwise="place"))
        validate_slug(taken[-1])
    assert len(set(taken)) == times
    assert max(map(len, taken)) <= 20


@pytest.mark.parametrize("slug", ["", None, "Київ", "two words", "a/b", "a\nb"])
@pytest.mark.parametrize("name", ["place", "stat", "stat_embed"])
def test_a_link_to_what_has_no_slug_can_be_printed(name: str, slug: str | None) -> None:
    assert "/-/" in reverse(name, args=[slug])
