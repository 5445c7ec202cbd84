"""Remove what nobody comes back for: files no row names, uploads that were not taken, sessions that have ended."""

from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand

from reports.actions.files import sweep
from units.actions.uploads import sweep_uploads


class Command(BaseCommand):
    help = "清理没有记录对应、存放超过一天的上传文件，一天没有取入的表，已到时的登录"

    def handle(self, *args, **options):
        gone = sweep()
        for name in gone:
            self.stdout.write(name)
        SessionStore.clear_expired()
        self.stdout.write(f"清理{len(gone)}个文件、{sweep_uploads()}份没有取入的表。")
