"""Which fields differ between two versions, as the form calls them."""

from wagtail.fields import StreamField

from site_core.publishing.differences.changed_fields import Shape, blocks_by_id, changed_fields, without_editor_keys
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.field_labels import label_of_field
from site_core.publishing.types import Content, Recorded


def changed_labels(model: type[Recorded], before: Content, after: Content) -> list[str]:
    """The label of each field whose content differs. Of a body, also the kinds of blocks: “Body (Text, Picture)”."""
    return labels_of(model, normalized(model, before), normalized(model, after), shape_of(model))


def labels_of(model: type[Recorded], was: Content, is_now: Content, shape: Shape) -> list[str]:
    """The same of content that is compared as it is, without reading the pictures and pages that its blocks name."""
    return [
        f"{label_of_field(model, name)}{_blocks(model, name, was.get(name), is_now[name], shape)}"
        for name in changed_fields(was, is_now, shape)
    ]


def _blocks(model: type[Recorded], name: str, before: object, after: object, shape: Shape) -> str:
    """The kinds of the blocks that were added, changed or removed, in parentheses; "" if only their order differs."""
    field = model._meta.get_field(name) if name in shape.streams else None
    if not isinstance(field, StreamField):
        return ""
    was, is_now = blocks_by_id(before), blocks_by_id(after)
    kinds = field.stream_block.child_blocks
    changed = dict.fromkeys(
        (is_now.get(key) or was[key])["type"]
        for key in {**is_now, **was}
        if without_editor_keys(is_now.get(key)) != without_editor_keys(was.get(key))
    )
    labels = [str(kinds[kind].label) for kind in changed if kind in kinds]
    return f" ({', '.join(labels)})" if labels else ""
