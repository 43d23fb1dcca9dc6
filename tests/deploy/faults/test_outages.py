"""The database is away: visitors have the site all the same, and see what is new as soon as it is back."""

import secrets
import time

from tests.deploy.admin import Admin
from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import Load, until
from tests.deploy.publish_click import click
from tests.deploy.running_deployment import APPS, Deployment

PATHS = ("/", "/news/", "/impact/", "/places/", "/strategies/", "/places/pittsburgh/", "/news/?place=pittsburgh")
# Longer than anything waits or is kept: the breaker two seconds, nginx one, a connection five.
SECONDS_AWAY = 8
SECONDS_TO_BE_FRESH = 2.0
# `python -m benchmarks.publish_click` clicks two hundred times.
CLICKS = 6
SECONDS_THROUGH_NGINX = 2.5
CHANGE = """
from home.models import HomePage
home = HomePage.objects.get()
home.title = home.mission = {new!r}
home.save_revision().publish()
"""


def change(deployment: Deployment) -> str:
    """Publish a change of the home page, and return the words that are new on it."""
    new = f"Changed just before outage {secrets.token_hex(4)}"
    deployment.shell(CHANGE.format(new=new))
    return new


def served(deployment: Deployment, seconds: float) -> list[Load]:
    """What visitors of nginx and of each web process get in so many seconds."""
    with (
        Load(deployment, PATHS, via="nginx", pause=0.05) as by_nginx,
        Load(deployment, PATHS, via=1, pause=0.05) as by_first,
        Load(deployment, PATHS, via=2, pause=0.05) as by_second,
    ):
        time.sleep(seconds)
    return [by_nginx, by_first, by_second]


def test_an_outage_of_the_database_costs_no_visitor_a_page(deployment: Deployment, new_witness: NewWitness) -> None:
    witness = new_witness(f"PostgreSQL is away for {SECONDS_AWAY} s, and web processes start meanwhile")
    admin = Admin(deployment)
    for app in APPS:
        assert all(deployment.get(path, app).status == 200 for path in PATHS)
    # Nobody asks for the new page before the database is away, so what is stored is older than it.
    new = change(deployment)
    deployment.stop_database()
    try:
        loads = served(deployment, SECONDS_AWAY)
        for app in APPS:
            deployment.restart_app(app)
        loads += served(deployment, 3)
        old = deployment.get("/", 1)
        assert int(old.headers["Age"]) >= SECONDS_AWAY
        assert new not in old.text
        assert deployment.get("/places/?key=unknown", 1).status == 500
        never_stored = deployment.get("/news/?year=2018", 1)
        assert (never_stored.status, never_stored.headers["Retry-After"]) == (503, "5")
        witness.visitors(*loads)
        witness.visitors_get(never_stored)
        witness.editors_get(admin.get("/admin/"))
        witness.signals(deployment, "nnsc_database_up")
    finally:
        deployment.start_database()
    took = until(lambda: all(new in deployment.get("/", app).text for app in APPS), SECONDS_TO_BE_FRESH * len(APPS))
    witness.signal(f"all new {took:.1f} s afterwards")
    for load in loads:
        assert (load.failures, set(load.statuses)) == ([], {200})
        assert load.answers


def test_what_is_published_is_there_with_the_answer_to_the_click(deployment: Deployment) -> None:
    clicks = click(deployment, CLICKS)
    assert clicks.late_at_the_app == 0
    assert clicks.ninety_ninth <= SECONDS_THROUGH_NGINX
