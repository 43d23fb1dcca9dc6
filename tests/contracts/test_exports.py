"""Every CSV and XLSX file that the admin makes is safe to open, Wagtail's reports included."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

from home.models import UnansweredSearch
from site_core.feedback.models import Answer
from tests import factories
from tests.contracts.admin_stock import AdminStock, admin_stock, locked
from tests.contracts.admin_urls import AdminAddress, admin_addresses
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = '\t=HYPERLINK("https://example.org/", "\x0bКиїв; x")'
# Exports that show something hostile below. The others have nothing on file in this test that anybody typed.
WITH_HOSTILE_TEXT = {
    *(
        "unanswered_searches",
        "readers_report",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:locked_pages",
    ),
    *("wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks"),
    "wagtailredirects:index",
}


@pytest.fixture(scope="module")
def stock(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Any:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = admin_stock(tree_of_the_module)
            type_hostile_text(tree_of_the_module)
        yield stocked


def type_hostile_text(tree: factories.SiteTree) -> None:
    """What exports show, typed by visitors and by authors."""
    author = factories.UserFactory(role="Author", first_name=HOSTILE)
    item = factories.NewsItemPageFactory(parent=tree.news, title=HOSTILE)
    item.save_revision(user=author, log_action=True).publish(user=None)
    item.get_workflow().start(item, author)
    locked(factories.NewsItemPageFactory(parent=tree.news, title=HOSTILE, slug="locked"), author)
    UnansweredSearch.objects.create(words=HOSTILE, last_on=timezone.localdate())
    Answer.objects.store("/", False, HOSTILE)
    Redirect.objects.create(old_path=HOSTILE, redirect_link="/")


@pytest.fixture
def administrator(stock: AdminStock) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def exports() -> list[AdminAddress]:
    """The addresses of the admin whose view offers Wagtail's exports."""
    return [one for one in admin_addresses() if is_export(one)]


def is_export(one: AdminAddress) -> bool:
    try:
        view: Any = resolve(reverse(one.full_name, kwargs=dict.fromkeys(one.parts, 1))).func
    except NoReverseMatch:
        return False
    view_class = getattr(view, "view_class", None)
    has_list = getattr(view, "view_initkwargs", {}).get("list_export") or getattr(view_class, "list_export", None)
    return bool(view_class and issubclass(view_class, SpreadsheetExportMixin) and has_list)


def exported(client: Client, stock: AdminStock, one: AdminAddress, kind: str) -> bytes:
    address = reverse(one.full_name, kwargs=stock.arguments(one.namespace, one.name, list(one.parts)))
    response: Any = client.get(address, {"export": kind})
    assert response.status_code == 200, one.full_name
    return b"".join(response.streaming_content)


def cells_of_xlsx(file: bytes) -> Iterator[tuple[str, str]]:
    """The kind and the text of each cell of the first sheet."""
    with ZipFile(io.BytesIO(file)) as zipped:
        sheet = ElementTree.fromstring(zipped.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (our own file)
    for cell in sheet.findall(".//{*}c"):
        assert cell.find("{*}f") is None
        yield cell.get("t", "n"), "".join(cell.itertext())


def starts_formula(text: str) -> bool:
    return text.strip("\t\r\n \ufeff\u200b")[:1] in tuple("=+-@")


def test_the_exports_are_known() -> None:
    assert {one.full_name for one in exports()} >= WITH_HOSTILE_TEXT


def test_every_csv_file_has_its_mark_and_columns_and_no_formula(administrator: Client, stock: AdminStock) -> None:
    with_text = set()
    for one in exports():
        text = exported(administrator, stock, one, "csv").decode()
        assert text.startswith("\ufeff"), one.full_name
        heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert {len(row) for row in rows} <= {len(heading)}, one.full_name
        assert [cell for row in rows for cell in row if starts_formula(cell)] == [], one.full_name
        with_text |= {one.full_name for row in rows for cell in row if "=HYPERLINK" in cell}
    assert with_text >= WITH_HOSTILE_TEXT


def test_every_xlsx_file_opens_and_has_no_formula(administrator: Client, stock: AdminStock) -> None:
    with_text = set()
    for one in exports():
        for kind, text in cells_of_xlsx(exported(administrator, stock, one, "xlsx")):
            assert kind == "n" or not starts_formula(text), one.full_name
            with_text |= {one.full_name} if "=HYPERLINK" in text else set()
    assert with_text >= WITH_HOSTILE_TEXT


def test_only_one_module_writes_csv_files() -> None:
    apps = ("home", "strategies", "news", "impact", "site_core")
    files = [file for app in apps for file in Path(settings.BASE_DIR, app).rglob("*.py")]
    writing = {file.name for file in files if "csv.writer" in (text := file.read_text()) or "DictWriter" in text}
    assert writing == {"spreadsheets.py"}
