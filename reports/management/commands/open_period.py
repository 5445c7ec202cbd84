"""Open a month: for the timer at the first of every month, or by hand."""

from django.core.management.base import BaseCommand, CommandError

from kit import clock
from kit.refusal import Refusal
from reports.actions.periods import open_period
from reports.actions.takeback import was_taken_back
from reports.management.months import month_of
from tasks.models import Plan


class Command(BaseCommand):
    help = "开启报送期：不写参数时为本月、所有在期内的方案；重复运行没有影响；主管办公室撤回了的月份不自动再开。"

    def add_arguments(self, parser):
        parser.add_argument("--month", type=month_of, metavar="2015-10", help="月份，默认本月")
        parser.add_argument("--plan", type=int, help="方案编号，默认全部")

    def handle(self, *args, month, plan, **options):
        """What is asked for by name and cannot be is an error; on the timer a day without anything to open is none."""
        asked, month = month or plan, month or clock.today().replace(day=1)
        plans = Plan.objects.filter(pk=plan) if plan else [each for each in Plan.objects.all() if each.covers(month)]
        if not plans and asked:
            raise CommandError("没有这个月份在期内的方案。")
        if not plans:
            self.stdout.write("没有本月在期内的方案，不用开启。")
        for each in plans:
            if not asked and was_taken_back(each, month):
                self.stdout.write(f"{each}{month.year}年{month.month}月：主管办公室已撤回，不自动开启。")
            else:
                self.open(each, month)

    def open(self, plan, month):
        try:
            period = open_period(plan, month)
        except Refusal as why:
            raise CommandError(f"{plan}：{why}") from why
        self.stdout.write(f"{period}：应报{period.reports.of('owed').count()}份，{period.on_time_words}截止。")
