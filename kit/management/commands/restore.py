"""Bring a backup back into an empty place."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit import backups
from kit.refusal import Refusal


class Command(BaseCommand):
    help = "把备份恢复到空的数据库和空的文件目录，恢复后按清单核对；已有内容时拒绝。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="文件", help="manage.py backup 写出的 .zip")

    def handle(self, *args, file, **options):
        try:
            manifest = backups.restore(file)
        except (Refusal, OSError) as error:
            raise CommandError(f"没有恢复：{error}") from None
        for each in manifest["lacking"]:
            self.stderr.write(f"注意：备份时已缺这个文件：{each}")
        tables = manifest["tables"]
        self.stdout.write(
            f"已恢复“{manifest['title']}”：{len(tables)}张表{sum(tables.values())}行、{manifest['stored']}个文件，与清单全部相符。"
        )
