"""Which mails about publishing somebody wants. Wagtail's own choices, on the same screen, are for reviews."""

from django.conf import settings
from django.db import models


class MailPreferences(models.Model):
    """One row for whoever has chosen; without a row every mail is wanted."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    failures = models.BooleanField("a scheduled go-live fails", default=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Mail choices of {self.user}"
