"""What a plan's archive package keeps of cases of reform, and of who works by them."""

from kit.tables.declared import fields_of
from reports.tables.archive_sheets import Kept, book
from supervision.models import Copying, Experience

CASES = fields_of(
    Experience, "经验号=pk title task unit difficulty done result by at status chosen_at 办公室意见=decision"
)
COPIES = fields_of(Copying, "经验号=experience_id unit text by at")


def _cases(plan, _=()):
    return Experience.objects.of([plan]).order_by("at", "pk")


def _copies(plan, _):
    rows = Copying.objects.filter(experience__in=_cases(plan).order_by().values("pk"))
    return rows.order_by("experience", "at", "pk")


def _open(plan):
    for each in _cases(plan).filter(status=Experience.Status.OFFERED):
        yield f"改革经验“{each}”还没有定是否选用。"


ARCHIVED = book(
    45,
    "改革经验",
    Kept("改革经验", CASES, _cases, counted="改革经验"),
    Kept("学用", COPIES, _copies, "按经验号与“改革经验”对应", "经验学用", "经验学用"),
    open=_open,
)
