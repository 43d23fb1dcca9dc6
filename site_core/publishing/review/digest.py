"""Monday's digest for those who publish: an email at the start of the week, and a panel on the admin's home page.

One switch on the account page turns off both. Other rooms add their sections (`site_core.admin.digest`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from site_core.admin.digest import Section, sections_for
from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.chores.registry import sent_message
from site_core.fields.dates import ap_date
from site_core.publishing.notices.mails import account_url
from site_core.publishing.notices.recipients import wanting_mail
from site_core.publishing.notices.sent import SentNotice, note_sent
from site_core.publishing.permissions import may_publish_pages
from site_core.publishing.review.homepage import TO_APPROVE, to_approve
from site_core.publishing.runner.failure_mail import mail_to, send
from site_core.publishing.schedule.entry import Entry, Kind, State
from site_core.publishing.schedule.panel import NextEventsPanel
from site_core.publishing.schedule.permissions import visible_entries
from site_core.publishing.schedule.queries import coming
from site_core.publishing.types import User

# The hour of Monday, Eastern, from which on the email is sent.
FROM_HOUR = 7
KIND = SentNotice.Kind.DIGEST
WEEK = timedelta(days=7)


def going_live(user: User) -> list[Line]:
    """What goes live within a week, as far as the user may see it."""
    return _lines_of(visible_entries(user, [one for one in coming() if _goes_live(one)]))


def _lines_of(entries: Iterable[Entry]) -> list[Line]:
    return [Line(one.title, one.type_name, one.edit_url, one.when) for one in entries if _goes_live(one)]


def _goes_live(entry: Entry) -> bool:
    is_ahead = entry.kind == Kind.GO_LIVE and entry.state == State.COMING
    return is_ahead and entry.at <= timezone.now() + WEEK


GOING_LIVE = Section("going-live", 10, "Going live this week", "schedule", going_live)
WAITING = Section("waiting", 20, "Waiting for your approval", "wagtailadmin_home", to_approve)


def send_digests(now: datetime | None = None) -> str:
    """The chore: on a Monday from seven o'clock on, send the digest of the week to whom it was not sent.

    Returns a sentence that says how many emails.
    """
    at, sent = timezone.localtime(now), 0
    if at.weekday() != 0 or at.hour < FROM_HOUR:
        return sent_message(sent)
    week = at.strftime("%G-W%V")
    told = SentNotice.objects.filter(kind=KIND, key=week).values("user")
    for person in wanting_mail("digest").exclude(pk__in=told):
        if not may_publish_pages(person) or not (mail := _mail(person, at)):
            continue
        with transaction.atomic():
            note_sent(person.pk, KIND, [week], at.date())
            transaction.on_commit(partial(send, [mail]))
        sent += 1
    return sent_message(sent)


def _mail(person: AbstractUser, at: datetime) -> EmailMessage | None:
    """None if there is nothing to tell."""
    sections = [
        {
            "heading": section.heading,
            "lines": [(line, _absolute(line.url)) for line in lines[:SHOWN]],
            "count": len(lines),
            "more": max(0, len(lines) - SHOWN),
            "url": _absolute(reverse(section.url_name)),
        }
        for section, lines in sections_for(person)
    ]
    if not sections:
        return None
    context: dict[str, object] = {"sections": sections, "account_url": account_url()}
    return mail_to(person, f"The week of {ap_date(at.date())}", "publishing/mail/digest.txt", context)


def _absolute(url: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{url}" if url.startswith("/") else url


class DigestPanel(Component):
    """How much there is in each section, with the screen where one goes on. The other panels list some of it."""

    name, order = "digest", 51
    template_name = "publishing/review/digest_panel.html"

    def __init__(self, user: User, panels: Iterable[Component]) -> None:
        sections = sections_for(user, _listed(panels))
        self.sections = [(section, len(lines), reverse(section.url_name)) for section, lines in sections]

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        return {"sections": self.sections}


def add_digest_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail's hook `construct_homepage_panels`. Comes after the panels whose lists it counts."""
    if not may_publish_pages(request.user) or not wanting_digest(request.user):
        return
    if (panel := DigestPanel(request.user, panels)).sections:
        panels.append(panel)


def _listed(panels: Iterable[Component]) -> dict[str, list[Line]]:
    """What other panels have looked up, by the section's name. An empty list has no panel."""
    to_approve_panel = next((one for one in panels if isinstance(one, Lines) and one.name == TO_APPROVE), None)
    events = next((one for one in panels if isinstance(one, NextEventsPanel)), None)
    listed = {WAITING.name: to_approve_panel.lines if to_approve_panel else []}
    return listed | ({GOING_LIVE.name: _lines_of(events.entries)} if events else {})


def wanting_digest(user: User) -> bool:
    choices = getattr(user, "mail_choices", None)
    return choices is None or bool(choices.digest)
