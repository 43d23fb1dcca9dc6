"""How long backups, restores and drills take with 2,000 news items, and whether what comes back is equal.

The site begins on PostgreSQL and moves to each database from each: to SQLite, SQLite, PostgreSQL and PostgreSQL.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

from tests.ops.backup.commands import backed_up, empty_site, said
from tests.ops.backup.rewritten import manifest_of, rows_of
from tests.page_cache.trials.machine import Machine
from tests.postgresql import new_database, own_server

ITEMS, PICTURES = 2_000, 100
# Each from where the one before ended.
MOVES = ("SQLite", "SQLite", "PostgreSQL", "PostgreSQL")
GROW = f"""
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection
from benchmarks.archive import grow
from site_core.media.models import SiteImage
from tests.factories.drawn import drawn_picture
grow({ITEMS})
content = drawn_picture().read()
for number in range({PICTURES}):
    name = default_storage.save(f"original_images/{{number}}.png", ContentFile(content))
    image = SiteImage(title=name, file=name, width=1, height=1, collection=Collection.get_first_root_node())
    SiteImage.objects.bulk_create([image])
"""


def timed(name: str, act: Callable[[], Any]) -> Any:
    """Print how long it takes, and how long the processes of the site compute, whatever else the machine does."""
    began, computed = time.monotonic(), computed_by_children()
    result = act()
    took, computing = time.monotonic() - began, computed_by_children() - computed
    print(f"{name:<42}{took:8.1f} s{computing:8.1f} s computing", flush=True)
    return result


def computed_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    with tempfile.TemporaryDirectory() as name, own_server() as server:
        folder = Path(name)
        (folder / "first").mkdir()
        first = Machine(folder / "first", 1, DATABASE_URL=new_database(server.address, "first"))
        first.prepare()
        first.shell(GROW)
        files = [timed("backup from PostgreSQL", lambda: backed_up(first, folder / "0.zip"))]
        print_size(files[0])
        here = "PostgreSQL"
        for number, there in enumerate(MOVES, 1):
            more = {"DATABASE_URL": new_database(server.address, f"moved_{number}")} if there == "PostgreSQL" else {}
            site = empty_site(folder / str(number), first, **more)
            timed(f"restore from {here} on {there}", partial(said, site, "restore", files[-1]))
            files.append(timed(f"backup from {there}", partial(backed_up, site, folder / f"{number}.zip")))
            here = there
        print(timed("drill on PostgreSQL", lambda: said(first, "restore_drill", files[0])).splitlines()[-2])
        return compare(files)


def print_size(file: Path) -> None:
    manifest = manifest_of(file)
    print(
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables, {len(manifest.media.members):,} uploads, "
        f"{len(manifest.pages):,} pages, {file.stat().st_size / 1e6:.1f} MB"
    )


def compare(files: list[Path]) -> int:
    """Print what is equal in all backups; 1 if anything is not."""
    rows, manifests = [rows_of(file) for file in files], [manifest_of(file) for file in files]
    equal = {
        "rows": all(one == rows[0] for one in rows),
        "uploads": all(one.media == manifests[0].media for one in manifests),
        "pages": all(one.pages == manifests[0].pages for one in manifests),
    }
    for what, is_equal in equal.items():
        print(f"{'' if is_equal else 'WRONG: '}{what} are {'equal' if is_equal else 'not equal'}")
    return 0 if all(equal.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
