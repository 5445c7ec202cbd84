"""Fill an empty database at any size, so that load and speed can be measured."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from bench import rows
from bench.directives import make_directives
from bench.months import Months
from bench.projects import Projects
from bench.rows import Size
from bench.schemes import make_rounds, make_scheme
from reports.actions.calendar import load_workdays
from tasks.models import Plan
from units.models import Unit, User


class Command(BaseCommand):
    help = "在空库中批量生成测量用数据；账号 unit001…、office1…、leader、inspector，口令由 --password 指定。"

    def add_arguments(self, parser):
        parser.add_argument("--units", type=int, default=100, help="责任单位数")
        parser.add_argument("--tasks", type=int, default=150, help="任务数，轮流分到三个方案")
        parser.add_argument("--months", type=int, default=12, help="月数，从当前月份往前数；除当前月外均已结账")
        parser.add_argument(
            "--entries", type=int, help="任务进展总条数，由此推算每项任务的责任单位数；默认每项1.5个单位"
        )
        parser.add_argument("--projects", type=int, default=0, help="项目突破年方案的重点项目数，每个服务单位20个")
        parser.add_argument("--directives", type=int, default=0, help="交办事项数，一年内下达，各种状态都有")
        parser.add_argument("--items", type=int, default=0, help="项目突破年考评办法的项目数，评全部单位")
        parser.add_argument("--rounds", type=int, default=0, help="按上述考评办法（默认15项）发起的考评次数")
        parser.add_argument("--fresh", action="store_true", help="当前月份全部待填报")
        parser.add_argument("--password", required=True, help="所有账号的口令")

    def handle(
        self, *args, units, tasks, months, entries, projects, directives, items, rounds, fresh, password, **options
    ):
        if Unit.objects.exists() or User.objects.exists() or Plan.objects.exists():
            raise CommandError("数据库不是空的，测量数据只能建在空库中。")
        if not (1 <= units <= 100_000 and 3 <= tasks <= 100_000 and 1 <= months <= 120):
            raise CommandError("单位数应为1-100000，任务数应为3-100000，月数应为1-120。")
        if projects and tasks < 21:
            raise CommandError("有重点项目的，任务数至少21项（七项行动）。")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
        with transaction.atomic():
            self.fill(Size(units, tasks, months, entries), projects, directives, fresh, password)
            if items := items or (15 if rounds else 0):
                make_rounds(make_scheme(Plan.objects.get(kind="BREAKTHROUGH"), items), items, rounds)

    def fill(self, size, projects, directives, fresh, password):
        months = rows.months_back(size.months)
        load_workdays({month.year for month in months})
        units = rows.make_units(size.units)
        plans = rows.make_plans(months)
        tasks = rows.make_tasks(size, plans, units)
        people = rows.make_people(units, plans, password)
        self.stdout.write(f"{size.units}个单位，{size.tasks}项任务，{size.parts}条责任分工，{len(people)}个账号")
        register = Projects(plans[2][0], projects, units, months, size.tasks) if projects else None
        Months(size, plans, units, tasks, people, months, fresh=fresh, projects=register).write(self.stdout.write)
        make_directives(directives, plans, units, tasks)
        self.stdout.write(f"共{size.parts * size.months}条任务进展。")
