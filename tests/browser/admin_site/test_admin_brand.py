"""The admin carries the organization's mark and colors, and can be read in both of its themes."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.admin import log_in, sign_in

pytestmark = pytest.mark.sweep

SPRUCE = "rgb(16, 77, 68)"
# A message comes in faint and stands out once it is there. What never ends (a spinner) is not waited for.
COME_TO_REST = """() => Promise.allSettled(document.getAnimations()
  .filter(animation => Number.isFinite(animation.effect.getComputedTiming().endTime))
  .map(animation => animation.finished))"""


def too_faint(window: Page) -> list[str]:
    """Text that does not stand out from its ground, as axe measures it."""
    window.evaluate(COME_TO_REST)
    violations: list[dict[str, Any]] = (
        Axe().run(window, options={"runOnly": ["color-contrast"]}).response["violations"]
    )
    return [node["html"] for violation in violations for node in violation["nodes"]]


def test_the_login_and_the_home_of_the_admin_name_it_and_nothing_else(
    page: Page, site_tree: factories.SiteTree
) -> None:
    page.goto("/admin/login/")
    expect(page).to_have_title("Sign in - NNSC admin")
    expect(page.get_by_role("heading", level=1)).to_have_text("NNSC admin")
    icons = page.locator("link[rel*=icon]")
    expect(icons).to_have_count(1)
    assert "brand/logo" in str(icons.get_attribute("href"))
    assert "Wagtail" not in page.locator("body").inner_text()
    log_in(page, factories.UserFactory(role="Managing editor"))
    expect(page).to_have_title("Dashboard - NNSC admin")
    sidebar = page.locator("#wagtail-sidebar")
    expect(sidebar.locator("svg.mark")).to_be_visible()
    expect(sidebar.get_by_text("NNSC admin")).to_be_visible()
    sidebar.get_by_role("button", name="Help").click()
    expect(sidebar.get_by_role("button", name="Shortcuts")).to_be_visible()
    assert "Wagtail" not in page.locator("body").inner_text()


def test_what_is_not_at_the_admin_leads_back_to_it(page: Page, site_tree: factories.SiteTree) -> None:
    sign_in(page, factories.UserFactory(role="Author"))
    page.goto("/admin/no-such-screen/")
    assert "Wagtail" not in page.locator("body").inner_text()
    page.get_by_role("link", name="Go to the admin’s home").click()
    expect(page).to_have_title("Dashboard - NNSC admin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_admin_can_be_read_in_its_theme(
    page: Page, site_tree: factories.SiteTree, open_window: Callable[..., Page], scheme: Any
) -> None:
    factories.ImpactStatFactory()
    window = open_window(color_scheme=scheme)
    window.goto("/admin/login/")
    assert too_faint(window) == []
    sign_in(window, factories.UserFactory(role="Managing editor"))
    window.goto("/admin/")
    ground = window.locator("#wagtail-sidebar .sidebar__inner")
    is_spruce = ground.evaluate("element => getComputedStyle(element).backgroundColor") == SPRUCE
    assert is_spruce == (scheme == "light")
    edit = reverse("wagtailadmin_pages:edit", args=[site_tree.about.pk])
    for address in ("/admin/", edit, reverse("wagtailsnippets_impact_impactstat:list")):
        window.goto(address)
        expect(window.get_by_role("heading", level=1).first).to_be_visible()
        assert too_faint(window) == [], address
