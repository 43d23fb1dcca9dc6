"""What follows “Take back from review”."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class TakeBackMixin(WagtailAdminTemplateMixin):
    """Goes before Wagtail's edit views, which show the form that the review had locked again, as if with a mistake.

    A reload of that page would send the request again.
    """

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        was_locked = self.locked_for_user
        response = super().form_invalid(form)
        return redirect(self.get_edit_url()) if was_locked and not self.locked_for_user else response
