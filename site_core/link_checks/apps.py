from django.apps import AppConfig


class LinkChecksConfig(AppConfig):
    name = "site_core.link_checks"

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.admin.digest import register_section
        from site_core.link_checks.checker import EVERY, Checker
        from site_core.link_checks.digest import LINKS
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.publishing.runner.worker import register_worker

        register_private_models("link_checks.LinkCheck", "link_checks.LinkUse")
        register_recorded_models("link_checks.GoneLink")
        register_section(LINKS)
        register_worker("links", Checker().act, EVERY)
        grant(Role.EDITOR, "view change", "link_checks.linkcheck")
