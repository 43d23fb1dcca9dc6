"""Where an editor enters a time, the desk says whose time it is."""

from django.conf import settings
from wagtail.admin.panels import PublishingPanel

TIME_ZONE_NOTE = f"Eastern Time ({settings.TIME_ZONE}), as on the clock in New York."


def eastern_publishing_panel() -> PublishingPanel:
    """Wagtail's go-live and expiry fields, with the time zone beside each."""
    panel = PublishingPanel()
    for field_panel in panel.children:
        field_panel.help_text = TIME_ZONE_NOTE
    return panel
