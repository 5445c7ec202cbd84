"""Which site django.contrib.admin uses, and what is looked at before anything starts."""

from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import import_string


class TechnicalAdministrationConfig(AdminConfig):
    default_site = "zhuzhou.administration.TechnicalAdministration"

    def ready(self):
        super().ready()
        import_string("zhuzhou.safety.unsafe_settings")  # registers itself; it asks models, which are there only now
