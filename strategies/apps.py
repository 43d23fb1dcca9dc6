from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    name = "strategies"

    def ready(self) -> None:
        from site_core.fields.typed_dates import READERS
        from strategies.uses import read_plain_date

        READERS["since"] = read_plain_date
