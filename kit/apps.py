"""The lowest floor: tools that know nothing of counties."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "kit"
    verbose_name = "工具"
