"""An embedded stat is complete, and nothing else of the site may be framed."""

import pytest
from django.test import Client

from impact.models import Evidence
from tests import factories
from tests.impact.reading import one, page_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_an_embedded_stat_is_whole_without_scripts(client: Client, site_tree: factories.SiteTree) -> None:
    evidence = Evidence(study=factories.StudyFactory(short_name="Example 2001"), relation="supports", reports="41%")
    stat = factories.ImpactStatFactory(value_low="41", population="", evidence=[evidence])
    response = client.get(f"{stat.get_absolute_url()}embed/")
    page = page_of(response)
    for words in ("41%", "41 percent", str(stat.place), stat.sentence, "population not recorded"):
        assert words in words_of(page.body)
    for words in ("Same as the published study", "Source: Example 2001", "National Network for Safe Communities"):
        assert words in words_of(page.body)
    assert words_of(page.title).startswith(f"41 percent {stat.whole_sentence}, {stat.place}")
    link = one(page, "a")
    assert str(link["href"]).endswith(stat.get_absolute_url())
    assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
    assert one(page, "link[rel=canonical]")["href"] == link["href"]
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    assert page.body["class"] == ["embed"]  # type: ignore[index]
    assert not page.select("script, form, iframe, img")
    assert not response.cookies


def test_only_the_embed_may_be_framed(client: Client, site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies)
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    stat = factories.ImpactStatFactory(strategy=page.term)
    assert "X-Frame-Options" not in client.get(f"{stat.get_absolute_url()}embed/").headers
    others = [
        *("/", "/impact/", "/strategies/", "/places/", "/news/", "/about/", "/search/", "/nothing/", "/admin/login/"),
        *("/impact/figures.csv", "/impact/figures.json", f"/places/{stat.place.slug}/", page.url, item.url),
        *(stat.get_absolute_url(), "/impact/nothing/embed/", "/impact/nothing/"),
    ]
    for url in others:
        assert client.get(url).headers.get("X-Frame-Options") == "DENY", url


@pytest.mark.parametrize("state", [{"draft": True}, {"scheduled": True}])
def test_what_is_not_public_is_not_embedded(
    client: Client, site_tree: factories.SiteTree, state: dict[str, bool]
) -> None:
    stat = factories.ImpactStatFactory(**state)
    assert client.get(f"{stat.get_absolute_url()}embed/").status_code == 404
    assert client.get("/impact/nothing/embed/").status_code == 404


def test_a_frame_follows_a_stat_to_its_new_url(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(slug="first")
    stat.slug = "second"
    stat.save_revision().publish()
    response = client.get("/impact/first/embed/")
    assert (response.status_code, response["Location"]) == (301, "/impact/second/embed/")


def test_long_texts_stay_whole(client: Client, site_tree: factories.SiteTree) -> None:
    long = "word " * 39 + "end"
    stat = factories.ImpactStatFactory(outcome=long, population=long, scope=long, program=long)
    for url in (stat.get_absolute_url(), f"{stat.get_absolute_url()}embed/", "/impact/"):
        page = client.get(url)
        assert page.status_code == 200
        assert stat.sentence in words_of(page_of(page).main)
