"""The machines that people sit at: windows of one know of each other, and those of another know nothing of them."""

from playwright.sync_api import Browser, BrowserContext

from tests.chromium import WAIT_MILLISECONDS

# What a site can leave there besides cookies, and besides the files that the browser has loaded.
STORED = "local_storage,indexeddb,cache_storage,service_workers"


class Machines:
    """Each is lent to one test after another: the next need not load the scripts and styles of the site again, which
    takes half of the time of an admin page. Nothing else is left of whoever used it before.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._free: list[BrowserContext] = []

    def new(self, **options: object) -> BrowserContext:
        """One that nobody has used, for the test to close."""
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
        forgotten = {"origin": self._address, "storageTypes": STORED}
        context.new_cdp_session(window).send("Storage.clearDataForOrigin", forgotten)
        window.close()
        self._free.append(context)
