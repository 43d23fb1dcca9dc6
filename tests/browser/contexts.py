"""Browser contexts that tests use one after another, so that each need not load the site's scripts and styles anew."""

from playwright.sync_api import Browser, BrowserContext

from tests.chromium import WAIT_MILLISECONDS

# What a site can store besides cookies and the HTTP cache.
STORED = "local_storage,indexeddb,cache_storage,service_workers"


class Contexts:
    """The contexts of one browser. Loading scripts and styles takes half of the time of an admin page, so a context
    keeps its HTTP cache for the next test. It keeps nothing else.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._free: list[BrowserContext] = []

    def new(self, **options: object) -> BrowserContext:
        """A new context with these options, which the test closes."""
        context = self._browser.new_context(
            base_url=self._address,
            locale="en-US",
            timezone_id="America/New_York",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        return context

    def borrow(self) -> BrowserContext:
        return self._free.pop() if self._free else self.new()

    def give_back(self, context: BrowserContext) -> None:
        context.set_offline(False)
        context.unroute_all()
        context.clear_cookies()
        context.clear_permissions()
        for window in context.pages:
            window.close()
        window = context.new_page()
        stored = {"origin": self._address, "storageTypes": STORED}
        context.new_cdp_session(window).send("Storage.clearDataForOrigin", stored)
        window.close()
        self._free.append(context)
