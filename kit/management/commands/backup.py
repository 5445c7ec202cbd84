"""Keep the database and the uploaded files of one moment, while people go on working."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit import backups
from kit.refusal import Refusal


class Command(BaseCommand):
    help = "把数据库和上传文件备份成一个文件（不用停服务），写完即按清单核对；只留最近的若干份。"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="目录", help="放备份的目录，最好在另一块盘上")
        parser.add_argument("--keep", type=int, default=30, metavar="份数", help="留最近多少份，默认30")

    def handle(self, *args, folder, keep, **options):
        if keep < 1:
            raise CommandError("至少留1份。")
        try:
            made = backups.make(folder, keep)
        except (Refusal, OSError) as error:
            raise CommandError(f"没有备份成：{error}") from None
        for each in made.lacking:
            self.stderr.write(f"注意：备份时文件已被删除：{each}")
        self.stdout.write(f"已备份并核对：{made.file}（{made.rows}行，{made.files}个文件，{made.size}字节）")
