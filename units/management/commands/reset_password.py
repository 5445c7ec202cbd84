"""Give somebody a new password, from the server's own command line."""

from django.core.management.base import BaseCommand, CommandError

from units.actions.administrator import renew_password
from units.models import User


class Command(BaseCommand):
    help = "为一个账号生成新密码，只显示这一次；下次登录须修改。"

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="用户名")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"没有用户名为“{username}”的账号。")
        self.stdout.write(f"{user.username}  {renew_password(user)}  （{user.name}，下次登录须修改密码）")
