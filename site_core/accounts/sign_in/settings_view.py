"""The screen “Signing in” of an account: second steps, email address, and where the person is signed in."""

from http import HTTPStatus
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.generic import TemplateView
from wagtail.admin.views.account import BaseSettingsPanel, SettingsTab
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from site_core.accounts.models import SecondStep, User
from site_core.accounts.sessions import signed_in
from site_core.accounts.sign_in import passkeys, second_step
from site_core.accounts.sign_in.settings_forms import APP_SECRET, FORMS, SignInForm


class SignInSettingsView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the forms, and carries out the one that was sent."""

    template_name = "accounts/sign_in_settings.html"
    page_title = "Signing in"
    header_icon = "lock"
    sent: dict[str, SignInForm] = {}

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        account = {"url": reverse("wagtailadmin_account"), "label": "Account"}
        return [*super().get_breadcrumbs_items(), account, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action not in FORMS:
            return redirect("sign_in_settings")
        form = FORMS[action](request.POST, request=request, user=self.user)
        if form.is_valid():
            return form.carry_out() or redirect("sign_in_settings")
        self.sent = {action: form}
        return self.render_to_response(self.get_context_data(), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    @property
    def user(self) -> User:
        user: User = self.request.user  # type: ignore[assignment]
        return user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = {
            name: form(request=self.request, user=self.user, auto_id=f"{name}-%s") for name, form in FORMS.items()
        }
        secret = self.request.session.setdefault(APP_SECRET, second_step.new_app_secret())
        steps = list(self.user.second_steps.all())
        is_required = second_step.is_required_of(self.user)
        return {
            **super().get_context_data(**kwargs),
            "forms": forms | self.sent,
            "steps": [step for step in steps if step.kind != SecondStep.Kind.CODES],
            "codes_left": sum(len(step.secret.split()) for step in steps if step.kind == SecondStep.Kind.CODES),
            "due_at": second_step.due_at(self.user) if is_required and not steps else None,
            "app_secret": secret,
            "qr_code": _qr_code(second_step.app_address(self.user, secret)),
            "passkey_options": passkeys.begin_registration(self.request, self.user),
            "places": signed_in(self.user, self.request),
        }


def _qr_code(text: str) -> str:
    drawn = segno.make(text, micro=False).svg_inline(scale=5, light="#fff", title="QR code for your authenticator app")
    return mark_safe(drawn)  # noqa: S308 (drawn from a secret of our own)


class SignInPanel(BaseSettingsPanel):
    """Leads from the account screen to “Signing in”."""

    name = "sign_in"
    title = "Signing in"
    order = 100
    tab = SettingsTab("sign-in", "Signing in", order=150)
    template_name = "accounts/sign_in_panel.html"

    def get_form(self) -> SignInForm:
        """Unbound: the account screen saves nothing of this panel."""
        return SignInForm(request=self.request, user=self.user)

    def get_context_data(self) -> dict[str, object]:
        return {"has_second_step": self.user.second_steps.exists(), "email": self.user.email}
