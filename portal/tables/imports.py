from django.urls import reverse
from django.utils.html import format_html

from kit.tables import Column


def _link(found):
    return format_html('<a href="{}">{}</a>', reverse("import_page", args=[found.pk]), found.name)


IMPORTS = (
    Column("file", "文件", lambda found: found.name, _link, main=True, width=30),
    Column("kind", "种类", lambda found: found.kind_title, sort=("kind",), width=16),
    Column("plan", "方案", lambda found: found.plan.named if found.plan else "", width=18),
    Column("by", "导入人", lambda found: str(found.by), sort=("by",), width=12),
    Column("at", "上传时间", lambda found: found.at, sort=("at",), kind="moment", width=18),
    Column("counts", "内容", lambda found: found.counts_words, width=30),
    Column(
        "state",
        "状态",
        lambda found: found.state[0],
        tone=lambda found: found.state[1],
        sort=("undone_at",),
        width=10,
    ),
)
