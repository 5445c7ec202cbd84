"""Build the demonstration year in an empty database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kit.refusal import Refusal
from reports.demo import year


class Command(BaseCommand):
    help = "在空库中生成2015年1月至10月的示例年度；已有账号或月报时拒绝。每种角色的密码只显示这一次。"

    def handle(self, *args, **options):
        try:
            accounts = year.build()
        except Refusal as why:
            raise CommandError(str(why)) from why
        year.set_the_clock(settings.SETTINGS_FILE)
        for account in accounts:
            self.stdout.write(f"  {account.username:<14} {account.password}  {account.label}")
        self.stdout.write("示例年度已生成；业务日期设为2015年10月20日，重新启动服务后生效。")
