"""Why an event failed, as sentences for an editor. Details for engineers go to the log."""

from contextlib import suppress

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import OperationalError

from site_core.publishing.runner.execution import CannotGoLive
from site_core.publishing.types import Draftable

UNKNOWN = "Something went wrong inside the site. The technical team has been told."
BUSY = "The database was not available."


def reason_of(error: Exception, obj: Draftable | None) -> str:
    """The sentence for an error about an object (None if it is not known)."""
    if isinstance(error, CannotGoLive):
        return str(error)
    if isinstance(error, ValidationError):
        return _validation_messages(error, obj)
    if isinstance(error, ObjectDoesNotExist):
        return "It refers to something that no longer exists. Open it, replace or remove the reference, and save."
    if isinstance(error, OperationalError):
        return BUSY
    return UNKNOWN


def is_understood(error: Exception) -> bool:
    """Whether the sentence is the whole reason, so that the log needs no traceback."""
    return isinstance(error, CannotGoLive | ValidationError)


def _validation_messages(error: ValidationError, obj: Draftable | None) -> str:
    """Each message after the label of its field: “Title: This field cannot be blank.”"""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{label}: {message}" if label else message
        for name, messages in error.message_dict.items()
        for label in [_label(name, obj)]
        for message in messages
    )


def _label(name: str, obj: Draftable | None) -> str:
    """The label of a field in the admin, "" for an error of the whole object."""
    if name == NON_FIELD_ERRORS:
        return ""
    label = name.replace("_", " ")
    if obj:
        with suppress(FieldDoesNotExist):
            label = str(getattr(obj._meta.get_field(name), "verbose_name", label))
    return label[:1].upper() + label[1:]
