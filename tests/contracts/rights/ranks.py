"""Who tries what the site lets people do, and what trying it writes to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from re import match
from typing import Any

from django.db import connection, transaction
from django.test import Client
from wagtail.users.models import UserProfile

from site_core.accounts.sign_in.second_step import due_at
from tests import factories


class Rank(IntEnum):
    """Who tries, from the one who may least. NOBODY is above them all."""

    VISITOR = 0
    DEACTIVATED = 1
    WITHOUT_ROLE = 2
    AUTHOR = 3
    EDITOR = 4
    MANAGING_EDITOR = 5
    ADMINISTRATOR = 6
    NOBODY = 7

    @property
    def role(self) -> str | None:
        """The name of the group. Who is deactivated was an Administrator."""
        if self == Rank.DEACTIVATED:
            return Rank.ADMINISTRATOR.role
        return self.name.replace("_", " ").capitalize() if Rank.AUTHOR <= self <= Rank.ADMINISTRATOR else None


RANKS = [rank for rank in Rank if rank != Rank.NOBODY]
# What says nothing of anybody's work: who is signed in, who has opened an edit screen, what is counted or cached.
UNWATCHED = {
    *("django_session", "shared_cache", "wagtailadmin_editingsession", "wagtailcore_pagesubscription"),
    "media_siterendition",
}


@dataclass(frozen=True)
class Person:
    """Somebody of a rank, signed in. Of the rank of NOBODY is a superuser, who may do more than any role."""

    rank: Rank
    client: Client
    user: Any = None
    session: str = ""


def person_of(rank: Rank) -> Person:
    # With this header the admin answers 403 where it would otherwise lead to its home.
    client = Client(raise_request_exception=False, headers={"x-requested-with": "XMLHttpRequest"})
    if rank == Rank.VISITOR:
        return Person(rank, client)
    user = factories.UserFactory(role=rank.role, is_superuser=rank == Rank.NOBODY)
    client.force_login(user)
    if rank == Rank.DEACTIVATED:
        type(user).objects.filter(pk=user.pk).update(is_active=False)
    # The time of grace for a second step has begun before.
    due_at(user)
    # Wagtail makes one when it is first looked for.
    UserProfile.get_for_user(user)
    return Person(rank, client, user, str(client.session.session_key))


@dataclass(frozen=True)
class Answer:
    """What came back, and the tables that were written to before it was all undone."""

    response: Any
    written: set[str]

    @property
    def status(self) -> int:
        return int(self.response.status_code)

    @property
    def is_missing_or_broken(self) -> bool:
        """Neither is a refusal: the address tried was a wrong one, or what it leads to fails."""
        return self.status == 404 or self.status >= 500


def answer(ask: Callable[..., Any], *args: Any, **kwargs: Any) -> Answer:
    """What a method of a client gets. Whatever it did is undone."""
    with transaction.atomic(), tables_written() as written:
        response = ask(*args, **kwargs)
        transaction.set_rollback(True)
    return Answer(response, written - UNWATCHED)


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The names of the tables that any statement inserts into, updates or deletes from."""
    written: set[str] = set()

    def watch(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if found := match(r'\s*(?:INSERT\s.*?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', sql):
            written.add(found[1])
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(watch):
        yield written
