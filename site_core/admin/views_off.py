"""Views of Wagtail's that nobody here needs, and that do harm."""

from django.urls import URLPattern
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet


class ChoosingViewSet(SnippetChooserViewSet):
    """Without the URL that creates what is then chosen: no chooser here has a form for it, and it fails without."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


def switch_off() -> None:
    """Call this before any viewset is registered."""
    # What is posted to the URL of a copy overwrites the original.
    ModelViewSet.copy_view_enabled = False
    SnippetViewSet.chooser_viewset_class = ChoosingViewSet
