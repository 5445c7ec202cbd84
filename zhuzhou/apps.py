"""Which site django.contrib.admin uses."""

from django.contrib.admin.apps import AdminConfig


class TechnicalAdministrationConfig(AdminConfig):
    default_site = "zhuzhou.administration.TechnicalAdministration"
