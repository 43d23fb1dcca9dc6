"""A request that no screen makes is answered in words, and what was raised is in the log."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path, reverse

from site_core import urls
from site_core.admin.request_limits import MOST_LEVELS
from site_core.organization.models import Alert
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def at_fault(request: HttpRequest, what: str) -> HttpResponse:
    """A view with a fault of its own, whatever was sent."""
    if what == "value":
        int("our own value")
    if what == "name":
        reverse("no_such_url", args=["our own value"])
    return HttpResponse(10.0**400)


urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/fault/", include([path("<slug:what>/", at_fault)])),
    *urls.urlpatterns,
]
handler400, handler404 = urls.handler400, urls.handler404


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def test_a_request_with_an_id_that_is_none_is_answered_in_words(
    editor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = editor.get(f"{reverse('wagtailimages_chooser:chosen_multiple')}?id=1x")
    assert response.status_code == 400
    assert "Nothing was changed." in response.content.decode()
    assert "Not understood: GET /admin/images/chooser/chosen-multiple/" in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("ordering", ["text", "-text", "live", "nonsense", ""])
def test_a_list_that_is_searched_can_be_sorted(editor: Client, ordering: str) -> None:
    wanted = factories.AlertFactory(text="An example of an alert")
    factories.AlertFactory(text="Another sentence")
    response = editor.get(reverse(Alert.snippet_viewset.get_url_name("list")), {"q": "example", "ordering": ordering})
    assert list(response.context["object_list"]) == [wanted]


@pytest.mark.parametrize("what", ["value", "name", "overflow"])
def test_a_fault_of_the_site_is_none_of_the_request(
    editor: Client, caplog: pytest.LogCaptureFixture, settings: Any, what: str
) -> None:
    settings.ROOT_URLCONF = __name__
    editor.raise_request_exception = False
    response = editor.get(f"/admin/fault/{what}/", {"q": "words", "id": "7", "p": ""})
    assert response.status_code == 500
    assert "The fault is ours, not yours." in response.content.decode()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


SIGN_IN = "/admin/login/"


def too_long(settings: Any) -> dict[str, Any]:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    return {"title": "A" * 2_000}


def too_many_fields(settings: Any) -> dict[str, Any]:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    return {f"body-{index}-id": "" for index in range(20)}


@pytest.mark.parametrize(
    ("sent", "words"),
    [(too_long, "longer than the site takes at once"), (too_many_fields, "more parts than the site")],
)
def test_a_form_that_is_too_large_is_refused_in_words(editor: Client, settings: Any, sent: Any, words: str) -> None:
    form = sent(settings)
    for client, url in ((editor, reverse("wagtailadmin_pages:edit", args=[1])), (Client(), SIGN_IN)):
        response = client.post(url, form)
        page = response.content.decode()
        assert response.status_code == 413
        assert words in page and "most browsers still have what you typed" in page.lower()
    answer = editor.post(url, form, headers={"accept": "application/json"})
    assert answer.status_code == 413
    assert words in answer.json()["error_message"] and "safe place" in answer.json()["error_message"]


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def indented(depth: float) -> str:
    """A line of a list, as the text editor sends it."""
    return json.dumps({"blocks": [{"type": "unordered-list-item", "depth": depth, "text": "a"}], "entityMap": {}})


def bold(times: int, *, apart: bool = False) -> str:
    """A text that is bold so many times over, or in so many places."""
    ranges = [{"offset": index if apart else 0, "length": 1, "style": "BOLD"} for index in range(times)]
    return json.dumps({"blocks": [{"text": "a" * times, "inlineStyleRanges": ranges}]})


@pytest.mark.parametrize(
    "hostile", [nested(MOST_LEVELS + 2), nested(100_000), '{"a":' * 5_000, indented(1e9), bold(MOST_LEVELS + 1)]
)
def test_what_is_nested_without_end_is_refused_in_words(editor: Client, hostile: str) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[1])
    for client, address in ((editor, url), (Client(), SIGN_IN)):
        response = client.post(address, {"body-0-value": hostile})
        assert response.status_code == 400
        assert "nested more deeply" in response.content.decode()
    headers = {"accept": "application/json"}
    answer = editor.patch(reverse("wagtailadmin_dismissibles"), hostile, "application/json", headers=headers)
    assert answer.status_code == 400
    assert "nested more deeply" in answer.json()["error_message"]


@pytest.mark.parametrize(
    "usual", [nested(10), indented(9), bold(500, apart=True), "[1", "[" * 20, '["[[[[' + "[" * 5_000 + '"]']
)
def test_what_a_screen_sends_is_not_too_deep(editor: Client, usual: str) -> None:
    assert editor.post(SIGN_IN, {"username": usual, "password": "x"}).status_code != 400
