"""Web processes that start before `nnsc-prepare` is done: they serve once it is."""

from pathlib import Path

import psycopg

from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import until
from tests.deploy.prepared_site import PreparedSite, as_role
from tests.deploy.running_deployment import APPS, Deployment


def test_it_serves_as_soon_as_the_site_is_prepared(
    prepared: PreparedSite, tmp_path: Path, new_witness: NewWitness
) -> None:
    witness = new_witness("web processes start before the site is prepared")
    # nginx runs as somebody else.
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    database = "started_early"
    deployment = Deployment(prepared, tmp_path, machines=1, database_name=database)
    static = deployment.states[1] / "static"
    static.unlink()
    superuser = as_role(deployment.database.address, "postgres")
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {database} RENAME TO prepared_later")
        server.execute(f"CREATE DATABASE {database}")
        try:
            deployment.start()
            for app in APPS:
                assert deployment.get("/health/live", app).status == 200
                assert deployment.get("/health/ready", app).status == 503
                assert deployment.get("/", app).status == 503
                assert deployment.get("/admin/login/", app).status == 500
            witness.visitors_get(deployment.get("/", 1))
            witness.editors_get(deployment.get("/admin/login/", 1))
            witness.signals(deployment)
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")
            server.execute(f"ALTER DATABASE prepared_later RENAME TO {database}")
            static.symlink_to(prepared.static)
            # Each worker finds out for itself.
            for path in ("/", "/news/", "/admin/login/"):
                for app in APPS:
                    until(lambda path=path, app=app: deployment.get(path, app).status == 200, 20)  # type: ignore[misc]
            until(lambda: deployment.get("/health/ready", 1).status == 200, 20)
            witness.signal("ready 200 without another start")
        finally:
            deployment.stop()
