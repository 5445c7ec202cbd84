"""Ask pages as a person would and say what each cost: queries, time, bytes. For docs/performance.md."""

import gc
import statistics
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from units.models import User

BACKEND = "units.backends.PersonBackend"


class Command(BaseCommand):
    help = "以某个账号访问页面若干次，列出状态、查询数、耗时中位数、占用处理器的毫秒数（中位数和最少一次）、处理器加数据库的毫秒数（最少一次）和字节数。只读取，不写业务数据。"

    def add_arguments(self, parser):
        parser.add_argument("--user", required=True, help="用户名")
        parser.add_argument("--times", type=int, default=9, help="每页访问次数")
        parser.add_argument("--seconds", type=float, default=60, help="超过多少秒的页面不再重复")
        parser.add_argument("addresses", nargs="+", metavar="网址", help="例如 /tasks/ /dashboard/")

    def handle(self, *args, user, times, seconds, addresses, **options):
        person = User.objects.filter(username=user).first()
        if person is None:
            raise CommandError(f"没有用户名为“{user}”的账号。")
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        client.force_login(person, backend=BACKEND)
        # As the web server does (zhuzhou/wsgi.py), or every page pays for walking what is loaded for good.
        gc.collect()
        gc.freeze()
        self.stdout.write(
            f"{'status':>6} {'queries':>7} {'ms':>8} {'cpu ms':>8} {'least':>8} {'cpu+db':>8} {'bytes':>9}  address"
        )
        for address in addresses:
            self.stdout.write(self.line(client, address, times, seconds))

    def line(self, client, address, times, seconds):
        with CaptureQueriesContext(connection) as asked:
            first, response, size = self.ask(client, address)
            queries = len(asked.captured_queries)
        count = 1 if first[0] > 1000 * seconds else times
        costs = [self.ask(client, address)[0] for _ in range(count)]
        wall, cpu = (statistics.median(column) for column in zip(*costs, strict=True))
        # Whoever asks alone waits for nothing but the processor and the database.
        both, least = (min(column) for column in zip(*costs, strict=True))
        return f"{response.status_code:>6} {queries:>7} {wall:>8.1f} {cpu:>8.1f} {least:>8.1f} {both:>8.1f} {size:>9}  {address}"

    @staticmethod
    def ask(client, address):
        """Return ((wall ms, cpu ms), response, bytes) of one visit."""
        wall, cpu = time.perf_counter(), time.process_time()
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return (1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)), response, len(body)
