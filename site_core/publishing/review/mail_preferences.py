"""Which emails about publishing a user wants. Wagtail stores the preferences about reviews."""

from django.conf import settings
from django.db import models


class MailPreferences(models.Model):
    """The choices of a user. A user without a row gets every email."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    failures = models.BooleanField("a scheduled go-live fails", default=True)
    went_live = models.BooleanField("something the user wrote goes live", default=True)
    check_due = models.BooleanField("a check is due that the user is reminded of", default=True)

    digest = models.BooleanField("the week begins", default=True, db_default=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Email preferences of {self.user}"
