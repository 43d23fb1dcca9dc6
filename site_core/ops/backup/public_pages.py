"""What the public sees: the path of every public page, and a digest of each as this process renders it."""

import hashlib
import logging
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.verification.fetching import Answer, rendered
from site_core.seo.sitemap import NAMESPACE

SITEMAP = "/sitemap.xml"
_LOCATION = f"{{{NAMESPACE}}}loc"


def public_paths() -> list[str]:
    """What the sitemap lists, its own files, and every path that the ledger has for what is public now."""
    files = list(_listed_at(SITEMAP))
    listed = [path for file in files for path in _listed_at(file)]
    return sorted({SITEMAP, *files, *listed, *_recorded_paths()})


def digests(paths: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The digest of each page by its path, and the paths that answered with an error.

    Nothing that rendering writes is kept.
    """
    found, unreadable = {}, []
    for path in paths:
        answer = rendered_and_undone(path)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            unreadable.append(path)
        else:
            found[path] = digest_of(answer)
    return found, unreadable


def digest_of(answer: Answer) -> str:
    parts = (str(answer.status).encode(), answer.location.encode(), answer.body)
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def rendered_and_undone(path: str) -> Answer:
    """A page as this process renders it, in a transaction of which nothing stays."""
    with transaction.atomic():
        savepoint = transaction.savepoint()
        answer = rendered(path)
        # What failed may have marked the whole transaction for a rollback, although the page was answered.
        connection.needs_rollback = False
        transaction.savepoint_rollback(savepoint)
    return answer


def _listed_at(path: str) -> Iterator[str]:
    answer = rendered_and_undone(path)
    if answer.status != HTTPStatus.OK:
        logging.getLogger(__name__).warning("%s answers %s, so what it lists is left out.", path, answer.status)
        return
    # Our own sitemap.
    for location in ElementTree.fromstring(answer.body).iter(_LOCATION):  # noqa: S314
        yield urlsplit(location.text or "").path


def _recorded_paths() -> Iterator[str]:
    newest = Publication.objects.filter(model_label=OuterRef("model_label"), object_id=OuterRef("object_id"))
    rows = Publication.objects.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]), is_public=True)
    yield from rows.exclude(path="").values_list("path", flat=True).iterator()
