"""People of every role log in in the admin, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from site_core.accounts.roles import Role
from tests.factories import PASSWORD, SiteTree, UserFactory


@pytest.mark.parametrize("role", Role.values)
def test_login(role: str, page: Page, site_tree: SiteTree) -> None:
    person = UserFactory(role=role)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto("/admin/")
    page.get_by_label("Email").fill(person.email.upper())
    page.locator("input[name=password]").fill(PASSWORD)
    expect(page.get_by_role("link", name="Forgot password?")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url("/admin/")
    assert problems == []
