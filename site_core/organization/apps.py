"""The organization settings, the crisis help settings and the alert."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "site_core.organization"

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.publishing.ledger.recorded_models import register_recorded_models

        register_recorded_models("organization.OrganizationSettings", "organization.CrisisHelpSettings")

        grant(Role.AUTHOR, "add change view", "organization.alert")
        grant(Role.EDITOR, "publish lock unlock delete", "organization.alert")
        grant(
            Role.MANAGING_EDITOR, "change view", "organization.organizationsettings", "organization.crisishelpsettings"
        )
