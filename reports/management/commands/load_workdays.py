"""Enter the official calendar of workdays."""

from django.core.management.base import BaseCommand, CommandError

from reports.actions.calendar import load_workdays, published, years_in_use
from reports.models import Workday

LACKING = (
    "还没有{years}年的节假日安排：国务院办公厅一般在上年11月公布，"
    "公布后升级 chinesecalendar 再运行，或在技术后台“工作日历”里录入。在此以前按周一至周五上班计算。"
)


class Command(BaseCommand):
    help = "导入国务院办公厅公布的节假日和调休安排；已有的日期不改动。不写年份时导入各方案所在年度、今年和明年。"

    def add_arguments(self, parser):
        parser.add_argument("years", nargs="*", type=int, metavar="年份")

    def handle(self, *args, years, **options):
        wanted = years or sorted(years_in_use())
        added = load_workdays(wanted)
        self.stdout.write(f"新增{added}天。" if added else "没有新的日期。")
        lacking = [str(year) for year in wanted if year not in published() and not Workday.knows(year)]
        if lacking and years:
            raise CommandError(LACKING.format(years="、".join(lacking)))
        if lacking:
            self.stderr.write(LACKING.format(years="、".join(lacking)))
