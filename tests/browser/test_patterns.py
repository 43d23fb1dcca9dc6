"""The pattern page is as sound as the pages whose parts it shows."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests import factories
from tests.browser.admin import sign_in

pytestmark = pytest.mark.sweep

SIDEWAYS_SCROLL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.urls("tests.contracts.pattern_urls")
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pattern_page_is_sound(page: Page, site_tree: factories.SiteTree, width: int) -> None:
    sign_in(page, factories.UserFactory(role="Author"))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/admin/patterns/")
    assert page.title().startswith("Patterns")
    assert page.evaluate(SIDEWAYS_SCROLL) == 0
    # Wagtail's bar is not ours, and what lies in its shadow tree keeps axe from seeing that the skip link comes first.
    page.locator("wagtail-userbar").evaluate("bar => bar.remove()")
    violations = Axe().run(page).response["violations"]
    found = [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]
    assert found == []
