"""Load the units and the plans of the notice that come with the application."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from tasks.actions.loading import load_document
from units.actions.loading import load_units

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = "导入随附的责任单位和株县办〔2015〕4号文件的三个方案；已有的不改动，可以重复运行。"

    @transaction.atomic
    def handle(self, *args, **options):
        units = load_units(json.loads((FIXTURES / "units.json").read_text("utf-8")))
        self.stdout.write(f"责任单位：新增{units.new}个，已有{units.same}个。")
        loaded = load_document(json.loads((FIXTURES / "notice-2015-4.json").read_text("utf-8")))
        self.stdout.write(f"方案：{loaded}")
