"""操作记录: the auditor's alone, complete, in order, filtered, and read a page at a time."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from portal.actions.loading import undo_load
from reports.actions.periods import open_period
from reports.actions.writing import submit
from tasks.actions.loads import load_reading
from tasks.actions.schedule import reschedule
from tests.conftest import OCTOBER, moment
from units.actions.signin import record_sign_in
from units.models import UnitEvent


@pytest.fixture
def history(report, fill, reporter, office, task, civil, at):
    """Something of every kind."""
    at("2015-10-21 09:00")
    record_sign_in(reporter)
    at("2015-10-22 09:00")
    submit(fill(report), reporter)
    at("2015-10-23 09:00")
    reschedule(task, office, due_on=task.due_on.replace(day=20), pace="EVEN", note="省厅要求")
    UnitEvent.write(civil, office, "更名", changes={"名称": ["县民政局", "县民政和社会局"]})


@pytest.fixture
def desk(sign_in, auditor):
    return sign_in(auditor)


def verbs(answer):
    return [line.verb for line in answer.context["table"].rows]


def test_it_is_the_auditors_alone(history, cast, sign_in, client):
    allowed = {name for name, user in cast.items() if sign_in(user).get("/trace/").status_code == 200}
    assert allowed == {"auditor"}
    assert client.get("/trace/").url.startswith("/login/")


def test_it_can_only_be_read(desk, db):
    assert desk.post("/trace/").status_code == 405


def test_everything_newest_first_with_old_and_new(history, desk):
    answer = desk.get("/trace/")
    found = verbs(answer)
    assert found[:4] == ["调整任务安排", "更名", "报送", "登录"]
    assert "调整亮灯规则" in found
    page = answer.content.decode()
    assert "完成时限：2015-12-31 → 2015-12-20" in page
    assert "县民政局2015年10月改革创新年月报" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=account", ["登录"]),
        ("kind=unit", ["更名"]),
        ("q=省厅", ["调整任务安排"]),
        ("q=县民政局10月月报&last=2015-10-22&first=2015-10-22", ["报送"]),
        ("q=县民政局 2015年10月 报送", ["报送"]),
        ("q=县民政局1月月报", []),
        ("q=核对平台 调整任务安排", ["调整任务安排"]),
        ("q=刘填报 登录", ["登录"]),
        ("first=2015-10-22&last=2015-10-22", ["报送"]),
        ("kind=unit&last=2015-10-22", []),
    ],
)
def test_filters(history, desk, query, expected):
    assert verbs(desk.get(f"/trace/?{query}")) == expected


def test_what_does_not_exist_shows_nothing(history, desk):
    for query in ("kind=zzz", "first=9999-99-99", "last=x"):
        assert "因此没有显示任何内容" in desk.get(f"/trace/?{query}").content.decode()
        assert desk.get(f"/trace/?{query}&format=xlsx").status_code == 400
    assert desk.get("/trace/?page=abc").context["table"].rows


def test_it_goes_out_as_filtered(history, desk):
    sheet = load_workbook(BytesIO(desk.get("/trace/?kind=unit&format=xlsx").content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "更名" in cells
    assert "登录" not in cells


def test_the_number_of_queries_does_not_grow(history, desk, reporter, plan, django_assert_num_queries):
    desk.get("/trace/")
    with django_assert_num_queries(26):
        desk.get("/trace/")
    for _ in range(3):
        record_sign_in(reporter)
    open_period(plan, OCTOBER.replace(month=9))
    with django_assert_num_queries(26):
        desk.get("/trace/")


def test_pages_hold_fifty(desk, reporter, at):
    for n in range(55):
        at(f"2015-10-24 09:{n:02}:00")
        record_sign_in(reporter)
    rows = desk.get("/trace/?page=2").context["table"].rows
    assert len(rows) == 5
    assert rows[-1].at == moment("2015-10-24 09:00:00")


def test_what_was_taken_back_keeps_its_name(settled, office, desk):
    load_reading(settled, office)
    undo_load(settled, office, reason="文件有误")
    page = desk.get("/trace/?q=撤销导入")
    names = {(event.word(), event.subject_name) for event in page.context["table"].rows}
    assert {("方案", "2016年服务提升年"), ("任务", "2 清理证明事项：全面清理各类证明"), ("单位", "县信息中心")} <= names
    assert "（已撤销）" not in page.content.decode()
