"""manage.py draw_outlines FILE: draws the outlines of the states into the templates of the maps."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.places import outlines

DRAWINGS = {"us_outlines.html": outlines.united_states, "northeast_outlines.html": outlines.northeast}
TEMPLATE = """\
{{# {what}: Census Bureau cartographic boundaries, 2017 edition, simplified. Drawn by `make map`. Needs: nothing. #}}
<path class="outlines" vector-effect="non-scaling-stroke" d="{path}" />
"""
TITLES = {"us_outlines.html": "The 48 states, 960 by 612", "northeast_outlines.html": "The Northeast, 460 by 612"}


class Command(BaseCommand):
    help = "Draw the outlines of the states from states-10m.json of the npm package us-atlas. `make map` runs it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="states-10m.json")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            topology = json.loads(file.read_text())
            paths = {name: draw(topology) for name, draw in DRAWINGS.items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} is not a map of the states as TopoJSON: {error}") from None
        for name, path in paths.items():
            template = settings.BASE_DIR / "templates" / "components" / name
            template.write_text(TEMPLATE.format(what=TITLES[name], path=path))
            self.stdout.write(f"{template.relative_to(settings.BASE_DIR)}: {len(path)} bytes")
