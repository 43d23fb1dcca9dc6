"""User: a person who works in the admin and logs in with an email address. Their second steps and sessions."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from site_core.accounts.sessions import Session

__all__ = ["SecondStep", "Session", "User", "UserManager"]


class UserManager(BaseUserManager["User"]):
    """Creates users and finds them by email address, ignoring case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user. Without a password, the user must first choose one by an invitation or a reset."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))


class User(AbstractUser):
    """A person who works in the admin. The email address is the login, stored in lower case."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("email address", unique=True)
    # When they must have a second step, once their role needs one.
    second_step_due_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_without_case")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = UserManager.normalize_email(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)


class SecondStep(models.Model):
    """A way in which a person takes the second step of signing in."""

    class Kind(models.TextChoices):
        PASSKEY = "passkey", "Passkey"
        APP = "app", "Authenticator app"
        CODES = "codes", "Recovery codes"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="second_steps")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=60)
    # The public key of a passkey, the shared secret of an app, or the digests of the recovery codes that are left.
    secret = models.TextField()
    # The half minute of the newest code of an app that was accepted. No code works twice.
    last_timecode = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.name
