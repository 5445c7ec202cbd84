"""Make the archive package of a plan's closed months in one go."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit.refusal import Refusal
from portal.actions.archive import archive_plan
from tasks.models import Plan


class Command(BaseCommand):
    help = "生成一个方案的归档包（月报、附件、报表、操作记录和校验清单）。不写方案编号时列出全部方案。"

    def add_arguments(self, parser):
        parser.add_argument("plan", type=int, nargs="?", help="方案编号")
        parser.add_argument("--partial", action="store_true", help="只归档已结账的月份（部分归档）")
        parser.add_argument("--out", type=Path, help="写到这个文件，不写时放在当前目录")

    def handle(self, *args, plan, partial, out, **options):
        if plan is None:
            plans = [f"{each.pk}  {each.named}（{each.office}）" for each in Plan.objects.select_related("office")]
            self.stdout.write("\n".join(plans) or "还没有方案。")
            return
        found = Plan.objects.filter(pk=plan).first()
        if found is None:
            raise CommandError(f"没有编号为{plan}的方案。")
        try:
            archive = archive_plan(found, partial=partial)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        out = out or Path(f"{archive.title}.zip")
        if out.exists():
            raise CommandError(f"{out}已经存在，请换一个文件名（--out）。")
        write_whole(out, archive.chunks())
        for each in archive.lacking:
            self.stderr.write(f"注意：{each}")
        self.stdout.write(f"{archive.words}，校验码 {archive.checksum}")
        self.stdout.write(str(out))


def write_whole(path, chunks):
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(chunks)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
