"""One key project as its page and its card (台账) show it: figures, months, nodes, approvals, what holds it up."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import charts, clock
from kit.addresses import address_of
from kit.charts import curve, months
from kit.charts.bars import track
from kit.deadlines import last_day, month_words
from kit.rates import grouped, percent, rounded
from reports import marks
from reports.dashboard.charted import told_months
from reports.models import Entry, MonthlyReport, PlaceRemark, Standing, Workday
from reports.permissions import can_manage_period
from tasks import nodes
from tasks.lights import Light
from tasks.models import Measure, Project, Responsibility, Schedule, Task

FILED = (MonthlyReport.Status.SUBMITTED, MonthlyReport.Status.ACCEPTED)


@dataclass(frozen=True)
class Figure:
    """One of the six numbers on top, with what it is measured by."""

    label: str
    value: str
    beside: str = ""
    note: str = ""
    tone: str = "plain"
    drawn: str = ""


@dataclass(frozen=True)
class NodeLine:
    """A node, how it stands, and its first limit where that was another."""

    node: object
    stand: nodes.Stand
    moved_from: object = None


@dataclass(frozen=True)
class WaitLine:
    node: object
    wait: nodes.Wait


class ProjectCard:
    """Everything a person may see of one project as of today; the project comes with its course, people and nodes."""

    def __init__(self, project, user):
        self.project, self.task, self.user = project, project.task, user
        self.day = clock.today()
        self.month = self.day.replace(day=1)
        self.months = told_months(self.task.plan, {row.month for row in project.carried})
        self.judged = project.judgement(self.day)

    # What was planned and done, month by month

    def series(self, measure, column):
        """Amounts of the plan's months, None where nothing was said; of a package, those of its parts added up."""
        found = {}
        for row in self.project.carried:
            if row.measure == measure and (value := getattr(row, column)) is not None:
                found[row.month] = found.get(row.month, 0) + value
        return [found.get(month) for month in self.months]

    @cached_property
    def labels(self):
        return [month_words(month, self.months) for month in self.months]

    @cached_property
    def curve(self):
        actual = self.series(Measure.INVESTED, "actual")
        last = max((place for place, value in enumerate(actual, 1) if value is not None), default=0)
        pace = nodes.at_pace([value or 0 for value in actual[:last]], len(actual) - last)
        return curve.Curve(
            self.labels,
            self.series(Measure.INVESTED, "planned"),
            actual,
            self.series(Measure.INVESTED, "first"),
            tone=self.judged.light.tone,
            pace=rounded(pace[0]) if pace else None,
            pace_words=f"按近{pace[1]}月速度，年底约" if pace else "",
        )

    @cached_property
    def has_months(self):
        return any(value is not None for value in (*self.curve.plan, *self.curve.actual))

    @cached_property
    def drawn(self):
        return curve.drawn(self.curve, title="累计投资：计划与完成")

    @cached_property
    def missing(self):
        """What it lacks of 五个一, in words."""
        return Project.objects.visible_to(self.user).filter(pk=self.project.pk).missing().get(self.project.pk, ())

    @cached_property
    def reports(self):
        """{month: the report on it}, of those this person may open."""
        rows = MonthlyReport.objects.visible_to(self.user).filter(
            entries__task=self.task.pk, entries__role=Responsibility.Role.LEAD
        )
        return {each.period.month: each for each in rows.select_related("period")}

    @cached_property
    def lights(self):
        rows = Standing.objects.visible_to(self.user).filter(task=self.task.pk).select_related("period__plan")
        return {row.period.month: row for row in rows}

    @cached_property
    def correctable(self):
        """The standings of closed months whose figures this person may put right, in order."""
        found = [row for _, row in sorted(self.lights.items())]
        return found if found and can_manage_period(self.user, found[0].period) else []

    @cached_property
    def now(self):
        """The column of the running month, or None."""
        return self.months.index(self.month) if self.month in self.months else None

    @cached_property
    def table(self):
        links = [self._address(month) for month in self.months]
        lines = months.lines_of(self.curve, links, self._owed)
        lights = [self._light(month) for month in self.months]
        # Months without a light are told by their number's cell alone.
        while lights and lights[-1] is None:
            lights.pop()
        if lights:
            lines.append(months.Line("灯色", lights))
        return months.table(self.labels, lines, now=self.now, caption="逐月计划、完成和灯色")

    @property
    def printed_months(self):
        """[(head, amount a month, sum)] for paper."""
        lines = months.lines_of(self.curve)
        return [
            (line.name, [*line.values, *[None] * (len(self.months) - len(line.values))], line.total) for line in lines
        ]

    def _address(self, month):
        report = self.reports.get(month)
        return address_of("report", report.pk) if report else ""

    @property
    def _owed(self):
        report = self.reports.get(self.month)
        if report is None or report.status == MonthlyReport.Status.ACCEPTED:
            return None
        mark = report.mark()
        return charts.Cell(mark.label, marks.tone_of(mark), self._address(self.month), outline=True)

    def _light(self, month):
        standing = self.lights.get(month)
        if standing is None:
            return None
        light = Light(standing.light)
        return marks.light_cell(light, f"{month_words(month, self.months)}末{light.label}：{standing.reason}")

    # The six figures

    @property
    def through(self):
        """The last month something is due or told for, in words: 1-9月."""
        course = self.project.course
        told = [month for month, _ in course.spent] + [month for month in self.months if last_day(month) <= self.day]
        last = max(told, default=self.months[0])
        words = month_words(last, self.months)
        return f"{self.months[0].month}-{words}" if last > self.months[0] else words

    @cached_property
    def figures(self):
        course, tone = self.project.course, self.judged.light.tone
        return [
            self._invested(course, tone),
            self._behind(course, tone),
            self._whole(course),
            self._measured("资金到位", Measure.ARRIVED, "万元", "到位率"),
            self._measured("交地", Measure.LAND, "亩", "交地率"),
            self._goal(course),
        ]

    def _invested(self, course, tone):
        done, label = course.done(self.day), f"今年投资 {self.through}"
        if not course.year:
            return Figure(label, grouped(done), "万元", "没有年度计划投资", tone)
        share, due = rounded(course.share(self.day), 1), rounded(course.due_share(self.day), 1)
        words = f"{share}%，应完成 {due}%"
        return Figure(
            label,
            grouped(done),
            f"/ {grouped(course.year)} 万元",
            words,
            tone,
            track(share, due, tone, label=words, wide=True),
        )

    def _behind(self, course, tone):
        gap = course.done(self.day) - course.due(self.day)
        if not course.planned:
            return Figure("比计划", "—", "", "没有按月计划")
        lag = course.lag(self.day)
        words = f"{'落后' if lag > 0 else '超前'} {rounded(abs(lag), 1)} 个百分点" if lag else "与计划持平"
        return Figure(
            "比计划少" if gap < 0 else "比计划多", grouped(abs(gap)), "万元", words, tone if gap < 0 else "plain"
        )

    def _whole(self, course):
        before = self.project.before or 0
        total = f"/ {grouped(self.project.total)} 万元" if self.project.total else "万元"
        return Figure("总投资累计", grouped(before + course.done(self.day)), total, f"上年末 {grouped(before)}")

    def sums(self, measure):
        """(planned for the year, planned for the months that are over, done)."""
        until = max((month for month in self.months if last_day(month) <= self.day), default=None)
        year, done = self.project.sums(measure)
        return year, self.project.sums(measure, until)[0] if until else 0, done

    @property
    def arrived(self):
        return self.sums(Measure.ARRIVED)

    @property
    def land(self):
        return self.sums(Measure.LAND)

    def _measured(self, label, measure, unit, rate):
        year, due, done = self.sums(measure)
        if not year and not done:
            return Figure(label, "—", "", "没有计划")
        share = percent(done, due, 1) if due else None
        tone = "plain" if share is None or share >= 100 else "warn"
        note = f"应{grouped(due)}{unit}，{rate} {share}%" if share is not None else "还没有到期的计划"
        return Figure(label, grouped(done), f"/ {grouped(year)} {unit}", note, tone)

    def _goal(self, course):
        goal = course.goal
        if goal is None:
            return Figure("年度目标", "—", "", self.project.goal_words[:40] or "还没有定目标节点")
        label, due = f"年度目标：{goal.title}", f"{goal.due_on.month}月{goal.due_on.day}日到期"
        if goal.done_on:
            return Figure(label, "已完成", "", f"{goal.done_on:%Y-%m-%d}完成", "good")
        left = (goal.due_on - self.day).days
        if left < 0:
            return Figure(label, f"{-left}", "天逾期", due, "danger")
        late = [node for node in course.nodes if node.due_on < self.day and not node.is_done(self.day)]
        return Figure(
            label, f"{left}", "天后到期", f"{due}{'，前面有节点未完' if late else ''}", "warn" if late else "plain"
        )

    # Nodes and approvals

    @cached_property
    def nodes(self):
        return [
            NodeLine(
                node,
                nodes.stand(node.due_on, node.done_on, self.day, goal=node.goal),
                node.first_due_on if node.first_due_on != node.due_on else None,
            )
            for node in self.task.milestones.all()
        ]

    @property
    def done_nodes(self):
        return sum(bool(line.node.done_on) for line in self.nodes)

    @cached_property
    def waits(self):
        waiting = [node for node in self.task.milestones.all() if node.handed_in_on and not node.done_on]
        is_workday = Workday.test() if waiting else None
        return [
            WaitLine(node, nodes.wait(node.handed_in_on, node.limit_workdays, self.day, is_workday)) for node in waiting
        ]

    @property
    def waits_over(self):
        return sum(line.wait.is_over for line in self.waits)

    # What was last said, and how it came to this

    @cached_property
    def last_entry(self):
        """What the service unit last filed, if this person may read it."""
        rows = Entry.objects.visible_to(self.user).filter(
            task=self.task.pk, role=Responsibility.Role.LEAD, report__status__in=FILED
        )
        rows = rows.select_related("report__period__plan", "report__unit")
        return rows.order_by("-report__period__month").first()

    @cached_property
    def place_remarks(self):
        """What its townships said, newest month first, as far as this person reads it."""
        rows = PlaceRemark.objects.visible_to(self.user).filter(project=self.project.pk)
        return list(rows.select_related("period"))

    @property
    def latest_place_remarks(self):
        """Those of the newest month with one."""
        rows = self.place_remarks
        return [each for each in rows if each.period_id == rows[0].period_id]

    @cached_property
    def schedules(self):
        rows = Schedule.objects.visible_to(self.user).filter(project=self.project.pk)
        return list(rows.select_related("by__unit", "decided_by").order_by("-serial"))

    @property
    def waiting(self):
        return next((each for each in self.schedules if each.status == Schedule.Status.PROPOSED), None)

    @property
    def agreed(self):
        return next((each for each in self.schedules if each.status == Schedule.Status.ACCEPTED), None)

    @property
    def contract(self):
        """What the contract promises, in words."""
        of = self.project
        told = [("合同金额", of.contract_sum, "万元"), ("用地", of.contract_land, "亩")]
        return "，".join(f"{name}{grouped(value)}{unit}" for name, value, unit in told if value is not None)

    @property
    def invested(self):
        """(done this year, its share of the year's plan, done altogether, its share of the total)."""
        year, total = self.project.course.year, self.project.total
        done = self.project.course.done(self.day)
        whole = (self.project.before or 0) + done
        return done, percent(done, year, 1) if year else None, whole, percent(whole, total, 1) if total else None

    @cached_property
    def neighbours(self):
        """(the project before, the one after) on the plan's list."""
        rows = Task.objects.visible_to(self.user).projects().filter(plan=self.task.plan_id)
        place = self.task.order
        return (
            rows.filter(order__lt=place).order_by("-order").values_list("pk", flat=True).first(),
            rows.filter(order__gt=place).order_by("order").values_list("pk", flat=True).first(),
        )
