"""The addresses at which people sign in. The site has them before Wagtail's own, whose place they take."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from site_core.accounts.sign_in.email_change import confirm_email
from site_core.accounts.sign_in.login_views import SecondStepView, SignInView
from site_core.accounts.sign_in.password_views import LimitedResetConfirmView, LimitedResetView

urlpatterns: list[URLPattern] = [
    path("admin/login/", SignInView.as_view()),
    path("admin/login/second-step/", SecondStepView.as_view(), name="second_step"),
    path("admin/login/email/", confirm_email, name="confirm_email"),
    path("admin/password_reset/", LimitedResetView.as_view()),
    path("admin/password_reset/confirm/<uidb64>/<token>/", LimitedResetConfirmView.as_view()),
    # Wagtail's page for visitors of private pages would sign in with the password alone.
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),
]
