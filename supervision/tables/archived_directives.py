"""What a plan's archive package keeps of directives: the ledger, the points, what units asked; their events go with the trace."""

from kit.tables.declared import fields_of
from reports.tables.archive_sheets import DECIDED, Kept, book
from supervision.models import Directive, DirectiveEvent, DirectiveFile, Plea, Point
from supervision.tables.directives import PASSED

DIRECTIVES = fields_of(
    Directive,
    "交办号=pk 编号=code title kind 任务=task source_text issuer co_issuers unit helpers ordered_by cause level sent_at sign_by",
    "signed_at first_due_on due_on first_answered_at handed_in_at first_closed_at closed_at refusals extensions rebounds",
    "review_on conclusion moved_to letter status 四列=column",
)
POINTS = fields_of(Point, "交办号=directive_id number text due_on answer answered_by answered_at wanting accepted_at")
PLEAS = fields_of(Plea, "交办号=directive_id kind reason progress goal due_then until by at answer", DECIDED)
BY_NUMBER = "按交办号与“交办事项”对应"


def _directives(plan, _=()):
    return Directive.objects.of([plan], withdrawn=True).order_by("issuer", "series", "year", "number", "pk")


def _of(model, *order):
    def rows(plan, _=()):
        return model.objects.filter(directive__in=_directives(plan).order_by().values("pk")).order_by(
            "directive", *order
        )

    return rows


_points = _of(Point, "number")


def _passed(plan, _):
    return DirectiveEvent.objects.of(Directive.objects.of([plan], withdrawn=True)).order_by("at", "pk")


def _open(plan):
    for each in _directives(plan).open():
        yield f"{each}现在是“{each.get_status_display()}”，没有销号。"


def _files(plan):
    rows = DirectiveFile.objects.filter(point__in=_points(plan).order_by().values("pk")).present()
    for each in rows.select_related("point__directive").order_by("point__directive", "point__number", "pk"):
        directive = each.point.directive
        yield f"{directive.pk:03d}-{directive.code or '草稿'}", each


ARCHIVED = book(
    35,
    "交办事项",
    Kept("交办事项", DIRECTIVES, _directives, called="交办事项台账", counted="交办事项"),
    Kept("要求和答复", POINTS, _points, BY_NUMBER, "交办要求和答复", "交办要求"),
    Kept("交办经过", PASSED, _passed, "每个交办号在某一天以前的最后一条，就是当时的状态", counted="交办经过"),
    Kept("申请", PLEAS, _of(Plea, "at", "pk"), BY_NUMBER, "承办单位的申请", "交办申请"),
    open=_open,
    files=_files,
)
