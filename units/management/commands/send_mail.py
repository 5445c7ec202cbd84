"""Send the mail that waits: for a timer every few minutes, beside the threads of the server."""

from django.core.management.base import BaseCommand

from units.actions.mail import send_waiting


class Command(BaseCommand):
    help = "发出等待中的邮件（服务器没有应答的过一会儿再发）；可与网页服务同时运行，不会重复发送。"

    def handle(self, *args, **options):
        self.stdout.write(f"发出{send_waiting()}封邮件。")
