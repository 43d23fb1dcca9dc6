"""Terms: the tags of the site, in four clusters."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "site_core.taxonomy"

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.taxonomy import checks  # noqa: F401 (registers)

        register_recorded_models(
            "taxonomy.PlaceTerm", "taxonomy.InitiativeTerm", "taxonomy.StrategyTerm", "taxonomy.ComponentTerm"
        )
        register_recorded_models("taxonomy.FormerSlug")

        terms = ("taxonomy.placeterm", "taxonomy.initiativeterm", "taxonomy.strategyterm", "taxonomy.componentterm")
        grant(Role.AUTHOR, "view", *terms)
        grant(Role.MANAGING_EDITOR, "add change", *terms)
