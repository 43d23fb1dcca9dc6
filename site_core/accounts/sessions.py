"""Sessions in the database, by person. They end after 12 hours without a request, and after 14 days at most.

SESSION_ENGINE names this module.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from site_core.accounts.networks import network_of
from site_core.chores.registry import deleted_message

SIGNED_IN_AT, SEEN_AT, NETWORK, AGENT = "signed_in_at", "seen_at", "network", "agent"
# How exactly it is known when somebody was last seen. Each time costs a write.
SEEN_EVERY = timedelta(minutes=5)
# In this order: Edge says that it is Chrome, too, and Chrome that it is Safari.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    **{"iPhone": "iPhone", "iPad": "iPad", "Android": "Android"},
    **{"Windows": "Windows", "Mac OS X": "Mac", "Linux": "Linux"},
}


class SessionStore(DatabaseSessionStore):
    """Django's, with the person as a column and an end that no activity postpones."""

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        session = super().create_model_instance(data)
        if isinstance(session, Session):
            session.user_id = data.get(SESSION_KEY)
        return session

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        date: datetime = super().get_expiry_date(**kwargs)
        signed_in_at = self.get(SIGNED_IN_AT)
        return min(date, _datetime(signed_in_at) + settings.SESSION_LONGEST) if signed_in_at else date


class Session(AbstractBaseSession):
    """A session, with its person once they have signed in."""

    # Without a constraint, as a request may save its session after the person was deleted.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, db_constraint=False, related_name="sessions"
    )

    wagtail_reference_index_ignore = True

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


def begin(request: HttpRequest) -> None:
    """Called when somebody has signed in."""
    now = timezone.now().timestamp()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now
    request.session[NETWORK] = network_of(request)
    request.session[AGENT] = device_of(request.META.get("HTTP_USER_AGENT", ""))


def postpone_end(session: SessionBase) -> None:
    """Called for each request of somebody who is at work."""
    now = timezone.now().timestamp()
    if now - session.get(SEEN_AT, 0) >= SEEN_EVERY.total_seconds():
        session[SEEN_AT] = now


def delete_expired_sessions() -> str:
    """Delete what nobody can use anymore. Returns a sentence that says how many."""
    count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted_message(count, "sign-in")


@dataclass(frozen=True)
class SignedIn:
    """A place where a person is signed in. Its id says nothing about the key of the session."""

    id: str
    device: str
    network: str
    since: datetime
    seen_at: datetime
    is_here: bool


def signed_in(user: AbstractBaseUser, request: HttpRequest) -> list[SignedIn]:
    """Where the user of a request is signed in: here first, then by when they were last seen."""
    password_hash = user.get_session_auth_hash()
    # A new password has ended the others.
    valid = (one for one in _sessions_of(user.pk) if one.get_decoded().get(HASH_SESSION_KEY) == password_hash)
    places = [_described(session, request) for session in valid]
    return sorted(places, key=lambda place: (not place.is_here, -place.seen_at.timestamp()))


def end_sessions(user_id: int, *, only: str = "", except_for: str | None = None) -> int:
    """End the sessions of a person: `only` the one of an id, or all `except_for` the one of a key."""
    keys = [session.session_key for session in _sessions_of(user_id) if only in ("", _id(session.session_key))]
    return Session.objects.filter(session_key__in=keys).exclude(session_key=except_for).delete()[0]


def device_of(agent: str) -> str:
    """The browser and the system that a user agent names, such as “Firefox on Windows”."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in agent), "A browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), "")
    return f"{browser} on {system}" if system else browser


def _sessions_of(user_id: int) -> list[Session]:
    return list(Session.objects.filter(user_id=user_id, expire_date__gt=timezone.now()))


def _described(session: Session, request: HttpRequest) -> SignedIn:
    data = session.get_decoded()
    return SignedIn(
        id=_id(session.session_key),
        device=data.get(AGENT, "A browser"),
        network=data.get(NETWORK, ""),
        since=_datetime(data.get(SIGNED_IN_AT, 0)),
        seen_at=_datetime(data.get(SEEN_AT, 0)),
        is_here=session.session_key == request.session.session_key,
    )


def _id(session_key: str) -> str:
    return salted_hmac("signed in", session_key, algorithm="sha256").hexdigest()


def _datetime(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
