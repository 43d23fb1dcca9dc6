"""Windows in the admin, one for each role, and pictures of what they show."""

import io
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect
from wagtail.admin.admin_url_finder import AdminURLFinder

from site_core.accounts.models import User
from site_core.accounts.roles import Role
from tests.browser import admin
from tests.factories import PASSWORD

WIDTH = 1280
# Milliseconds in which what fades in or is laid out anew comes to rest.
REST = 700
# What stands this far below the upper edge is not covered by the admin's own bar.
BELOW_BAR = 70
# The admin says so while it saves by itself.
SAVING = ".w-autosave-indicator__text:visible:has-text('Saving')"
COLORS = 256


def person(role: Role) -> User:
    """The login that the site came with for a role."""
    return User.objects.get(email=f"{role.name.lower().replace('_', '-')}@example.org")


def scroll_to(top: Locator) -> None:
    """At once, where the admin would glide."""
    top.first.evaluate(
        f"""element => {{
            element.style.scrollMarginTop = "{BELOW_BAR}px";
            element.scrollIntoView({{block: "start", behavior: "instant"}});
        }}"""
    )


class Camera:
    """Opens windows and writes pictures into a folder."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder
        self.windows: dict[Role, Page] = {}

    def visitor(self) -> Page:
        """A window of somebody who is not signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            color_scheme="light",
            locale="en-US",
            timezone_id="America/New_York",
            viewport={"width": WIDTH, "height": 800},
        )
        return context.new_page()

    def admin_of(self, role: Role) -> Page:
        """The window of the person with that role, signed in."""
        if role not in self.windows:
            somebody, window = person(role), self.visitor()
            somebody.set_password(PASSWORD)
            somebody.save()
            admin.log_in(window, somebody)
            self.windows[role] = window
        return self.windows[role]

    def edit(self, role: Role, obj: Any) -> Page:
        """The same window at the edit screen of a page, figure, setting and so on."""
        window = self.admin_of(role)
        window.goto(AdminURLFinder().get_edit_url(obj))
        window.locator("body.ready").wait_for()
        return window

    def take(self, window: Page, name: str, height: int, *, top: Locator | None = None) -> None:
        """What the window shows at that height, scrolled so that `top` stands above the rest."""
        window.set_viewport_size({"width": WIDTH, "height": height})
        if top:
            expect(window.locator(SAVING)).to_have_count(0)
            scroll_to(top)
        self._write(window, name)

    def take_part(
        self, window: Page, name: str, part: Locator, *, more: tuple[int, int, int, int] = (0, 0, 0, 0)
    ) -> None:
        """One part of what the window shows, with so many pixels more at its left, top, right and bottom."""
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        if not box:
            raise SystemExit(f"What is to be seen in {name}.png is not there.")
        left, top, right, bottom = more
        self._write(
            window,
            name,
            {
                "x": box["x"] - left,
                "y": box["y"] - top,
                "width": box["width"] + left + right,
                "height": box["height"] + top + bottom,
            },
        )

    def _write(self, window: Page, name: str, clip: FloatRect | None = None) -> None:
        # Nothing is to look as if the mouse were on it.
        window.mouse.move(0, 0)
        expect(window.locator(SAVING)).to_have_count(0)
        window.wait_for_timeout(REST)
        whole = Image.open(io.BytesIO(window.screenshot(animations="disabled", clip=clip))).convert("RGB")
        few = whole.quantize(COLORS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)
