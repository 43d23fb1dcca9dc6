"""What visitors notice when a part of the site is started again, or is away: nothing, as far as it can be helped."""

import json
import os
import signal

from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import Load, until
from tests.deploy.running_deployment import APPS, Deployment

# What is kept, what is rendered each time because of a key that nothing reads, and what goes through to a web process
# each time without any work.
PATHS = ("/", "/news/", "/impact/", "/places/?key=unknown", "/health/live", "/health/live", "/health/live")
# Once the database is back.
SECONDS_TO_RECOVER = 2.0


def test_a_rolling_restart_and_a_reload_under_load_lose_no_request(
    deployment: Deployment, new_witness: NewWitness
) -> None:
    with Load(deployment, PATHS) as load:
        load.wait_for(100)
        for app in APPS:
            deployment.restart_app(app)
            load.wait_for(50)
        deployment.reload_app(1)
        load.wait_for(50)
        deployment.reload_nginx()
        load.wait_for(50)
    new_witness("every part is restarted and reloaded").visitors(load)
    assert (load.failures, set(load.statuses)) == ([], {200})


def test_a_process_that_dies_takes_no_visitor_along(deployment: Deployment, new_witness: NewWitness) -> None:
    with Load(deployment, PATHS) as load:
        load.wait_for(50)
        with deployment.until_workers_start(1, number=1):
            os.kill(deployment.workers_of(1)[0], signal.SIGKILL)
        load.wait_for(50)
        deployment.kill_app(2)
        load.wait_for(50)
        deployment.start_app(2)
        load.wait_for(50)
    new_witness("a worker and a web process are killed").visitors(load)
    assert (load.failures, set(load.statuses)) == ([], {200})


def test_with_every_web_process_away_pages_are_still_there(deployment: Deployment, new_witness: NewWitness) -> None:
    witness = new_witness("every web process is away")
    seen = {path: deployment.get(path).body for path in ("/", "/news/", "/impact/")}
    for app in APPS:
        deployment.stop_app(app)
    with Load(deployment, list(seen), pause=0.01) as load:
        load.wait_for(300)
    assert (load.failures, set(load.statuses)) == ([], {200})
    assert {path: deployment.get(path).body for path in seen} == seen
    in_admin = deployment.get("/admin/")
    witness.visitors(load)
    witness.editors_get(in_admin)
    assert in_admin.status == 503
    for app in APPS:
        deployment.start_app(app)
    assert deployment.get("/admin/login/").status == 200


def test_a_database_that_comes_back_is_used_at_once(deployment: Deployment) -> None:
    def is_rendered(app: int) -> bool:
        return deployment.get("/places/?key=unknown", app).status == 200

    assert all(is_rendered(app) for app in APPS)
    deployment.stop_database()
    try:
        for app in APPS:
            for _ in range(3):
                assert not is_rendered(app)
        ready = deployment.get("/health/ready", 1)
        assert (ready.status, json.loads(ready.body)["database"]) == (503, "the database does not answer")
        assert deployment.get("/health/live", 1).status == 200
        assert "nnsc_database_up 0.0" in deployment.get("/metrics", 1).text
    finally:
        deployment.start_database()
    for app in APPS:
        until(lambda app=app: is_rendered(app), SECONDS_TO_RECOVER)  # type: ignore[misc]
    until(lambda: deployment.get("/health/ready", 1).status == 200, SECONDS_TO_RECOVER)
