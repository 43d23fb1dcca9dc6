"""The admin views of alerts."""

from site_core.organization.models import Alert
from site_core.publishing.editing.snippet_views import PublishableViewSet


class AlertViewSet(PublishableViewSet):
    """Alerts, newest first."""

    model = Alert
    icon = "warning"
    menu_label = "Alerts"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["text", "live", "go_live_at", "expire_at"]
    ordering = ["-pk"]
