from typing import Any

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "impact"

    def ready(self) -> None:
        from impact.checking.digest import CHECKS
        from site_core.accounts.roles import Role, grant
        from site_core.admin.digest import register_section
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.publishing.cdn import register_always_purged
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.publishing.typed_links import register_view_check

        register_view_check("stat", self.stat_is_shown)
        register_recorded_models("impact.Study")
        register_private_models("impact.StatCheck")
        register_section(CHECKS)
        register_always_purged("stats_csv", "stats_json")
        grant(Role.AUTHOR, "add change view", "impact.impactstat")
        grant(Role.AUTHOR, "view", "impact.study")
        grant(Role.EDITOR, "publish lock unlock delete", "impact.impactstat")
        grant(Role.EDITOR, "add change", "impact.study")
        grant(Role.MANAGING_EDITOR, "delete", "impact.study")

    def stat_is_shown(self, slug: str) -> bool:
        """Whether a stat has a public page."""
        stats: Any = self.get_model("ImpactStat")
        return bool(stats.objects.live().filter(slug=slug).exists())
