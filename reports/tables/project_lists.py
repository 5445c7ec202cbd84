"""The columns of the lists beside that of key projects: approvals that wait, what lacks of 五个一."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.tables import Column


def show_code(row):
    return format_html('<span class="no">{}</span>', row.code)


def _waiting_name(row):
    return format_html('<a href="{}">{}</a>', address_of("project", row.project), row.name)


def _waited(row):
    tone = "danger" if row.over else "plain"
    return format_html('<b class="tone-text tone-{}">{}</b> / {}', tone, row.waited, row.limit)


def _over(row):
    return f"超{row.over}个工作日" if row.over else f"还有{row.limit - row.waited}个工作日"


APPROVALS = (
    Column("code", "编号", lambda row: row.code, show_code, sort=("code",), width=8, css="w-1"),
    Column("name", "项目", lambda row: row.name, _waiting_name, sort=("name",), main=True, width=32),
    Column("title", "审批事项", lambda row: row.title, sort=("title",), width=24),
    Column("unit", "审批单位", lambda row: row.unit_name or "未写明", sort=("unit",), width=16, wrap=False),
    Column("handed", "报审日期", lambda row: row.handed_in_on, sort=("handed",), kind="date"),
    Column("waited", "已等/时限（工作日）", lambda row: row.waited, _waited, sort=("waited",), kind="number", width=18),
    Column("limit", "时限（工作日）", lambda row: row.limit, kind="number", optional=True),
    Column("over", "超时限", lambda row: row.over, _over, sort=("over",), kind="number", width=16),
)


def _gap_name(row):
    return format_html('<a href="{}">{}</a>', address_of("project", row.pk), row.name)


def _missing(row):
    return format_html('<span class="gap-cell">{}</span>', "、".join(row.missing))


GAPS = (
    Column("code", "编号", lambda row: row.code, show_code, sort=("code",), width=8, css="w-1"),
    Column("name", "项目", lambda row: row.name, _gap_name, sort=("name",), main=True, width=36),
    Column("klass", "类别", lambda row: row.klass_words, sort=("klass",), width=10, wrap=False),
    Column("missing", "空缺", lambda row: "、".join(row.missing), _missing, sort=("missing",), width=30),
)
