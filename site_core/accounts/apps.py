"""Users, their roles and the permissions of each role."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "site_core.accounts"
    default = True

    def ready(self) -> None:
        from site_core.accounts import change_log, signal_handlers
        from site_core.accounts.roles import Role, grant
        from site_core.accounts.sessions import delete_expired_sessions
        from site_core.chores.registry import register_chore
        from site_core.page_cache.invalidation.private_writes import register_private_models

        register_private_models("accounts.User", "accounts.User_groups", "accounts.User_user_permissions")
        register_private_models("accounts.SecondStep", "accounts.Session")
        change_log.connect()
        signal_handlers.connect()
        register_chore("sessions", "Delete expired sign-ins", delete_expired_sessions)
        grant(Role.MANAGING_EDITOR, "add change view", "accounts.user")


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app, with the views of PersonViewSet."""

    user_viewset = "site_core.accounts.viewsets.PersonViewSet"
