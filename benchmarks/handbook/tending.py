"""What Managing editors do now and then: they merge tags, decide about broken links, and import an archive."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from benchmarks.handbook import examples
from benchmarks.handbook.camera import Camera
from site_core.accounts.roles import Role
from site_core.link_checks.checker import store
from site_core.link_checks.finding import Finding
from site_core.link_checks.found_links import note_all_uses
from site_core.link_checks.models import LinkCheck, State
from site_core.taxonomy.models import PlaceTerm

TO_STAY, MISSPELLED = "Pittsburgh", "Pittsburg"
MOVED, MOVED_TO = "https://www.example.org/2018/story/", "https://www.example.org/archive/story/"
GONE = "https://www.example.net/an-article/"
# One row is new with an unknown publisher, and one has no headline.
ROWS = f"""Title,Newspaper,Date,Tags,Link
An example headline from an archive,{examples.PUBLISHER},Apr-16,{TO_STAY},https://www.example.org/archive/1/
Another one from a newspaper that is not on file,Example Courier,4/3/2016,{TO_STAY},https://www.example.org/archive/2/
,Example Courier,2016,,https://www.example.org/archive/3/
"""


def tags(camera: Camera) -> None:
    """Two spellings of a place, and what merging them would change."""
    examples.item("An example with a misspelled tag", places=[PlaceTerm.objects.create(name=MISSPELLED)])
    window = camera.admin_of(Role.MANAGING_EDITOR)
    window.goto(reverse("tags"))
    window.get_by_role("link", name="Near-duplicates").click()
    window.get_by_label(f"Select {MISSPELLED}", exact=True).wait_for()
    camera.take(window, "tags-near-duplicates", 520)
    window.get_by_role("link", name="Merge them…").first.click()
    window.get_by_label("The tag that stays").select_option(label=TO_STAY)
    window.get_by_role("button", name="Show what changes").click()
    window.get_by_role("button", name="Merge into").wait_for()
    camera.take(window, "tags-merge", 640)


def broken_links(camera: Camera) -> None:
    """A link that has moved and one that is gone, found twice, a week apart."""
    examples.item("An example whose article moved", link=MOVED)
    examples.item("An example whose article is gone", link=GONE)
    list(note_all_uses())
    for days in (8, 0):
        at = timezone.now() - timedelta(days=days)
        store(LinkCheck.objects.get(url=MOVED).pk, Finding(State.MOVED, 200, MOVED_TO), at)
        store(LinkCheck.objects.get(url=GONE).pk, Finding(State.GONE, 404), at)
    window = camera.admin_of(Role.MANAGING_EDITOR)
    window.goto(reverse("broken_links"))
    camera.take(window, "broken-links", 420)
    window.get_by_role("link", name=MOVED).click()
    window.get_by_label("New address").wait_for()
    camera.take(window, "broken-link", 760)


def archive(camera: Camera) -> None:
    """An import up to the point where nothing is imported yet."""
    window = camera.admin_of(Role.MANAGING_EDITOR)
    window.goto(reverse("archive_imports"))
    file = {"name": "press-mentions.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    window.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    window.get_by_role("button", name="Upload").click()
    window.get_by_role("button", name="Look at the rows").click()
    window.get_by_role("button", name="Import the new rows").wait_for()
    camera.take(window, "import-rows", 1000)
