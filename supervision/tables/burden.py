"""The columns of what units are asked in a month."""

from operator import attrgetter

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column


def _number(name, head):
    return Column(name, head, attrgetter(f"burden.{name}"), sort=(name,), kind="number", width=10, total=True)


COLUMNS = (
    Column(
        "unit",
        "单位",
        lambda row: row.unit.name,
        lambda row: format_html('<a href="{}">{}</a>', address_of("unit", row.unit.pk), row.unit.name),
        sort=("unit",),
        main=True,
        width=20,
    ),
    _number("forms", "月报"),
    _number("entries", "任务和项目"),
    _number("boxes", "栏目"),
    _number("papers", "盖章件"),
    _number("files", "附件"),
    _number("again", "退回重报"),
    _number("directives", "交办"),
    _number("points", "交办要求"),
    _number("items", "定的事"),
    _number("inspections", "督查"),
)
