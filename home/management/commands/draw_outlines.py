"""manage.py draw_outlines FILE: draws the outlines of the states into the templates of the maps."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.places.outlines import arcs_of, path_of
from site_core.taxonomy.projection import NORTHEAST, UNITED_STATES

TEMPLATE = """\
{{# {what}: Census Bureau cartographic boundaries, 2017 edition, simplified. Drawn by `make map`. Needs: nothing. #}}
<path class="outlines" vector-effect="non-scaling-stroke" d="{path}" />
"""
DRAWINGS = {
    "us_outlines.html": ("The 48 states, 960 by 612", UNITED_STATES),
    "northeast_outlines.html": ("The Northeast, 460 by 612", NORTHEAST),
}


class Command(BaseCommand):
    help = "Draw the outlines of the states from states-10m.json of the npm package us-atlas. `make map` runs it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="states-10m.json")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            arcs = arcs_of(json.loads(file.read_text()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} is not a map of the states as TopoJSON: {error}") from None
        for name, (title, window) in DRAWINGS.items():
            path = path_of(arcs, window)
            template = settings.BASE_DIR / "templates" / "components" / name
            template.write_text(TEMPLATE.format(what=title, path=path))
            self.stdout.write(f"{template.relative_to(settings.BASE_DIR)}: {len(path)} bytes")
