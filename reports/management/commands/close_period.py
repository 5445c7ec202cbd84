"""Close a month: freeze its standings."""

from django.core.management.base import BaseCommand

from kit.refusal import Refusal
from reports.actions.periods import close_period
from reports.management.months import month_of
from reports.models import Period


class Command(BaseCommand):
    help = "报送期结账，冻结当月亮灯：不写参数时为所有填报已关闭、尚未结账的月份；不能结账的说明原因。"

    def add_arguments(self, parser):
        parser.add_argument("--month", type=month_of, metavar="2015-10", help="月份，默认全部未结账的")
        parser.add_argument("--plan", type=int, help="方案编号，默认全部")

    def handle(self, *args, month, plan, **options):
        periods = Period.objects.filter(closed_at=None).select_related("plan").order_by("month", "plan_id")
        periods = periods.filter(month=month) if month else periods
        periods = periods.filter(plan=plan) if plan else periods
        if not periods:
            self.stdout.write("没有需要结账的报送期。")
        for period in periods:
            try:
                close_period(period)
            except Refusal as why:
                self.stdout.write(f"{period}没有结账：{why}")
            else:
                self.stdout.write(f"{period}已结账。")
