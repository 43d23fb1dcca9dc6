"""The tag field of a cluster, with autocomplete.

Wagtail's tag field silently drops unknown names and names in another case. This one finds terms by name or alias in
any case, and reports unknown names as errors.
"""

import json
import re
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.compare import M2MFieldComparison, register_comparison_class
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.widgets import AdminTagWidget

from site_core.fields.text import clean_text
from site_core.taxonomy.models import Term
from site_core.taxonomy.vocabulary import Vocabulary

# A name in double quotes, or anything up to the next comma or end of line.
_TYPED_NAME = re.compile(r'"([^"]*)"|([^,\n"]+)')


class TermBox(AdminTagWidget):
    """The autocomplete input. It accepts any text, so that the field can report what is wrong with it."""

    class Media:
        js = ["taxonomy/term_box.js"]

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        kind = self.tag_model.KIND
        context["widget"]["help_text"] = ""
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("term_suggestions", args=[kind])
        context["widget"]["attrs"]["data-w-tag-options-value"] = json.dumps(
            {"allowSpaces": True, "tagLimit": None, "autocompleteOnly": False}
        )
        return context


class TermField(TagField):
    """Names or aliases of terms in any case, separated by commas. Cleans to the list of the terms' names."""

    widget = TermBox
    tag_model: type[Term]

    def clean(self, value: str | None) -> list[str]:
        text = clean_text(value or "", one_line=False)
        typed = (quoted or plain for quoted, plain in _TYPED_NAME.findall(text))
        names = [name.strip() for name in typed if name.strip()]
        if not names:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        terms = list(self.tag_model.objects.all())
        vocabulary = Vocabulary(terms)
        unknown = [name for name in names if not vocabulary.find(name)]
        if unknown:
            known = [term.name for term in terms]
            raise ValidationError([self._unknown_message(name, known) for name in unknown])
        found = (vocabulary.find(name) for name in names)
        return list(dict.fromkeys(term.name for term in found if term))

    def _unknown_message(self, name: str, known: list[str]) -> str:
        kind = self.tag_model._meta.verbose_name
        article = "an" if str(kind)[0] in "aeiou" else "a"
        close = get_close_matches(name, known, n=1)
        hint = f"Did you mean “{close[0]}”?" if close else "A managing editor can add it under Places and tags."
        return f"“{name}” is not {article} {kind} on file. {hint}"


class TermClusterManager(ClusterTaggableManager):
    """The tags of one cluster on a page. Its form field is a TermField."""

    def __init__(self, **kwargs: Any) -> None:
        hint = "Type a name or another name of the same term, then a comma."
        super().__init__(**{"help_text": hint, **kwargs})


register_form_field_override(
    TermClusterManager,
    override=lambda field: {"form_class": TermField, "tag_model": field.related_model},
)
# Compares revisions by the names of the terms. Wagtail compares the slugs of tags.
register_comparison_class(TermClusterManager, comparison_class=M2MFieldComparison)
