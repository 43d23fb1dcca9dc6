"""What was withdrawn never comes back: by no key, in no encoding, from nginx or a web process, whatever is away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from tests.deploy.load import until
from tests.deploy.running_deployment import APPS, Deployment, Via

ACTS = ("restrict", "unpublish", "delete", "withdraw", "expire")
# How the same page can be asked for: with a query that only tracks, at another port, and of another host.
KEYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("?utm_source=mail", {}),
    ("", {"Host": "localhost:65000"}),
    ("", {"Host": "127.0.0.1"}),
)
# With a query that the page does not read, it is rendered, and each request waits for the database: one is asked for.
UNREAD = "?q=words"
ENCODINGS = ("identity", "gzip", "br")
SECONDS_TO_EXPIRE = SECONDS_TO_RECOVER = 20.0
AT_ONCE = 8
EVERYWHERE: tuple[Via, ...] = (*APPS, "nginx")
Look = Callable[[tuple[Via, ...]], None]
MAKE = """
from home.models import HomePage
from tests import factories
for outage in {outages}:
    for act in {acts}:
        factories.TextPageFactory(parent=HomePage.objects.get(), slug=outage + "-" + act)
"""
DO = """
from datetime import timedelta
from django.utils import timezone
from home.models import TextPage
from site_core.publishing.trash.trashing import move_to_trash
from site_core.redirects.gone import WithdrawnURL
page = {{act: TextPage.objects.get(slug="{outage}-" + act) for act in {acts}}}
page["expire"].expire_at = timezone.now() + timedelta(seconds=1)
page["expire"].save_revision().publish()
page["restrict"].view_restrictions.create(restriction_type="login")
page["unpublish"].unpublish()
page["delete"].delete()
move_to_trash(page["withdraw"], None)
WithdrawnURL.objects.create(path="/{outage}-withdraw/")
"""


def visible(deployment: Deployment, outage: str, vias: tuple[Via, ...]) -> dict[str, int]:
    """How many requests for each page are answered with it."""

    def is_seen(asked: tuple[str, str, dict[str, str], Via]) -> bool:
        act, query, headers, via = asked
        return deployment.request("GET", f"/{outage}-{act}/{query}", via, headers).status == 200

    asked = [
        (act, query, {**headers, "Accept-Encoding": encoding}, via)
        for act, (query, headers), encoding, via in product(ACTS, KEYS, ENCODINGS, vias)
    ]
    asked += [(act, UNREAD, {}, vias[-1]) for act in ACTS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = [act for (act, *_), is_shown in zip(asked, pool.map(is_seen, asked), strict=True) if is_shown]
    return {act: seen.count(act) for act in ACTS}


def without_database(deployment: Deployment, look: Look) -> None:
    assert all(deployment.get("/", via).status == 200 for via in EVERYWHERE)
    deployment.stop_database()
    try:
        look(EVERYWHERE)
        for app in APPS:
            deployment.restart_app(app)
        look(EVERYWHERE)
        # What was seen since is still there.
        assert all(deployment.get("/", via).status == 200 for via in EVERYWHERE)
    finally:
        deployment.start_database()


def without_upstream(deployment: Deployment, look: Look) -> None:
    for app in APPS:
        deployment.stop_app(app)
    try:
        look(("nginx",))
    finally:
        for app in APPS:
            deployment.start_app(app)
    look(EVERYWHERE)


OUTAGES = {"database": without_database, "upstream": without_upstream}


@pytest.fixture(scope="module")
def pages(deployment: Deployment) -> None:
    """A page for each act and outage."""
    deployment.shell(MAKE.format(outages=tuple(OUTAGES), acts=ACTS))


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("outage", OUTAGES)
def test_nothing_withdrawn_comes_back_whatever_is_away_and_restarted(deployment: Deployment, outage: str) -> None:
    all_of_them = dict.fromkeys(ACTS, len(KEYS) * len(ENCODINGS) * len(EVERYWHERE) + 1)
    # An outage that is just over keeps visitors waiting for a while.
    until(lambda: visible(deployment, outage, EVERYWHERE) == all_of_them, SECONDS_TO_RECOVER)
    deployment.shell(DO.format(outage=outage, acts=ACTS))
    # Nobody looks at the other pages before the outage.
    until(lambda: deployment.get(f"/{outage}-expire/", 1).status == 404, SECONDS_TO_EXPIRE)

    def look(vias: tuple[Via, ...]) -> None:
        assert visible(deployment, outage, vias) == dict.fromkeys(ACTS, 0)

    OUTAGES[outage](deployment, look)
