"""What a plan's archive package keeps of papers: the register, every figure with the rows it was summed from, the papers and their scans."""

from django.db.models import Q

from kit.sheets.book import Book
from reports.tables.archive_columns import kept, month, said
from supervision.documents import paper_docx
from supervision.models import Paper, PaperFile, PaperRecord

REGISTER = (
    said("文书号", "pk", 8, "number"),
    said("编号", "code", 24),
    said("标题", "title", 46),
    said("种类", "get_kind_display", 10),
    said("制发单位", "issuer", 18),
    said("联合制发", lambda row: "、".join(map(str, row.co_issuers.all())), 20),
    said("起草单位", "unit", 16),
    month("起始月份", "month"),
    month("截止月份", "until"),
    said("数字截止", "as_of", 17, "moment"),
    said("主送", "main_to", 30),
    said("抄送", "copy_to", 20),
    said("只送单位", "addressee", 16),
    said("起草人", "drafted_by", 12),
    said("签发人", "signed_by", 12),
    said("签发时间", "signed_at", 17, "moment"),
    said("更正哪一份", lambda row: row.replaces.code if row.replaces_id else "", 22),
    said("双方签字日期", "agreed_on", 12, "date"),
    said("状态", "get_status_display", 10),
    said("退回或撤回原因", "word", 30),
    said("校验码", "record.checksum", 66),
)
FIGURES = (
    said("文书号", lambda row: row[0], 8, "number"),
    said("段", lambda row: row[1], 6, "number"),
    said("数字", lambda row: row[2]["label"], 28),
    said("印发的值", lambda row: row[2]["value"], 20),
    said("精确值", lambda row: row[2].get("exact") or "", 16),
    said("算法", lambda row: row[2]["rule"], 50),
    said("取数页面", lambda row: row[2]["address"], 40),
)
RECORDS = (
    said("文书号", lambda row: row[0], 8, "number"),
    said("段", lambda row: row[1], 6, "number"),
    said("数字", lambda row: row[2], 28),
    said("明细", lambda row: row[3][0], 40),
    said("明细的值", lambda row: row[3][1], 20),
    said("所在页面", lambda row: row[3][2], 40),
)


def _papers(plan):
    about = Q(plans=plan) | Q(directive__task__plan=plan) | Q(occasion__plan=plan)
    return Paper.objects.filter(pk__in=Paper.objects.filter(about).order_by().values("pk"))


def _out(plan):
    rows = _papers(plan).filter(status__in=Paper.OUT).with_parts().select_related("record")
    return rows.prefetch_related("co_issuers").order_by("signed_at", "pk")


def _records(plan):
    return PaperRecord.objects.filter(paper__in=_out(plan).order_by().values("pk")).order_by("paper")


def _figures(plan):
    """(paper's key, place of the block, figure), record by record: a year's papers do not stand in memory at once."""
    for record in _records(plan).iterator(chunk_size=20):
        for place, block in enumerate(record.content["blocks"], 1):
            yield from ((record.paper_id, place, figure) for figure in block["figures"].values())


def _rows(plan):
    for paper, place, figure in _figures(plan):
        yield from ((paper, place, figure["label"], each) for each in figure["records"])


def _counts(plan):
    return {"文书": _papers(plan).filter(status__in=Paper.OUT).count()}


def _sheets(plan, periods):
    yield kept(plan, "文书登记簿", "文书", REGISTER, _out(plan))
    yield kept(plan, "文书数字", "数字", FIGURES, _figures(plan), "按文书号与“文书”对应")
    yield kept(plan, "文书数字的明细", "明细", RECORDS, _rows(plan), "按文书号、段、数字与“数字”对应")


def _open(plan):
    for each in _papers(plan).filter(status__in=(Paper.Status.DRAFT, Paper.Status.SIGNING)).order_by("pk"):
        yield f"文书“{each.title}”还是{each.get_status_display()}。"


def _name(paper):
    return f"{paper.pk:03d}-{paper.code} {paper.title}"


def _files(plan):
    rows = PaperFile.objects.filter(paper__in=_out(plan).order_by().values("pk"))
    for each in rows.select_related("paper").order_by("paper", "pk"):
        yield _name(each.paper), each


def _made(plan):
    return [(str(each.pk), f"{_name(each)}.docx") for each in _out(plan)]


def _make(key):
    return paper_docx(PaperRecord.objects.get(paper=key).content)


ARCHIVED = Book(50, "通报文书", _counts, _sheets, _open, _files, _made, _make)
