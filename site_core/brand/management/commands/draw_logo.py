"""Writes the logo files from the logo's geometry."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from site_core.brand import logo

STATIC_FOLDER = Path(logo.__file__).parent / "static" / "brand"
ICON_SIZES = (180, 512)


class Command(BaseCommand):
    help = "Writes the logo files for browsers, home screens and pages."

    def handle(self, *args: object, **options: object) -> None:
        (STATIC_FOLDER / "logo.svg").write_text(logo.icon_svg())
        (STATIC_FOLDER / "logo-mask.svg").write_text(logo.mask_svg())
        (settings.BASE_DIR / "templates/components/logo.html").write_text(logo.component_html())
        for size in ICON_SIZES:
            logo.draw_icon(size).save(STATIC_FOLDER / f"logo-{size}.png", optimize=True)
        self.stdout.write("The logo files are written.")
