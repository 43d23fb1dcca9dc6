"""What could be said with more care is listed beside the box while one writes. One key applies a suggestion."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import admin
from tests.factories import SiteTree, TextPageFactory, UserFactory


def test_a_suggestion_is_applied_by_one_key_and_what_may_stay_is_marked_no_more(
    page: Page, site_tree: SiteTree, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    body = [("text", "<p>Outreach workers met with offenders and GVI partners.</p>"), ("text", "<p>A</p>")]
    text_page = TextPageFactory(parent=site_tree.home, summary="They met.", body=body)
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/pages/{text_page.pk}/edit/")
    summary = page.locator("#id_summary")
    summary.fill("The Mayor met the addicts.")
    expect(page.get_by_text("2 wordings to check.")).to_be_visible()
    summary.press("Alt+Enter")
    expect(summary).to_have_value("The mayor met the addicts.")
    page.get_by_role("button", name="Use “people with an addiction”").press("Enter")
    expect(summary).to_have_value("The mayor met the people with an addiction.")
    expect(page.locator(".wording")).to_have_count(0)

    editor = page.locator("[data-contentpath=body] .public-DraftEditor-content").first
    editor.click()
    expect(page.get_by_text("“GVI”")).to_be_visible()
    editor.press("Alt+Enter")
    expect(editor).to_have_text("Outreach workers met with people who caused harm and GVI partners.")
    page.get_by_role("button", name="Not here").click()
    page.get_by_label("Why it is right here").press("Enter")
    expect(page.get_by_text("Say in one sentence why the words are right here.")).to_be_visible()
    page.get_by_label("Why it is right here").fill("The page before explains it.")
    page.get_by_label("Why it is right here").press("Enter")
    expect(page.locator(".wording")).to_have_count(0)
    page.reload()
    editor.click()
    editor.press_sequentially(" ")
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.get_by_text("“GVI”")).to_have_count(0)
