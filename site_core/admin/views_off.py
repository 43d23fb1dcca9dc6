"""Views of Wagtail's that nobody here needs, and that do harm."""

from django.urls import URLPattern
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet


class ChoosingViewSet(SnippetChooserViewSet):
    """Has the URL that creates what is then chosen only if there is a form for it. Without one, that URL fails."""

    def get_urlpatterns(self) -> list[URLPattern]:
        has_form = self.creation_form_class or self.form_fields
        return [pattern for pattern in super().get_urlpatterns() if has_form or pattern.name != "create"]


def switch_off() -> None:
    """Call this before any viewset is registered."""
    # What is posted to the URL of a copy overwrites the original.
    ModelViewSet.copy_view_enabled = False
    SnippetViewSet.chooser_viewset_class = ChoosingViewSet
