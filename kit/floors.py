"""What every floor of the house lists for a page above that gathers it, so that nobody above lists the floors."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def gathered(module, name):
    """Return what the apps list as ``name`` in their module ``module``, in the ``order`` that each of it says."""
    modules = [
        import_module(f"{app.name}.{module}")
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, module)
    ]
    return sorted((each for one in modules for each in getattr(one, name, ())), key=lambda each: each.order)
