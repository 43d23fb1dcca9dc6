"""Every picture of the editors' handbook, so that it shows the admin as it is: `python -m benchmarks.handbook`.

It starts a site of its own in a temporary folder, brings about each state that the handbook shows, and writes
docs/editors/pictures anew. What the pictures show of people, articles and figures beside the site's own content is
made up.
"""

import os
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.chromium import FLAGS, chromium
from tests.running_site import RunningSite, free_port

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "editors" / "pictures"


def take_all(address: str) -> None:
    """Chapter by chapter, while the site runs."""
    from benchmarks.handbook import chapters
    from benchmarks.handbook.camera import Camera

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        camera = Camera(browser, address, PICTURES)
        for chapter in chapters.ALL:
            chapter(camera)
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(Path(folder), free_port())
        # This process works on the same database. Playwright's loop stands in the thread that does so, but nothing
        # else runs in it meanwhile.
        os.environ.clear()
        os.environ.update(site.environment, DJANGO_ALLOW_ASYNC_UNSAFE="1")
        django.setup()
        with site:
            address = f"http://localhost:{site.port}"
            site.wait_for_line(f"{address}/admin/")
            try:
                take_all(address)
            finally:
                site.process.terminate()
                site.process.wait()


if __name__ == "__main__":
    main()
