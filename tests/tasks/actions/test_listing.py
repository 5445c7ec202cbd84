"""Many projects at once: the same register as one by one, the same number of questions for few and many, all or none."""

import datetime
from contextlib import contextmanager
from decimal import Decimal

import pytest

from kit.refusal import Refusal
from reports.actions import listing as followed
from reports.actions.periods import open_period
from reports.models import Entry
from tasks.actions.listing import Listing, Person, Told, list_project, list_projects
from tasks.actions.months import enter_month, enter_months, leave_months
from tasks.actions.schedules import Step
from tasks.models import Amount, Label, Milestone, Project, Task, TaskEvent

D = datetime.date
SEPTEMBER, OCTOBER = D(2015, 9, 1), D(2015, 10, 1)
MONTHS = [D(2015, month, 1) for month in range(1, 13)]


@pytest.fixture
def told(civil, labour):
    def make(name, **parts):
        values = {"name": name, "year_plan": Decimal(120), "total": Decimal(500)}
        nodes = [Step("开工", D(2015, 3, 31), "START"), Step("主体完成", D(2015, 12, 20), goal=True)]
        people = [Person("LEADER", "张示长"), Person("AIDE", "陈例文", labour)]
        usual = {
            "units": [civil, labour],
            "places": [labour],
            "labels": ["三个十", "市重点"],
            "people": people,
            "amounts": {"INVESTED": {month: Decimal(10) for month in MONTHS}},
            "nodes": nodes,
        }
        return Told(values, **usual | parts)

    return make


def on_record(projects):
    """All that stands of projects but their keys, names and codes."""
    rows = Project.objects.filter(pk__in=[each.pk for each in projects]).with_course().with_people()
    return [
        (
            each.klass,
            each.task.parent.number,
            [(row.unit.name, row.role, row.order) for row in each.task.responsibilities.all()],
            [place.name for place in each.places.all()],
            [label.name for label in each.labels.all()],
            [(p.role, p.name, p.unit_id, p.user_id, p.order) for p in each.people.all()],
            [(row.measure, row.month, row.first, row.planned, row.actual) for row in each.amounts.all()],
            [(n.title, n.kind, n.due_on, n.first_due_on, n.goal, n.done_on) for n in each.task.milestones.all()],
            (each.task.judged_from, each.task.slow_from, each.task.late_from, each.task.initials[-1:]),
            (each.first_total, each.first_year_plan, each.task.progress, each.task.status),
            [(event.verb, event.note, event.changes) for event in each.task.events.order_by("pk")],
        )
        for each in rows.order_by("task__order")
    ]


def test_many_are_what_each_would_be_alone(programme, told, make_user):
    make_user("zhang", "LEADER", name="张示长")
    alone = [list_project(programme, None, "NEW", told(f"甲{n}厂")) for n in range(3)]
    together = list_projects(programme, None, [Listing("NEW", told(f"乙{n}厂")) for n in range(3)])
    assert on_record(alone) == on_record(together)
    assert [each.code for each in (*alone, *together)] == ["K01", "K02", "K03", "K04", "K05", "K06"]
    assert Project.objects.of_leader(together[0].people.get(role="LEADER").user).count() == 6


def test_few_and_many_ask_the_same(programme, told, django_assert_max_num_queries):
    list_projects(programme, None, [Listing("NEW", told("先有的厂"))])
    seen = []
    for count in (2, 12):
        with django_assert_max_num_queries(40) as asked:
            list_projects(programme, None, [Listing("CONTINUED", told(f"{count}条中的{n}")) for n in range(count)])
        seen.append(len(asked))
    assert seen == [35, 35]


def test_a_part_may_stand_behind_its_package_in_one_call(programme, told):
    whole = Listing("CONTINUED", told("公路打包", amounts={}))
    made = list_projects(
        programme, None, [whole, *(Listing("CONTINUED", told(f"{n}标"), package=whole) for n in (1, 2))]
    )
    assert [each.package for each in made] == [None, made[0], made[0]]
    fresh = Project.objects.with_course().get(pk=made[0].pk)
    assert fresh.sums("INVESTED")[0] == 240
    assert Task.objects.get(pk=made[0].pk).slow_from == fresh.turns().slow_from is not None


def test_a_given_code_is_left_free_by_those_without(programme, told):
    made = list_projects(programme, None, [Listing("NEW", told("甲厂")), Listing("NEW", told("乙厂"), code="K01")])
    assert [each.code for each in made] == ["K02", "K01"]


def test_one_that_is_refused_is_named_and_none_is_written(programme, told):
    @contextmanager
    def naming(listing):
        try:
            yield
        except Refusal as why:
            raise Refusal(f"{listing.told.values['name']}：{why}") from why

    twice = [Listing("NEW", told("甲厂")), Listing("NEW", told("乙厂")), Listing("NEW", told(" 甲 厂"))]
    goals = told("丙厂", nodes=[Step("一", D(2015, 3, 1), goal=True), Step("二", D(2015, 4, 1), goal=True)])
    for listings, said in (
        (twice, " 甲 厂：本方案已有同名项目"),
        ([*twice[:2], Listing("NEW", goals)], "丙厂：年度目标"),
    ):
        with pytest.raises(Refusal, match=said):
            list_projects(programme, None, listings, naming=naming)
    assert not Project.objects.exists()
    assert not Label.objects.exists()


def test_a_running_month_asks_for_all_of_them_at_once(programme, told):
    period = open_period(programme, OCTOBER)
    followed.list_projects(programme, None, [Listing("NEW", told(f"甲{n}厂")) for n in range(3)], month=OCTOBER)
    assert Entry.objects.filter(report__period=period, task__kind="PROJECT").count() == 3


FIGURES = {"invested": "9.5", "arrived": "8", "land": None, "cause": "GROUND"}


@pytest.fixture
def pairs(programme, told):
    """Twice the same: a package of two parts and a project with a start to tell of."""

    def make(word):
        whole = Listing("CONTINUED", told(f"{word}打包", amounts={}))
        parts = [Listing("CONTINUED", told(f"{word}{n}标"), package=whole) for n in (1, 2)]
        return list_projects(programme, None, [whole, *parts, Listing("CONTINUED", told(f"{word}厂"))])

    return make("甲"), make("乙")


def lines_of(projects):
    _, *carriers = projects
    nodes = [{str(each.task.milestones.get(kind="START").pk): "2015-09-09"} for each in carriers]
    return [(each.task, FIGURES | {"nodes": told}) for each, told in zip(carriers, nodes, strict=True)]


def test_a_month_of_many_is_what_each_would_be_alone(pairs):
    alone, together = pairs
    for task, figures in lines_of(alone):
        enter_month(task, SEPTEMBER, figures, None, note="九月")
    enter_months(lines_of(together), SEPTEMBER, None, note="九月")
    assert on_record(alone)[1:] == on_record(together)[1:]
    package, one = (on_record(each)[0] for each in (together, alone))
    assert package[:-1] == one[:-1]
    assert Task.objects.get(pk=together[0].pk).progress == 16
    told = together[0].task.events.get(verb="数据入册")
    assert (told.note, told.changes["进度"]) == ("九月（X06、X07）", ["0%", "16%"])
    assert set(Project.objects.values_list("cause", flat=True)) == {"", "GROUND"}


def test_a_month_taken_back_leaves_nothing_behind(pairs):
    _, together = pairs
    before = on_record(together)
    enter_months(lines_of(together), SEPTEMBER, None)
    leave_months([each.task for each in together[1:]], SEPTEMBER, None)
    shown = [row[:-1] for row in on_record(together)]
    assert [tuple(map(str, row)) for row in shown] == [
        tuple(map(str, (*row[:6], with_blank(row[6]), *row[7:-1]))) for row in before
    ]
    assert not Amount.objects.exclude(actual=None).exists()
    assert not Milestone.objects.exclude(told_in=None).exists()
    assert TaskEvent.objects.filter(verb="数据退回").count() == 4


def with_blank(amounts):
    """The month's arrived money was asked for: its row stays, empty."""
    more = [("ARRIVED", SEPTEMBER, None, None, None)] if amounts else []
    return sorted([*amounts, *more], key=lambda row: (row[1], row[0]))


def test_a_month_of_few_and_many_asks_the_same(programme, told, django_assert_num_queries):
    for count in (2, 12):
        made = list_projects(programme, None, [Listing("NEW", told(f"{count}中{n}")) for n in range(count)])
        enter_months([(each.task, FIGURES) for each in made], SEPTEMBER, None)
        with django_assert_num_queries(13):
            enter_months([(each.task, FIGURES) for each in made], OCTOBER, None)
