"""Load the units and the plans of the notice that come with the application."""

from django.core.management.base import BaseCommand

from tasks.actions.shipped import load_shipped


class Command(BaseCommand):
    help = "导入随附的责任单位和一份真实通知的三个方案（2015年）；已有的不改动，可以重复运行。"

    def handle(self, *args, **options):
        units, loaded = load_shipped()
        self.stdout.write(f"责任单位：新增{units.new}个，已有{units.same}个。")
        self.stdout.write(f"方案：{loaded}")
