"""The database is not as the site expects: it has another clock, is of a later version, or refuses what was valid."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.deploy.admin import Admin
from tests.deploy.faults.witness import NewWitness, value_of
from tests.deploy.load import Load, until
from tests.deploy.prepared_site import WEB, as_role
from tests.deploy.running_deployment import APPS, Deployment
from tests.deploy.versions.editors import NEWS
from tests.publishing.admin_forms import filled_in_from

PATHS = ("/", "/news/", "/places/?key=unknown")
# What is worth saying, and what is too much for a machine to publish.
SECONDS_OFF = 5
SECONDS_TOO_FAR_OFF = 125
# Longer than until the item is due by either clock, and the publishing process has looked.
SECONDS_NOT_PUBLISHED = 4
# A function of the same name that the site's role finds first.
OTHER_CLOCK = f"""
CREATE SCHEMA other_clock;
GRANT USAGE ON SCHEMA other_clock TO {WEB};
CREATE FUNCTION other_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql
    AS $$ SELECT pg_catalog.clock_timestamp() - interval '{{seconds}} seconds' $$;
ALTER ROLE {WEB} SET search_path = other_clock, pg_catalog, public;
"""
RIGHT_CLOCK = f"ALTER ROLE {WEB} RESET search_path; DROP SCHEMA other_clock CASCADE"
DUE = "/news/due-while-the-clock-is-off/"
# By the clock of the database it is due before it is made.
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from news.models import NewsIndexPage
from tests import factories
news = NewsIndexPage.objects.get()
item = factories.NewsItemPageFactory(parent=news, slug="due-while-the-clock-is-off", draft=True)
item.go_live_at = timezone.now() + timedelta(seconds=2)
item.save_revision().publish()
"""
LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('news', '9999_of_a_later_version', now())"
NOT_LATER = "DELETE FROM django_migrations WHERE name = '9999_of_a_later_version'"
TITLE = "Refused by the database"
REFUSE = f"ALTER TABLE wagtailcore_page ADD CONSTRAINT unexpected CHECK (title <> '{TITLE}')"
REFUSE_NOTHING = "ALTER TABLE wagtailcore_page DROP CONSTRAINT unexpected"
END_CONNECTIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s"


@contextmanager
def changed(deployment: Deployment, change: str, back: str, *, ends_connections: bool = False) -> Iterator[None]:
    """A block with a change to the database that its superuser makes."""
    address = as_role(deployment.owner_environment["DATABASE_URL"], "postgres")
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute(change.encode())
        try:
            if ends_connections:
                superuser.execute(END_CONNECTIONS, [WEB])
            yield
        finally:
            superuser.execute(back.encode())
            if ends_connections:
                superuser.execute(END_CONNECTIONS, [WEB])
    until(lambda: deployment.get("/health/ready", 1).status == 200, 20)


def test_a_clock_that_is_off_is_told(deployment: Deployment, new_witness: NewWitness) -> None:
    witness = new_witness(f"the clock is {SECONDS_OFF} s off")
    admin = Admin(deployment)
    with changed(deployment, OTHER_CLOCK.format(seconds=SECONDS_OFF), RIGHT_CLOCK, ends_connections=True):
        words = f"The clock of this machine is {SECONDS_OFF} seconds ahead of that of the database"
        until(lambda: words in deployment.get("/health/ready", 1).text, 20)
        with Load(deployment, PATHS, pause=0.01) as load:
            load.wait_for(50)
        witness.visitors(load)
        witness.editors_get(admin.get("/admin/"))
        witness.signals(deployment)
        offset = value_of("nnsc_clock_offset_seconds", deployment.get("/metrics", 1).text)
        witness.signal(f"nnsc_clock_offset_seconds {offset:.1f}")
        assert round(offset) == SECONDS_OFF
        until(lambda: words in deployment.log_of("publishing"), 60)
    assert (load.failures, set(load.statuses)) == ([], {200})


def test_a_machine_whose_clock_is_too_far_off_does_not_publish(
    deployment: Deployment, new_witness: NewWitness
) -> None:
    witness = new_witness(f"the clock is {SECONDS_TOO_FAR_OFF} s off, and an item is due")
    other = OTHER_CLOCK.format(seconds=-SECONDS_TOO_FAR_OFF)
    with changed(deployment, other, RIGHT_CLOCK, ends_connections=True):
        words = f"{SECONDS_TOO_FAR_OFF} seconds behind that of the database, so this machine does not publish"
        until(lambda: words in deployment.log_of("publishing"), 60)
        deployment.shell(SCHEDULE)
        time.sleep(SECONDS_NOT_PUBLISHED)
        answers = [deployment.get(DUE, app) for app in APPS]
        witness.visitors_get(*answers)
        witness.editors("the item is not live")
        witness.signals(deployment)
        assert {answer.status for answer in answers} == {404}
    took = until(lambda: all(deployment.get(DUE, app).status == 200 for app in APPS), 20)
    witness.signal(f"live {took:.1f} s after the clock is right")


def test_a_database_of_a_later_version_is_told(deployment: Deployment, new_witness: NewWitness) -> None:
    witness = new_witness("the database is of a later version than the code")
    admin = Admin(deployment)
    with changed(deployment, LATER, NOT_LATER):
        with Load(deployment, PATHS, pause=0.01) as load:
            load.wait_for(50)
        witness.visitors(load)
        witness.editors_get(admin.get("/admin/"))
        witness.signals(deployment)
        ready = deployment.get("/health/ready", 1)
    assert (ready.status, "of a later version of news than the code" in ready.text) == (503, True)
    assert (load.failures, set(load.statuses)) == ([], {200})


def test_a_save_that_the_database_refuses_is_told_as_a_fault_of_the_site(
    deployment: Deployment, new_witness: NewWitness
) -> None:
    def refused() -> float:
        return value_of("nnsc_refused_saves_total", *(deployment.get("/metrics", app).text for app in APPS))

    witness = new_witness("the database refuses a valid form")
    admin, before = Admin(deployment), refused()
    path = f"/admin/pages/add/news/newsitempage/{deployment.shell(NEWS).split()[-1]}/"
    with changed(deployment, REFUSE, REFUSE_NOTHING):
        answer = admin.post(path, filled_in_from(admin.get(path).text, title=TITLE, slug="refused"))
        witness.editors_get(answer)
        assert "the fault is ours" in answer.text
        witness.editors("“the fault is ours”, and what was typed is still there")
        witness.signal(f"nnsc_refused_saves_total +{refused() - before:g}")
        assert (refused() - before, TITLE in answer.text) == (1, True)
    assert "unexpected" in deployment.log_of("app-1") + deployment.log_of("app-2")
