"""PostgreSQL is frozen: its processes are there, its kernel takes what they are sent, and nobody answers."""

import json
import time

from tests.deploy.admin import Admin
from tests.deploy.faults.test_outages import change
from tests.deploy.faults.test_slow_neighbors import SECONDS, STORED
from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import Load, until
from tests.deploy.running_deployment import APPS, Deployment
from tests.deploy.versions.editors import Editors

SECONDS_FROZEN = 12
# Afterwards, for what takes no more than a connection.
SECONDS_TO_RECOVER = 10
TITLES = """
import json
from news.models import NewsItemPage
print(json.dumps(list(NewsItemPage.objects.filter(title__startswith="Item ").values_list("title", flat=True))))
"""


def test_a_frozen_database_is_treated_as_an_absent_one(deployment: Deployment, new_witness: NewWitness) -> None:
    witness = new_witness(f"PostgreSQL is frozen for {SECONDS_FROZEN} s", SECONDS)
    admin = Admin(deployment)
    for app in APPS:
        assert all(deployment.get(path, app).status == 200 for path in STORED)
    with Editors(deployment) as editors:
        editors.wait_for(2)
        # Nobody asks for the new page before the database is frozen, so what is stored is older than it.
        new = change(deployment)
        with deployment.database.frozen():
            began = time.monotonic()
            with (
                Load(deployment, STORED, pause=0.05) as by_nginx,
                Load(deployment, STORED, via=1, pause=0.05) as by_first,
                Load(deployment, STORED, via=2, pause=0.05) as by_second,
            ):
                time.sleep(3)
                ready, live = deployment.get("/health/ready", 1), deployment.get("/health/live", 1)
                witness.signals(deployment, "nnsc_database_up")
                never_stored, in_admin = deployment.get("/news/?year=2016", 1), admin.get("/admin/")
                old = deployment.get("/", 1)
                time.sleep(max(0, began + SECONDS_FROZEN - time.monotonic()))
        took = until(lambda: all(new in deployment.get("/", app).text for app in APPS), SECONDS_TO_RECOVER)
        until(lambda: deployment.get("/health/ready", 1).status == 200, SECONDS_TO_RECOVER)
        refused = len(editors.failures)
        editors.wait_for(2)
    loads = (by_nginx, by_first, by_second)
    lost = set(editors.saved) - set(json.loads(deployment.shell(TITLES)))
    witness.visitors(*loads)
    witness.visitors_get(never_stored)
    witness.editors_get(in_admin)
    witness.editors(f"{len(editors.saved):,} saved, {refused:,} refused, {len(lost)} lost")
    witness.signal(f"all new {took:.1f} s afterwards")
    for load in loads:
        assert (load.failures, set(load.statuses)) == ([], {200})
        assert load.slowest < SECONDS
    assert (live.status, ready.status, json.loads(ready.body)["database"]) == (
        200,
        503,
        "the database does not answer",
    )
    assert (never_stored.status, never_stored.headers["Retry-After"]) == (503, "5")
    assert (int(old.headers["Age"]) > 0, new in old.text) == (True, False)
    assert lost == set()
    assert admin.get("/admin/").status == 200
