"""A key project in the month: one line of figures, checked with both numbers; its light is computed."""

import datetime
from decimal import Decimal

import pytest

from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import Incomplete, carry_forward, save_entry, submit
from reports.models import Entry, MonthlyReport
from reports.models.past import past_of
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.models import Project
from tests.pages import folded
from tests.reports.views.sending import sent

D = datetime.date
JSON = {"HTTP_ACCEPT": "application/json"}
OCTOBER = D(2015, 10, 1)
EVEN = {"INVESTED": {D(2015, n, 1): Decimal(100) for n in range(1, 13)}, "LAND": {D(2015, 6, 1): Decimal(236)}}
NODES = [
    Step("开工", D(2015, 3, 10), "START", done_on=D(2015, 3, 9)),
    Step("墩身承台", D(2015, 6, 30)),
    Step("完成路基", D(2015, 11, 30), goal=True),
]


@pytest.fixture
def project(make_project):
    project = make_project(
        "渌水大桥", "CONTINUED", code="X34", amounts=EVEN, nodes=NODES, total=Decimal(2000), before=Decimal(500)
    )
    for month in range(1, 10):
        enter_month(project.task, D(2015, month, 1), {"invested": "95"}, None)
    return project


@pytest.fixture
def owed(project, programme, civil):
    return open_period(programme, OCTOBER).reports.get(unit=civil)


@pytest.fixture
def line(owed):
    return owed.entries.get()


@pytest.fixture
def owner(programme, make_user):
    return make_user("xiangmu", "OFFICE", programme.office)


def write(entry, by, **values):
    return save_entry(entry, by, values, seen_version=Entry.objects.get(pk=entry.pk).version)


def told(entry):
    fresh = Entry.objects.select_related("task", "report__period").get(pk=entry.pk)
    return past_of([fresh])[fresh.task_id].with_line(fresh)


def lacking(report, by):
    with pytest.raises(Incomplete) as why:
        submit(MonthlyReport.objects.get(pk=report.pk), by)
    return {(problem.field, problem.sentence) for _, problem in why.value.problems}


def test_what_a_line_must_say(owed, line, reporter):
    write(line, reporter, shape="")
    assert {field for field, _ in lacking(owed, reporter)} == {"invested", "shape", "cause", "problems", "next_steps"}
    write(line, reporter, invested=Decimal(0), shape="路基1.4公里" * 20)
    assert ("shape", "超出60字，请压缩到80字以内。") in lacking(owed, reporter)


def test_only_who_is_behind_or_has_a_problem_says_where_it_is_stuck(owed, line, reporter, project):
    node = project.task.milestones.get(title="墩身承台")
    write(line, reporter, invested=Decimal(100), shape="路基完成", **{f"node_{node.pk}": D(2015, 10, 12)})
    assert submit(MonthlyReport.objects.get(pk=owed.pk), reporter).status == "SUBMITTED"


@pytest.mark.parametrize(
    ("invested", "sentence"),
    [
        ("151", "本月完成151万元，比月计划100万元多出一半以上。"),
        ("286", "本月完成286万元，超过近几个月平均95万元的三倍。"),
        ("646", "累计完成2001万元（上年末500+今年1501），超过总投资2000万元。"),
        ("-15.5", "本月投资为负数（-15.5万元）。"),
    ],
)
def test_odd_money_is_told_with_both_numbers_and_passes_with_a_reason(line, owed, reporter, invested, sentence):
    words = {"cause": "GROUND", "problems": "17户未拆", "next_steps": "11月10日前拆完", "shape": "路基"}
    write(line, reporter, invested=Decimal(invested), **words)
    assert sentence in told(line).odd()
    assert any(field == "odd_reason" and sentence in said for field, said in lacking(owed, reporter))
    write(line, reporter, odd_reason="预付备料款，已核对。")
    assert submit(MonthlyReport.objects.get(pk=owed.pk), reporter).status == "SUBMITTED"


@pytest.mark.parametrize("invested", ["150", "285", "645"])
def test_the_very_limit_is_not_odd(line, reporter, invested):
    write(line, reporter, invested=Decimal(invested))
    kinds = {"150": "一半", "285": "三倍", "645": "总投资"}
    assert not [each for each in told(line).odd() if kinds[invested] in each]


def test_money_before_the_start_and_an_end_before_its_nodes(make_project, programme, civil, reporter):
    steps = [
        Step("开工", D(2015, 3, 1), "START"),
        Step("主体", D(2015, 8, 1)),
        Step("竣工", D(2015, 12, 1), "COMPLETE", goal=True),
    ]
    project = make_project("标准厂房", amounts=EVEN, nodes=steps)
    entry = open_period(programme, OCTOBER).reports.get(unit=civil).entries.get()
    goal = project.task.milestones.get(title="竣工")
    write(entry, reporter, invested=Decimal(10), **{f"node_{goal.pk}": D(2015, 10, 15)})
    assert told(entry).odd() == [
        "“开工”还没有完成，本月已填投资10万元。",
        "“竣工”已填完成，前面还有2个节点没有完成：开工、主体。",
    ]


def test_the_month_writes_the_register_and_reopening_takes_it_back(owed, line, reporter, owner, project):
    node = project.task.milestones.get(title="墩身承台")
    words = {"cause": "GROUND", "problems": "17户未拆", "next_steps": "11月10日前拆完", "shape": "路基1.4公里"}
    write(line, reporter, invested=Decimal(60), land=Decimal(12), **words, **{f"node_{node.pk}": D(2015, 10, 12)})
    report = submit(MonthlyReport.objects.get(pk=owed.pk), reporter)
    content = report.latest.content["entries"][0]
    assert (content["invested"], content[f"node_{node.pk}"], content["cause"]) == ("60", "2015-10-12", "GROUND")
    accept(report, owner)
    stands = Project.objects.with_course().get(pk=project.pk)
    assert (stands.sums("INVESTED")[1], stands.sums("LAND")[1], stands.cause) == (915, 12, "GROUND")
    assert stands.task.milestones.get(pk=node.pk).done_on == D(2015, 10, 12)
    reopen(MonthlyReport.objects.get(pk=report.pk), owner, reason="数字有误")
    back = Project.objects.with_course().get(pk=project.pk)
    assert (back.sums("INVESTED")[1], back.cause) == (855, "")
    assert back.task.milestones.get(pk=node.pk).done_on is None


def test_funds_that_stay_behind_are_told_and_hold_nothing_up(owed, line, reporter, owner, sign_in, project):
    """Nothing is said where funds are not reported at all; the very sum is enough."""
    words = {"cause": "GROUND", "problems": "17户未拆", "next_steps": "11月10日前拆完", "shape": "路基"}
    write(line, reporter, invested=Decimal(60), **words)
    assert told(line).funds() == []
    write(line, reporter, arrived=Decimal("914.99"))
    sentence = "今年资金到位 914.99，完成投资 915，少0.01万元：请看资金到位是否漏填"
    assert (told(line).funds(), told(line).sums()[-1], told(line).odd()) == ([sentence], sentence, [])
    report = submit(MonthlyReport.objects.get(pk=owed.pk), reporter)
    assert sentence in folded(sign_in(owner).get(f"/review/{report.pk}/"))
    enter_month(project.task, D(2015, 9, 1), {"arrived": "900", "invested": "0"}, None)
    assert told(line).funds() == []


def test_the_light_follows_what_is_typed(line, reporter, project):
    write(line, reporter, invested=Decimal(100))
    assert told(line).judged.reason == "节点“墩身承台”逾期123天，黄灯"
    node = project.task.milestones.get(title="墩身承台")
    write(line, reporter, **{f"node_{node.pk}": D(2015, 10, 12)})
    assert told(line).judged.reason.startswith("投资完成年计划的79.6%，应完成83.3%")
    assert told(line).sums()[0] == "今年累计 855 + 本月 100 = 955 万元"


def test_last_months_shape_is_carried_by_one_press(owed, line, reporter, programme, civil, at):
    earlier = programme.periods.create(
        month=D(2015, 9, 1),
        opens_at=owed.period.opens_at - datetime.timedelta(days=30),
        on_time_until=owed.period.on_time_until - datetime.timedelta(days=30),
        open_until=owed.period.open_until - datetime.timedelta(days=30),
    )
    report = earlier.reports.create(
        unit=civil,
        unit_name=civil.name,
        serial=1,
        status="ACCEPTED",
        due_at=earlier.on_time_until,
        closes_at=earlier.open_until,
    )
    report.entries.create(task=line.task, role="LEAD", version=1, invested=95, shape="路基1.2公里", cause="FUNDS")
    carry_forward(line, reporter, seen_version=0)
    fresh = Entry.objects.get(pk=line.pk)
    assert (fresh.shape, fresh.cause, fresh.invested) == ("路基1.2公里", "FUNDS", None)


def test_the_page_shows_one_line_and_keeps_what_is_typed(owed, line, reporter, sign_in, project):
    client = sign_in(reporter)
    page = folded(client.get("/month/2015-10/"))
    assert "渌水大桥" in page
    assert "自评灯色" not in page
    assert "计划 100<br>上月 95" in page
    answer = client.post(f"/entries/{line.pk}/save/", sent(line, invested="一百二", shape="路基"), **JSON)
    assert answer.json()["errors"]["invested"] == ["本月投资（万元）请填数字，最多两位小数；收回的填负数。"]
    node = project.task.milestones.get(title="墩身承台")
    fresh = Entry.objects.get(pk=line.pk)
    data = sent(fresh, invested="60", **{f"node_{node.pk}": "2015-10-12"})
    told_now = client.post(f"/entries/{line.pk}/save/", data, **JSON).json()
    assert (told_now["errors"], told_now["sums"][0]) == ({}, "今年累计 855 + 本月 60 = 915 万元")
    assert Entry.objects.get(pk=line.pk).nodes == {str(node.pk): "2015-10-12"}


def test_review_and_paper_tell_the_line(owed, line, reporter, owner, sign_in):
    words = {"cause": "GROUND", "problems": "17户未拆", "next_steps": "11月10日前拆完", "shape": "路基1.4公里"}
    write(line, reporter, invested=Decimal(60), **words)
    report = submit(MonthlyReport.objects.get(pk=owed.pk), reporter)
    review = folded(sign_in(owner).get(f"/review/{report.pk}/"))
    assert "本月投资 <b>60</b> 万元，计划 100，累计 915" in review
    for page in (review, folded(sign_in(reporter).get(f"/reports/{report.pk}/print/"))):
        assert all(word in page for word in ("用地征拆", "17户未拆", "路基1.4公里"))


@pytest.fixture
def closed(project, programme, at):
    """September closed with the register as it stands: 855 of 900 planned, yellow for a node that is late."""
    at("2015-09-20 09:00:00")
    september = open_period(programme, D(2015, 9, 1))
    at("2015-10-10 09:00:00")
    close_period(september)
    return september.standings.get(task=project.pk)


def test_a_closed_month_is_put_right_by_its_figures_with_a_reason(closed, project, owner, sign_in, reporter):
    assert (closed.light, closed.progress) == ("YELLOW", 71)
    client, address = sign_in(owner), f"/standings/{closed.pk}/correct/"
    assert "请写明原因。" in client.post(address, {"INVESTED": "-400"}).content.decode()
    assert "数字与已入册的相同" in client.post(address, {"INVESTED": "95", "reason": "x"}).content.decode()
    assert client.post(address, {"INVESTED": "-400", "reason": "重复计入"}).status_code == 302
    closed.refresh_from_db()
    assert (closed.light, closed.progress, closed.first_progress, closed.first_light) == ("RED", 30, 71, "YELLOW")
    assert closed.reason.startswith("投资完成年计划的30.0%，应完成75.0%，落后45.0个百分点")
    stands = Project.objects.with_course().get(pk=project.pk)
    assert stands.sums("INVESTED")[1] == 360
    assert project.task.events.filter(verb="更正月末进度").get().changes == {"完成投资（万元）": ["95", "-400"]}
    assert sign_in(reporter).get(address).status_code == 403
    assert f"/standings/{closed.pk}/correct/" in client.get(f"/projects/{project.pk}/").content.decode()
    assert address not in sign_in(reporter).get(f"/projects/{project.pk}/").content.decode()
