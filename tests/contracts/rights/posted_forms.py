"""What the form of an admin view posts when it is sent as it is shown, with an example in each box that needs one."""

from typing import Any

from bs4 import Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories
from tests.html_forms import forms_in

# By the type of an input.
EXAMPLES = {"email": "an-example@example.org", "url": "https://example.org/", "number": "1", "date": "2037-01-07"}
NEVER_SENT = {"csrfmiddlewaretoken", "next"}


def form_at(client: Client, address: str) -> dict[str, Any]:
    """{} if the view shows no form that is posted to its own address."""
    response = client.get(address)
    content = "" if response.streaming else response.content.decode()
    if response.get("Content-Type", "").startswith("application/json"):
        # A step of a dialog, which holds its form.
        step = response.json()
        content = (step.get("html") or step.get("htmlFragment") or "") if isinstance(step, dict) else ""
    forms = forms_in(content).select("form")
    own = [form for form in forms if str(form.get("action") or address).partition("?")[0] == address.partition("?")[0]]
    posted = [form for form in own if str(form.get("method", "")).lower() == "post"]
    # The longest: the others are buttons.
    return max((sent_as_shown(form) for form in posted), key=len, default={})


def sent_as_shown(form: Tag) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for box in form.select("input[name], select[name], textarea[name]"):
        name, value = str(box["name"]), value_of(box)
        if name not in NEVER_SENT and "__prefix__" not in name and value is not None:
            sent.setdefault(name, value)
    return sent


def value_of(box: Tag) -> Any:
    """What one box sends, None for nothing."""
    kind, is_required = str(box.get("type", "text")) if box.name == "input" else box.name, box.has_attr("required")
    if kind in ("checkbox", "radio"):
        return box.get("value", "on") if box.has_attr("checked") else None
    if kind == "select":
        options = box.select("option[selected]") or box.select("option[value]:not([value=''])")[: int(is_required)]
        return options[0].get("value", "") if options else ""
    if kind == "file":
        # Replacing a file would delete the one there, which no transaction brings back.
        return example_file(str(box.get("accept", ""))) if is_required else None
    if kind in ("submit", "button"):
        return None
    shown = box.text.strip() if kind == "textarea" else str(box.get("value", ""))
    return shown or (EXAMPLES.get(kind, "Example") if is_required and kind != "hidden" else "")


def example_file(accept: str) -> Any:
    if "image" in accept:
        return factories.drawn_picture()
    return SimpleUploadedFile("example.txt", b"An example.")
