"""The tag field of a cluster, with autocomplete.

Wagtail's tag field silently drops unknown names and names in another case. This one finds terms by name or alias in
any case. A draft keeps an unknown name; in a form that is to be published, it is an error.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.compare import M2MFieldComparison, register_comparison_class
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.widgets import AdminTagWidget

from site_core.fields.text import clean_text
from site_core.taxonomy.models import Term
from site_core.taxonomy.vocabulary import NamesOnFile, UnknownName

# A name in double quotes, or anything up to the next comma or end of line.
_TYPED_NAME = re.compile(r'"([^"]*)"|([^,\n"]+)')

# Each takes the time of a search among all terms.
MOST_MESSAGES = 20
AND_MORE = "More names after these are not on file."
WHO_ADDS_TERMS = "A managing editor can add it under Places and tags."


def typed_names(text: str) -> list[str]:
    """The names in the text of a tag box."""
    typed = (quoted or plain for quoted, plain in _TYPED_NAME.findall(clean_text(text, one_line=False)))
    return [name.strip() for name in typed if name.strip()]


def unknown_name_message(kind: str, name: str, nearest: str, who_adds: str) -> str:
    """Why a page with this name cannot be published: “Dayton” is not a place on file. …"""
    article = "an" if kind[0] in "aeiou" else "a"
    hint = f"Did you mean “{nearest}”?" if nearest else who_adds
    return f"“{name}” is not {article} {kind} on file. {hint}"


class TermBox(AdminTagWidget):
    """The autocomplete input. It accepts any text. Below it stands which names are not on file."""

    template_name = "taxonomy/term_box.html"

    class Media:
        js = ["taxonomy/term_box.js", "taxonomy/names_on_file.js"]

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        kind = self.tag_model.KIND
        context["widget"]["help_text"] = ""
        context["names_url"] = reverse("term_names", args=[kind])
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("term_suggestions", args=[kind])
        context["widget"]["attrs"]["data-w-tag-options-value"] = json.dumps(
            {"allowSpaces": True, "tagLimit": None, "autocompleteOnly": False}
        )
        return context


class TermField(TagField):
    """Names or aliases of terms in any case, separated by commas. Cleans to the list of the terms' names.

    In a draft, the list has an `UnknownName` for each name that is not on file.
    """

    widget = TermBox
    tag_model: type[Term]
    is_deferred_validation = False

    def clean(self, value: str | None) -> list[str]:
        names = typed_names(value or "")
        if not names:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        on_file = NamesOnFile(self.tag_model.objects.all())
        found = [on_file.find(name) for name in names]
        unknown = [name for name, term in zip(names, found, strict=True) if term is None]
        if unknown and not self.is_deferred_validation:
            kind = str(self.tag_model._meta.verbose_name)
            messages = [
                unknown_name_message(kind, name, on_file.nearest(name), WHO_ADDS_TERMS)
                for name in unknown[:MOST_MESSAGES]
            ]
            raise ValidationError(messages + ([AND_MORE] if len(unknown) > MOST_MESSAGES else []))
        cleaned = (term.name if term else UnknownName(name) for name, term in zip(names, found, strict=True))
        return list(dict.fromkeys(cleaned))

    def has_changed(self, initial: Iterable[Term] | None, data: str | None) -> bool:
        """Whether the names differ, in whatever order, or one that was unknown is on file by now."""
        if self.disabled:
            return False
        try:
            typed = {(name, not isinstance(name, UnknownName)) for name in self.clean(data)}
        except ValidationError:
            return True
        return typed != {(term.name, term.pk is not None) for term in initial or []}


class TermClusterManager(ClusterTaggableManager):
    """The tags of one cluster on a page. Its form field is a TermField."""

    def __init__(self, **kwargs: Any) -> None:
        hint = "Type a name or another name for the same term, then a comma."
        super().__init__(**{"help_text": hint, **kwargs})

    def value_from_object(self, instance: models.Model) -> list[Term]:
        """The terms of an object, read at once, where modelcluster reads one after the other."""
        ties = list(getattr(instance, self.through._meta.get_field("content_object").related_query_name()).all())
        models.prefetch_related_objects(ties, "tag")
        return [tie.tag for tie in ties]


register_form_field_override(
    TermClusterManager,
    override=lambda field: {"form_class": TermField, "tag_model": field.related_model},
)
# Compares revisions by the names of the terms. Wagtail compares the slugs of tags.
register_comparison_class(TermClusterManager, comparison_class=M2MFieldComparison)
