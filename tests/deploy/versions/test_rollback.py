"""An upgrade and the way back, while visitors read and editors write: nobody is refused, and no item is lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.admin import Admin
from tests.deploy.load import Load
from tests.deploy.prepared_site import PreparedSite, manage
from tests.deploy.running_deployment import APPS, Deployment, running_deployment
from tests.deploy.versions.editors import Editors
from tests.deploy.versions.next_version import make_next_version
from tests.publishing.admin_forms import filled_in_from

PATHS = ("/", "/news/", "/places/?key=unknown")
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


def test_no_item_is_lost_on_the_way_to_the_next_version_and_back(own_deployment: Deployment, tmp_path: Path) -> None:
    deployment, earlier, later = own_deployment, own_deployment.version, tmp_path / "later"
    make_next_version(later)
    with Editors(deployment) as editors, Load(deployment, PATHS, visitors=2, pause=0.05) as load:
        editors.wait_for(2)
        manage(deployment.owner_environment, "migrate", "--verbosity", "0", version=later)
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
