"""Make the archive package of a plan's closed months in one go."""

import shutil
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit.refusal import Refusal
from portal.actions.archive import begin_archive, pack_all
from tasks.models import Plan


class Command(BaseCommand):
    help = "生成一个方案的归档包（月报、附件、报表、操作记录和校验清单）。不写方案编号时列出全部方案。"

    def add_arguments(self, parser):
        parser.add_argument("plan", type=int, nargs="?", help="方案编号")
        parser.add_argument("--partial", action="store_true", help="只归档已结账的月份（部分归档）")
        parser.add_argument("--out", type=Path, help="另存一份到这个文件")

    def handle(self, *args, plan, partial, out, **options):
        if plan is None:
            for each in Plan.objects.select_related("office"):
                self.stdout.write(f"{each.pk}  {each.year}年{each}（{each.office}）")
            return
        found = Plan.objects.filter(pk=plan).first()
        if found is None:
            raise CommandError(f"没有编号为{plan}的方案。")
        try:
            archive = pack_all(begin_archive(found, partial=partial), told=self._tell)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        for each in archive.lacking:
            self.stderr.write(f"注意：{each}")
        if out:
            shutil.copyfile(archive.location, out)
        self.stdout.write(f"{archive.title}：{archive.total}个文件，校验码 {archive.checksum}")
        self.stdout.write(str(out or archive.location))

    def _tell(self, archive):
        self.stdout.write(f"已打包 {archive.place} / {archive.total}（{archive.percent}%）")
