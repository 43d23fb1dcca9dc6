"""Loading the organization's content: completely, once, and never over an editor's changes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, Site

from home.content_loader import Report, load_content
from home.management.commands.load_content import CONTENT_FOLDER
from home.models import HomePage, LoadedEntry, TextPage
from impact.models import ImpactStat, Study
from news.models import NewsItemPage, Publisher
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.publishing.checks import what_is_live_has_a_live_revision
from site_core.taxonomy.models import Kind, PlaceTerm, Term
from strategies.models import StrategyPage
from strategies.uses import StrategyUse
from tests.home.content_files import change, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

PRINCIPLES = [
    "First do no harm",
    "Strengthen communities’ capacity to prevent violence",
    "Enhance legitimacy",
    "Offer help to those who want it",
    "Get deterrence right",
    "Use enforcement strategically",
]
HEADLINES = [
    "Violent Crime in the United States: Focus, Prevention and Legitimacy",
    "Ulster County launches first-in-NY effort to reduce domestic violence by intimate partners",
    "Domestic abusers: Dangerous for women — and lethal for cops",
    "Taking Aim at Gun Violence, With Personal Deterrence",
    "Pittsburgh gun violence drops to 12-year low; mayor credits police anti-gang efforts",
    "Case Study: Using DMI to Combat Covert Opioid Markets",
]
FIGURES = [
    ("23%", "Chicago", "Same as the published study, compared Nov. 22, 2026"),
    ("27%", "Boston", "Differs from the study we found, which reports 31%"),
    ("41%", "Cincinnati", "Source recorded, not yet checked"),
    ("36.4%", "Boston", "Source not yet recorded"),
    (
        "44–56%",
        "High Point",
        "Source not confirmed. A federal assessment reports 5.5% fewer drug and nuisance offenses",
    ),
    ("32%", "New Orleans", "Source recorded, not yet checked"),
    ("32%", "Chicago", "Same as the published study, compared Nov. 22, 2026"),
    ("55%", "Nashville", "Same as the published report, compared Nov. 22, 2026"),
    (
        "44%",
        "Lowell",
        "Differs from the federal case study we found, which reports 28% fewer aggravated assaults with a firearm",
    ),
]
OnCommit = Callable[..., AbstractContextManager[list[Any]]]


def titles_in_order() -> list[str]:
    return [item.title for item in NewsItemPage.objects.visible().newest_first()]


def edited(target: Any, **fields: Any) -> Any:
    """Change and publish an object, as an editor does in the admin."""
    for field, value in fields.items():
        setattr(target, field, value)
    target.save_revision().publish()
    target.refresh_from_db()
    return target


# What is loaded


def test_everything_is_loaded_and_published() -> None:
    assert NewsItemPage.objects.visible().count() == 6
    assert ImpactStat.objects.live().count() == 9
    assert PlaceTerm.objects.count() == 14
    assert PlaceTerm.objects.filter(has_page=True).count() == 13
    assert PlaceTerm.objects.get(name="Kingston").larger_place == PlaceTerm.objects.get(name="Ulster County")
    assert StrategyPage.objects.visible().of_kind(Kind.STRATEGY).count() == 3
    assert (Publisher.objects.count(), Study.objects.count(), Term.objects.count()) == (6, 8, 21)
    assert not Page.objects.filter(depth__gt=1, live=False).exists()
    assert what_is_live_has_a_live_revision(None, databases=["default"]) == []


def test_home_holds_its_parts_in_order() -> None:
    home = HomePage.objects.get()
    assert [block.block_type for block in home.body] == [
        "mission",
        "principles",
        "strategies",
        "latest_news",
        "impact",
        "reported_counts",
        *["call_to_action"] * 2,
    ]
    assert [principle["title"] for principle in home.body[1].value["principles"]] == PRINCIPLES
    assert len(home.body[0].value["statement"].split()) <= 20
    assert len(home.body[0].value["aims"]) == 4
    menu = Page.objects.child_of(home).in_menu().order_by("path")
    assert [page.title for page in menu] == ["Strategies", "Places", "Impact", "News", "About"]


def test_home_takes_the_place_of_the_welcome_page() -> None:
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert not Page.objects.exact_type(Page).filter(depth__gt=1).exists()


def test_news_keeps_its_order_and_its_months() -> None:
    assert titles_in_order() == HEADLINES
    items = list(NewsItemPage.objects.visible().newest_first())
    assert [str(item.date) for item in items] == ["April 2018"] * 4 + ["March 2018"] * 2
    assert [item.item_type for item in items] == ["podcast", "news", "news", "opinion", "news", "case-study"]
    # The headline of the last begins with its type.
    published = [item.first_published_at for item in items]
    assert published == sorted(published, reverse=True), "Feeds have the order of the list."
    assert [item.label for item in items] == ["Podcast", "", "", "Opinion", "", ""]
    assert {item.link for item in items} == {""}
    tags = [(cluster.kind.value, [tag.name for tag in cluster.tags]) for cluster in items[3].clusters]
    assert tags == [
        ("place", ["Detroit", "Newburgh", "Oakland", "Pittsburgh"]),
        ("strategy", ["Group Violence Intervention"]),
        ("component", ["Custom Notifications", "Support and Outreach"]),
    ]


def test_figures_show_their_sources() -> None:
    stats = list(ImpactStat.objects.live().with_evidence().in_order())
    assert [(stat.figure, str(stat.place), stat.status_words) for stat in stats] == FIGURES
    assert [stat.sort_order for stat in stats] == list(range(1, 10))


def test_each_summary_is_short_enough_for_a_list_to_show_it_whole() -> None:
    pages = Page.objects.filter(depth__gt=1).specific()
    assert {page.title: len(page.summary) for page in pages if not 0 < len(page.summary) <= 110} == {}


def test_the_day_of_a_comparison_is_loaded_where_a_study_was_compared() -> None:
    compared = ImpactStat.objects.exclude(compared_on=None)
    assert {stat.compared_on for stat in compared} == {date(2026, 11, 22)}
    assert compared.count() == 6
    assert all(stat.status in ("matches", "differs", "conflicts") for stat in compared)


def test_nothing_is_loaded_that_only_people_can_enter() -> None:
    for stat in ImpactStat.objects.all():
        assert (stat.checked_on, stat.next_due, stat.owner, stat.period) == (None, None, None, "")
    organization = OrganizationSettings.load()
    for field in ("address", "email", "phone", "press_name", "press_email", "press_phone"):
        assert getattr(organization, field) == ""
    assert not organization.social_links


def test_the_help_lines_and_the_strategy_they_are_for_are_loaded_and_nothing_else_of_them() -> None:
    lines = [line.value for line in CrisisHelpSettings.load().help_lines]
    assert [(line["name"], line["number"]) for line in lines] == [
        ("National Domestic Violence Hotline", "1-800-799-7233"),
        ("988 Suicide & Crisis Lifeline", "988"),
    ]
    assert not any(line["hours"] or line["checked_on"] for line in lines)
    marked = Term.objects.filter(concerns_partner_violence=True)
    assert [term.name for term in marked] == ["Intimate Partner Violence Intervention"]


def test_the_method_page_explains_the_words_of_every_status(client: Client) -> None:
    page = BeautifulSoup(client.get("/method/").content, "html.parser")
    shown = [label.get_text(" ", strip=True) for label in page.select(".evidence-labels .status")]
    for words in (
        "Same as the published study",
        "Source recorded, not yet checked",
        "Check overdue since",
        "Differs from the study we found",
        "Source not confirmed.",
        "Source not yet recorded",
    ):
        assert [label for label in shown if label.startswith(words)], words


@pytest.mark.parametrize(
    ("old_path", "slug"),
    [
        ("/our-work/strategy/group-violence-intervention", "group-violence-intervention"),
        ("/our-work/innovation/custom-notifications/", "custom-notifications"),
        ("/our-work/all-guides", "strategies"),
        ("/impact/international/sweden", "nnsc-international"),
    ],
)
def test_old_urls_redirect_in_one_step(client: Client, old_path: str, slug: str) -> None:
    response = client.get(old_path)
    assert (response.status_code, response["Location"]) == (301, Page.objects.get(slug=slug).url)


# Loading it again


def test_twice_leaves_every_table_as_it_was(django_capture_on_commit_callbacks: OnCommit) -> None:
    before = row_counts()
    recorded = list(LoadedEntry.objects.order_by("key").values())
    with django_capture_on_commit_callbacks(execute=True):
        report = load_content(CONTENT_FOLDER)
    assert row_counts() == before
    assert list(LoadedEntry.objects.order_by("key").values()) == recorded
    assert report == Report(unchanged=len(recorded))


def test_what_an_editor_changed_is_kept_and_named(folder: Path) -> None:
    item = edited(NewsItemPage.objects.get(title=HEADLINES[1]), summary="An editor’s own words.")
    PlaceTerm.objects.filter(name="Oakland").update(region="California")
    change(folder, "news.yaml", "The county’s plan finds", "That plan finds")
    report = load_content(folder)
    item.refresh_from_db()
    assert item.summary == "An editor’s own words."
    assert report.left == ["place “Oakland”", f"news item “{HEADLINES[1]}”"]
    assert report.updated == 0


@pytest.mark.parametrize("model", [NewsItemPage, ImpactStat])
def test_an_editors_draft_is_kept(folder: Path, model: Any) -> None:
    target = model.objects.last()
    field = "summary" if model is NewsItemPage else "outcome"
    setattr(target, field, "A draft")
    target.save_revision()
    assert len(load_content(folder).left) == 1
    assert getattr(model.objects.get(pk=target.pk).get_latest_revision_as_object(), field) == "A draft"


def test_a_use_that_an_editor_entered_is_kept(folder: Path) -> None:
    page = StrategyPage.objects.get(abbreviation="DMI")
    page.uses.add(StrategyUse(place=PlaceTerm.objects.get(name="Nashville"), source="An editor’s source"))
    page.save_revision().publish()
    change(folder, "strategies.yaml", 'since: "2004"', 'since: "2005"')
    assert load_content(folder).left == ["strategy “Drug Market Intervention”"]
    assert StrategyUse.objects.filter(place__name="Nashville").exists()


def test_what_an_editor_took_down_stays_down(folder: Path) -> None:
    TextPage.objects.get(slug="press").unpublish()
    change(folder, "pages.yaml", "What journalists need", "What reporters need")
    assert load_content(folder).left == ["text page “Press”"]
    assert not TextPage.objects.get(slug="press").live


def test_publishing_the_same_words_again_is_no_change() -> None:
    for target in (*NewsItemPage.objects.all(), *ImpactStat.objects.all(), *StrategyPage.objects.all()):
        edited(target)
    assert load_content(CONTENT_FOLDER).left == []


def test_what_an_editor_deleted_stays_deleted(folder: Path) -> None:
    NewsItemPage.objects.get(title=HEADLINES[0]).delete()
    ImpactStat.objects.get(slug="lowell-gun-assaults").delete()
    change(folder, "news.yaml", "The subject of the event is", "The event is about")
    report = load_content(folder)
    assert titles_in_order() == HEADLINES[1:]
    assert ImpactStat.objects.count() == 8
    assert report.deleted == ["figure “lowell-gun-assaults”", "page “violent-crime-in-the-united-states”"]


def test_an_entry_can_outlive_what_it_names(folder: Path) -> None:
    TextPage.objects.get(slug="press").delete()
    change(folder, "pages.yaml", "Journalists, please", "Reporters, please")
    report = load_content(folder)
    promoted = [f"promoted result “{words}”" for words in ("media", "reporters", "journalists")]
    assert report.deleted == ["page “press”", *promoted]
    assert "Reporters, please see the press page." in str(TextPage.objects.get(slug="contact").body)


def test_a_changed_entry_updates_what_nobody_touched(folder: Path) -> None:
    change(folder, "news.yaml", "The county’s plan finds", "That plan finds")
    change(folder, "news.yaml", "places: [Kingston]", "places: [Kingston, Newburgh]")
    change(folder, "figures.yaml", "value_low: 41", "value_low: 41.4")
    change(folder, "figures.yaml", "    scope: in all four neighborhoods\n", "")
    change(folder, "terms.yaml", "latitude: 42.36\n", "latitude: 42.358\n")
    report = load_content(folder)
    assert (report.updated, report.loaded, report.left) == (4, 0, [])
    item = NewsItemPage.objects.get(title=HEADLINES[1])
    assert item.summary.startswith("That plan")
    assert item.live_revision == item.latest_revision
    assert sorted(place.name for place in item.places.all()) == ["Kingston", "Newburgh"]
    assert ImpactStat.objects.get(place__name="Cincinnati").figure == "41.4%"
    high_point = ImpactStat.objects.get(place__name="High Point")
    assert (high_point.scope, high_point.evidence.count(), high_point.sort_order) == ("", 1, 5)
    assert str(PlaceTerm.objects.get(name="Boston").latitude) == "42.358"
    assert titles_in_order() == HEADLINES
    assert load_content(folder).updated == 0


def test_a_new_entry_is_added(folder: Path) -> None:
    change(folder, "terms.yaml", "  - name: Chicago\n", "  - name: Malmö\n    country: SE\n  - name: Chicago\n")
    report = load_content(folder)
    assert (report.loaded, report.updated) == (1, 0)
    assert PlaceTerm.objects.get(name="Malmö").slug == "malmo"
