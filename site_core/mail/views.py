"""The screen of emails that have not left the site, for Administrators, and the panel that leads there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from site_core.accounts.permissions import is_administrator
from site_core.admin.homepage import Line, Lines
from site_core.admin.refusal import refuse
from site_core.mail.models import UnsentMail
from site_core.publishing.eastern import until

SHOWN = 200
PANEL = "Email that was not sent"
NOT_TRIED = "Nothing has tried to send it. The publishing process may not be running."


def unsent_mail(request: HttpRequest) -> HttpResponse:
    """Lists the emails, those that were given up first. On POST, has all of them sent now, or deletes one."""
    if not is_administrator(request.user):
        return refuse(request, "Only an Administrator can see which emails were not sent.")
    if request.method == "POST":
        return _sent_again(request) if "delete" not in request.POST else _deleted(request)
    mails = UnsentMail.objects.order_by("given_up_at", "queued_at", "pk")
    now = timezone.now()
    context = {
        "given_up": list(mails.given_up()[:SHOWN]),
        "waiting": [
            (mail, until(mail.next_try_at, now) if mail.next_try_at > now else "Now")
            for mail in mails.waiting()[:SHOWN]
        ],
        "number": mails.count(),
        "shown": SHOWN,
    }
    return render(request, "mail/unsent_mail.html", context)


def _sent_again(request: HttpRequest) -> HttpResponse:
    if number := UnsentMail.objects.all().try_now():
        which = "The email is" if number == 1 else f"{number} emails are"
        messages.success(request, f"{which} being sent now. Reload this page in a moment to see what is left.")
    return redirect("unsent_mail")


def _deleted(request: HttpRequest) -> HttpResponse:
    number = request.POST["delete"]
    found = UnsentMail.objects.filter(pk=number) if number.isdecimal() and len(number) < 19 else None
    if found and found.delete()[0]:
        messages.success(request, "The email was deleted. It will not be sent.")
    else:
        messages.warning(request, "That email is no longer here. It was sent or deleted in the meantime.")
    return redirect("unsent_mail")


def unsent_mail_urls() -> list[URLPattern]:
    return [path("unsent-email/", unsent_mail, name="unsent_mail")]


class UnsentMailMenuItem(MenuItem):
    """The menu item, for those who may see the screen."""

    def __init__(self) -> None:
        super().__init__("Unsent email", reverse("unsent_mail"), icon_name="mail", order=890)

    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


def unsent_mail_panel(request: HttpRequest) -> Lines | None:
    """The panel on the home page of the admin. None if the reader has nothing to do about any email."""
    if not is_administrator(request.user):
        return None
    lines = [
        Line(mail.subject, "Email", reverse("unsent_mail"), f"to {mail.recipients}", reason=mail.problem or NOT_TRIED)
        for mail in UnsentMail.objects.worth_a_look().order_by("queued_at")[:10]
    ]
    return Lines("unsent-mail", 15, PANEL, lines) if lines else None
