"""A new email address, which is the login. It holds once somebody has opened the link that was mailed to it."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from site_core.accounts.invitations import password_path
from site_core.accounts.log import notify, record
from site_core.accounts.models import User
from site_core.accounts.networks import network_of
from site_core.accounts.sign_in import throttle

_SALT = "email change"
TAKEN = "Somebody with this email address already has an account."


def request_email_change(person: User, email: str, request: HttpRequest) -> None:
    """Mail a link to the new address, and a notice to the present one.

    Raises ValidationError if somebody has that address or too many links were sent, OSError if no mail can be sent.
    """
    email = User.objects.normalize_email(email)
    if User.objects.filter(email=email).exists():
        raise ValidationError(TAKEN)
    throttle.require_attempt("invitation", str(request.user.pk), network_of(request))
    # In the query, which no log has.
    link = f"{reverse('confirm_email')}?token={signing.dumps([person.pk, person.email, email], salt=_SALT)}"
    context = {
        "person": person,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "link": settings.WAGTAILADMIN_BASE_URL + link,
        "days": settings.PASSWORD_RESET_TIMEOUT // (60 * 60 * 24),
    }
    text = render_to_string("accounts/confirm_email.txt", context)
    send_mail(f"Confirm your address for the {settings.WAGTAIL_SITE_NAME} website", text, None, [email])
    notify(person.email, f"{request.user} asked to change your email address to {email}. It changes once confirmed.")
    record("email_change_requested", person, request, {"new": email})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm_email(request: HttpRequest) -> HttpResponse:
    """The page behind the link. Opening it changes nothing, as mail scanners open links, too."""
    change = _requested(request.GET.get("token", ""))
    if change is None:
        return render(request, "accounts/confirm_email.html", {}, status=410)
    person, email = change
    if request.method == "GET":
        return render(request, "accounts/confirm_email.html", {"email": email})
    old, person.email = person.email, email
    person.save(update_fields=["email"])
    record("email_changed", person, request, {"old": old, "new": email}, by=person)
    notify(old, f"Your email address for signing in was changed to {email}.")
    # Somebody who has not chosen a password yet can do so now.
    return redirect("wagtailadmin_login" if person.has_usable_password() else password_path(person))


def _requested(token: str) -> tuple[User, str] | None:
    """The person and the new address. None if the link is wrong, too old, used, or the address is taken."""
    try:
        pk, old, new = signing.loads(token, salt=_SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, email=old, is_active=True).first()
    return (person, new) if person and not User.objects.filter(email=new).exists() else None
