"""Terms: the tags of the site, in four clusters."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "site_core.taxonomy"

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.taxonomy.models import TERM_MODELS

        register_recorded_models(*(model._meta.label for model in TERM_MODELS.values()), "taxonomy.FormerSlug")
        terms = [model._meta.label_lower for model in TERM_MODELS.values()]
        grant(Role.AUTHOR, "view", *terms)
        grant(Role.MANAGING_EDITOR, "add change delete", *terms)
