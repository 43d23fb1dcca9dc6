"""People who do a task in the admin, with a mouse or with the keyboard alone. Each of their steps is counted."""

from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page, expect

# A goal that more presses of Tab do not reach is not reached.
MOST_TABS = 90
# The width in pixels below which the admin has its sidebar closed.
NARROW = 800
LOADED_AND_AT_THE_TOP = "[performance.timeOrigin, document.activeElement === document.body && !location.hash]"
MAIN = "Skip to main content"
TOWARDS = """goal => {
  const from = document.activeElement;
  return from.compareDocumentPosition(goal) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
}"""


class Person(ABC):
    """Counts clicks, and keys as they are pressed: a letter is one, and so is a shortcut such as Ctrl+S."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.clicks = 0
        self.letters = 0
        # The keys that are no text: Tab, Enter, arrows, shortcuts.
        self.moves = 0

    @property
    def sidebar(self) -> Locator:
        return self.window.get_by_role("complementary", name="Sidebar")

    @property
    def keys(self) -> int:
        return self.letters + self.moves

    @abstractmethod
    def click(self, goal: Locator) -> None:
        """Do what a click on it does."""

    @abstractmethod
    def go_to(self, box: Locator) -> None:
        """Have the focus there."""

    @abstractmethod
    def go_on_to(self, box: Locator) -> None:
        """Have the focus there, coming from the box before it."""

    @abstractmethod
    def choose(self, box: Locator, option: str) -> None:
        """Choose one of a list by its words, which begin unlike those of the others."""

    @abstractmethod
    def save(self) -> None:
        """Save the draft."""

    @abstractmethod
    def skip_to(self, what: str) -> None:
        """Follow a skip link, where the focus is moved by Tab."""

    @abstractmethod
    def open_screen(self, *names: str) -> None:
        """A screen of the menu, by the name of its item, after that of the menu it is in."""

    @abstractmethod
    def open_pages(self, title: str) -> None:
        """The list of the pages below one that stands below the home page."""

    @abstractmethod
    def find(self, words: str) -> None:
        """Open the first that the search of the admin finds."""

    def fill(self, box: Locator, text: str) -> None:
        self.go_to(box)
        self.type(text)

    def fill_next(self, box: Locator, text: str) -> None:
        self.go_on_to(box)
        self.type(text)

    def type(self, text: str) -> None:
        self.letters += len(text)
        self.window.keyboard.type(text)

    def press(self, key: str) -> None:
        self.moves += 1
        self.window.keyboard.press(key)

    def choose_action(self, name: str) -> None:
        """One of the actions beside “Save draft”."""
        self.click(self.window.get_by_role("button", name="More actions"))
        self.click(self.window.get_by_role("button", name=name, exact=True))


class WithMouse(Person):
    """Clicks, and types with both hands: from one box to the next by Tab."""

    def click(self, goal: Locator) -> None:
        self.clicks += 1
        goal.click()

    def go_to(self, box: Locator) -> None:
        self.click(box)

    def go_on_to(self, box: Locator) -> None:
        self.press("Tab")
        expect(box).to_be_focused()

    def choose(self, box: Locator, option: str) -> None:
        # One click opens the list, which Chromium draws outside the page, and one chooses.
        self.clicks += 2
        box.focus()
        box.select_option(label=option)

    def save(self) -> None:
        self.click(self.window.get_by_role("button", name="Save draft"))

    def skip_to(self, what: str) -> None:
        pass

    def open_screen(self, *names: str) -> None:
        self.open_sidebar()
        menu = self.window.get_by_role("navigation", name="Main menu")
        for name in names:
            self.click(menu.get_by_role("link", name=name, exact=True).or_(menu.get_by_role("button", name=name)).last)

    def open_pages(self, title: str) -> None:
        self.open_screen("Pages")
        self.click(self.sidebar.get_by_role("link", name=title, exact=True))

    def find(self, words: str) -> None:
        self.open_sidebar()
        self.click(self.window.locator("#menu-search-q"))
        self.type(words)
        self.press("Enter")

    def open_sidebar(self) -> None:
        """Where the screen is narrow, it is closed."""
        if self.window.viewport_size and self.window.viewport_size["width"] < NARROW:
            self.click(self.window.get_by_role("button", name="Toggle sidebar"))


class WithKeyboard(Person):
    """Moves by Tab and Shift+Tab, by skip links and by shortcuts."""

    # When the page was loaded that was last moved in.
    loaded = 0.0

    def click(self, goal: Locator) -> None:
        if goal.get_attribute("role") == "tab":
            # Of the tabs in a row, Tab leads to the open one alone.
            self.go_to(goal.locator("xpath=..").get_by_role("tab", selected=True))
            self.press("ArrowRight")
            return
        self.go_to(goal)
        self.press("Space" if goal.get_attribute("type") in ("checkbox", "radio") else "Enter")

    def go_to(self, box: Locator) -> None:
        expect(box).to_be_visible()
        if box.evaluate("box => !!box.closest('.modal.fade')"):
            # A dialog takes the focus once it has faded in, from what somebody has moved to before.
            expect(self.window.locator(".modal:focus-within")).to_be_visible()
        if self.is_at_the_top:
            self.skip_to(MAIN)
        self.tab_to(box)

    def go_on_to(self, box: Locator) -> None:
        self.go_to(box)

    def choose(self, box: Locator, option: str) -> None:
        self.go_to(box)
        self.type(option)
        expect(box.locator("option:checked")).to_have_text(option)

    def save(self) -> None:
        self.press("Control+s")

    def skip_to(self, what: str) -> None:
        link = self.window.get_by_role("link", name=what)
        expect(link).to_be_attached()
        # A script gives skip links their focus.
        expect(self.window.locator("body.ready")).to_be_visible()
        if self.is_at_the_top and what != MAIN:
            self.skip_to(MAIN)
        self.tab_to(link)
        self.press("Enter")
        expect(link).not_to_be_focused()

    def open_screen(self, *names: str) -> None:
        """By the search of the admin, which finds the screens of all menus."""
        self.find(names[-1])
        self.window.wait_for_url(lambda url: not url.endswith("/admin/"))

    def open_pages(self, title: str) -> None:
        for item in (
            self.sidebar.get_by_role("button", name="Pages"),
            self.sidebar.get_by_role("link", name=title, exact=True),
        ):
            self.tab_to(item)
            self.press("Enter")

    def find(self, words: str) -> None:
        self.press("Control+k")
        dialog = self.window.get_by_role("dialog", name="Search the admin")
        expect(dialog).to_be_visible()
        self.type(words)
        self.press("Enter")

    def tab_to(self, goal: Locator) -> None:
        expect(goal).to_be_attached()
        for _ in range(MOST_TABS):
            if self.is_at(goal):
                return
            self.press(str(goal.evaluate(TOWARDS)))
        raise AssertionError(f"No {MOST_TABS} Tabs lead to {goal}.")

    @property
    def is_at_the_top(self) -> bool:
        """Whether Tab begins with the first link of the page: where it is new, and no part of it was linked to."""
        former = self.loaded
        self.loaded, is_at_the_top = self.window.evaluate(LOADED_AND_AT_THE_TOP)
        return bool(is_at_the_top and self.loaded != former)

    @staticmethod
    def is_at(goal: Locator) -> bool:
        return bool(goal.evaluate("goal => goal === document.activeElement"))
