"""Whether typing into a long body ever blocks the editor, beside a new Wagtail site.

`python -m benchmarks.admin.typing` opens a news item of twenty blocks in Chromium and types four hundred letters into
its last text, autosaves among them. Chromium's own trace tells what each task of the page's main thread took: in CPU
time, so that other work on the machine does not count. The exit code is 1 if one takes longer than the limit.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# The first import of a module of Django's reads it.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.admin.__main__ import OURS, STOCK
from tests.chromium import FLAGS, chromium
from tests.running_site import free_port, wait_until

LETTERS, PAUSE_MILLISECONDS, LIMIT_MILLISECONDS = 400, 60, 50
WORDS = "An example of typing, letter by letter. "
SERVE = "import sys, django; django.setup(); from benchmarks.admin.serving import main; main(int(sys.argv[1]))"
BEFORE_TYPING_MILLISECONDS = 3_000
# Chromium has a minute for what it does at once on an idle machine.
BROWSER_WAIT_MILLISECONDS = 180_000


def is_listening(port: int) -> bool:
    """Whether a server answers at the port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(settings: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The URL of a site, and what `benchmarks.admin.serving` prints of it."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 (a module of this package)
        [sys.executable, "-c", SERVE, str(port)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        answer = process.stdout.readline() if process.stdout else ""
        if not answer:
            raise SystemExit(f"The site of {settings} did not start.")
        wait_until(lambda: is_listening(port))
        yield f"http://127.0.0.1:{port}", json.loads(answer)
    finally:
        process.kill()
        process.wait()


def typed(browser: Browser, window: Page) -> list[float]:
    """What each task of the page's main thread took while somebody typed, in milliseconds of CPU."""
    text = window.locator("[data-contentpath=body] [contenteditable=true]").last
    text.click()
    # What opening the page sets off is not typing.
    window.wait_for_timeout(BEFORE_TYPING_MILLISECONDS)
    browser.start_tracing(page=window, categories=["toplevel"])
    window.keyboard.type((WORDS * (LETTERS // len(WORDS) + 1))[:LETTERS], delay=PAUSE_MILLISECONDS)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    if WORDS not in text.inner_text():
        raise SystemExit("Nothing was typed.")
    return main_thread_tasks(events)


def main_thread_tasks(events: list[dict[str, object]]) -> list[float]:
    """The CPU time in milliseconds of each task of a trace that ran on the main thread of a page."""
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"] == {"name": "CrRendererMain"}
    }
    tasks = [
        event["tdur"] / 1000  # type: ignore[operator]
        for event in events
        if str(event["name"]).endswith("RunTask") and "tdur" in event and (event["pid"], event["tid"]) in threads
    ]
    if not tasks:
        raise SystemExit("The trace tells of no task of the page.")
    return tasks


def measured(browser: Browser, settings: str) -> list[float]:
    """The tasks of one site."""
    with served(settings) as (url, about):
        context = browser.new_context()
        context.set_default_timeout(BROWSER_WAIT_MILLISECONDS)
        context.add_cookies([{"name": about["name"], "value": about["value"], "url": url}])
        window = context.new_page()
        window.goto(f"{url}{about['path']}")
        tasks = typed(browser, window)
        context.close()
    return tasks


def main() -> int:
    longest = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        for name, settings in (("ours", OURS), ("stock", STOCK)):
            tasks = measured(browser, settings)
            longest[name] = max(tasks)
            over = sum(task > LIMIT_MILLISECONDS for task in tasks)
            print(f"{name:<6} longest task {max(tasks):6.1f} ms, {over} of {len(tasks)} over {LIMIT_MILLISECONDS} ms")
        browser.close()
    if longest["ours"] > LIMIT_MILLISECONDS:
        print(f"WRONG: typing blocks the editor for {longest['ours']:.0f} ms")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
