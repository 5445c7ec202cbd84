"""How much each unit is asked, over all offices: two rows on each side of every join."""

import datetime
import io

import pytest
from django.template import Context, Template
from openpyxl import load_workbook

from reports.actions.periods import open_period
from reports.actions.review import return_report
from reports.actions.writing import submit
from reports.fields import ENTRY
from reports.line import LINE
from reports.models import Attachment, MonthlyReport
from supervision.actions.directives.drafting import draft, issue
from supervision.actions.meetings import note_decision
from supervision.actions.occasions import announce_occasion, drop_occasion, set_stops
from supervision.dashboard.burden import Burden, burdens, last_months
from tasks.models import Indicator, Milestone
from tests.conftest import OCTOBER
from tests.supervision.conftest import stop_at
from tests.supervision.directives import hand_down

D = datetime.date
SEPTEMBER = D(2015, 9, 1)
UNIT, LIST = 25, 17


def of(unit, month=OCTOBER):
    return burdens([month], [unit.pk]).get((unit.pk, month), Burden())


def attach(report, name, by):
    return Attachment.objects.create(report=report, file=name, name=name, kind="pdf", size=1, checksum=name, by=by)


def test_a_form_counts_its_tasks_and_their_boxes(plan, task, make_task, civil, labour, reporter, law_plan):
    make_task(plan, 44, civil)
    make_task(law_plan, 1, civil)
    for each in (plan, law_plan):
        open_period(each, OCTOBER)
    own, helping = of(civil), of(labour)
    assert (own.forms, own.entries, own.boxes) == (2, 3, 3 * len(ENTRY))
    assert (helping.forms, helping.entries) == (1, 1)
    assert own.papers == sum(each.stamped for each in (plan, law_plan))
    report = MonthlyReport.objects.get(unit=civil, period__plan=plan)
    for name in "ab":
        attach(report, name, reporter)
    assert (of(civil).files, of(labour).files, of(civil).boxes) == (2, 0, 3 * len(ENTRY))
    assert of(civil, SEPTEMBER) == Burden()


def test_a_projects_line_counts_with_the_nodes_that_were_open(programme, make_project, civil):
    for name in ("渌水大桥", "标准厂房"):
        project = make_project(name)
        for title, done in (("开工", D(2015, 9, 20)), ("竣工", None), ("完成路基", D(2015, 10, 3))):
            Milestone.objects.create(task=project.task, title=title, due_on=D(2015, 12, 1), done_on=done)
    open_period(programme, OCTOBER)
    found = of(civil)
    assert (found.forms, found.entries, found.boxes) == (1, 2, 2 * (len(LINE) + 2))


def test_indicators_ask_one_figure_a_month_of_each_source(plan, civil, water):
    for name in ("甲", "乙"):
        Indicator.objects.create(
            plan=plan, name=name, target=1, unit_of_measure="个", unit=civil, statistics_unit=water
        )
    assert (of(civil).boxes, of(water).boxes, of(civil, D(2016, 1, 1)).boxes) == (2, 2, 0)


def test_what_comes_back_and_what_is_handed_down(report, fill, reporter, office, inspector, civil, labour, at):
    submit(fill(report), reporter)
    return_report(report, office, reason="写明数字")
    report.refresh_from_db()
    submit(report, reporter)
    return_report(report, office, reason="再写明")
    hand_down(inspector, civil, labour)
    hand_down(inspector, civil, title="另一件", points=[("只有一点", None)])
    assert of(civil).again == 2
    assert (of(civil).directives, of(civil).points) == (2, 3)
    assert (of(labour).directives, of(labour).points) == (1, 2)
    assert of(civil).words == f"月报1份{len(ENTRY)}栏、退回重报2次、交办2件3点"
    at("2015-11-01 00:10")
    hand_down(inspector, civil, title="下月的", due_on=D(2015, 11, 20))
    assert (of(civil).directives, of(civil, D(2015, 11, 1)).directives) == (2, 1)


def test_what_meetings_settled_counts_once(programme, owner, civil, project):
    for text in ("交地", "定人"):
        note_decision(programme, owner, OCTOBER, text=text, unit=civil, due_on=D(2015, 10, 30), project=project)
    assert of(civil).items == 2
    item = programme.occasions.get().items.first()
    hand_down(owner, civil, item=item)
    assert (of(civil).items, of(civil).directives) == (1, 1)


def test_an_inspection_counts_once_for_whom_it_names_or_whose_project_it_goes_to(
    inspection, make_inspection, inspector, project, civil, water, labour, at
):
    for title in ("又一次督查", "不再进行的"):
        made = make_inspection(title=title, held_on=D(2015, 11, 3))
        rows = [stop_at(project=project), stop_at(project=project, group="第2组"), stop_at(unit=civil)]
        announce_occasion(set_stops(made, inspector, rows), inspector)
    drop_occasion(made, inspector, "合并")
    assert of(civil).inspections == 0  # nobody was told yet
    announce_occasion(inspection, inspector)
    assert [of(unit).inspections for unit in (civil, water, labour)] == [1, 1, 0]
    november = D(2015, 11, 1)
    assert [of(unit, november).inspections for unit in (civil, water)] == [1, 0]
    assert of(civil).words.endswith("接受督查1次")


def test_it_is_said_where_an_inspection_is_planned_and_a_leader_orders(
    inspection, make_inspection, inspector, leader, civil, project, sign_in
):
    first = make_inspection(title="先定的督查")
    announce_occasion(set_stops(first, inspector, [stop_at(unit=civil)]), inspector)
    said = "10月已经要求：县民政局 接受督查1次；县水利局 没有要求。"
    for address in ("stops", "announce"):
        assert said in sign_in(inspector).get(f"/occasions/{inspection.pk}/{address}/").content.decode()
    assert "已经要求" not in sign_in(inspector).get(f"/occasions/{inspection.pk}/drop/").content.decode()
    page = sign_in(leader).get("/directives/order/", {"unit": civil.pk}).content.decode()
    assert "10月已经要求：县民政局 接受督查1次" in page


def test_months_add_up(report, civil):
    assert last_months(3) == [OCTOBER, SEPTEMBER, D(2015, 8, 1)]
    found = burdens(last_months(3))
    assert found[civil.pk, OCTOBER] + found[civil.pk, OCTOBER] == Burden(
        forms=2, entries=2, boxes=2 * len(ENTRY), papers=2 * found[civil.pk, OCTOBER].papers
    )
    assert Burden().words == "没有要求"


def test_who_reads_it(report, civil, reporter, outsider, office, leader, inspector, admin, sign_in):
    for user in (reporter, office, leader, inspector):
        assert "要求了多少" in sign_in(user).get(f"/units/{civil.pk}/").content.decode()
    for user in (outsider, admin):
        assert "要求了多少" not in sign_in(user).get(f"/units/{civil.pk}/").content.decode()
        assert sign_in(user).get("/burden/").status_code == 403
    assert sign_in(reporter).get("/burden/").status_code == 403


def test_the_list_of_a_month_leaves_as_shown(report, civil, labour, office, sign_in):
    desk = sign_in(office)
    page = desk.get("/burden/").content.decode()
    assert "县民政局</a>" in page
    assert "县水利局</a>" not in page
    assert "县民政局</a>" not in desk.get("/burden/", {"month": "2015-09"}).content.decode()
    answer = desk.get("/burden/", {"q": "县民政局", "format": "xlsx"})
    rows = [row for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True) if row[0]]
    assert ("县民政局", 1, 1, len(ENTRY)) in [row[:4] for row in rows]
    assert "因此没有显示任何内容" in desk.get("/burden/", {"month": "x"}).content.decode()


def test_it_is_said_before_more_is_asked(report, civil, labour, water, office, outsider, rf):
    def drawn(user, *units):
        request = rf.get("/")
        request.user = user
        source = Template("{% load burden %}{% asked_already units %}")
        return source.render(Context({"units": units, "request": request})).strip()

    assert f"10月已经要求：县民政局 月报1份{len(ENTRY)}栏；县水利局 没有要求。" in drawn(office, water, civil)
    assert drawn(outsider, civil) == ""
    assert drawn(office) == ""


@pytest.mark.parametrize("more", [False, True])
def test_the_same_questions_for_few_and_many(
    more, plan, report, make_task, make_unit, civil, office, sign_in, django_assert_num_queries
):
    if more:
        for number in range(50, 55):
            make_task(plan, number, make_unit(f"县{number}局"))
        open_period(plan, D(2015, 11, 1))
    desk = sign_in(office)
    with django_assert_num_queries(UNIT):
        desk.get(f"/units/{civil.pk}/")
    with django_assert_num_queries(LIST):
        desk.get("/burden/")


def test_a_paper_says_it_of_every_unit_before_it_is_handed_down(report, inspector, civil, labour, sign_in):
    rows = draft(inspector, title="征拆", units=[civil, labour], points=[("列出", None)], due_on=D(2015, 10, 30))
    desk, said = sign_in(inspector), f"县民政局 月报1份{len(ENTRY)}栏；县人社局 月报1份{len(ENTRY)}栏"
    for address in (f"/directives/{rows[0].pk}/", f"/directives/{rows[0].pk}/edit/"):
        assert said in desk.get(address).content.decode()
    assert "10月已经要求：县民政局" in desk.get("/directives/new/", {"unit": civil.pk}).content.decode()
    issue(rows[0], inspector)
    assert "已经要求" not in desk.get(f"/directives/{rows[0].pk}/").content.decode()
