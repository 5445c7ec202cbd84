"""One command to see everything, or to begin: database, the demonstration year or an empty county, a running server."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kit import serving
from reports.actions.calendar import load_workdays, years_in_use
from reports.demo import people, year
from units.actions.administrator import make_first_administrator
from units.models import User


class Command(BaseCommand):
    help = "建库，在空库中生成示例年度（--no-demo 则从空库开始），然后启动服务。再次运行直接启动，数据不变。"

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只在本机可访问")
        parser.add_argument("--port", type=int, default=8000, help="端口，默认8000")
        parser.add_argument("--no-demo", action="store_true", help="从空库开始：没有单位和方案，只有一个系统管理员")
        parser.add_argument("--no-serve", action="store_true", help="只准备，不启动服务")

    def handle(self, *args, host, port, no_demo, no_serve, **options):
        if not no_serve and not serving.is_free(host, port):
            raise CommandError(f"端口{port}已被占用，请换一个，例如：make run PORT={port + 123}")
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self.prepare()
        accounts = self.populate(demo=not no_demo)
        self.introduce(accounts, host, port)
        if not no_serve:
            serving.serve(settings.WSGI_APPLICATION, host, port)

    def prepare(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("正在建立数据库……")
            call_command("migrate", verbosity=0, interactive=False)
        if not serving.static_is_collected(settings.STATIC_ROOT):
            self.stdout.write("正在整理页面文件……")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)

    def populate(self, *, demo):
        """Return the accounts made now, with the passwords that are shown this once."""
        if year.is_here():
            year.set_the_clock(settings.SETTINGS_FILE)
        if demo and not year.obstacle():
            self.stdout.write("正在生成示例年度（2015年1月至10月），约需一分钟……")
            accounts = year.build()
            year.set_the_clock(settings.SETTINGS_FILE)
            return accounts
        load_workdays(years_in_use())
        return [] if User.objects.exists() else [self.first_account()]

    def first_account(self):
        user, password = make_first_administrator()
        return people.Shown(user.username, password, "系统管理员，首次登录须修改密码；登录后首页一步步引导")

    def introduce(self, accounts, host, port):
        self.stdout.write(f"\n请用浏览器打开 http://{host}:{port}/ （按 Ctrl+C 停止）\n")
        if not accounts:
            self.stdout.write("账号已经存在。忘记密码时：.venv/bin/python manage.py reset_password 用户名\n")
            return
        self.stdout.write("账号如下，密码只在这里显示一次：\n")
        for account in accounts:
            self.stdout.write(f"  {account.username:<14} {account.password}  {account.label}")
        if year.is_here():
            self.stdout.write(
                "\n以上均为示例数据。要从空库开始正式使用：停止服务，删除 var 目录，再运行 make run DEMO=0\n"
            )
