"""Pictures of the public pages: every page at four widths, light and dark, as small PNG files.

`python -m benchmarks.screenshots ADDRESS FOLDER` while the site runs, such as `http://localhost:8000 pictures`. The
files are named by page, width in pixels and color scheme: `home-1280-dark.png`.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, chromium
from tests.real_pages import PAGES

WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
HEIGHT = 900
# Bytes, and with how many colors to try for them: text in few colors stays sharp.
LARGEST = 120_000
COLORS = (48, 24, 16, 12)


def take(browser: Browser, address: str, width: int, scheme: str) -> bytes:
    """One full page as PNG. Raises SystemExit where the page does not answer as it should."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)  # type: ignore[arg-type]
    try:
        answer = page.goto(address)
        if answer is None or answer.status != (404 if address.endswith(PAGES["not-found"]) else 200):
            raise SystemExit(f"{address} did not answer with a page.")
        return page.screenshot(full_page=True)
    finally:
        page.close()


def small(picture: bytes) -> bytes:
    """The picture in as many colors as fit into LARGEST, in the fewest of COLORS if none do."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colors in COLORS:
        file = io.BytesIO()
        whole.quantize(colors, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if file.tell() <= LARGEST:
            break
    return file.getvalue()


def main(address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        for name, path in PAGES.items():
            for width in WIDTHS:
                for scheme in SCHEMES:
                    picture = take(browser, address.rstrip("/") + path, width, scheme)
                    (folder / f"{name}-{width}-{scheme}.png").write_bytes(small(picture))
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("Say where the site runs and where to put the pictures: ADDRESS FOLDER")
    main(sys.argv[1], Path(sys.argv[2]))
