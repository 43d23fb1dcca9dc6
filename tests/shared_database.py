"""What takes long to make is made once for a module, and each test changes it in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_for_the_module(django_db_blocker: Any) -> Iterator[None]:
    """Whatever is made before the `yield` of a module's fixture stays in the database until the module is done.

    It stands in a transaction that the tests' own ones are nested in, and that is rolled back at the end.
    """
    with django_db_blocker.unblock():
        whole_module = transaction.atomic()
        whole_module.__enter__()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)
