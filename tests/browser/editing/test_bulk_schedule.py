"""Several pages are selected in a list and scheduled for one time."""

from playwright.sync_api import Page, expect

from news.models import NewsItemPage
from tests.browser import admin
from tests.factories import NewsItemPageFactory, SiteTree, UserFactory

# Wagtail's script knows the actions of the dropdown once it has faded in.
WHEN_SHOWN = "shown = new Promise(done => document.addEventListener('w-dropdown:shown', () => done(), {once: true}))"


def test_what_is_checked_in_a_list_goes_live_at_one_time(page: Page, site_tree: SiteTree) -> None:
    items = [NewsItemPageFactory(parent=site_tree.news, draft=True) for _ in range(2)]
    admin.sign_in(page, UserFactory(role="Editor"))
    page.goto(f"/admin/pages/{site_tree.news.pk}/")
    for item in items:
        page.get_by_role("row").filter(has_text=item.title).get_by_role("checkbox").check()
    page.evaluate(f"void ({WHEN_SHOWN})")
    page.get_by_role("region", name="Bulk actions").get_by_role("button", name="More").click()
    page.evaluate("shown")
    page.get_by_role("link", name="Schedule the selected pages").click()
    box = page.get_by_label("Goes live")
    box.fill("Jan. 7, 2127")
    expect(page.locator("typed-date output")).to_have_text("Tue., Jan. 7, 2127. 2127 is more than 10 years ahead.")
    page.get_by_label("Time", exact=True).fill("09:00")
    page.get_by_role("button", name="Schedule them").click()
    admin.expect_message(page, "2 pages are scheduled for Tue., Jan. 7, 2127, 9:00 a.m. ET.")
    assert not NewsItemPage.objects.filter(live=True).exists()
    assert all(item.revisions.filter(approved_go_live_at__isnull=False).exists() for item in items)
