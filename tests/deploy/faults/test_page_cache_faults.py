"""What visitors and signals get of the running site while somebody has harmed the page cache's files."""

import json
import os
from pathlib import Path

import pytest

from tests.deploy.admin import Admin
from tests.deploy.faults.witness import NewWitness, value_of
from tests.deploy.load import Load
from tests.deploy.running_deployment import APPS, Deployment, Via
from tests.running_site import wait_until

EVERYWHERE: tuple[Via, ...] = ("nginx", 1, 2)
PATHS = ("/about/", "/news/")
CHANGE = """
from home.models import TextPage
page = TextPage.objects.live().get(slug="about")
page.title = "{words}"
page.save_revision().publish()
"""


def zeroed(state: Path) -> None:
    with (state / "generation").open("r+b") as file:
        file.write(bytes(40))


def cut_off(state: Path) -> None:
    """The system ends each process that reads the file now. Their master starts others."""
    os.truncate(state / "generation", 0)


def deleted(state: Path) -> None:
    (state / "generation").unlink()


def a_folder(state: Path) -> None:
    """Stands for a file that the site may not open."""
    (state / "generation").unlink()
    (state / "generation").mkdir()


def no_files_for_pages(state: Path) -> None:
    (state / "pages").rename(state / "pages-before")
    (state / "pages").write_text("a file where a folder should be")


def mended(state: Path) -> None:
    if (state / "generation").is_dir():
        (state / "generation").rmdir()
    if (state / "pages").is_file():
        (state / "pages").unlink()
        (state / "pages-before").rename(state / "pages")


HARMS = {
    "zeroed": zeroed,
    "cut off": cut_off,
    "deleted": deleted,
    "a folder in its place": a_folder,
    "no files for pages": no_files_for_pages,
}


@pytest.mark.parametrize("harmed", HARMS)
def test_every_page_is_answered_and_fresh(deployment: Deployment, harmed: str, new_witness: NewWitness) -> None:
    witness = new_witness(f"the page cache's files are harmed: {harmed}")
    admin, harm, state = Admin(deployment), HARMS[harmed], deployment.states[1]
    faults = faults_counted(deployment)
    for via in EVERYWHERE:
        assert deployment.get("/about/", via).status == 200
    harm(state)
    try:
        wait_until(lambda: all(deployment.answers(app) for app in (1, 2)))
        with Load(deployment, PATHS, visitors=1, pause=0.02) as load:
            for number in range(2):
                words = f"Changed while {harmed}, {number}"
                deployment.shell(CHANGE.format(words=words))
                until_everybody_sees(words, deployment)
                assert {deployment.get(path, via).status for path in PATHS for via in EVERYWHERE} == {200}
        witness.visitors(load)
        witness.editors_get(admin.get("/admin/"))
        witness.signals(deployment)
        witness.signal(f"nnsc_page_cache_faults_total +{faults_counted(deployment) - faults:g}")
        assert (load.failures, set(load.statuses)) == ([], {200})
        if harm in (a_folder, no_files_for_pages):
            said = json.loads(deployment.get("/health/ready", 1).body)
            assert "the page cache cannot use its files" in said["page cache"]
        if harm is not cut_off:
            # Of processes that were ended, the log of their master tells.
            assert faults_counted(deployment) > faults
            assert "page cache cannot use its" in deployment.log_of("app-1") + deployment.log_of("app-2")
    finally:
        mended(state)
    words = f"Changed after {harmed}"
    deployment.shell(CHANGE.format(words=words))
    until_everybody_sees(words, deployment)


def until_everybody_sees(words: str, deployment: Deployment) -> None:
    """nginx may serve what it got a second ago."""
    wait_until(lambda: all(words in deployment.get("/about/", via).text for via in EVERYWHERE))


def faults_counted(deployment: Deployment) -> float:
    return value_of("nnsc_page_cache_faults_total", *(deployment.get("/metrics", app).text for app in APPS))
