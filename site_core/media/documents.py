"""SiteDocument: a file to download, with what is known of it and the version before it."""

from collections.abc import Iterable
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


def is_private() -> Exists:
    """For a query of documents: whether one is in a private collection, or in one below a private one."""
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=models.CharField())
    restrictions = CollectionViewRestriction.objects.annotate(path=path)
    return Exists(restrictions.filter(path__startswith=F("collection__path")))


class SiteDocumentQuerySet(DocumentQuerySet):
    """Documents, read as sentences."""

    def visible(self) -> Self:
        """Those any visitor may read."""
        return self.exclude(is_private())


class SiteDocument(AbstractDocument):
    """A file to download: a guide, a report, a data table."""

    publisher = models.CharField(max_length=255, blank=True, help_text="Such as “COPS Office”.")
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
        help_text="The version before this one. Pages that list either show this one first and keep the other.",
        error_messages={"unique": "That document has a newer version already. Choose the newest one."},
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The size is noted at once, so that no visitor's request has to look for it and write it down.

        What searches find of it is written in the same transaction.
        """
        if self.file_size is None:
            self._set_document_file_metadata()
        with transaction.atomic():
            super().save(*args, **kwargs)

    def earlier_versions(self) -> list["SiteDocument"]:
        """The version before this one and those before that, newest first."""
        found: list[SiteDocument] = []
        older = self.replaces
        # Two people at once could still make a circle.
        while older and older not in found:
            found.append(older)
            older = older.replaces
        return found

    @property
    def details(self) -> str:
        """As far as recorded: “COPS Office, 2016, 64 pages, PDF, 2.1 MB”."""
        return ", ".join(part for part in (self.publisher, self.details_of_version) if part)

    @property
    def details_of_version(self) -> str:
        """The same without the publisher, where a newer version has just named it."""
        parts = (
            str(self.year or ""),
            f"{self.pages} page{'' if self.pages == 1 else 's'}" if self.pages else "",
            self.file_extension.upper(),
            filesizeformat(self.file_size) if self.file_size else "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class DocumentRow:
    """A document as a list shows it: the newest version, and those before it, newest first."""

    document: SiteDocument
    earlier: list[SiteDocument]


def document_rows(chosen: Iterable[SiteDocument | None]) -> list[DocumentRow]:
    """A row for each document chosen, in that order, whichever of its versions was; none for what is private.

    One query, however many documents and versions.
    """
    numbers = [document.pk for document in chosen if document]
    has_versions = Q(replaces__isnull=False) | Q(replaced_by__isnull=False)
    on_file = SiteDocument.objects.filter(Q(pk__in=numbers) | has_versions).annotate(private=is_private())
    documents = {one.pk: one for one in on_file}
    newer = {one.replaces_id: one.pk for one in documents.values() if one.replaces_id}
    rows: dict[int, DocumentRow] = {}
    for number in numbers:
        versions = _versions(number, documents, newer)
        if versions:
            rows.setdefault(versions[0].pk, DocumentRow(versions[0], versions[1:]))
    return list(rows.values())


def _versions(number: int, documents: dict[int, Any], newer: dict[int, int]) -> list[Any]:
    """All public versions of a document, newest first."""
    passed = {number}
    while (above := newer.get(number)) and above not in passed:
        number = above
        passed.add(number)
    versions: list[Any] = []
    below: int | None = number
    while below in documents and documents[below] not in versions:
        versions.append(documents[below])
        below = documents[below].replaces_id
    return [version for version in versions if not version.private]
