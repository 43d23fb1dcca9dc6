"""The outbox: mails that the site would have sent, for Administrators of a site without a mail server.

Django's file backend writes them: one file for each connection, with a line of dashes after each mail.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem

from site_core.accounts.permissions import is_administrator
from site_core.admin.refusal import refuse

_SEPARATOR = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
# The file names that Django uses. No other name can lead to another folder.
_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{1,20}")
FILES_SHOWN = 200


@dataclass(frozen=True)
class SavedMail:
    """One mail: the name of its file, its index in that file, and the message."""

    name: str
    index: int
    message: EmailMessage

    @property
    def sent_at(self) -> datetime | None:
        """The Date header. Django writes UTC as “-0000”, which Python parses as a naive datetime."""
        date: datetime | None = getattr(self.message["Date"], "datetime", None)
        return date.replace(tzinfo=date.tzinfo or UTC) if date else None

    @property
    def body(self) -> str:
        """The text part, or the source of the HTML part if there is no text."""
        part = self.message.get_body(preferencelist=("plain", "html"))
        return part.get_content() if part else ""


def outbox(request: HttpRequest) -> HttpResponse:
    """Lists the mails of the newest files, newest first."""
    if refusal := _refusal(request):
        return refusal
    folder = Path(settings.EMAIL_FILE_PATH)
    files = [file for file in folder.glob("*.log") if _NAME.fullmatch(file.stem)]
    newest_first = sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)[:FILES_SHOWN]
    mails = [mail for file in newest_first for mail in reversed(_mails_in(file))]
    return render(request, "ops/outbox.html", {"mails": mails})


def outbox_mail(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Shows one mail as text."""
    if refusal := _refusal(request):
        return refusal
    file = Path(settings.EMAIL_FILE_PATH) / f"{name}.log"
    mails = _mails_in(file) if _NAME.fullmatch(name) and file.is_file() else []
    if number >= len(mails):
        raise Http404("There is no such mail.")
    return render(request, "ops/outbox_mail.html", {"mail": mails[number]})


def outbox_urls() -> list[URLPattern]:
    """URL patterns below /admin/. The views return 404 if OUTBOX_IS_SHOWN is False."""
    return [
        path("outbox/", outbox, name="outbox"),
        path("outbox/<slug:name>/<int:number>/", outbox_mail, name="outbox_mail"),
    ]


class OutboxMenuItem(MenuItem):
    """The menu item of the outbox, for those who may read it."""

    def __init__(self) -> None:
        super().__init__("Outbox", reverse("outbox"), icon_name="mail", order=900)

    def is_shown(self, request: HttpRequest) -> bool:
        return settings.OUTBOX_IS_SHOWN and is_administrator(request.user)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if not settings.OUTBOX_IS_SHOWN:
        raise Http404("This site has no outbox.")
    if not is_administrator(request.user):
        return refuse(request, "Only an Administrator can read the outbox.")
    return None


def _mails_in(file: Path) -> list[SavedMail]:
    parts = [part for part in _SEPARATOR.split(file.read_bytes()) if part.strip()]
    messages = [message_from_bytes(part, policy=policy.default) for part in parts]
    return [SavedMail(file.stem, index, message) for index, message in enumerate(messages)]
