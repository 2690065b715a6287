from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "wayfellow.core"
    label = "core"

    def ready(self) -> None:
        from wayfellow.core import access, registry  # noqa: F401  registers the system checks
