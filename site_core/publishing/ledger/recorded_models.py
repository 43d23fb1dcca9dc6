"""Which models without drafts the ledger records. Their objects are public as soon as they are saved.

Objects with drafts are always recorded. Each app registers its own models in `AppConfig.ready()`.
"""

from django.apps import apps
from django.db.models import Model
from wagtail.models import DraftStateMixin

from site_core.publishing.types import Recorded

_labels: list[str] = []


def register_recorded_models(*labels: str) -> None:
    """Have the ledger record each save and deletion of these models, such as “taxonomy.PlaceTerm”."""
    _labels.extend(label for label in labels if label not in _labels)


def recorded_labels() -> tuple[str, ...]:
    """In the order in which they were registered."""
    return tuple(_labels)


def is_recorded(model: type[Recorded]) -> bool:
    """Whether the ledger records what is public of the objects of a model."""
    return issubclass(model, DraftStateMixin) or model._meta.label in _labels


def model_of(label: str) -> type[Model] | None:
    """The model with this label, None if the site no longer has it."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
