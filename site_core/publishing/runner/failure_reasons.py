"""Why an event failed, as sentences for an editor. Details for engineers go to the log."""

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import OperationalError
from django.utils.text import capfirst

from site_core.publishing.field_labels import label_of_field
from site_core.publishing.runner.execution import CannotGoLive
from site_core.publishing.types import Draftable

UNKNOWN = "Something went wrong inside the site. The technical team has been told."
BUSY = "The database was not available."


def reason_of(error: Exception, obj: Draftable | None) -> str:
    """The sentence for an error about an object (None if it is not known)."""
    if isinstance(error, CannotGoLive):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(labeled_messages(error, obj))
    if isinstance(error, ObjectDoesNotExist):
        return "It refers to something that no longer exists. Open it, replace or remove the reference, and save."
    if isinstance(error, OperationalError):
        return BUSY
    return UNKNOWN


def is_understood(error: Exception) -> bool:
    """Whether the sentence is the whole reason, so that the log needs no traceback."""
    return isinstance(error, CannotGoLive | ValidationError)


def labeled_messages(error: ValidationError, obj: Draftable | None) -> list[str]:
    """Each message after the label of its field: “Title: This field cannot be blank.”"""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [
        message if name == NON_FIELD_ERRORS else f"{_label(name, obj)}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _label(name: str, obj: Draftable | None) -> str:
    """The label of a field in the form of the object."""
    return label_of_field(type(obj), name) if obj else str(capfirst(name.replace("_", " ")))
