"""Writes the site's font files from the packages in a folder. `make fonts` calls it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.brand.font_subsetting import ARIAL, GEORGIA, LICENSES, cut_font, fallback_css, write_license
from site_core.brand.fonts import BASIC_LATIN, CUTS, FONT_FOLDER, LATIN_1, SANS_TEXT, SERIF_TEXT, unicode_range


class Command(BaseCommand):
    help = "Writes the site's font files, and prints the CSS values that describe them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder with the unpacked packages of the two families.")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        FONT_FOLDER.mkdir(parents=True, exist_ok=True)
        try:
            for cut in CUTS:
                cut_font(folder, cut)
                self.stdout.write(f"{cut.path.name}: {cut.path.stat().st_size:,} bytes")
            for family in LICENSES:
                write_license(folder, family)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        for characters in (BASIC_LATIN, LATIN_1):
            self.stdout.write(f"unicode-range: {unicode_range(characters)};")
        self.stdout.write(fallback_css(SERIF_TEXT, GEORGIA))
        self.stdout.write(fallback_css(SANS_TEXT, ARIAL))
