"""Somebody in the admin with one object open in the editor, whose scripts post as a browser's do."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from tests.publishing.admin_forms import edit_url, filled_in


class Sitting:
    """From opening the editor, at the address of a object or at that of a new one, on."""

    def __init__(self, client: Client, address: str, model: type[Any], **typed: Any) -> None:
        self.client = client
        self.address = address
        self.model = model
        self.form = filled_in(client, address, **typed)
        self.number: int | None = None

    def autosave(self, **typed: Any) -> None:
        """What was typed is saved over the draft of this sitting. A new object is at its own address from then on."""
        self.form |= typed
        response = self.client.post(self.address, self.form, headers={"accept": "application/json"})
        saved = response.json()
        assert response.status_code == 200 and saved["success"], saved
        self.form["overwrite_revision_id"] = saved["revision_id"]
        self.form |= saved["field_updates"]
        self.number = saved["pk"]
        self.address = edit_url(self.obj)

    @property
    def obj(self) -> Any:
        return self.model._default_manager.get(pk=self.number)

    def preview(self) -> None:
        """What the panel beside the form does: hand in the form, and show the page that it makes."""
        if issubclass(self.model, Page):
            address = reverse("wagtailadmin_pages:preview_on_edit", args=[self.number])
        else:
            address = reverse(self.obj.snippet_viewset.get_url_name("preview_on_edit"), args=[self.number])
        assert self.client.post(address, self.form).json()["is_valid"]
        assert self.client.get(address, {"in_preview_panel": "true", "mode": ""}).status_code == 200

    def ping(self) -> None:
        """What tells others that somebody is editing this."""
        session = EditingSession.objects.last()
        kind = (self.model._meta.app_label, self.model._meta.model_name, str(self.number))
        address = reverse("wagtailadmin_editing_sessions:ping", args=[*kind, session.pk if session else 0])
        assert self.client.post(address, {"is_editing": "1"}).status_code == 200

    def leave(self) -> None:
        for session in EditingSession.objects.all():
            self.client.post(reverse("wagtailadmin_editing_sessions:release", args=[session.pk]))
