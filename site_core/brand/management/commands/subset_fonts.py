"""`manage.py subset_fonts FOLDER`: the site's font files anew from the packages in FOLDER. `make fonts` calls it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.brand.font_subsetting import ARIAL, GEORGIA, LICENSES, cut_font, fallback_css, write_license
from site_core.brand.fonts import BASIC_LATIN, CUTS, FONT_FOLDER, LATIN_1, SANS_TEXT, SERIF_TEXT, unicode_range


class Command(BaseCommand):
    help = "Cut the site's font files, and print what its stylesheet says of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the packages of the two families are unpacked.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
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
