"""A user who has one object open in the editor, with the requests that the editor's scripts send."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from tests.publishing.admin_forms import edit_url, filled_in


class Sitting:
    """Opens the editor at the URL of an object, or at that of a new one."""

    def __init__(self, client: Client, url: str, model: type[Any], **typed: Any) -> None:
        self.client = client
        self.url = url
        self.model = model
        self.form = filled_in(client, url, **typed)
        self.object_pk: int | None = None

    def autosave(self, **typed: Any) -> None:
        """Saves the form over the draft of this session. A new object then has a URL of its own."""
        self.form |= typed
        response = self.client.post(self.url, self.form, headers={"accept": "application/json"})
        saved = response.json()
        assert response.status_code == 200 and saved["success"], saved
        self.form["overwrite_revision_id"] = saved["revision_id"]
        self.form |= saved["field_updates"]
        self.object_pk = saved["pk"]
        self.url = edit_url(self.obj)

    @property
    def obj(self) -> Any:
        return self.model._default_manager.get(pk=self.object_pk)

    def preview(self) -> None:
        """Sends the requests of the preview panel: posts the form, and gets the preview."""
        if issubclass(self.model, Page):
            url = reverse("wagtailadmin_pages:preview_on_edit", args=[self.object_pk])
        else:
            url = reverse(self.obj.snippet_viewset.get_url_name("preview_on_edit"), args=[self.object_pk])
        assert self.client.post(url, self.form).json()["is_valid"]
        assert self.client.get(url, {"in_preview_panel": "true", "mode": ""}).status_code == 200

    def ping(self) -> None:
        """Sends the ping that shows other users that this object is being edited."""
        session = EditingSession.objects.last()
        kind = (self.model._meta.app_label, self.model._meta.model_name, str(self.object_pk))
        url = reverse("wagtailadmin_editing_sessions:ping", args=[*kind, session.pk if session else 0])
        assert self.client.post(url, {"is_editing": "1"}).status_code == 200

    def leave(self) -> None:
        for session in EditingSession.objects.all():
            self.client.post(reverse("wagtailadmin_editing_sessions:release", args=[session.pk]))
