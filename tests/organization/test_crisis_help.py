"""Pages about violence by a partner show the help lines and a way to leave; other pages show neither."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from site_core.organization.crisis_help import CrisisHelpSettings, HelpLineBlock
from site_core.taxonomy.models import StrategyTerm
from tests import factories
from tests.committed import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CHECKED = {"name": "Example line", "number": "000-000-0001", "hours": "9 a.m. to 5 p.m. ET"} | {
    "checked_on": date(2018, 4, 3)
}
UNCHECKED = {"name": "Another example line", "number": "000", "hours": "", "checked_on": None}


@pytest.fixture
def term() -> Any:
    return factories.StrategyTermFactory(concerns_partner_violence=True)


@pytest.fixture(autouse=True)
def crisis_help(db: None) -> CrisisHelpSettings:
    settings: CrisisHelpSettings = CrisisHelpSettings.load()
    settings.help_lines = [("help_line", CHECKED), ("help_line", UNCHECKED)]
    settings.leave_url = "https://example.org/"
    settings.save()
    return settings


def urls_about(term: StrategyTerm, tree: factories.SiteTree) -> dict[str, str]:
    """The URLs of pages about a strategy, by what they are."""
    item = factories.NewsItemPageFactory(parent=tree.news, strategies=[term])
    return {
        "StrategyPage": factories.StrategyPageFactory(parent=tree.strategies, term=term).url,
        "NewsItemPage": item.url,
        "figure": factories.ImpactStatFactory(strategy=term).get_absolute_url(),
        "NewsIndexPage": f"{tree.news.url}?strategy={term.slug}",
    }


def page_at(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_every_page_about_the_strategy_has_help_lines_below_its_heading_and_a_way_to_leave(
    client: Client, site_tree: factories.SiteTree, term: StrategyTerm
) -> None:
    for name, url in urls_about(term, site_tree).items():
        page = page_at(client, url)
        (lines,) = page.select(".page-head .help-lines")
        assert [link["href"] for link in lines.select("a")] == ["tel:000-000-0001", "tel:000"], name
        links = [str(link.get("id", link["href"])) for link in page.select("body a[href]")]
        assert links[:2] == ["#content", "leave-page"], name
        (leave,) = page.select("#leave-page")
        assert (leave["href"], leave["rel"]) == ("https://example.org/", ["noreferrer", "nofollow"])
        assert [script["defer"] for script in page.select("script[src*=leave]")] == [""], name


def test_other_pages_have_no_help_lines_and_no_way_to_leave(client: Client, site_tree: factories.SiteTree) -> None:
    other = factories.StrategyTermFactory()
    urls = [*urls_about(other, site_tree).values(), site_tree.home.url, site_tree.news.url, "/search/?q=a"]
    for url in [*urls, "/no-such-page/"]:
        text = client.get(url).content.decode()
        assert not [part for part in ("help-lines", "leave-page", "leave.js") if part in text], url


def test_help_lines_take_no_queries_of_their_own(
    client: Client, site_tree: factories.SiteTree, term: StrategyTerm
) -> None:
    urls = urls_about(term, site_tree)
    with_lines = {name: queries_of(client, url) for name, url in urls.items()}
    term.concerns_partner_violence = False
    term.save()
    assert with_lines == {name: queries_of(client, url) for name, url in urls.items()}


def test_a_line_shows_its_hours_and_when_it_was_checked_if_recorded(
    client: Client, site_tree: factories.SiteTree, term: StrategyTerm
) -> None:
    page = page_at(client, urls_about(term, site_tree)["StrategyPage"])
    checked, unchecked = [" ".join(line.get_text(" ").split()) for line in page.select(".help-lines li")]
    assert checked == "Example line 000-000-0001 9 a.m. to 5 p.m. ET Number checked April 2018"
    assert unchecked == "Another example line 000"
    assert "does not erase your browser’s history" in page.select(".help-lines")[0].get_text()


def test_without_lines_the_box_still_warns_about_the_browser_history(
    client: Client, site_tree: factories.SiteTree, term: StrategyTerm, crisis_help: CrisisHelpSettings
) -> None:
    crisis_help.help_lines = []
    crisis_help.save()
    page = page_at(client, urls_about(term, site_tree)["StrategyPage"])
    (box,) = page.select(".page-head .help-lines")
    assert box["aria-label"] == "Leaving this page"
    assert "It does not erase your browser’s history" in box.get_text()
    assert not box.select("ul, .label")
    assert page.select("#leave-page")


def test_the_preview_of_a_draft_shows_the_help_lines(site_tree: factories.SiteTree, term: StrategyTerm) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, strategies=[term], draft=True)
    draft = item.get_latest_revision_as_object()
    preview = draft.make_preview_request(preview_mode="").content.decode()
    assert "help-lines" in preview
    assert "leave-page" in preview


def test_an_author_puts_help_lines_on_a_text_page(client: Client, site_tree: factories.SiteTree) -> None:
    text = factories.TextPageFactory(parent=site_tree.about, body=[("help_lines", None)])
    page = page_at(client, text.url)
    assert len(page.select("main .help-lines")) == 1
    assert page.select("#leave-page")


def test_the_block_does_not_repeat_the_lines_below_the_heading(
    client: Client, site_tree: factories.SiteTree, term: StrategyTerm
) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, term=term, body=[("help_lines", None)])
    assert len(page_at(client, page.url).select(".help-lines")) == 1


def test_only_a_strategy_can_be_marked_in_the_admin(client: Client) -> None:
    client.force_login(factories.UserFactory(role="Managing editor"))
    for kind in ("strategyterm", "placeterm", "initiativeterm", "componentterm"):
        form = client.get(reverse(f"wagtailsnippets_taxonomy_{kind}:add")).content.decode()
        assert ('name="concerns_partner_violence"' in form) == (kind == "strategyterm"), kind


@pytest.mark.parametrize(
    ("role", "may"), [("Author", False), ("Editor", False), ("Managing editor", True), ("Administrator", True)]
)
def test_managing_editors_and_administrators_change_the_settings(client: Client, role: str, may: bool) -> None:
    client.force_login(factories.UserFactory(role=role))
    url = reverse("wagtailsettings:edit", args=["organization", "crisishelpsettings"])
    assert (client.get(url, follow=True).request["PATH_INFO"].startswith(url)) == may


@pytest.mark.parametrize("number", ["1 800 799 7233", "(800) 799-7233", "call us", "-988", "988-"])
def test_a_number_that_no_phone_dials_is_refused_with_an_example(number: str) -> None:
    block = HelpLineBlock().child_blocks["number"]
    with pytest.raises(ValidationError) as refused:
        block.clean(number)
    assert "such as 1-800-799-7233" in refused.value.messages[0]
