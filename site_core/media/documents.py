"""SiteDocument: a file to download, with its publisher, year, page count and previous version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.template.defaultfilters import filesizeformat
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.models import CollectionViewRestriction
from wagtail.search import index

from site_core.media.storage.folder import no_file_left


def is_private() -> Exists:
    """A condition for queries of documents: the collection, or one of its ancestors, is private."""
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=models.CharField())
    restrictions = CollectionViewRestriction.objects.annotate(path=path)
    return Exists(restrictions.filter(path__startswith=F("collection__path")))


class SiteDocumentQuerySet(DocumentQuerySet):
    """Queries of documents."""

    def visible(self) -> Self:
        """Documents that any visitor may read."""
        return self.exclude(is_private())

    def versions_of(self, pk: int) -> list[int]:
        """The pks of a document and of all its earlier and newer versions."""
        older = dict(self.filter(replaces__isnull=False).values_list("pk", "replaces_id"))
        newer = {replaced: pk for pk, replaced in older.items()}
        pks = [pk]
        for following in (older, newer):
            version = following.get(pk)
            # Two people who save at once can still make a circle.
            while version and version not in pks:
                pks.append(version)
                version = following.get(version)
        return pks


class SiteDocument(AbstractDocument):
    """A file to download, such as a guide, a report or a data table."""

    publisher = models.CharField(max_length=255, blank=True, help_text="Such as “COPS Office.”")
    year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text="The year it came out, such as 2016.",
    )
    pages = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="How many pages it has."
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name="newer version of",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        help_text="The previous version. Pages that list either one show this one first and the other below it.",
        error_messages={"unique": "That document already has a newer version. Choose the newest one."},
    )

    admin_form_fields = (*Document.admin_form_fields, "publisher", "year", "pages", "replaces")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("publisher")]
    objects: ClassVar[Any] = SiteDocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"

    def clean(self) -> None:
        super().clean()
        if self.replaces_id and self.replaces_id == self.pk:
            raise ValidationError({"replaces": "A document cannot be a newer version of itself. Choose another one."})
        if self.replaces and self in self.replaces.earlier_versions():
            raise ValidationError(
                {"replaces": f"“{self.replaces}” is itself a newer version of this document. Choose an older one."}
            )

    def save(self, *args: object, **kwargs: object) -> None:
        """Store the file size now, so that no visitor's request has to read and save it.

        The search index is updated in the same transaction.
        """
        if self.file_size is None:
            self._set_document_file_metadata()
        with no_file_left(self.file), transaction.atomic():
            super().save(*args, **kwargs)

    def earlier_versions(self) -> list["SiteDocument"]:
        """All previous versions, newest first."""
        versions: list[SiteDocument] = []
        older = self.replaces
        # Two people who save at once can still make a circle.
        while older and older not in versions:
            versions.append(older)
            older = older.replaces
        return versions

    @property
    def details(self) -> str:
        """The recorded details, such as “COPS Office, 2016, 64 pages, PDF, 2.1 MB”."""
        return ", ".join(part for part in (self.publisher, self.details_of_version) if part)

    @property
    def details_of_version(self) -> str:
        """The details without the publisher, for a list below the newest version, which names it."""
        parts = (
            str(self.year or ""),
            f"{self.pages} page{'' if self.pages == 1 else 's'}" if self.pages else "",
            self.file_extension.upper(),
            filesizeformat(self.file_size) if self.file_size else "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class DocumentRow:
    """A row in a list of documents: the newest version, and the earlier ones, newest first."""

    document: SiteDocument
    earlier: list[SiteDocument]


def document_rows(chosen: Iterable[SiteDocument | None]) -> list[DocumentRow]:
    """One row for each chosen document, in that order, whichever version was chosen. Private documents are left out.

    Runs one query, however many documents and versions there are.
    """
    chosen_ids = [document.pk for document in chosen if document]
    has_versions = Q(replaces__isnull=False) | Q(replaced_by__isnull=False)
    candidates = SiteDocument.objects.filter(Q(pk__in=chosen_ids) | has_versions).annotate(private=is_private())
    documents = {document.pk: document for document in candidates}
    newer = {document.replaces_id: document.pk for document in documents.values() if document.replaces_id}
    rows: dict[int, DocumentRow] = {}
    for document_id in chosen_ids:
        versions = _versions(document_id, documents, newer)
        if versions:
            rows.setdefault(versions[0].pk, DocumentRow(versions[0], versions[1:]))
    return list(rows.values())


def _versions(document_id: int, documents: Mapping[int, SiteDocument], newer: Mapping[int, int]) -> list[SiteDocument]:
    """All public versions of a document, newest first."""
    seen = {document_id}
    while (newer_id := newer.get(document_id)) and newer_id not in seen:
        document_id = newer_id
        seen.add(document_id)
    versions: list[SiteDocument] = []
    version = documents.get(document_id)
    while version and version not in versions:
        versions.append(version)
        version = documents.get(version.replaces_id)
    return [version for version in versions if not version.private]
