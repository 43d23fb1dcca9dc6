"""`manage.py draw_mark`: the files of the mark anew from its geometry."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from site_core import mark

STATIC_FOLDER = Path(mark.__file__).parent / "static" / "site_core"
ICON_SIZES = (180, 512)


class Command(BaseCommand):
    help = "Draw the mark for browsers, home screens and pages."

    def handle(self, *args: Any, **options: Any) -> None:
        (STATIC_FOLDER / "mark.svg").write_text(mark.icon_svg())
        (STATIC_FOLDER / "mark-mask.svg").write_text(mark.mask_svg())
        (settings.BASE_DIR / "templates/components/mark.html").write_text(mark.component_html())
        for size in ICON_SIZES:
            mark.draw_icon(size).save(STATIC_FOLDER / f"mark-{size}.png", optimize=True)
        self.stdout.write("The mark is drawn.")
