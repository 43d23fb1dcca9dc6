"""The steps of docs/operations.md, carried out as they stand in the text, by somebody who has nothing but the text."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.deploy.documents.operators_machine import OperatorsMachine
from tests.deploy.documents.shell_blocks import Block, blocks
from tests.deploy.prepared_site import PreparedSite
from tests.postgresql import own_server

DOCUMENT: Path = settings.BASE_DIR / "docs" / "operations.md"
# The first words of what is not carried out here, and why.
LEFT_OUT = {
    "for image in ": "needs an engine of containers, and a registry",
    ".venv/bin/python manage.py backup --recipient": "needs a key of somebody's; tests/ops/backup/ encrypts",
}
PERSON = "first@example.org"


@pytest.fixture(scope="module")
def machine(prepared: PreparedSite) -> Iterator[OperatorsMachine]:
    with own_server() as database, tempfile.TemporaryDirectory(prefix="nnsc-operator-") as name:
        root = Path(name)
        # nginx runs as somebody else and has to get at what it serves.
        root.chmod(0o755)
        machine = OperatorsMachine(root, database)
        # Compressed by the command of the same unit, which leaves them alone where they are there.
        shutil.copytree(prepared.static, machine.path("/var/lib/nnsc/static"))
        try:
            yield machine
        finally:
            machine.stop()


class Steps:
    """The blocks of the document, each of which is taken once."""

    def __init__(self) -> None:
        self._left = [block for block in blocks(DOCUMENT) if not block.commands.startswith(tuple(LEFT_OUT))]

    def take(self, heading: str) -> str:
        """The commands of the next block below a heading."""
        block = next(block for block in self._left if block.heading == heading)
        self._left.remove(block)
        return block.commands

    @property
    def left(self) -> list[Block]:
        return self._left


def test_every_step_is_carried_out_as_it_stands_in_the_text(machine: OperatorsMachine) -> None:
    steps = Steps()
    text = DOCUMENT.read_text()

    # A new machine
    machine.run(steps.take("A new machine"))
    machine.run(steps.take("A new machine"))
    run_like = steps.take("A new machine")
    asked = machine.run(run_like, answers=f"{PERSON}\na password of some length\na password of some length\n")
    assert "Superuser created successfully." in asked
    assert machine.get_by_nginx("/").status == 200
    assert machine.get_by_nginx("/news/").body == machine.get("/news/", "8002").body

    # A new version
    machine.run(steps.take("A new version"))
    assert machine.get("/").status == 200

    # Back to the version before
    machine.run(steps.take("Back to the version before"))
    assert machine.get("/").status == 200

    # Backup
    machine.run(steps.take("Backup"))
    file = str(machine.path("/var/lib/nnsc/site.zip"))
    machine.for_the_site(steps.take("Backup"), run_like, {"FILE": file})
    # What the timer starts every night.
    assert "`systemctl start nnsc-backup`" in text
    machine.run("systemctl start nnsc-backup")
    assert len(list(machine.path("/var/lib/nnsc/backups").glob("nnsc-*.zip"))) == 1

    # Restore drill
    said = machine.for_the_site(steps.take("Restore drill"), run_like, {"FILE": file}, as_owner=True)
    assert "differ" in said

    # Restore, on a new machine
    before = machine.get("/").body
    stops = "systemctl stop nnsc-publishing 'nnsc-web@*'"
    assert f"`{stops}`" in text
    machine.run(stops)
    machine.new_database()
    machine.run(steps.take("Restore"), placeholders={"FILE": file})
    assert machine.get("/").body == before

    # Metrics and alerts
    machine.run(steps.take("Metrics and alerts"))

    # Commands for the site
    machine.for_the_site(steps.take("Signing in: limits"), run_like, {"…": PERSON})
    machine.for_the_site(steps.take("The log of acts"), run_like)
    assert steps.left == []


def test_what_is_left_out_is_still_there() -> None:
    commands = [block.commands for block in blocks(DOCUMENT)]
    for beginning in LEFT_OUT:
        assert any(one.startswith(beginning) for one in commands), beginning
