"""Why an event failed, as plain sentences for an editor. What only an engineer can use goes to the log."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import OperationalError

from site_core.publishing.runner.execution import CannotGoLive

UNKNOWN = "Something went wrong inside the site; the technical team has been told."
BUSY = "The database could not carry it out just now."


def reason_of(error: Exception, obj: Any) -> str:
    """The sentence for what was raised while something was done to `object` (None where that is not known)."""
    if isinstance(error, CannotGoLive):
        return str(error)
    if isinstance(error, ValidationError):
        return _of_validation(error, obj)
    if isinstance(error, ObjectDoesNotExist):
        return "It refers to something that no longer exists. Open it, choose another or take it out, and save."
    if isinstance(error, OperationalError):
        return BUSY
    return UNKNOWN


def is_understood(error: Exception) -> bool:
    """Whether the sentence says all there is to say."""
    return isinstance(error, CannotGoLive | ValidationError)


def _of_validation(error: ValidationError, obj: Any) -> str:
    """Each message, with the label of its field before it: “Title: This field cannot be blank.”"""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{label}: {message}" if label else message
        for name, messages in error.message_dict.items()
        for label in [_label(name, obj)]
        for message in messages
    )


def _label(name: str, obj: Any) -> str:
    """What the admin calls a field; "" for what concerns the whole object."""
    if name == NON_FIELD_ERRORS:
        return ""
    try:
        label = str(obj._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]
