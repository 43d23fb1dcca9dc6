"""The schedule as a calendar that other programs subscribe to, at an address that only its owner knows."""

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """The secret end of somebody's calendar address. A new one makes the old one void."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address")
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"The calendar of {self.user}"
