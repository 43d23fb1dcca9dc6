"""What the site needs is slow, not away: a mail server that says nothing, a table that somebody keeps locked."""

import threading
import time
from urllib.parse import urlencode

import psycopg

from tests.deploy.admin import Admin
from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import Load, until
from tests.deploy.running_deployment import APPS, Answer, Deployment
from tests.mail.mail_server import MailServer

PATHS = ("/", "/news/", "/impact/", "/places/pittsburgh/", "/health/live", "/admin/login/")
STORED = PATHS[:-1]
RESETS = 24
# For a machine that does other things as well. A mail server may take ten seconds, and a lock lasts for seven.
SECONDS = 2.5
SECONDS_LOCKED = 7
MAKE_PEOPLE = f"""
from site_core.accounts.models import User
for number in range({RESETS}):
    User.objects.create_user(f"person-{{number}}@example.org")
"""
CHANGED = "INSERT INTO page_cache_committedchange (machine, known_at) VALUES ('another', now())"


def ask_for_reset(deployment: Deployment, number: int) -> Answer:
    """Somebody with a network of their own, because one network can ask for twenty an hour."""
    via = APPS[number % 2]
    form = deployment.get("/admin/password_reset/", via)
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    token = form.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    headers = {
        "Cookie": cookie,
        "Origin": deployment.address,
        "X-Real-IP": f"192.0.2.{number}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"email": f"person-{number}@example.org", "csrfmiddlewaretoken": token})
    return deployment.request("POST", "/admin/password_reset/", via, headers, body)


def test_a_mail_server_that_says_nothing_holds_no_request(
    deployment: Deployment, mail_server: MailServer, new_witness: NewWitness
) -> None:
    witness = new_witness("the mail server says nothing", SECONDS)
    deployment.shell(MAKE_PEOPLE)
    admin = Admin(deployment)
    mail_server.answer, mail_server.is_slow = b"", True
    answers: list[Answer] = []
    asking = [
        threading.Thread(target=lambda number=number: answers.append(ask_for_reset(deployment, number)))
        for number in range(RESETS)
    ]
    try:
        with Load(deployment, PATHS, via=1, pause=0.1) as first, Load(deployment, PATHS, pause=0.1) as by_nginx:
            for thread in asking:
                thread.start()
            for thread in asking:
                thread.join()
            until(lambda: mail_server.connections > 0, 20)
        witness.signals(deployment, "nnsc_mails_waiting")
    finally:
        mail_server.answer, mail_server.is_slow = MailServer.WELCOME, False
    witness.visitors(first, by_nginx)
    witness.editors_get(*answers)
    refused = [answer.text for answer in answers if answer.status != 302]
    assert (refused, len(answers)) == ([], RESETS), [deployment.log_of(f"app-{app}")[-2000:] for app in APPS]
    for load in (first, by_nginx):
        assert (load.failures, set(load.statuses)) == ([], {200})
        assert load.slowest < SECONDS
    assert "person-0@example.org" in admin.get("/admin/unsent-email/").text
    admin.post("/admin/unsent-email/", {})
    took = until(lambda: len(mail_server.mails) == RESETS, 30)
    witness.signal(f"all {RESETS} sent {took:.1f} s after it answers")
    assert len({mail.recipients[0] for mail in mail_server.mails}) == RESETS
    assert "Every email has been sent." in admin.get("/admin/unsent-email/").text


def test_a_locked_table_holds_no_visitor_of_a_stored_page(deployment: Deployment, new_witness: NewWitness) -> None:
    witness = new_witness(f"the page table is locked for {SECONDS_LOCKED} s", SECONDS)
    admin = Admin(deployment)
    for app in APPS:
        assert all(deployment.get(path, app).status == 200 for path in STORED)
    owner = deployment.owner_environment["DATABASE_URL"]
    with psycopg.connect(owner) as locking, psycopg.connect(owner, autocommit=True) as changing:
        locking.execute("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
        with Load(deployment, STORED, via=1, pause=0.05) as first, Load(deployment, STORED, pause=0.05) as by_nginx:
            for _ in range(SECONDS_LOCKED):
                changing.execute(CHANGED)
                time.sleep(1)
        never_stored = deployment.get("/news/?year=2017", 1)
        witness.editors_get(admin.get("/admin/login/"))
        witness.signals(deployment)
        locking.rollback()
    witness.visitors(first, by_nginx)
    witness.visitors_get(never_stored)
    assert (never_stored.status, never_stored.headers["Retry-After"]) == (503, "5")
    for load in (first, by_nginx):
        assert (load.failures, set(load.statuses)) == ([], {200})
        assert load.slowest < SECONDS
    until(lambda: all("Age" not in deployment.get("/", app).headers for app in APPS), 10)
