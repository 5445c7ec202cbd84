"""What a plan's archive package keeps of papers: the register, every figure with the rows it was summed from, the papers and their scans."""

from django.db.models import Q

from kit import clock
from kit.tables.declared import fields_of
from reports.tables.archive_sheets import Kept, book, said
from supervision.documents import paper_docx
from supervision.models import Paper, PaperFile, PaperRecord


def _cosigned(row):
    joint = row.joint.select_related("unit", "signed_by") if row.co_issuers.all() else ()
    return "；".join(
        f"{each.unit} {each.signed_by} {clock.local(each.signed_at):%Y-%m-%d %H:%M}" for each in joint if each.signed_at
    )


REGISTER = fields_of(
    Paper,
    "文书号=pk 编号=code title kind issuer co_issuers",
    said("会签", _cosigned, 40),
    "unit month:month until:month as_of main_to copy_to addressee copy_number secrecy urgency drafted_by signed_by",
    "signed_at 更正哪一份=replaces.code agreed_on status 退回或撤回原因=word record.checksum",
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


def _out(plan, _=()):
    return _papers(plan).filter(status__in=Paper.OUT).with_parts().order_by("signed_at", "pk")


def _records(plan):
    return PaperRecord.objects.filter(paper__in=_out(plan).order_by().values("pk")).order_by("paper")


def _figures(plan, _):
    """(paper's key, place of the block, figure), record by record: a year's papers do not stand in memory at once."""
    for record in _records(plan).iterator(chunk_size=20):
        for place, block in enumerate(record.content["blocks"], 1):
            yield from ((record.paper_id, place, figure) for figure in block["figures"].values())


def _rows(plan, _):
    for paper, place, figure in _figures(plan, _):
        yield from ((paper, place, figure["label"], each) for each in figure["records"])


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


ARCHIVED = book(
    50,
    "通报文书",
    Kept("文书", REGISTER, _out, called="文书登记簿", counted="文书"),
    Kept("数字", FIGURES, _figures, "按文书号与“文书”对应", "文书数字"),
    Kept("明细", RECORDS, _rows, "按文书号、段、数字与“数字”对应", "文书数字的明细"),
    open=_open,
    files=_files,
    made=_made,
    make=_make,
)
