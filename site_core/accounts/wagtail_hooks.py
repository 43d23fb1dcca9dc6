"""Connects signing in, its screen and its log to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.views.account import ChangePasswordPanel
from wagtail.users.models import UserProfile

from site_core.accounts.log import register_actions
from site_core.accounts.log_report import AccountLogMenuItem, account_log_urls
from site_core.accounts.models import User
from site_core.accounts.sign_in.password_views import LimitedPasswordChangeForm
from site_core.accounts.sign_in.reset_view import reset_button, reset_second_step
from site_core.accounts.sign_in.settings_view import SignInPanel, SignInSettingsView

# The account screen has no setting for this form.
ChangePasswordPanel.form_class = LimitedPasswordChangeForm
hooks.register("register_log_actions", register_actions)
hooks.register("register_reports_menu_item", AccountLogMenuItem)
hooks.register("register_user_listing_buttons", reset_button)


@hooks.register("register_admin_urls")
def account_urls() -> list[URLPattern]:
    return [
        path("account/sign-in/", SignInSettingsView.as_view(), name="sign_in_settings"),
        path("users/<int:pk>/second-step/reset/", reset_second_step, name="reset_second_step"),
        *account_log_urls(),
    ]


@hooks.register("register_account_settings_panel")
def sign_in_panel(request: HttpRequest, user: User, profile: UserProfile) -> SignInPanel:
    return SignInPanel(request, user, profile)
