"""Whether typing into a long body ever blocks the editor: `python -m benchmarks.admin.typing`.

It starts the site as `make run` does, opens a news item of twenty blocks in Chromium and types four hundred letters
into the last one, autosaves among them. The exit code is 1 if the page is blocked for longer than the limit meanwhile.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from playwright.sync_api import Page, sync_playwright

from tests.chromium import FLAGS, chromium
from tests.running_site import RunningSite, free_port

LETTERS, PAUSE_MILLISECONDS, LIMIT_MILLISECONDS = 400, 60, 50
MAKE_ITEM = """
import json
from wagtail.rich_text import RichText
from benchmarks.admin.inside import BLOCKS, PARAGRAPH
from news.models import NewsIndexPage
from tests import factories
body = [("heading", "A heading") if at % 2 == 0 else ("text", RichText(PARAGRAPH)) for at in range(BLOCKS)]
item = factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), body=body)
person = factories.UserFactory(role="Author")
print(json.dumps([item.pk, person.email, factories.PASSWORD]))
"""
# The browser tells only of tasks that take longer than 50 ms.
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.longTasks.push(Math.round(task.duration));
}).observe({ type: "longtask" });
"""


def long_tasks(window: Page) -> list[int]:
    """How long the page was blocked each time that it was for longer than the limit, in milliseconds."""
    text = window.locator("[data-contentpath=body] [contenteditable=true]").last
    text.click()
    # What opening the page sets off is not typing.
    window.wait_for_timeout(3_000)
    window.evaluate(WATCH)
    words = "An example of typing, letter by letter. "
    window.keyboard.type((words * (LETTERS // len(words) + 1))[:LETTERS], delay=PAUSE_MILLISECONDS)
    tasks: list[int] = window.evaluate("window.longTasks")
    return tasks


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, RunningSite(Path(folder), free_port()) as site:
        address = f"http://localhost:{site.port}"
        site.wait_for_line(f"{address}/admin/")
        item, email, password = json.loads(site.shell(MAKE_ITEM).splitlines()[-1])
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
            window = browser.new_page()
            window.goto(f"{address}/admin/login/?next=/admin/pages/{item}/edit/")
            window.get_by_label("Email").fill(email)
            window.locator("input[name=password]").fill(password)
            window.get_by_role("button", name="Sign in").click()
            tasks = long_tasks(window)
            browser.close()
    print(f"{LETTERS} letters, of which {len(tasks)} waited for longer than {LIMIT_MILLISECONDS} ms: {tasks}")
    if tasks:
        print(f"WRONG: typing was blocked for {max(tasks)} ms")
    return 1 if tasks else 0


if __name__ == "__main__":
    sys.exit(main())
