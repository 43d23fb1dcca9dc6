"""A citation and an embedded stat include its population and its status, and hostile text stays text."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from impact.models import ImpactStat
from impact.sharing.citation import Citation
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.impact.reading import page_of, words_of

HOST = "https://example.org"


def stat(**fields: object) -> ImpactStat:
    return ImpactStat(
        **{
            "slug": "example-shootings",
            "value_low": Decimal(44),
            "value_high": Decimal(56),
            "outcome": "shootings",
            "last_published_at": datetime(2027, 1, 1, 3, tzinfo=UTC),
            **fields,
        }
    )


def citation(**fields: object) -> Citation:
    return Citation.of(stat(**fields), "An Organization", HOST)


def test_apa_names_author_day_stat_population_status_and_url() -> None:
    assert citation(population="groups").apa == (
        "An Organization. (2026, December 31). 44–56% reduction in shootings among groups, place not recorded "
        "[Source not yet recorded]. https://example.org/impact/example-shootings/"
    )


def test_bibtex_is_an_entry_with_the_same() -> None:
    assert citation().bibtex == (
        "@misc{example-shootings,\n"
        "  author = {{An Organization}},\n"
        "  title = {{44--56\\% reduction in shootings, population not recorded, place not recorded}},\n"
        "  year = {2026},\n"
        "  note = {Source not yet recorded},\n"
        "  url = {https://example.org/impact/example-shootings/}\n"
        "}"
    )


def test_the_day_is_that_of_the_correction_if_it_is_later_and_may_be_unknown() -> None:
    later = {"correction": "corrected", "correction_text": "Why.", "corrected_on": date(2027, 4, 3)}
    assert "(2027, April 3)" in citation(**later).apa
    assert "[Source not yet recorded. Corrected April 3, 2027: Why]" in citation(**later).apa
    assert "(2026, December 31)" in citation(**later | {"corrected_on": date(2020, 4, 3)}).apa
    unknown = citation(last_published_at=None)
    assert "(n.d.)" in unknown.apa
    assert "year = {n.d.}" in unknown.bibtex


@pytest.mark.parametrize("hostile", ["}", "{", "a } b { c", "\\", "50% & $5 #1 a_b ~ ^", "}},\n@misc{x,"])
def test_no_text_breaks_out_of_a_bibtex_entry(hostile: str) -> None:
    entry = citation(
        population=hostile, correction="corrected", correction_text=hostile, corrected_on=date(2027, 4, 3)
    ).bibtex
    depth = [entry[:end].count("{") - entry[:end].count("}") for end in range(1, len(entry) + 1)]
    assert min(depth[entry.index("{") : -1]) == 1
    assert depth[-1] == 0
    plain = entry.replace(r"\%", "").replace(r"\&", "").replace(r"\$", "").replace(r"\#", "").replace(r"\_", "")
    assert not set("%&$#~^") & set(plain)


def test_a_frame_has_the_stat_as_it_is_spoken_for_its_name() -> None:
    fields = {"outcome": "drug offenses", "scope": "in all four neighborhoods", "place": PlaceTerm(name="High Point")}
    frame = BeautifulSoup(citation(**fields).embed_code, "html.parser").find_all("iframe")[0]
    assert frame["title"] == "44 to 56 percent reduction in drug offenses in all four neighborhoods, High Point"
    withdrawn = BeautifulSoup(citation(correction="withdrawn").embed_code, "html.parser").find_all("iframe")[0]
    assert str(withdrawn["title"]).startswith("Withdrawn: 44 to 56 percent reduction in shootings, population not")


@pytest.mark.django_db
def test_hostile_text_stays_text_in_the_code_to_copy(client: Client, site_tree: factories.SiteTree) -> None:
    hostile = '"><script>alert(1)</script>'
    stat = factories.ImpactStatFactory(population=hostile)
    page = page_of(client.get(stat.get_absolute_url()))
    run = page.select("script:not([type='application/ld+json'])")
    assert not [script for script in run if "alert" in script.text]
    codes = [code.text for code in page.select("pre code")]
    (embed,) = [code for code in codes if code.startswith("<iframe")]
    (frame,) = BeautifulSoup(embed, "html.parser").find_all(True)
    assert hostile in frame["title"]
    assert str(frame["src"]).endswith(f"{stat.get_absolute_url()}embed/")
    assert any(hostile in code for code in codes if code.startswith("National"))


@pytest.mark.django_db
def test_the_code_to_copy_leads_to_the_stat(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    page = page_of(client.get(stat.get_absolute_url()))
    (embed,) = [code.text for code in page.select("pre code") if code.text.startswith("<iframe")]
    src = str(BeautifulSoup(embed, "html.parser").iframe["src"])  # type: ignore[index]
    path = src.split("/", 3)[3]
    assert stat.sentence in words_of(page_of(client.get(f"/{path}")).h1)
