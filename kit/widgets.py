"""Form fields drawn in Python, letter for letter as Django's own templates draw them.

A select of thirty options is sixty templates to Django, and a filter form of a dozen fields costs more than the hundred rows
below it. What is not drawn here (a widget with a template of its own) goes to the templates as before.
"""

from collections.abc import Iterator
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

from kit.text import escaped

FOLDER = "django/forms/widgets/"
OPTION = f"{FOLDER}select_option.html"


class DrawingRenderer(DjangoTemplates):
    """The form renderer of all pages (FORM_RENDERER)."""

    def render(self, template_name, context, request=None):
        draw = DRAWERS.get(template_name)
        drawn = draw(context["widget"]) if draw else None
        return super().render(template_name, context, request) if drawn is None else drawn


def _input(widget: dict[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escaped(widget["name"])}"{value}{_attrs(widget)}>'


def _choice(widget: dict[str, Any]) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    key = widget["attrs"].get("id")
    opening = f'<label for="{escaped(key)}">' if key else "<label>"
    return f"{opening}{_input(widget)}\n {escaped(widget['label'])}</label>"


def _textarea(widget: dict[str, Any]) -> str:
    text = escaped(widget["value"] or "")
    return f'<textarea name="{escaped(widget["name"])}"{_attrs(widget)}>\n{text}</textarea>'


def _select(widget: dict[str, Any]) -> str | None:
    groups = widget["optgroups"]
    if any(option["template_name"] != OPTION for _, options, _ in groups for option in options):
        return None
    body = "".join(_options(groups))
    return f'<select name="{escaped(widget["name"])}"{_attrs(widget)}>{body}\n</select>'


def _options(groups: list) -> Iterator[str]:
    for name, options, _ in groups:
        if name:
            yield f'\n  <optgroup label="{escaped(name)}">'
        for option in options:
            value, label = escaped(option["value"]), escaped(option["label"])
            yield f'\n  <option value="{value}"{_attrs(option)}>{label}</option>\n'
        if name:
            yield "\n  </optgroup>"


def _attrs(widget: dict[str, Any]) -> str:
    return attributes(widget["attrs"])


def attributes(attrs: dict[str, Any]) -> SafeString:
    """Attributes as they stand in a tag: True is the bare name, False is left out, everything else is escaped."""
    return mark_safe(
        "".join(
            f" {name}" if value is True else f' {name}="{escaped(value)}"'
            for name, value in attrs.items()
            if value is not False
        )
    )


INPUTS = ("input", "text", "hidden", "number", "email", "url", "password", "date", "datetime", "time", "checkbox")
DRAWERS = {f"{FOLDER}{name}.html": _input for name in INPUTS} | {
    f"{FOLDER}input_option.html": _choice,
    f"{FOLDER}radio_option.html": _choice,
    f"{FOLDER}checkbox_option.html": _choice,
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}
