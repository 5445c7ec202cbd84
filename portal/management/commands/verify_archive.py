"""Check an archive package against its manifest and checksums."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit.packing import BadArchive, verify


class Command(BaseCommand):
    help = "按清单逐个核对归档包里的文件；有不符的列出并以失败结束。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="文件", help="归档包（.zip）")

    def handle(self, *args, file, **options):
        try:
            checked = verify(file)
        except FileNotFoundError:
            raise CommandError(f"没有这个文件：{file}") from None
        except (BadArchive, OSError) as error:
            raise CommandError(f"{file.name}：{error}") from None
        for fault in checked.faults:
            self.stdout.write(fault)
        if checked.faults:
            raise CommandError(f"{file.name}：{len(checked.faults)}处不符。")
        self.stdout.write(f"{file.name}：清单中的{checked.files}个文件全部相符。")
