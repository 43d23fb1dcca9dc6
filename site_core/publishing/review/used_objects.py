"""What a draft in review shows of objects without drafts, such as pictures: they may change while it waits.

The ledger records each save of them, so a change is a row that is newer than what the reviewer saw.
"""

from django.db.models import Q
from wagtail.models import Revision, TaskState

from site_core.publishing.ledger.publications import Publication, PublicationQuerySet
from site_core.publishing.ledger.recorded_models import recorded_labels
from site_core.publishing.ledger.recording import references_of


def changes_of_used(state: TaskState, revision: Revision) -> PublicationQuerySet:
    """The changes since the draft was sent for review, or was edited last."""
    labels = recorded_labels()
    of_used = Q(pk=None)
    for used in references_of(revision.as_object(), revision.content):
        if used["model"] in labels:
            of_used |= Q(model_label=used["model"], object_id=used["id"])
    since = max(state.started_at, revision.created_at)
    changes: PublicationQuerySet = Publication.objects.filter(of_used, at__gt=since).newest_first()
    return changes


def newest_row() -> int:
    """The pk of the newest row of the ledger: a reviewer has seen what is older."""
    return Publication.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
