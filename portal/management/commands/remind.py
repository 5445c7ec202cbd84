"""Send the day's reminders, and mail that still waits: for a timer every morning; again on the same day sends nothing new."""

from django.core.management.base import BaseCommand

from kit import clock
from reports.actions.reminders import remind
from reports.models import Workday
from supervision.actions.reminders import remind_directives
from units.actions.mail import send_waiting
from units.actions.posts import send_posts


class Command(BaseCommand):
    help = (
        "按工作日提醒尚未报送的单位：截止前5个、2个工作日，当天，逾期后1个工作日；"
        "提醒快到时限和逾期的交办事项；同一天重复运行不再发送。"
    )

    def handle(self, *args, **options):
        year = clock.today().year
        if not Workday.knows(year):
            self.stderr.write(
                f"注意：没有{year}年的工作日历，按周一至周五计算。请运行 manage.py load_workdays {year}。"
            )
        told = {*remind(), *remind_directives()}
        send_waiting()
        send_posts()
        self.stdout.write(f"已提醒{len(told)}人。")
