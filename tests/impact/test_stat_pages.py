"""The pages that show a stat, and what an edit of it leaves alone."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from impact.models import Evidence, ImpactStat
from impact.status import Relation
from tests import factories
from tests.impact.reading import one, page_of, text_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def home_with_stats(site_tree: factories.SiteTree, stats: list[ImpactStat]) -> None:
    block = {"heading": "Impact", "caution": "An example.", "figures": stats, "link": None}
    site_tree.home.body = [("impact", block)]
    site_tree.home.save_revision().publish()


def test_a_stats_own_page_holds_all_that_is_on_record(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(value_low="44", value_high="56", scope="in all four neighborhoods")
    study = factories.StudyFactory(short_name="Example and Sample 2001")
    factories.EvidenceFactory(stat=stat, study=study, relation=Relation.SUPPORTS, reports="50%", locator="p. 12")
    page = text_of(client.get(stat.get_absolute_url()))
    for words in ("44–56%", "44 to 56 percent", "in all four neighborhoods", "Example and Sample 2001", "p. 12"):
        assert words in page
    assert "Not yet entered: period, owner, check dates" in page
    assert "Reviewed by" not in page and "names no" not in page


def test_the_comparison_and_the_organizations_review_are_two_things(
    client: Client, site_tree: factories.SiteTree
) -> None:
    evidence = Evidence(study=factories.StudyFactory(), relation=Relation.SUPPORTS, reports="41%")
    stat = factories.ImpactStatFactory(evidence=[evidence], compared_on=date(2026, 11, 22), period="2001–2003")
    page = text_of(client.get(stat.get_absolute_url()))
    assert "Same as the published study, compared Nov. 22, 2026" in page
    assert "Not yet entered: owner, check dates" in page
    stat.owner = factories.UserFactory(first_name="Example", last_name="Person")
    stat.checked_on = date(2027, 4, 3)
    stat.save_revision().publish()
    facts = one(page_of(client.get(stat.get_absolute_url())), "aside.source")
    rows = [words_of(row) for row in facts.select("dd")]
    assert rows[1:] == ["2001–2003", "Example Person", "April 3, 2027"]
    assert words_of(one(facts, ".note")) == "Not yet entered: date of the next check"


def test_where_there_is_no_study_nothing_is_said_of_one(client: Client, site_tree: factories.SiteTree) -> None:
    strategy = factories.StrategyTermFactory()
    stat = factories.ImpactStatFactory(strategy=strategy, strategy_inferred=True)
    facts = one(page_of(client.get(stat.get_absolute_url())), "aside .facts")
    assert [words_of(row) for row in facts.select("dd")] == [f"{strategy} (our classification)"]


def test_a_stats_page_says_what_its_strategy_is(client: Client, site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, summary="A plain definition.")
    stat = factories.ImpactStatFactory(strategy=page.term)
    assert "A plain definition." in words_of(one(page_of(client.get(stat.get_absolute_url())), "aside .facts"))


def test_a_study_is_cited_with_its_journal_and_leads_to_another_site(
    client: Client, site_tree: factories.SiteTree
) -> None:
    study = factories.StudyFactory(
        authors="A & B", year=2001, title="<b>", container="J. Ex.", locator="", url="https://example.org/a"
    )
    stat = factories.ImpactStatFactory(evidence=[Evidence(study=study)])
    shown = one(page_of(client.get(stat.get_absolute_url())), ".study .claim")
    assert "A & B (2001). <b>. J. Ex." in words_of(shown)
    assert words_of(one(shown, "cite")) == "J. Ex."
    link = one(shown, "a[rel=external]")
    assert link.parent is not None and words_of(link.parent) == "Read the study (opens another site)"


@pytest.mark.parametrize("day", [2, 3])
def test_the_next_check_comes_after_the_last(day: int) -> None:
    stat = ImpactStat(outcome="shootings", slug="example", checked_on=date(2027, 4, 3))
    stat.next_due = date(2027, 4, day)
    with pytest.raises(ValidationError) as refused:
        stat.clean()
    assert refused.value.message_dict == {"next_due": ["Enter a day after the last check."]}
    stat.next_due = date(2027, 4, 4)
    stat.clean()


def test_a_study_is_not_the_source_of_a_stat_it_does_not_support(
    client: Client, site_tree: factories.SiteTree
) -> None:
    stat = factories.ImpactStatFactory()
    study = factories.StudyFactory(short_name="Example and Sample 2001")
    factories.EvidenceFactory(stat=stat, study=study, relation=Relation.DIFFERS, reports="31%")
    home_with_stats(site_tree, [stat])
    for url in ("/", "/impact/", stat.get_absolute_url()):
        page = text_of(client.get(url))
        assert "which reports 31%" in page
        assert "Source: Example and Sample 2001" not in page


def test_a_stat_says_when_nobody_recorded_whom_it_was_measured_on(
    client: Client, site_tree: factories.SiteTree
) -> None:
    home_with_stats(site_tree, [factories.ImpactStatFactory(population="")])
    assert "population not recorded" in text_of(client.get("/"))


def test_a_draft_stat_is_nowhere(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(draft=True, value_low="77")
    home_with_stats(site_tree, [stat])
    assert client.get(stat.get_absolute_url()).status_code == 404
    for url in ("/", "/impact/"):
        assert "77%" not in text_of(client.get(url))


def test_a_deleted_stat_leaves_the_page_that_chose_it_whole(client: Client, site_tree: factories.SiteTree) -> None:
    gone, kept = factories.ImpactStatFactory(value_low="77"), factories.ImpactStatFactory(value_low="33")
    home_with_stats(site_tree, [gone, kept])
    gone.delete()
    page = client.get("/")
    assert page.status_code == 200
    assert "33%" in text_of(page)


def test_the_home_page_shows_the_chosen_stats_in_the_chosen_order(
    client: Client, site_tree: factories.SiteTree
) -> None:
    first, second = factories.ImpactStatFactory(value_low="11"), factories.ImpactStatFactory(value_low="22")
    home_with_stats(site_tree, [second, first])
    page = text_of(client.get("/"))
    assert page.index("22%") < page.index("11%")


@pytest.mark.parametrize("mode", ["", "home", "strategy"])
def test_a_preview_shows_what_is_not_saved_and_changes_nothing(site_tree: factories.SiteTree, mode: str) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies)
    strategy = factories.StrategyTermFactory(name=page.title)
    stat = factories.ImpactStatFactory(value_low="30", strategy=strategy)
    home_with_stats(site_tree, [])
    stat.value_low = Decimal(88)
    response = stat.make_preview_request(preview_mode=mode)
    assert "88%" in text_of(response)
    assert ImpactStat.objects.get().figure == "30%"


def test_a_stat_never_saved_is_previewed_on_the_home_page(site_tree: factories.SiteTree) -> None:
    home_with_stats(site_tree, [])
    place = factories.PlaceTermFactory()
    stat = ImpactStat(value_low=Decimal(88), outcome="example incidents", place=place, slug="new")
    assert "88%" in text_of(stat.make_preview_request(preview_mode="home"))
    assert not ImpactStat.objects.exists()


def test_a_published_stats_old_url_leads_to_the_new_one_in_one_step(
    client: Client, site_tree: factories.SiteTree
) -> None:
    stat = factories.ImpactStatFactory(slug="first")
    for slug in ("second", "third"):
        stat.slug = slug
        stat.save_revision().publish()
    for old in ("first", "second"):
        response = client.get(f"/impact/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/impact/third/")


def test_a_slug_that_comes_back_is_an_url_again(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(slug="first")
    for slug in ("second", "first"):
        stat.slug = slug
        stat.save_revision().publish()
    assert client.get("/impact/first/").status_code == 200
    assert client.get("/impact/second/")["Location"] == "/impact/first/"
    assert sorted(Redirect.objects.values_list("old_path", flat=True)) == ["/impact/second", "/impact/second/embed"]


def test_a_draft_of_a_new_slug_moves_nothing(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(slug="first")
    stat.slug = "second"
    stat.save_revision()
    assert client.get("/impact/first/").status_code == 200
    assert not Redirect.objects.exists()


def test_publishing_an_old_revision_leaves_the_editors_order_alone(site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(sort_order=1)
    old = stat.latest_revision
    ImpactStat.objects.update(sort_order=5)
    old.publish()
    assert ImpactStat.objects.get().sort_order == 5


def test_new_stats_come_last_and_keep_the_order_they_were_made_in(site_tree: factories.SiteTree) -> None:
    made = [factories.ImpactStatFactory().pk for _ in range(3)]
    assert list(ImpactStat.objects.in_order().values_list("pk", flat=True)) == made


def test_a_private_strategy_is_not_linked_from_its_stats(client: Client, site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies)
    stat = factories.ImpactStatFactory(strategy=factories.StrategyTermFactory(name=page.title))
    assert page.url in client.get(stat.get_absolute_url()).content.decode()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert page.url not in client.get(stat.get_absolute_url()).content.decode()
