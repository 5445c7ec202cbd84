"""Send the mail and the posts that wait: for a timer every few minutes, beside the threads of the server."""

from django.core.management.base import BaseCommand

from units.actions.mail import send_waiting
from units.actions.posts import is_on, send_posts


class Command(BaseCommand):
    help = "发出等待中的邮件和群消息（服务器没有应答的过一会儿再发）；可与网页服务同时运行，不会重复发送。"

    def handle(self, *args, **options):
        self.stdout.write(f"发出{send_waiting()}封邮件。")
        if is_on():
            self.stdout.write(f"发出{send_posts()}条群消息。")
