"""The admin's view of settings, in place of Wagtail's."""

from django.urls import URLPattern, path
from wagtail.contrib.settings.views import EditView

from site_core.admin.unseen_changes import UnseenChangesMixin


class SettingsEditView(UnseenChangesMixin, EditView):
    """Edits the settings of a kind."""


def settings_urls() -> list[URLPattern]:
    """The URL takes the place of Wagtail's. `reverse` still uses the name of that."""
    return [path("settings/<slug:app_name>/<slug:model_name>/<int:pk>/", SettingsEditView.as_view())]
