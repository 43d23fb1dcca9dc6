"""An upgrade and the way back, while visitors read and editors write: nobody is refused, and no item is lost."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.deploy.admin import Admin
from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import Load
from tests.deploy.prepared_site import PreparedSite, manage
from tests.deploy.running_deployment import APPS, Deployment, running_deployment
from tests.deploy.versions.editors import Editors
from tests.deploy.versions.next_version import make_next_version
from tests.publishing.admin_forms import filled_in_from

PATHS = ("/", "/news/", "/places/?key=unknown")
SECONDS_READ = 25
# Everybody waits behind `migrate` for the half second that it waits itself. The rest is for a busy machine.
SECONDS = 2.5
ITEMS = """
import json
from news.models import NewsItemPage
items = NewsItemPage.objects.filter(title__startswith="Item ").order_by("-pk")
print(json.dumps([[item.pk, item.title, item.url] for item in items]))
"""
NEW_COLUMNS = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT DISTINCT filed_under, read_on FROM news_newsitempage")
    print(cursor.fetchall())
"""


@pytest.fixture
def own_deployment(prepared: PreparedSite) -> Iterator[Deployment]:
    """One whose database nobody else uses: it is migrated to a version that there is not."""
    with running_deployment(prepared) as running:
        yield running


def restart_with(deployment: Deployment, version: Path) -> None:
    """What the document says, with the version in /srv/nnsc."""
    deployment.version = version
    for app in APPS:
        deployment.restart_app(app)
    deployment.stop_publishing()
    deployment.start_publishing()


def migrate_behind_a_reader(deployment: Deployment, later: Path, editors: Editors, new_witness: NewWitness) -> None:
    """Somebody reads the table that `migrate` has to change, in a transaction that lasts."""
    witness = new_witness(f"a reader keeps `migrate` waiting for {SECONDS_READ} s", SECONDS)
    owner, saved = deployment.owner_environment, len(editors.saved)
    with ThreadPoolExecutor(1) as pool, Load(deployment, PATHS, visitors=2, pause=0.05) as load:
        with psycopg.connect(owner["DATABASE_URL"]) as reader:
            reader.execute("SELECT 1 FROM news_newsitempage LIMIT 1")
            migrating = pool.submit(manage, owner, "migrate", "--verbosity", "0", version=later)
            time.sleep(SECONDS_READ)
            assert not migrating.done()
            witness.signals(deployment)
        ended = time.monotonic()
        migrating.result()
    witness.visitors(load)
    witness.editors(f"{len(editors.saved) - saved:,} saved, {len(editors.failures):,} refused")
    witness.signal(f"migrated {time.monotonic() - ended:.1f} s afterwards")
    assert len(editors.saved) > saved
    assert (load.failures, set(load.statuses)) == ([], {200})
    assert load.slowest < SECONDS


def test_no_item_is_lost_on_the_way_to_the_next_version_and_back(
    own_deployment: Deployment, tmp_path: Path, new_witness: NewWitness
) -> None:
    deployment, earlier, later = own_deployment, own_deployment.version, tmp_path / "later"
    make_next_version(later)
    with Editors(deployment) as editors, Load(deployment, PATHS, visitors=2, pause=0.05) as load:
        editors.wait_for(2)
        migrate_behind_a_reader(deployment, later, editors, new_witness)
        editors.wait_for(2)
        restart_with(deployment, later)
        editors.wait_for(2)
        of_the_later = len(editors.saved)
        restart_with(deployment, earlier)
        editors.wait_for(2)
    assert (editors.failures, load.failures, set(load.statuses)) == ([], [], {200})
    items = json.loads(deployment.shell(ITEMS))
    assert sorted(title for _, title, _ in items) == sorted(editors.saved)
    assert deployment.shell(NEW_COLUMNS) == "[('nowhere', None)]\n"

    # What the later version has saved, the earlier one edits.
    pk = next(pk for pk, title, _ in items if title == editors.saved[of_the_later - 1])
    admin, url = Admin(deployment), f"/admin/pages/{pk}/edit/"
    form = filled_in_from(admin.get(url).text, title="Written by both")
    assert admin.post(url, form).status == 302
    assert "Written by both" in admin.get(url).text
