"""Lets the script of the edit forms find out whether a save would reach the site (`autosave.js`)."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html


def sign_in_check(request: HttpRequest) -> JsonResponse:
    """The token that forms send, which each sign-in changes. The admin leads a user who is signed out to the login."""
    return JsonResponse({"token": get_token(request)})


def autosave_script() -> str:
    """Wagtail's hook `insert_editor_js`."""
    return format_html(
        '<script src="{}" data-sign-in-check="{}" data-most-bytes="{}" defer></script>',
        static("publishing/autosave.js"),
        reverse("sign_in_check"),
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    )
