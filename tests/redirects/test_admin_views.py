"""Redirects that editors add, one by one or from a file."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook  # type: ignore[import-untyped]
from wagtail.contrib.redirects.models import Redirect

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADD, IMPORT = reverse("wagtailredirects:add"), reverse("wagtailredirects:start_import")
NEW = "https://example.org/new/"


@pytest.fixture
def editor(site_tree: factories.SiteTree) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role="Managing editor"))
    return client


def errors(response: Any) -> str:
    return " ".join(message for messages in response.context["form"].errors.values() for message in messages)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def upload(editor: Client, content: bytes, name: str = "redirects.csv") -> Any:
    return editor.post(IMPORT, {"file": SimpleUploadedFile(name, content), "is_permanent": "on"})


@pytest.mark.parametrize("old_path", ["http://[", "//[x", "/" + "x" * 300, ""])
def test_an_old_address_that_is_none_is_refused_in_words(editor: Client, old_path: str) -> None:
    response = editor.post(ADD, {"old_path": old_path, "redirect_link": NEW})
    assert errors(response)


def test_a_redirect_needs_one_target(editor: Client, site_tree: factories.SiteTree) -> None:
    assert "Choose the page" in errors(editor.post(ADD, {"old_path": "/old"}))
    both = {"old_path": "/old", "redirect_link": NEW, "redirect_page": site_tree.about.pk}
    assert "Not both" in errors(editor.post(ADD, both))
    assert editor.post(ADD, {"old_path": "/old", "redirect_link": NEW}).status_code == 302


def test_a_redirect_from_a_public_page_would_do_nothing(editor: Client, site_tree: factories.SiteTree) -> None:
    sent = {"old_path": "/About", "redirect_link": NEW}
    assert "is public at this address, so nobody would be redirected" in errors(editor.post(ADD, sent))
    # A page may come to an address that has a redirect, which can still be edited.
    redirect = Redirect.add_redirect("/about", NEW)
    edit = reverse("wagtailredirects:edit", args=[redirect.pk])
    assert editor.post(edit, {"old_path": "/about", "redirect_link": f"{NEW}page/"}).status_code == 302
    redirect.delete()
    site_tree.about.unpublish()
    assert editor.post(ADD, sent).status_code == 302


def test_a_target_without_a_scheme_gets_https(editor: Client) -> None:
    assert editor.post(ADD, {"old_path": "/old", "redirect_link": "example.org/new"}).status_code == 302
    assert Redirect.objects.get().redirect_link == "https://example.org/new"


def test_a_redirect_to_itself_or_in_a_circle_is_refused(editor: Client, site_tree: factories.SiteTree) -> None:
    root = site_tree.home.full_url.rstrip("/")
    assert "leads back" in errors(editor.post(ADD, {"old_path": "/old", "redirect_link": f"{root}/old/"}))
    assert "leads back" in errors(editor.post(ADD, {"old_path": "/OLD/", "redirect_link": f"{root}/old?"}))
    assert "leads back" in errors(editor.post(ADD, {"old_path": "/about", "redirect_page": site_tree.about.pk}))
    Redirect.add_redirect("/one", f"{root}/two/")
    Redirect.add_redirect("/two", f"{root}/three/")
    assert "leads back" in errors(editor.post(ADD, {"old_path": "/three", "redirect_link": f"{root}/One/"}))
    assert editor.post(ADD, {"old_path": "/three", "redirect_link": "https://example.org/one/"}).status_code == 302


def test_editing_a_redirect_follows_its_new_target_only(editor: Client, site_tree: factories.SiteTree) -> None:
    root = site_tree.home.full_url.rstrip("/")
    one = Redirect.add_redirect("/one", f"{root}/two/")
    edit = reverse("wagtailredirects:edit", args=[one.pk])
    assert editor.post(edit, {"old_path": "/two", "redirect_link": f"{root}/one/"}).status_code == 302
    Redirect.add_redirect("/one", f"{root}/four/")
    Redirect.add_redirect("/four", f"{root}/two/")
    assert "leads back" in errors(editor.post(edit, {"old_path": "/two", "redirect_link": f"{root}/one/"}))


@pytest.mark.parametrize(
    "content",
    [
        b"from,to\n/one,https://example.org/new/\n/two,https://example.org/new/\n",
        b"\xef\xbb\xbffrom,to\r\n/one,https://example.org/new/\r\n\r\n/two,https://example.org/new/\r\n",
        b"from;to\n/one;https://example.org/new/\n/two;https://example.org/new/\n",
        b"/one\thttps://example.org/new/\n/two\thttps://example.org/new/\n",
        "from,to\n/one,https://example.org/new/\n/two,https://example.org/new/".encode("utf-16"),
        b'from,to,note\n/one,https://example.org/new/,"a\nb"\n/two,https://example.org/new/\n',
        workbook(("from", "to", None), ("/one", NEW, 3.0), (None, None), ("/two", NEW)),
    ],
    ids=["plain", "Excel", "semicolons", "tabs", "UTF-16", "ragged", "workbook"],
)
def test_a_file_is_read_however_it_was_saved(editor: Client, content: bytes) -> None:
    response = upload(editor, content, "redirects.CSV")
    assert response.status_code == 302
    assert set(Redirect.objects.values_list("old_path", "redirect_link")) == {("/one", NEW), ("/two", NEW)}


def test_a_file_of_windows_keeps_its_letters(editor: Client) -> None:
    assert upload(editor, "from;to\n/información;https://example.org/new/\n".encode("cp1252")).status_code == 302
    assert Redirect.objects.get().old_path == "/información"


def test_rows_that_cannot_be_added_are_listed_with_the_reason_and_the_others_are_added(editor: Client) -> None:
    content = b"from,to,note\n/one,https://example.org/new/,x\n/two\nhttp://[,https://example.org/new/\n/four,no url\n"
    response = upload(editor, content)
    page = response.content.decode()
    assert "3 rows could not be added" in page
    assert "1 redirect is added" in page
    assert [row[0] for row in response.context["refused"]] == ["/two", "http://[", "/four"]
    assert all(reason for *_, reason in response.context["refused"])
    assert Redirect.objects.get().old_path == "/one"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"one column\nonly\n",
        b"PK\x03\x04 no workbook",
        b"\x00\x01\x02",
        b'"' + b"x" * 200_000,
        b"/a,b\n" * 1001,
        workbook(),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(editor: Client, content: bytes) -> None:
    response = upload(editor, content)
    assert errors(response)
    assert not Redirect.objects.exists()


def test_wagtails_second_step_is_the_first(editor: Client) -> None:
    response = editor.post(reverse("wagtailredirects:process_import"), {"is_permanent": "on"})
    assert errors(response)
