"""Two machines with a STATE_DIR each and one PostgreSQL: what happens on one is on the other, and either may go."""

import shutil
from collections.abc import Iterator
from functools import partial

import pytest

from tests.deploy.admin import Admin
from tests.deploy.bucket import bucket
from tests.deploy.faults.witness import NewWitness
from tests.deploy.load import until
from tests.deploy.prepared_site import PreparedSite
from tests.deploy.running_deployment import APPS, Deployment, running_deployment
from tests.publishing.admin_forms import filled_in_from
from tests.running_site import wait_until

PATH = "/news/on-two-machines/"
MAKE_ITEM = """
from news.models import NewsIndexPage
from tests import factories
print(factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), slug="on-two-machines").pk)
"""
MAKE_PICTURE = """
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image
from site_core.media.models import SiteImage
picture = BytesIO()
Image.new("RGB", (600, 400), "teal").save(picture, "PNG")
image = SiteImage.objects.create(title="Teal", file=ContentFile(picture.getvalue(), "teal.png"))
print(image.file.url, image.get_rendition("format-avif|width-400").file.url)
"""
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from news.models import NewsItemPage
item = NewsItemPage.objects.get(pk={pk})
item.title, item.go_live_at = "Published by the other machine", timezone.now() + timedelta(seconds=4)
item.save_revision().publish()
"""
CHANGE = """
from home.models import TextPage
page = TextPage.objects.live().get(slug="about")
page.title = "{words}"
page.save_revision().publish()
"""
# For a machine that does other things as well. Otherwise it takes half a second.
SECONDS_TO_BE_FRESH = 5.0


@pytest.fixture(scope="module")
def machines(prepared: PreparedSite) -> Iterator[Deployment]:
    """Web process and publishing process 1 are those of the first machine, number 2 those of the second."""
    with bucket() as variables, running_deployment(prepared, machines=2, **variables) as running:
        running.start_publishing(2)
        yield running


def both_say(machines: Deployment, words: str) -> bool:
    return all(words in machines.get("/about/", app).text for app in APPS)


def test_what_happens_on_one_machine_is_there_on_the_other(machines: Deployment) -> None:
    assert machines.states[1] != machines.states[2]
    pk = machines.shell(MAKE_ITEM, app=1).split()[-1]
    edit = f"/admin/pages/{pk}/edit/"
    first = Admin(machines, via=1)
    for app in APPS:
        wait_until(lambda app=app: machines.get(PATH, app).status == 200)  # type: ignore[misc]

    # Published on the first, by somebody who is signed in on the second as well.
    form = filled_in_from(first.get(edit).text, title="Written on one", **{"action-publish": "1"})
    assert first.post(edit, form).status == 302
    assert "Written on one" in machines.get(PATH, 1).text
    wait_until(lambda: "Written on one" in machines.get(PATH, 2).text)
    first.via = 2
    assert first.get(edit).status == 200

    # Either publishing process takes over from the other one, whichever has been active.
    machines.shell(SCHEDULE.format(pk=pk))
    machines.stop_publishing(1)
    for app in APPS:
        wait_until(lambda app=app: "by the other machine" in machines.get(PATH, app).text)  # type: ignore[misc]
    machines.start_publishing(1)

    # Taken down on the second: the first has it no more, even if it can ask nobody.
    unpublish = f"/admin/pages/{pk}/unpublish/"
    assert first.get(unpublish).status == 200
    assert first.post(unpublish, {}).status == 302
    wait_until(lambda: machines.get(PATH, 1).status == 404)
    machines.stop_database()
    try:
        for app in APPS:
            assert machines.get(PATH, app).status != 200
            assert machines.get("/health/live", app).status == 200
    finally:
        machines.start_database()


def test_what_is_uploaded_on_one_machine_is_served_by_the_other(machines: Deployment) -> None:
    original, rendition = machines.shell(MAKE_PICTURE, app=1).split()
    editor = Admin(machines, via=2)
    shown = editor.get(rendition)
    assert shown.status == 200 and shown.headers["Content-Type"].startswith("image/")
    assert editor.get(rendition).body == shown.body
    assert not (machines.states[1] / "media").exists() and not (machines.states[2] / "media").exists()
    # Nobody else sees what no page shows, and nobody the original.
    assert {machines.get(path, app).status for path in (original, rendition) for app in APPS} == {404}


def test_a_machine_that_is_gone_leaves_the_site_to_the_other(machines: Deployment) -> None:
    for app in APPS:
        wait_until(lambda app=app: machines.get("/impact/?key=unknown", app).status == 200)  # type: ignore[misc]
    machines.kill_app(1)
    machines.stop_publishing(1)
    assert machines.get("/news/", 2).status == 200
    wait_until(lambda: machines.get("/health/ready", 2).status == 200)
    machines.start_app(1)
    assert machines.get("/news/", 1).body == machines.get("/news/", 2).body


def test_a_folder_cloned_from_the_other_machine_hides_no_change(machines: Deployment, new_witness: NewWitness) -> None:
    """A machine with the name of the other would take the other's changes for its own, and not look at them."""
    witness = new_witness("STATE_DIR is cloned from the other machine", SECONDS_TO_BE_FRESH)
    machines.stop_app(2)
    machines.stop_publishing(2)
    shutil.rmtree(machines.states[2])
    shutil.copytree(machines.states[1], machines.states[2], symlinks=True, copy_function=shutil.copy2)
    names = [(state / "machine").read_text() for state in machines.states.values()]
    assert names[0] == names[1]
    machines.start_app(2)
    machines.start_publishing(2)
    took = []
    for app in APPS:
        assert all(machines.get("/about/", either).status == 200 for either in APPS)
        words = f"Changed on machine {app} of the two"
        machines.shell(CHANGE.format(words=words), app=app)
        took.append(until(partial(both_say, machines, words), SECONDS_TO_BE_FRESH))
    answers = [machines.get("/about/", app) for app in APPS]
    witness.visitors_get(*answers)
    witness.editors_get(Admin(machines, via=2).get("/admin/"))
    witness.signals(machines)
    witness.signal(f"all new after {max(took):.1f} s")
