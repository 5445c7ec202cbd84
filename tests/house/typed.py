"""Rules for forms: what people type into is a field of kit.forms, so that every text is cleaned alike and never cut."""

import importlib
import re
from itertools import chain

from django import forms

from tests.house import files

PLAIN = (forms.CharField, forms.IntegerField, forms.DecimalField)
WRITTEN = re.compile(r"\bforms\.(CharField|IntegerField|DecimalField)\(")


def form_classes():
    """Every class of forms that stands in a module of the floors."""
    modules = [importlib.import_module(path[:-3].replace("/", ".")) for path in files.modules() if "/forms/" in path]
    found = chain.from_iterable(vars(module).values() for module in modules)
    return {each for each in found if isinstance(each, type) and issubclass(each, forms.BaseForm)}


def uncleaned(classes):
    """Fields, also those made from models, that take what people type as it came; secrets are kept as they are."""
    return sorted(
        f"{one.__name__}.{name} is a {type(field).__name__}"
        for one in classes
        for name, field in one.base_fields.items()
        if type(field) in PLAIN and not isinstance(field.widget, forms.PasswordInput)
    )


def written_bare(modules):
    """Places that make such a field themselves."""
    return [f"{path}: {found[0]}" for path, text in modules.items() for found in WRITTEN.finditer(text)]
