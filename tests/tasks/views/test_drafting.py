"""Correcting a draft on the page, with and without a script."""

import pytest
from django.urls import reverse

from kit.records import checksum
from tasks.actions import drafting
from tasks.actions.loads import load_reading
from tasks.actions.receiving import receive
from tasks.models import PlanReading, Task
from tests.loading import DOCUMENT
from tests.pages import folded
from units.models import Unit

SCRIPT = {"HTTP_HX_REQUEST": "true"}
TASK = {
    "number": "1",
    "section": "s0",
    "short_title": "推行一窗受理",
    "text": "推行一窗受理。整合各部门办事窗口，实行一窗受理、集成服务。",
    "lead": "县民政局",
    "support": "县人社局\n县信息中心",
    "due_on": "2016-06-30",
    "seen": "1",
}
HEAD = {
    "title": "清江县2016年服务提升方案",
    "short_title": "服务提升年",
    "kind": "OTHER",
    "year": "2016",
    "office": "县委改革办",
    "document_number": "清政办〔2016〕7号",
    "issued_on": "2016-02-01",
    "starts_on": "2016-02-01",
    "ends_on": "2017-01-31",
    "due_day": "25",
    "due_hour": "18",
    "grace_days": "3",
    "stamped": "on",
    "number-s0": "（一）",
    "title-s0": "优化服务",
    "number-s1": "（二）",
    "title-s1": "改善设施",
    "seen": "1",
}


def url(name, reading, *more):
    return reverse(name, args=[reading.pk, *more])


def stored():
    return PlanReading.objects.get()


def task_of(key):
    return drafting.find_task(stored().draft, key)[1]


def doors(reading):
    return {
        url("draft_task", reading, "t1"): TASK,
        url("draft_plan", reading, 0): HEAD,
        url("draft_names", reading): {"name": "县信息中心", "way": "TEXT", "seen": "1"},
        url("draft_problem", reading): {"problem": "0", "checked": "1"},
        url("draft_take", reading): {"aside": "0-77"},
        url("draft_drop", reading, "t1"): {"seen": "1", "reason": "x"},
        url("draft_restore", reading, "t1"): {"seen": "1"},
        url("draft_merge", reading, "t2"): {"seen": "1"},
        url("draft_split", reading, "t1"): {"seen": "1", "at": "1"},
    }


def test_a_stranger_is_led_to_the_login(client, reading):
    for address in doors(reading):
        assert client.get(address).url.startswith("/login/")


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "other_office"])
def test_it_is_not_there_for_others(who, cast, reading, sign_in):
    client = sign_in(cast[who])
    for address, values in doors(reading).items():
        assert client.post(address, values).status_code == 404
    assert stored().version == 1


def test_other_methods_are_refused(office, reading, sign_in):
    client = sign_in(office)
    for address in doors(reading):
        assert client.delete(address).status_code == 405


def test_what_is_written_is_closed(office, reading, sign_in):
    PlanReading.objects.update(loaded_at=reading.at)
    for address, values in doors(reading).items():
        assert sign_in(office).post(address, values).status_code == 400
        answer = sign_in(office).post(address, values, **SCRIPT)
        assert "已经写入方案" in answer.json()["error"]
    assert stored().version == 1


@pytest.mark.parametrize(
    ("name", "more"), [("draft_task", ["t99"]), ("draft_plan", [7]), ("draft_drop", ["t99"]), ("draft_split", ["t99"])]
)
def test_what_is_not_in_the_draft_is_not_there(name, more, office, reading, sign_in):
    assert sign_in(office).post(url(name, reading, *more)).status_code == 404


# One task


def test_the_form_of_a_task_alone_and_within_its_row(office, reading, sign_in):
    client = sign_in(office)
    page = folded(client.get(url("draft_task", reading, "t1")))
    assert "<html" in page
    assert "文件写的是“2016年6月底前”" in page
    assert "<mark>1.推行一窗受理。" in page
    part = folded(client.get(url("draft_task", reading, "t1"), **SCRIPT))
    assert part.startswith('<li class="draft-task is-editing" id="t1">')
    row = folded(client.get(url("draft_task", reading, "t1") + "?row", **SCRIPT))
    assert '<li class="draft-task" id="t1">' in row


def test_a_task_is_saved_and_its_row_comes_back(office, reading, sign_in):
    client = sign_in(office)
    values = TASK | {"short_title": "一窗受理改革", "support": "县水利局、新来的局", "due_on": ""}
    answer = client.post(url("draft_task", reading, "t1"), values, **SCRIPT)
    page = answer.content.decode()
    assert '<li class="draft-task" id="t1">' in page
    assert 'id="draft-counts" hx-swap-oob="true"' in page
    assert 'id="names" hx-swap-oob="true"' in page
    assert "新来的局" in page
    task = task_of("t1")
    assert (task["short_title"], task["due_on"]) == ("一窗受理改革", "")
    assert [unit["name"] for unit in task["units"]] == ["县民政局", "县水利局", "新来的局"]
    again = client.post(url("draft_task", reading, "t1"), values | {"seen": "2", "number": "一"})
    assert again.url == url("plan_load", reading) + "#t1"
    assert task_of("t1")["number"] == "一"


def test_initials_mean_the_one_unit_they_fit(office, reading, sign_in):
    sign_in(office).post(url("draft_task", reading, "t1"), TASK | {"support": "xslj\nzzz"})
    assert [unit["name"] for unit in task_of("t1")["units"]] == ["县民政局", "县水利局", "zzz"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": ""}, "请填写"),
        ({"number": "1" * 21}, "20"),
        ({"short_title": "简" * 41}, "40"),
        ({"text": ""}, "请填写"),
        ({"text": "推行一窗受理。另外加了一句。"}, "“另外加了一句。”与源文件不一致"),
        ({"due_on": "六月底"}, "日期"),
        ({"section": "s9"}, "s9"),
        ({"lead": "县民政局、县水利局"}, "牵头单位只能有一个"),
        ({"lead": ""}, "请先选定一个牵头单位"),
        ({"support": "县民政局"}, "已是牵头单位"),
        ({"support": "局" * 61}, "不能超过60个字"),
    ],
)
@pytest.mark.parametrize("how", [{}, SCRIPT])
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(how, change, sentence, office, reading, sign_in):
    values = TASK | {"short_title": "我改的简称"} | change
    answer = sign_in(office).post(url("draft_task", reading, "t1"), values, **how)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert values["short_title"] in page
    assert stored().version == 1


def test_the_text_follows_the_paper_only_when_that_is_said(office, reading, sign_in):
    text = "推行一窗受理。另外加了一句。"
    sign_in(office).post(url("draft_task", reading, "t1"), TASK | {"text": text, "corrected": "on"})
    assert (task_of("t1")["text"], task_of("t1")["corrected"]) == (text, True)
    assert "已更正" in sign_in(office).get(url("plan_load", reading)).content.decode()


@pytest.mark.parametrize("how", [{}, SCRIPT])
def test_who_comes_second_sees_both_and_can_decide(how, office, admin, reading, sign_in):
    sign_in(admin).post(url("draft_task", reading, "t1"), TASK | {"short_title": "管理员的简称"})
    answer = sign_in(office).post(url("draft_task", reading, "t1"), TASK | {"short_title": "我的简称"}, **how)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("赵管理（10:00）刚才改过这一处", "管理员的简称", "我的简称", 'name="seen" value="2"'):
        assert words in page
    assert task_of("t1")["short_title"] == "管理员的简称"
    sign_in(office).post(url("draft_task", reading, "t1"), TASK | {"short_title": "我的简称", "seen": "2"})
    assert task_of("t1")["short_title"] == "我的简称"


def test_out_and_back_together_and_apart(office, reading, sign_in):
    client = sign_in(office)
    answer = client.post(url("draft_drop", reading, "t2"), {"seen": "1", "reason": "是要求"}, follow=True)
    assert "不列为任务：是要求" in answer.content.decode()
    client.post(url("draft_restore", reading, "t2"), {"seen": "2"})
    assert task_of("t2")["dropped"] == ""
    page = client.get(url("draft_split", reading, "t1")).content.decode()
    assert 'value="1"' in page
    client.post(url("draft_split", reading, "t1"), {"seen": "1", "at": "1"})
    numbers = [task["number"] for task in stored().draft["plans"][0]["tasks"]]
    assert numbers == ["1", "1-2", "2", "3"]
    client.post(url("draft_merge", reading, "t3"), {"seen": "1"})
    assert task_of("t3")["dropped"] == "并入第2项"


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("draft_drop", {"seen": "1", "reason": ""}, "请写明不列为任务的原因"),
        ("draft_drop", {"seen": "x", "reason": "y"}, "刚才改过"),
        ("draft_split", {"seen": "1", "at": "9"}, "从哪一句"),
        ("draft_split", {"seen": "1", "at": "-1"}, "从哪一句"),
        ("draft_merge", {"seen": "1"}, "没有可以并入"),
    ],
)
def test_a_refusal_is_told_at_its_place(name, values, sentence, office, reading, sign_in):
    answer = sign_in(office).post(url(name, reading, "t1"), values, follow=True)
    assert sentence in answer.content.decode()
    assert stored().version == 1


# Passages and problems


def test_an_aside_becomes_a_task(office, reading, sign_in):
    page = sign_in(office).post(url("draft_take", reading), {"aside": "0-77"}, follow=True).content.decode()
    assert "没有列为任务的段落（1）" in page
    assert stored().draft["plans"][0]["tasks"][0]["number"] == "一"


@pytest.mark.parametrize("values", [{}, {"aside": "9-1"}, {"aside": "0-x"}, {"aside": "0-1"}, {"problem": "7"}])
def test_nothing_becomes_a_task(values, office, reading, sign_in):
    answer = sign_in(office).post(url("draft_take", reading), values)
    assert answer.status_code == 302
    assert stored().version == 1


@pytest.fixture
def doubtful(reading):
    """The same with a paragraph that could not be placed."""
    place = DOCUMENT.index("坚持便民高效")
    problem = {"line": 7, "text": "坚持便民高效", "reason": "没有放进任何任务。", "place": place, "checked": ""}
    reading.draft["problems"] = [problem]
    reading.save()
    return reading


def test_a_problem_is_ticked_off_and_its_paragraph_can_be_a_task(office, doubtful, sign_in):
    client = sign_in(office)
    part = client.post(url("draft_problem", doubtful), {"problem": "0", "checked": "1"}, **SCRIPT).content.decode()
    assert "都已核对" in part
    assert 'hx-swap-oob="true"' in part
    answer = client.post(url("draft_problem", doubtful), {"problem": "0", "checked": "0"})
    assert answer.url.endswith("#problems")
    assert "列为任务" in client.get(url("plan_load", doubtful)).content.decode()
    client.post(url("draft_take", doubtful), {"problem": "0"})
    assert "坚持便民高效" in stored().draft["plans"][0]["tasks"][0]["text"]
    for problem in ("1", "x", ""):
        assert client.post(url("draft_problem", doubtful), {"problem": problem}).status_code == 404


# The head of a plan


def test_the_head_is_saved(office, reading, sign_in, make_unit):
    client = sign_in(office)
    assert "县委改革办" in client.get(url("draft_plan", reading, 0)).content.decode()
    answer = client.post(url("draft_plan", reading, 0), HEAD)
    assert answer.url.endswith("#plan-0")
    draft = stored().draft
    plan = draft["plans"][0]
    for name, value in {"title": HEAD["title"], "due_day": 25, "ends_on": "2017-01-31", "stamped": True}.items():
        assert plan[name] == value
    assert [section["title"] for section in plan["sections"]] == ["优化服务", "改善设施"]
    assert draft["issued_on"] == "2016-02-01"
    page = client.get(url("plan_load", reading)).content.decode()
    assert "每月25日18时，可补报3天，须报纸质件" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "请填写"),
        ({"title": "长" * 121}, "120"),
        ({"short_title": "长" * 21}, "20"),
        ({"year": "1999"}, "2000"),
        ({"office": "没有的办"}, "没有名为“没有的办”的单位"),
        ({"kind": "X"}, "X"),
        ({"ends_on": "2015-01-01"}, "结束日期不能早于开始日期"),
        ({"due_day": "32"}, "31"),
        ({"due_hour": ""}, "请填写"),
        ({"number-s0": ""}, "请填写"),
        ({"title-s1": "长" * 121}, "120"),
    ],
)
def test_a_bad_head_is_told_and_kept(change, sentence, office, reading, sign_in):
    answer = sign_in(office).post(url("draft_plan", reading, 0), HEAD | {"document_number": "我改的文号"} | change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "我改的文号" in answer.content.decode()
    assert stored().version == 1


def test_a_head_changed_meanwhile_is_told(office, admin, reading, sign_in):
    sign_in(admin).post(url("draft_plan", reading, 0), HEAD | {"short_title": "管理员改的"})
    mine = {name: value for name, value in HEAD.items() if name != "stamped"} | {"short_title": "我改的", "kind": "LAW"}
    answer = sign_in(office).post(url("draft_plan", reading, 0), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("管理员改的", "法治建设年", '<p class="keep-lines">否</p>', 'name="seen" value="2"'):
        assert words in page
    assert "您填的名称" not in page


def test_a_plan_can_be_left_out(office, reading, sign_in):
    sign_in(office).post(url("draft_plan", reading, 0), HEAD | {"left_out": "on"})
    page = sign_in(office).get(url("plan_load", reading)).content.decode()
    assert "不导入" in page
    assert 'class="draft-task"' not in page


# Names


def names(*rows, **more):
    """What the form of names sends: (name, way, unit, group, units) of each."""
    fields = ("name", "way", "unit", "group", "units")
    return {field: [row[at] for row in rows] for at, field in enumerate(fields)} | {"seen": "1"} | more


def test_each_name_is_decided_once(office, reading, sign_in, make_unit):
    make_unit("东镇", "TOWNSHIP")
    make_unit("西镇", "TOWNSHIP")
    sent = names(
        ("县信息中心", "UNIT", "xslj", "GOVERNMENT", ""),
        ("各有关单位", "MANY", "", "BODY", "县人社局、乡镇"),
        remember=["县信息中心"],
    )
    answer = sign_in(office).post(url("draft_names", reading), sent)
    assert answer.url.endswith("#names")
    assert stored().draft["choices"] == {
        "县信息中心": {"way": "UNIT", "unit": "县水利局", "remember": True},
        "各有关单位": {"way": "MANY", "units": ["县人社局", "东镇", "西镇"]},
    }
    page = sign_in(office).get(url("plan_load", reading)).content.decode()
    assert page.count("已选") == 2


def test_all_that_is_left_becomes_units_but_no_collective(office, reading, sign_in):
    sent = names(("县信息中心", "", "", "", ""), ("各有关单位", "", "", "", ""), fill="NEW")
    sign_in(office).post(url("draft_names", reading), sent)
    assert stored().draft["choices"] == {"县信息中心": {"way": "NEW", "group": "INSTITUTION"}}
    sign_in(office).post(url("draft_names", reading), sent | {"fill": "TEXT", "seen": "2"})
    assert stored().draft["choices"] == {"县信息中心": {"way": "TEXT"}, "各有关单位": {"way": "TEXT"}}


def test_two_forms_of_one_name_are_proposed_as_one_unit(office, civil, labour, water, sign_in):
    text = DOCUMENT.replace("县信息中心；", "信息中心；").replace("县民政局、各有关单位", "县民政局、县信息中心")
    reading = receive(office, "服务提升年.txt", text, checksum(text.encode()))
    desk = sign_in(office)
    rows = {row.name: row for row in desk.get(url("plan_load", reading)).context["names"].rows}
    assert (rows["信息中心"].way, rows["信息中心"].unit, rows["县信息中心"].way) == ("UNIT", "县信息中心", "")
    assert rows["信息中心"].match.remark == "可能就是“县信息中心”"
    sent = names(("信息中心", "UNIT", "县信息中心", "", ""), ("县信息中心", "", "", "", ""), remember=["信息中心"])
    desk.post(url("draft_names", reading), sent)
    assert stored().draft["choices"] == {}
    desk.post(url("draft_names", reading), sent | {"fill": "NEW"})
    assert stored().draft["choices"]["信息中心"] == {"way": "UNIT", "unit": "县信息中心", "remember": True}
    load_reading(stored(), office)
    unit = Unit.objects.named("信息中心")
    assert (unit.name, [each.name for each in unit.other_names.all()]) == ("县信息中心", ["信息中心"])
    assert Task.objects.filter(responsibilities__unit=unit).count() == 2


def test_a_known_unit_shortened_or_spelled_out_is_no_new_one_unasked(office, civil, labour, water, make_unit, sign_in):
    make_unit("县信息中心")
    for name in ("信息中心", "清江县信息中心"):
        text = DOCUMENT.replace("县信息中心", name)
        reading = receive(office, "服务提升年.txt", text, checksum(text.encode()))
        rows = sign_in(office).get(url("plan_load", reading)).context["names"].rows
        assert [(row.way, row.unit) for row in rows if row.name == name] == [("UNIT", "县信息中心")]
        sign_in(office).post(url("draft_names", reading), names((name, "", "", "", ""), fill="NEW"))
        reading.refresh_from_db()
        assert reading.draft["choices"] == {}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("县信息中心", "UNIT", "", "", ""), "请填写对应的单位"),
        (("县信息中心", "UNIT", "没有的局", "", ""), "没有名为“没有的局”的单位"),
        (("县信息中心", "NEW", "", "X", ""), "请选择同类组"),
        (("县信息中心", "MANY", "", "", " "), "请填写展开为哪些单位"),
        (("县信息中心", "MANY", "", "", "县水利局、没有的局"), "没有名为“没有的局”的单位"),
    ],
)
def test_a_bad_choice_is_told_beside_its_name_and_nothing_is_lost(row, sentence, office, reading, sign_in):
    sent = names(row, ("各有关单位", "MANY", "", "BODY", "县人社局"))
    answer = sign_in(office).post(url("draft_names", reading), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="县人社局"' in page
    assert stored().draft["choices"] == {}


def test_broken_or_foreign_names_do_no_harm(office, reading, sign_in):
    sent = {"name": ["没有这个", "县信息中心", "各有关单位"], "way": ["TEXT", "X"], "seen": "1"}
    assert sign_in(office).post(url("draft_names", reading), sent).status_code == 302
    assert stored().draft["choices"] == {}


def test_names_decided_meanwhile_are_told(office, admin, reading, sign_in):
    sign_in(admin).post(url("draft_names", reading), names(("县信息中心", "TEXT", "", "", "")))
    answer = sign_in(office).post(url("draft_names", reading), names(("县信息中心", "NEW", "", "PARK", "")))
    page = folded(answer)
    assert answer.status_code == 409
    for words in ("刚才改过", "已保存的是“留作文字”", '<option value="PARK" selected>', 'name="seen" value="2"'):
        assert words in page
    assert stored().draft["choices"] == {"县信息中心": {"way": "TEXT"}}
