"""Keeps the reference index of ties, as Wagtail does for one page after another."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from site_core.tagging.changes import RowChange
from site_core.tagging.ties import AT_ONCE, TieTable


def update_references(table: TieTable, rows: Iterable[RowChange]) -> None:
    """Bring the index in line with ties that have changed. A term that is deleted takes its own entries along."""
    changed = [(row.pk, (row.after or row.before or {})["content_object_id"]) for row in rows]
    for first in range(0, len(changed), AT_ONCE):
        some = changed[first : first + AT_ONCE]
        ReferenceIndex.objects.filter(
            base_content_type=ReferenceIndex._get_base_content_type(table.page_model),
            object_id__in=[str(page_pk) for _, page_pk in some],
            model_path=f"{table.accessor}.item.tag",
            content_path__in=[f"{table.accessor}.{pk}.tag" for pk, _ in some],
        ).delete()
        ties = table.through._base_manager.filter(pk__in=[pk for pk, _ in some]).order_by("pk")
        entries = [_reference(table, *tie) for tie in ties.values_list("tag_id", "pk", "content_object_id")]
        ReferenceIndex.objects.bulk_create(entries, batch_size=AT_ONCE)


def _reference(table: TieTable, tag_pk: int, tie_pk: int, page_pk: int) -> ReferenceIndex:
    content_path = f"{table.accessor}.{tie_pk}.tag"
    return ReferenceIndex(
        content_type=ContentType.objects.get_for_model(table.page_model, for_concrete_model=False),
        base_content_type=ReferenceIndex._get_base_content_type(table.page_model),
        object_id=str(page_pk),
        to_content_type=ReferenceIndex._get_base_content_type(table.through._meta.get_field("tag").related_model),
        to_object_id=str(tag_pk),
        model_path=f"{table.accessor}.item.tag",
        content_path=content_path,
        content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
    )
