"""Enter the official calendar of workdays."""

from django.core.management.base import BaseCommand

from kit import clock
from reports.actions.calendar import load_workdays
from tasks.models import Plan


class Command(BaseCommand):
    help = "导入国务院办公厅公布的节假日和调休安排；已有的日期不改动。不写年份时导入各方案所在年度、今年和明年。"

    def add_arguments(self, parser):
        parser.add_argument("years", nargs="*", type=int, metavar="年份")

    def handle(self, *args, years, **options):
        added = load_workdays(years or years_in_use())
        self.stdout.write(f"新增{added}天。" if added else "工作日历没有变化。")


def years_in_use():
    """Return the years the plans run in, this year and the next."""
    spans = Plan.objects.values_list("starts_on", "ends_on")
    years = {year for first, last in spans for year in range(first.year, last.year + 1)}
    return years | {clock.today().year, clock.today().year + 1}
