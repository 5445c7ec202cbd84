"""Remove uploaded files that no row names, left behind when a server stopped in the middle of an upload."""

from django.core.management.base import BaseCommand

from reports.actions.files import sweep


class Command(BaseCommand):
    help = "清理没有记录对应、存放超过一天的上传文件"

    def handle(self, *args, **options):
        gone = sweep()
        for name in gone:
            self.stdout.write(name)
        self.stdout.write(f"清理{len(gone)}个文件。")
