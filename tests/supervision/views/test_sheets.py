"""Dispatches as sheets: the printed list, minutes, everything that was settled, exactly as shown."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from supervision.actions.meetings import judge_item, note_decision, settle_occasion
from supervision.actions.visits import record_visit
from tasks.models import Indicator

D = datetime.date
OCTOBER = D(2015, 10, 1)


@pytest.fixture
def items(programme, first, project, lead, leader, owner, civil):
    """Two decisions of (一)'s meeting, one of them without a project, and one of a visit."""
    scope = {"action": first, "unit": civil}
    about = note_decision(
        programme, lead, OCTOBER, text="林地一周内批复", due_on=D(2015, 10, 27), project=project, **scope
    )
    general = note_decision(programme, lead, OCTOBER, text="每周五报一次", due_on=D(2015, 10, 30), **scope)
    visit = record_visit(project, owner, leader=leader, held_on=D(2015, 10, 12), settled=["电力月底接通"])
    return [about, general, visit.items.get()]


def rows(answer):
    """[(tab, its rows)] of a sheet that was sent."""
    assert answer.status_code == 200
    assert "spreadsheet" in answer["Content-Type"]
    book = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def test_the_printed_list_is_the_sheet(programme, first, project, items, lead, sign_in):
    Indicator.objects.create(plan=programme, name="开工率", target=100, unit_of_measure="%", task=first)
    desk = sign_in(lead)
    query = f"?month=2015-10&action={first.pk}"
    paper = desk.get(f"/dispatch/{programme.pk}/print/{query}").content.decode()
    assert f"/dispatch/{programme.pk}/sheet/?month=2015-10&amp;action={first.pk}" in paper
    told = rows(desk.get(f"/dispatch/{programme.pk}/sheet/{query}"))
    title, note, heads, sums, line = told["调度清单"]
    assert title[0] == "2015年10月调度清单：(一)第一项突破行动"
    assert "投资截至9月末　单位：万元" in note
    assert heads == [
        "编号",
        "项目名称",
        "类别",
        "灯色",
        "年度计划",
        "应完成",
        "已完成",
        "完成%",
        "落后(百分点)",
        "受阻原因",
    ]
    assert sums == [None, "合计1个", None, "红1 黄0", 120, 90, 0, 0, 75, None]
    assert line == ["K01", "湘江标准厂房", "新开工", "红灯", 120, 90, 0, 0, 75, None]
    assert told["承诺的数字"][3][:3] == ["开工率", "不低于100%", "还没有数据"]


def test_minutes_go_out_whole_to_who_reads_them_whole(items, lead, reporter, sign_in):
    occasion = items[0].occasion
    occasion.place, occasion.notes = "三楼会议室", "会议强调倒排工期。"
    occasion.save()
    (page,) = rows(sign_in(lead).get(f"/occasions/{occasion.pk}/sheet/")).values()
    assert page[0][0] == "2015年10月调度会（第一项突破行动）议定事项（未定结论）"
    assert page[2] == ["序号", "项目", "内容", "办理单位", "时限", "兑现"]
    assert page[3] == [1, "K01 湘江标准厂房", "林地一周内批复", "县民政局", datetime.datetime(2015, 10, 27), "办理中"]
    assert page[4][1] is None
    assert [row[0] for row in page[5:]] == ["地点：三楼会议室", "记录：会议强调倒排工期。"]
    settle_occasion(occasion, lead)
    (page,) = rows(sign_in(lead).get(f"/occasions/{occasion.pk}/sheet/")).values()
    assert page[0][0] == "2015年10月调度会（第一项突破行动）议定事项"
    assert sign_in(reporter).get(f"/occasions/{occasion.pk}/sheet/").status_code == 404


def test_the_list_of_all_that_was_settled_and_its_sheet(items, lead, leader, sign_in, at):
    settle_occasion(items[0].occasion, lead)
    judge_item(items[1], lead, "KEPT")
    desk = sign_in(leader)
    page = desk.get("/items/")
    assert [item.pk for item in page.context["table"].rows] == [items[1].pk, items[0].pk, items[2].pk]
    (told,) = rows(desk.get("/items/?format=xlsx")).values()
    assert told[2] == ["日期", "会议、走访", "序号", "项目", "内容", "办理单位", "时限", "兑现"]
    assert [row[4] for row in told[3:]] == ["每周五报一次", "林地一周内批复", "电力月底接通"]
    at("2015-10-28 09:00")
    wanted = {"?kept=LATE": [0], "?kept=KEPT": [1], "?kind=VISIT": [2], "?q=林地": [0], "?q=K01&sort=due": [0, 2]}
    for query, places in wanted.items():
        (told,) = rows(desk.get(f"/items/{query}&format=xlsx")).values()
        assert [row[4] for row in told[3:]] == [items[place].text for place in places], query
        assert [row.pk for row in desk.get(f"/items/{query}").context["table"].rows] == [items[p].pk for p in places]


def test_who_finds_what_in_the_list(items, reporter, outsider, lead, owner, inspector, admin, sign_in):
    found = {}
    for user in (reporter, outsider, lead, owner, inspector):
        found[user.username] = {item.pk for item in sign_in(user).get("/items/").context["table"].rows}
    all_three = {item.pk for item in items}
    assert found == {
        "minzheng": all_three,
        "shuili": set(),
        "fagai": all_three,
        "xiangmu": all_three,
        "ducha": all_three,
    }
    assert sign_in(admin).get("/items/").status_code == 403
    assert sign_in(lead).post("/items/").status_code == 405


def test_a_condition_that_does_not_exist_hands_out_nothing(items, leader, sign_in):
    for query in ("kept=X", "kind=X"):
        assert sign_in(leader).get(f"/items/?{query}&format=xlsx").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    count, programme, first, project, civil, lead, leader, sign_in, django_assert_num_queries
):
    for n in range(count):
        note_decision(
            programme, lead, OCTOBER, text=f"{n}", unit=civil, due_on=D(2015, 10, 27), project=project, action=first
        )
    desk = sign_in(leader)
    desk.get("/items/")
    with django_assert_num_queries(5):
        desk.get("/items/")
