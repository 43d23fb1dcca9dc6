"""The preview of a stat in the admin follows its evidence before anything is saved."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, Page, expect

from impact.models import ImpactStat
from tests.browser import admin
from tests.contracts.stock import home_body
from tests.factories import ImpactStatFactory, SiteTree, StrategyPageFactory, StudyFactory, UserFactory

NOT_RECORDED, MATCHES = "Source not yet recorded", "Same as the published study"


def test_evidence_and_numbers_show_in_the_preview_before_anything_is_saved(
    page: Page, open_window: Callable[..., Page], site_tree: SiteTree, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    stat = stat_on_home_and_strategy(site_tree)
    StudyFactory(short_name="Example and Sample")
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/snippets/impact/impactstat/edit/{stat.pk}/")
    admin.open_preview(page)
    status = admin.preview(page).locator(".status")
    expect(status).to_have_text(NOT_RECORDED)

    add_supporting_study(page, "Example and Sample")
    type_what_it_reports_until(page, status, MATCHES)
    expect_number_on_pages_that_show_it(page, "41%")

    expect_unchanged(open_window(), stat)


def stat_on_home_and_strategy(site_tree: SiteTree) -> ImpactStat:
    strategy = StrategyPageFactory(parent=site_tree.strategies)
    stat: ImpactStat = ImpactStatFactory(value_low=Decimal("12.5"), strategy=strategy.term)
    site_tree.home.body = home_body(site_tree, stat)
    site_tree.home.save_revision().publish()
    return stat


def add_supporting_study(author: Page, study: str) -> None:
    evidence = author.get_by_role("region", name="Evidence")
    evidence.get_by_role("button", name="Add Study").click()
    evidence.get_by_role("button", name="Choose").click()
    author.get_by_role("dialog").get_by_role("link", name=study).click()
    # Only then does the form hold the study: an unfinished choice confirms no stat.
    expect(evidence.get_by_text(study)).to_be_visible()
    evidence.get_by_label("Relation to the impact stat").select_option("supports the figure")


def type_what_it_reports_until(author: Page, status: Locator, words: str) -> None:
    """Types again until the preview follows: Wagtail's panel loses a change that arrives while it swaps frames."""
    reports = author.get_by_role("region", name="Evidence").get_by_label("What it reports")
    for percent in range(10, 16):
        reports.fill(f"{percent}%")
        with suppress(AssertionError):
            expect(status).to_have_text(words, timeout=4_000)
            return
    expect(status).to_have_text(words)


def expect_number_on_pages_that_show_it(author: Page, value: str) -> None:
    """On the real home and strategy pages, with the typed value."""
    author.get_by_role("spinbutton", name="Value").fill(value.rstrip("%"))
    preview = admin.preview(author)
    expect(preview.get_by_text(value, exact=True)).to_be_visible()
    for mode, heading in (
        ("In the home page's impact section", "An example of a mission."),
        ("On its strategy's page", "Example strategy"),
    ):
        admin.preview_as(author, mode)
        expect(preview.get_by_role("heading", level=1)).to_contain_text(heading)
        expect(preview.get_by_text(value, exact=True).first).to_be_visible()
        expect(preview.get_by_text(MATCHES).first).to_be_visible()


def expect_unchanged(visitor: Page, stat: ImpactStat) -> None:
    """For visitors, and in the database."""
    visitor.goto(stat.get_absolute_url())
    expect(visitor.get_by_role("main")).to_contain_text("12.5%")
    expect(visitor.get_by_role("main")).to_contain_text(NOT_RECORDED)
    assert stat.revisions.count() == 1
