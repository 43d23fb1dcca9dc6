"""A Managing editor brings an archive in by the screens of the admin, without scripts."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from news.archive.background import STOPPED, Background
from news.archive.models import ArchiveImport, State
from news.models import NewsItemPage, Publisher
from site_core.publishing.trashed_page import outside_trash
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.factories import SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROWS = """Datum,Source,Title,Tags
April 2016,The Argus,One,Highpoint
2015,The Argus,Two,Dayton; Nonsense
Sometime,The Argus,Three,
2014,Daily Freeman,Four,
"""


@pytest.fixture
def admin(site_tree: SiteTree) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role="Managing editor"))
    factories.PlaceTermFactory(name="High Point")
    factories.PublisherFactory(name="Daily Freeman")
    return client


def upload(client: Client, content: str, name: str = "archive.csv") -> str:
    """The URL of the import that the file has become, "" if it was refused."""
    file = SimpleUploadedFile(name, content.encode())
    response = client.post(reverse("archive_imports"), {"file": file})
    return str(response.get("Location", ""))


def work(steps: int = 4) -> None:
    background = Background()
    for _ in range(steps):
        background.act()


def test_an_archive_is_uploaded_looked_at_imported_and_taken_back(admin: Client) -> None:
    url = upload(admin, ROWS)
    page = admin.get(url).content.decode()
    assert '<option value="Title" selected>' in page and "Sometime" in page
    columns = {"title": "Title", "publisher": "Source", "tags": "Tags", "date": "Datum"}
    assert "headlines" in admin.post(url, {**columns, "title": ""}).content.decode()
    admin.post(url, columns)
    assert 'http-equiv="refresh"' in admin.get(url).content.decode()
    work()
    assert not NewsItemPage.objects.exists() and ArchiveImport.objects.get().state == State.READY
    page = admin.get(url).content.decode()
    assert "New: 3" in page and "Refused: 1" in page and "“Sometime” is not a date" in page
    assert page.count("“The Argus”") == 1

    decided = {
        "name-0-do": "alias",
        "name-0-other": "nowhere",
        "name-1-do": "make place",
        "name-2-do": "leave",
        "name-3-do": "make",
        "as_what": "live",
    }
    assert "“nowhere” is not on file" in admin.post(url, decided).content.decode()
    admin.post(url, {**decided, "name-0-other": "high point"})
    admin.post(url, {"pause": "1"})
    work()
    assert not NewsItemPage.objects.exists()
    admin.post(url, {"continue": "1"})
    work()
    one, two = (NewsItemPage.objects.get(title=title) for title in ("One", "Two"))
    assert [place.name for place in one.places.all()] == ["High Point"] and one.live
    assert [place.name for place in two.places.all()] == ["Dayton"] and two.live and str(two.publisher) == "The Argus"
    assert NewsItemPage.objects.live().count() == 3
    assert "Imported as published: 3" in admin.get(url).content.decode()

    admin.post(url, {"undo": "1"})
    work()
    assert not outside_trash(NewsItemPage.objects.all()).exists()
    assert not Publisher.objects.filter(name="The Argus").exists()
    assert list(PlaceTerm.objects.values_list("name", "aliases")) == [("High Point", "")]
    assert "restored for thirty days: 3" in admin.get(url).content.decode()


def test_refused_rows_come_back_as_they_were_and_can_be_mended(admin: Client) -> None:
    url = upload(admin, ROWS)
    admin.post(url, {"title": "Title", "date": "Datum"})
    work()
    response = admin.get(reverse("archive_refused_rows", args=[ArchiveImport.objects.get().pk]))
    text = response.getvalue().decode().removeprefix("\ufeff")
    headings, row = csv.reader(StringIO(text))
    assert headings[:4] == ["Datum", "Source", "Title", "Tags"] and row[:4] == ["Sometime", "The Argus", "Three", ""]
    # The columns of the last file are remembered.
    again = upload(admin, text.replace("Sometime", "2013"), "refused-rows.csv")
    assert '<option value="Datum" selected>' in admin.get(again).content.decode()


def test_a_file_that_cannot_be_read_is_refused_at_its_box(admin: Client) -> None:
    file = SimpleUploadedFile("archive.xlsx", b"no workbook")
    page = admin.post(reverse("archive_imports"), {"file": file}).content.decode()
    assert "The name ends in .xlsx, but the file is plain text." in page
    assert not ArchiveImport.objects.exists()


def test_words_that_the_checks_mark_go_live_and_the_history_says_why(admin: Client) -> None:
    url = upload(admin, "Title,Source,Date,Summary\nOne,Daily Freeman,2015,The city began last week.\n")
    admin.post(url, {"title": "Title", "publisher": "Source", "date": "Date", "summary": "Summary"})
    work()
    admin.post(url, {"as_what": "live"})
    work()
    item = NewsItemPage.objects.get()
    assert item.live and item.owner.groups.get().name == "Managing editor"
    assert "imported from “archive.csv”" in str(list(PageLogEntry.objects.filter(page=item.pk).values_list("data")))


def test_an_import_that_fails_is_paused_and_says_so(admin: Client) -> None:
    url = upload(admin, "Title\nOne\n")
    admin.post(url, {"title": "Title"})
    work()
    archive = ArchiveImport.objects.get()
    archive.rows.update(mention={"no": "mention"})
    ArchiveImport.objects.update(state=State.IMPORTING)
    work()
    assert STOPPED in admin.get(url).content.decode().replace("&#x27;", "'")
    assert ArchiveImport.objects.get().state == State.PAUSED
