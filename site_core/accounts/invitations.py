"""The mails with a link to choose a password: the invitation and the password reset."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.forms.auth import PasswordResetForm

from site_core.accounts.models import User


def password_path(person: User) -> str:
    """The path at which the person chooses a password. It works once, and is a secret."""
    return reverse(
        "wagtailadmin_password_reset_confirm",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
            "token": default_token_generator.make_token(person),
        },
    )


def send_invitation(person: User, inviter: User) -> None:
    """Mail the person a link to choose a password. Raises OSError if the mail cannot be sent."""
    text = render_to_string(
        "accounts/invitation.txt",
        {
            "person": person,
            "inviter": inviter,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "link": settings.WAGTAILADMIN_BASE_URL + password_path(person),
            "days": settings.PASSWORD_RESET_TIMEOUT // (60 * 60 * 24),
            "reset_link": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_password_reset"),
        },
    )
    send_mail(f"Your login for the {settings.WAGTAIL_SITE_NAME} website", text, None, [person.email])


class ResetForm(PasswordResetForm):
    """Sends a link to every active user, even to invited users who have no password yet."""

    def get_users(self, email: str) -> Iterable[User]:
        return User.objects.filter(email=User.objects.normalize_email(email), is_active=True)
