"""What the admin says after an act on tags."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin import messages

from site_core.tagging.merging import CannotBeChanged
from site_core.tagging.models import TagChange
from site_core.tagging.wording import ended


def done(request: HttpRequest, act: Callable[[], TagChange], *, as_message: bool = False) -> str:
    """Do it, and say what was done and where it is undone. Returns why it cannot be done, "" if it is."""
    try:
        change = act()
    except CannotBeChanged as refused:
        if as_message:
            messages.error(request, str(refused))
        return str(refused)
    link = messages.button(reverse("tag_changes"), "Undo…")
    messages.success(request, f"{ended(change.sentence)} You can undo this for 30 days.", buttons=[link])
    return ""


def list_url(kind: str) -> str:
    return f"{reverse('tags')}?{urlencode({'kind': kind})}"
