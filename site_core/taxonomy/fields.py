"""The tag box: one for each cluster, with its own type-ahead list, that never drops what was typed.

Wagtail's own tag field drops unknown and wrongly-cased terms in silence; this one knows aliases and any case, and
names what it does not know.
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

from site_core.taxonomy.models import Term
from site_core.taxonomy.vocabulary import Vocabulary

# A name in double quotes, or anything up to the next comma or line end.
_TYPED_NAME = re.compile(r'"([^"]*)"|([^,\n"]+)')


class TermBox(AdminTagWidget):
    """The type-ahead box. It lets anything be typed, so that the field can say what is wrong with it."""

    class Media:
        js = ["taxonomy/term_box.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        kind = self.tag_model.KIND
        context["widget"]["help_text"] = ""
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("term_suggestions", args=[kind])
        context["widget"]["attrs"]["data-w-tag-options-value"] = json.dumps(
            {"allowSpaces": True, "tagLimit": None, "autocompleteOnly": False}
        )
        return context


class TermField(TagField):
    """Names separated by commas, each found by name or alias in any case. Cleans to a list of the terms' names."""

    widget = TermBox
    tag_model: type[Term]

    def clean(self, value: str | None) -> list[str]:
        typed = (quoted or plain for quoted, plain in _TYPED_NAME.findall(value or ""))
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
            raise ValidationError([self._sentence(name, known) for name in unknown])
        found = (vocabulary.find(name) for name in names)
        return list(dict.fromkeys(term.name for term in found if term))

    def _sentence(self, name: str, known: list[str]) -> str:
        kind = self.tag_model._meta.verbose_name
        article = "an" if str(kind)[0] in "aeiou" else "a"
        close = get_close_matches(name, known, n=1)
        hint = f"Did you mean “{close[0]}”?" if close else "A managing editor can add it under Places and tags."
        return f"“{name}” is not {article} {kind} on file. {hint}"


class TermClusterManager(ClusterTaggableManager):
    """The tags of one cluster on a page; in forms it is a TermField."""

    def __init__(self, **kwargs: Any) -> None:
        hint = "Type a name, or another name it goes by, and press the comma key."
        super().__init__(**{"help_text": hint, **kwargs})


register_form_field_override(
    TermClusterManager,
    override=lambda field: {"form_class": TermField, "tag_model": field.related_model},
)
# Revisions are compared by the terms' names, where Wagtail shows the slugs of tags.
register_comparison_class(TermClusterManager, comparison_class=M2MFieldComparison)
