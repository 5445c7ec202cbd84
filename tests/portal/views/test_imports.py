"""Sheets that come in: who may, what is shown, what is written, what is taken back."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from kit.refusal import Already, Refusal
from portal.views.imports import kinds
from reports.models import Entry, MonthlyReport
from tasks.actions import sheet_imports as verbs
from tasks.models import (
    Group,
    GroupMember,
    Indicator,
    Milestone,
    PlanEvent,
    Reading,
    SheetImport,
    SheetImportEvent,
    Task,
    TaskEvent,
)
from tests.pages import folded
from tests.portal.views.sheets import book, preview, states, take, told, undo, upload, waiting, write
from units.models import AccountEvent, Contact, Unit, UnitEvent, UnitName, Upload, User

BREAKDOWN = ["编号", "任务内容", "工作标准", "牵头单位", "配合单位", "完成时限"]
ACCOUNTS = ["用户名", "姓名", "所在单位", "角色", "联系电话", "电子邮箱"]
MOVED = [43, "第43项改革任务的原文。", "平台上线", "县水利局", "县民政局、县人社局", "2015年11月底前"]
ADDED = [44, "建立临时救助制度。", "出台办法", "县民政局", None, None]


@pytest.fixture
def admin_desk(admin, sign_in):
    return sign_in(admin)


# Who may


def addresses(found):
    page = f"/imports/waiting/{found.pk}/"
    return {"get": [page, f"{page}marked.xlsx"], "post": [f"{page}mapping/", f"{page}write/"]}


@pytest.fixture
def kept(desk, plan, task, water):
    preview(desk, "breakdown", book(BREAKDOWN, MOVED), plan)
    return Upload.objects.get()


@pytest.mark.parametrize(
    "who", ["reporter", "head", "outsider", "leader", "inspector", "auditor", "other_office", "admin"]
)
def test_an_import_of_a_plan_is_there_only_for_its_office(cast, kept, desk, sign_in, who):
    client = sign_in(cast[who])
    for method, pages in addresses(kept).items():
        for page in pages:
            assert getattr(client, method)(page).status_code == 404, page
    write(desk, desk.get(waiting()).context["result"])
    found = SheetImport.objects.get()
    assert client.get(f"/imports/{found.pk}/").status_code == 404
    assert client.post(f"/imports/{found.pk}/undo/").status_code == 404
    assert (
        client.get("/imports/new/breakdown/").status_code == (200 if who == "other_office" else 403)
        or who == "other_office"
    )


def test_what_waits_is_its_owners_and_what_was_written_the_offices(kept, desk, make_user, reform_office, sign_in):
    client = sign_in(make_user("gaigeban2", "OFFICE", reform_office))
    assert client.get(waiting()).status_code == 404
    assert "表.xlsx" not in client.get("/imports/").content.decode()
    assert f'href="{waiting()}"' in desk.get("/imports/").content.decode()
    write(desk, desk.get(waiting()).context["result"])
    assert waiting() not in desk.get("/imports/").content.decode()
    assert undo(client, SheetImport.objects.get()) == ["已撤销这次导入，改动过的内容恢复原值，新增的已移除。"]


def test_an_author_who_left_the_office_sees_it_and_can_do_nothing(kept, office, law_office, sign_in):
    office.unit = law_office
    office.save()
    client = sign_in(office)
    assert client.get(waiting()).status_code == 200
    for page in addresses(kept)["post"]:
        assert client.post(page).status_code == 403


def test_strangers_sign_in_and_links_do_nothing(kept, client, desk):
    for method, pages in addresses(kept).items():
        for page in pages:
            assert getattr(client, method)(page).status_code in (302, 401)
            assert getattr(desk, "post" if method == "get" else "get")(page).status_code == 405
    assert desk.post("/imports/").status_code == 405
    assert desk.post("/imports/template/breakdown/").status_code == 405


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("units", {"admin"}),
        ("accounts", {"admin"}),
        ("breakdown", {"office"}),
        ("members", {"office"}),
        ("milestones", {"office"}),
        ("indicators", {"office"}),
        ("readings", {"office"}),
    ],
)
def test_each_kind_has_its_people(cast, plan, sign_in, kind, allowed):
    for page in (f"/imports/new/{kind}/", f"/imports/template/{kind}/"):
        found = {name for name, user in cast.items() if sign_in(user).get(page).status_code == 200}
        assert found == allowed
    others = {name for name, user in cast.items() if sign_in(user).get(f"/imports/new/{kind}/").status_code == 403}
    assert others == set(cast) - allowed


def test_no_other_offices_plan_can_be_chosen(desk, law_plan, plan):
    answer = upload(desk, "breakdown", book(BREAKDOWN, ADDED), law_plan)
    assert answer.status_code == 422
    assert "请选择方案" in answer.content.decode()
    assert desk.get("/imports/new/nonsense/").status_code == 404


def test_the_actions_ask_too(kept, plan, other_office):
    kind = kinds()["breakdown"](plan)
    for act in (
        lambda: verbs.write_import(kept, kind, other_office, seen=""),
        lambda: verbs.undo_import(SheetImport(), kind, other_office),
        lambda: verbs.read_as(kept, kind, verbs.source_of(kept).layouts[0], other_office),
    ):
        with pytest.raises(PermissionDenied):
            act()


# The breakdown


def test_a_preview_shows_and_writes_nothing(desk, plan, task, water):
    before = TaskEvent.objects.count()
    result = preview(desk, "breakdown", book(["株洲县任务分解表"], BREAKDOWN, MOVED, ADDED, ["合计"]), plan)
    assert states(result) == ["修改", "新增"]
    assert result.rows[0].changes == [
        ("工作要求和标准", "", "平台上线"),
        ("牵头单位", "县民政局", "县水利局"),
        ("配合单位", "县人社局", "县民政局、县人社局"),
        ("完成时限", "2015-12-31", "2015-11-30"),
    ]
    assert [row.why for row in result.skipped] == ["合计行"]
    assert (Task.objects.count(), TaskEvent.objects.count()) == (1, before)


def test_written_it_goes_through_the_actions_and_obligations_follow(desk, office, plan, task, water, civil, period):
    found = take(desk, "breakdown", book(BREAKDOWN, MOVED, ADDED), plan)
    task.refresh_from_db()
    new = Task.objects.get(number="44")
    assert (task.lead, task.standard, task.due_on) == (water, "平台上线", date(2015, 11, 30))
    assert (new.lead, new.origin, new.due_on, new.standard) == (civil, "ADDED", plan.ends_on, "出台办法")
    assert Entry.objects.filter(task=task, report__unit=water, report__period=period).exists()
    assert Entry.objects.filter(task=new, report__unit=civil).exists()
    events = TaskEvent.objects.filter(actor=office)
    assert {(each.subject_id, each.verb) for each in events} >= {
        (task.pk, "修改工作要求"),
        (task.pk, "调整任务安排"),
        (task.pk, "调整责任单位"),
        (new.pk, "新增任务"),
        (new.pk, "调整责任单位"),
    }
    assert all("表格导入：表.xlsx" in each.note for each in events)
    assert (found.state[0], found.counts["新增"], found.by, found.plan) == ("已写入", 1, office, plan)
    assert SheetImportEvent.objects.get().verb == "写入导入表格"


def test_the_same_file_twice_changes_nothing_and_says_so(desk, plan, task, water):
    content = book(BREAKDOWN, MOVED, ADDED)
    take(desk, "breakdown", content, plan)
    before = TaskEvent.objects.count()
    result = preview(desk, "breakdown", content, plan)
    assert states(result) == ["没有变化", "没有变化"]
    page = desk.get(waiting()).content.decode()
    assert "没有变化：表中内容与系统中的一致" in page
    assert "确认写入" not in page
    write(desk, result)
    assert (SheetImport.objects.count(), Upload.objects.last().taken_at) == (1, None)
    assert TaskEvent.objects.count() == before


def test_all_faults_at_once_with_row_column_value_and_what_to_do(desk, plan, task, civil, labour):
    bad = [
        BREAKDOWN,
        [43, "完全不同的另一件事情，修建垃圾中转站", None, "县民政局"],
        [44, "新任务", None, "县民正局", "县人社局", "不知道"],
        [45, None, None, "县民政局", "县民政局"],
        [46, "新任务二", None, None, "县人社局", "2014-01-01"],
        [46, "新任务三", None, "县民政局"],
        [None, "没有编号的任务"],
    ]
    result = preview(desk, "breakdown", book(*bad), plan)
    faults = told(result)
    assert "与表中的任务不符，请核对编号" in faults[2, "B"]
    assert "没有名为“县民正局”的单位，相近的有：县民政局" in faults[3, "D"]
    assert "看不出是哪一天" in faults[3, "F"]
    assert "新增任务须写任务内容" in faults[4, "B"]
    assert "同一个单位只能出现一次" in faults[4, "E"]
    assert "请先写明一个牵头单位" in faults[5, "E"]
    assert faults[7, "A"] == "请填写编号。"
    write(desk, result)
    assert list(Task.objects.values_list("number", flat=True)) == ["43"]


def test_doubled_rows_are_told(desk, plan, task, civil):
    result = preview(
        desk, "breakdown", book(BREAKDOWN, [46, "甲", None, "县民政局"], ["第46项", "乙", None, "县民政局"]), plan
    )
    assert told(result) == {(3, "A"): "与第2行重复，请只保留一行。"}


def test_another_wording_is_told_and_not_taken(desk, plan, task):
    result = preview(desk, "breakdown", book(BREAKDOWN, [43, "第43项改革任务", None, "县民政局", "县人社局"]), plan)
    assert states(result) == ["没有变化"]
    task.text = "抓好第43项改革任务，十月份以前完成平台建设。"
    task.save()
    result = preview(desk, "breakdown", book(BREAKDOWN, [43, "抓好第43项任务，十月前完成建设", None, "县民政局"]), plan)
    assert "以方案原文为准" in result.rows[0].notes[0]
    assert [head for head, *_ in result.rows[0].changes] == ["配合单位"]


@pytest.mark.parametrize(
    ("cell", "lead", "supports"),
    [
        ("县水利局、县民政局、县人社局", "县水利局", "县民政局、县人社局"),
        ("县水利局牵头，县民政局、县人社局配合", "县水利局", "县民政局、县人社局"),
        ("牵头单位：县水利局；配合单位：县民政局", "县水利局", "县民政局"),
        ("县民政局（配合）、县水利局（牵头）", "县水利局", "县民政局"),
        ("县水利局", "县水利局", ""),
    ],
)
def test_one_column_of_units_says_who_leads(desk, plan, task, water, cell, lead, supports):
    result = preview(desk, "breakdown", book(["序号", "任务名称", "责任单位"], [43, "第43项改革任务", cell]), plan)
    assert {name: new for name, _, new in result.rows[0].changes} == {"牵头单位": lead, "配合单位": supports} or (
        supports == "县人社局"
    )
    assert result.rows[0].wanted["lead"].name == lead


def test_a_lead_beside_a_column_of_units_lets_the_others_support(desk, plan, task, water, civil, labour):
    content = book(
        ["序号", "任务", "牵头单位", "责任单位"], [43, "第43项改革任务", "县水利局", "县人社局、县水利局、县民政局"]
    )
    row = preview(desk, "breakdown", content, plan).rows[0]
    assert (row.wanted["lead"], row.wanted["supports"]) == (water, [labour, civil])


def test_empty_cells_change_nothing(desk, plan, task):
    result = preview(desk, "breakdown", book(BREAKDOWN, [43, None, None, None, None, None]), plan)
    assert states(result) == ["没有变化"]


def test_a_unit_that_is_gone_takes_no_new_task(desk, plan, task, water):
    water.active_to = date(2015, 5, 1)
    water.save()
    faults = told(preview(desk, "breakdown", book(BREAKDOWN, MOVED), plan))
    assert faults[2, "D"] == "县水利局已停用，请填现在的单位。"


def test_undo_restores_and_removes(desk, office, plan, task, water, civil, labour, period):
    found = take(desk, "breakdown", book(BREAKDOWN, MOVED, ADDED), plan)
    assert undo(desk, found) == ["已撤销这次导入，改动过的内容恢复原值，新增的已移除。"]
    task.refresh_from_db()
    assert (task.lead, task.supports, task.standard, task.due_on) == (civil, [labour], "", plan.ends_on)
    assert not Task.objects.filter(number="44").exists()
    assert not Entry.objects.filter(report__unit=water).exists()
    assert MonthlyReport.objects.get(unit=water).status == "EXEMPT"
    assert TaskEvent.objects.filter(verb="撤销任务").get().changes == {"任务": ["44 建立临时救助制度。", ""]}
    assert (found.state[0], found.undone_by) == ("已撤销", office)
    assert [event.verb for event in found.events.all()] == ["写入导入表格", "撤销导入表格"]
    assert "“撤销导入表格”，没有重复办理。" in undo(desk, found)[0]


def test_undo_is_refused_with_what_stands_in_the_way(desk, plan, task, water, civil, period, fill):
    found = take(desk, "breakdown", book(BREAKDOWN, MOVED, ADDED), plan)
    fill(period.reports.get(unit=civil))
    Task.objects.filter(pk=task.pk).update(standard="又改了")
    sentence = undo(desk, found)[0]
    assert "不能撤销" in sentence
    assert "导入以后工作要求和标准又改为“又改了”" in sentence
    Task.objects.filter(pk=task.pk).update(standard="平台上线")
    assert "44 建立临时救助制度。：已有任务进展用到它" in undo(desk, found)[0]
    task.refresh_from_db()
    assert (found.state[0], task.lead) == ("已写入", water)


def test_what_changed_since_the_preview_is_looked_at_again(desk, plan, task, water):
    result = preview(desk, "breakdown", book(BREAKDOWN, MOVED), plan)
    Task.objects.filter(pk=task.pk).update(standard="别人刚写的")
    answer = write(desk, result)
    page = desk.get(answer.url).content.decode()
    assert "预览以后系统中的数据有了变动" in page
    assert "别人刚写的" in page
    task.refresh_from_db()
    assert task.standard == "别人刚写的"


def test_writing_twice_writes_once(desk, plan, task, water):
    result = preview(desk, "breakdown", book(BREAKDOWN, MOVED), plan)
    write(desk, result)
    kept = Upload.objects.get()
    with pytest.raises(Already, match="取入，没有重复写入"):
        verbs.write_import(kept, kinds()["breakdown"](plan), kept.by, seen=result.fingerprint)
    with pytest.raises(Already):
        verbs.read_as(kept, kinds()["breakdown"](plan), verbs.source_of(kept).layouts[0], kept.by)
    assert desk.get(waiting()).url == "/imports/"
    assert SheetImportEvent.objects.count() == 1


def test_all_or_nothing_when_an_action_refuses_in_the_middle(desk, plan, task, water, monkeypatch):
    result = preview(desk, "breakdown", book(BREAKDOWN, ADDED, MOVED), plan)
    kind = kinds()["breakdown"](plan)
    kept = Upload.objects.get()
    Milestone.objects.create(task=task, title="年底", due_on=date(2015, 12, 31))
    with pytest.raises(Refusal):
        verbs.write_import(kept, kind, kept.by, seen=result.fingerprint)
    assert Upload.objects.get().taken_at is None
    assert not Task.objects.filter(number="44").exists()


def test_a_new_upload_lets_the_waiting_one_go(desk, plan, task, water):
    preview(desk, "breakdown", book(BREAKDOWN, MOVED), plan)
    preview(desk, "breakdown", book(BREAKDOWN, ADDED), plan)
    assert Upload.objects.count() == 1


def test_the_pace_of_a_task_comes_in_and_goes_back(desk, plan, task):
    content = book(["编号", "进度方式"], [43, "年终一次评定"])
    found = take(desk, "breakdown", content, plan)
    task.refresh_from_db()
    assert (task.pace, task.events.last().verb) == ("YEAR_END", "调整任务安排")
    undo(desk, found)
    task.refresh_from_db()
    assert task.pace == "EVEN"
    assert told(preview(desk, "breakdown", book(["编号", "进度方式"], [43, "慢慢来"]), plan))[2, "B"].startswith(
        "只能填："
    )


@pytest.mark.parametrize(
    ("head", "cell", "sentence"),
    [
        ("停用日期", "2014-12-31", "停用日期不能早于启用日期。"),
        ("并入或更名为", "县民政局", "单位不能并入自己。"),
        ("并入或更名为", "县民正局", "没有名为“县民正局”的单位，相近的有：县民政局。"),
        ("启用日期", "2015-13-01", "不是日期，请写成2015-10-31的样子。"),
    ],
)
def test_the_days_and_the_successor_of_a_unit_are_judged_in_the_preview(admin_desk, civil, head, cell, sentence):
    rows = book(
        ["单位", "启用日期", head] if head != "启用日期" else ["单位", "x", head], ["县民政局", "2015-01-01", cell]
    )
    assert told(preview(admin_desk, "units", rows)) == {(2, "C"): sentence}


# The mapping


def test_the_mapping_is_shown_and_can_be_corrected(desk, plan, task, water):
    content = book(["代码", "内容", "谁牵头", "备注"], [43, "第43项改革任务", "县水利局", "x"])
    result = preview(desk, "breakdown", content, plan)
    assert result.missing == ["编号"]
    page = waiting()
    assert "没有认出这些列：<b>编号</b>" in desk.get(page).content.decode()
    form = {"sheet": 0, "last": 1, "column0": "number", "column1": "text", "column2": "lead", "column3": ""}
    assert desk.post(page + "mapping/", form).url == page
    result = desk.get(page).context["result"]
    assert result.layout.fields == ("number", "text", "lead", "")
    assert result.layout.ignored == ["备注"]
    assert states(result) == ["修改"]
    assert "不导入的列：备注" in desk.get(page).content.decode()


def test_a_field_twice_or_unknown_is_told_and_nothing_typed_is_lost(desk, plan, task):
    preview(desk, "breakdown", book(BREAKDOWN, ADDED), plan)
    page = waiting() + "mapping/"
    columns = {f"column{place}": "" for place in range(6)}
    answer = desk.post(page, {"sheet": 0, "last": 1} | columns | {"column0": "lead", "column1": "lead"})
    assert answer.status_code == 422
    assert "“牵头单位”选了几列" in answer.content.decode()
    assert answer.context["form"]["column1"].value() == "lead"
    assert desk.post(page, {"sheet": 0, "last": 1} | columns | {"column0": "nonsense"}).status_code == 422
    answer = desk.post(page, {"sheet": 0, "last": 99})
    assert "这个工作表只有2行" in answer.content.decode()


def test_another_sheet_and_heading_row_can_be_chosen(desk, plan, task, water):
    made = openpyxl.Workbook()
    made.active.append(BREAKDOWN)
    made.active.append(ADDED)
    other = made.create_sheet("第二张")
    for row in (["说明文字"], ["编号", "工作任务", "牵头单位"], MOVED[:2] + ["县水利局"]):
        other.append(row)
    stream = io.BytesIO()
    made.save(stream)
    preview(desk, "breakdown", stream.getvalue(), plan)
    page = waiting()
    desk.post(page + "mapping/", {"sheet": 1, "last": 2})
    result = desk.get(page).context["result"]
    assert (result.sheet.name, states(result)) == ("第二张", ["修改"])


# Units and contacts

UNITS = ["单位", "全称", "其他写法", "同类组", "排序", "主要领导姓名", "主要领导电话", "联络员", "联络员电话"]


def test_units_with_contacts_there_and_back(admin_desk, admin, civil):
    content = book(
        UNITS,
        ["县民政局", "株洲县民政局", "民政局", "政府部门", 15, "张某", "0731-27610000", "李某", "13800000000"],
        ["县编办", None, None, "党委部门", 3, "赵某", "0731-27610001", None, None],
    )
    found = take(admin_desk, "units", content)
    civil.refresh_from_db()
    assert (civil.full_name, civil.order) == ("株洲县民政局", 15)
    assert {contact.name for contact in civil.contacts.all()} == {"张某", "李某"}
    assert Unit.objects.get(name="县编办").contacts.get().phone == "0731-27610001"
    assert {event.verb for event in UnitEvent.objects.filter(actor=admin)} == {
        "修改单位",
        "修改其他写法",
        "更新联系人",
        "建立单位",
    }
    assert states(preview(admin_desk, "units", content)) == ["没有变化", "没有变化"]
    assert "已撤销" in undo(admin_desk, found)[0]
    civil.refresh_from_db()
    assert (civil.full_name, civil.order, civil.contacts.count(), civil.other_names.count()) == ("", 10, 0, 0)
    assert not Unit.objects.filter(name="县编办").exists()
    assert UnitEvent.objects.filter(verb="撤销单位").exists()


def test_a_unit_that_is_used_by_now_is_not_taken_back(admin_desk, task):
    found = take(admin_desk, "units", book(UNITS[:2], ["县编办", "株洲县编办"]))
    User.objects.create(username="bianban", name="新人", role="REPORTER", unit=Unit.objects.get(name="县编办"))
    assert "县编办：已有账号用到它" in undo(admin_desk, found)[0]
    assert Unit.objects.filter(name="县编办").exists()


def test_faults_of_units(admin_desk, civil, labour):
    UnitName.objects.create(unit=labour, name="人社局")
    result = preview(
        admin_desk,
        "units",
        book(
            UNITS,
            ["县编办", None, "人社局", "政府", "三", "张某", None],
            ["县民政局", None, "编办", None, None, None, "0731-1", None, "电话"],
            ["县机构编制办", None, "编办"],
            ["人社局", None, "社保局"],
        ),
    )
    faults = told(result)
    assert "“人社局”已是县人社局的名称或写法" in faults[2, "C"]
    assert "只能填：" in faults[2, "D"]
    assert faults[2, "E"] == "应为整数。"
    assert faults[2, "G"] == "请填写主要领导的联系电话。"
    assert faults[3, "F"] == "请填写主要领导的姓名。"
    assert "请填写电话号码" in faults[3, "I"]
    assert "在表中属于两个单位" in faults[4, "C"]
    assert "另一种写法" in result.rows[3].notes[0]
    assert result.rows[3].original == labour
    assert "名称相近的有" in "".join(result.rows[2].notes) or not result.rows[2].notes


def test_a_name_and_number_in_one_cell(admin_desk, civil):
    take(
        admin_desk,
        "units",
        book(["单位", "主要领导", "联系人及电话"], ["县民政局", "张某 局长 0731-27610000", "李某 13800000000"]),
    )
    principal, liaison = civil.contacts.get(post="PRINCIPAL"), civil.contacts.get(post="LIAISON")
    assert (principal.name, principal.title, principal.phone) == ("张某", "局长", "0731-27610000")
    assert (liaison.name, liaison.phone) == ("李某", "13800000000")


# Accounts


def test_accounts_are_made_with_passwords_shown_once(admin_desk, civil, reporter):
    content = book(
        ACCOUNTS,
        ["new1", "新人", "县民政局", "填报人", "0731-1234567", ""],
        ["MINZHENG", "刘改名", "县民政局", "填报人", "", ""],
    )
    result = preview(admin_desk, "accounts", content)
    assert states(result) == ["新增", "修改"]
    assert not User.objects.filter(username="new1").exists()
    page = write(admin_desk, result).content.decode()
    made = User.objects.get(username="new1")
    assert made.check_password(page.split("<code>")[1].split("</code>")[0])
    reporter.refresh_from_db()
    assert (reporter.name, reporter.username) == ("刘改名", "minzheng")
    before = AccountEvent.objects.count()
    assert states(preview(admin_desk, "accounts", content)) == ["没有变化", "没有变化"]
    assert AccountEvent.objects.count() == before


def test_faults_of_accounts(admin_desk, civil):
    faults = told(
        preview(
            admin_desk,
            "accounts",
            book(
                ACCOUNTS,
                ["ok1", "好人", "县民政局", "填报人", "", ""],
                ["bad1", "", "县民政", "填报员", "", "x"],
                ["ok1", "重名", "", "填报人", "", ""],
                ["-", "怪名", "县民政局", "填报人"],
            ),
        )
    )
    assert "县民政局" in faults[3, "C"]
    assert "只能填：填报人" in faults[3, "D"]
    assert faults[3, "B"] == "新账号须填姓名。"
    assert "电子邮箱" in faults[3, "F"]
    assert "第2行重复" in faults[4, "A"]
    assert "须填所在单位" in faults[4, "C"]
    assert "用户名为2-30位" in faults[5, "A"]
    assert not User.objects.filter(username__in=["ok1", "bad1"]).exists()


def test_accounts_are_taken_back_until_somebody_signed_in(admin_desk, civil, reporter):
    content = book(ACCOUNTS, ["new1", "新人", "县民政局", "填报人"], ["minzheng", "刘改名"])
    found = take(admin_desk, "accounts", content)
    User.objects.filter(username="new1").update(must_change_password=False)
    assert "已经登录过，不能撤销，可以停用" in undo(admin_desk, found)[0]
    User.objects.filter(username="new1").update(must_change_password=True)
    assert "已撤销" in undo(admin_desk, found)[0]
    reporter.refresh_from_db()
    assert reporter.name == "刘填报"
    assert not User.objects.filter(username="new1").exists()
    assert AccountEvent.objects.filter(verb="撤销账号").get().actor.username == "sysadmin"


def test_the_last_administrator_stays_one(admin_desk, admin):
    result = preview(admin_desk, "accounts", book(ACCOUNTS, ["sysadmin", "赵管理", None, "县领导"]))
    answer = write(admin_desk, result)
    assert "第2行（sysadmin 赵管理）：不能改变自己的角色" in admin_desk.get(answer.url).content.decode()
    admin.refresh_from_db()
    assert admin.role == "ADMIN"


# Members, milestones, indicators, readings


@pytest.fixture
def group(plan):
    return Group.objects.create(plan=plan, kind="LEADING", name="株洲县“改革创新年”活动领导小组")


def test_members_of_the_leading_group(desk, office, plan, group, civil):
    content = book(
        ["附件2"],
        ["领导小组成员名单"],
        ["小组职务", "姓名", "单位", "职务"],
        ["组长", "甲某", None, "县委书记"],
        ["成员", "乙某", "县民政局", "局长"],
        [None, "丙某", None, "县长助理"],
        merge=("A1:D1", "A2:D2", "A5:A6"),
    )
    found = take(desk, "members", content, plan)
    members = list(GroupMember.objects.values_list("post", "name", "unit__name", "title"))
    assert members == [
        ("组长", "甲某", None, "县委书记"),
        ("成员", "乙某", "县民政局", "局长"),
        ("成员", "丙某", None, "县长助理"),
    ]
    page = desk.get(f"/plans/{plan.pk}/").content.decode()
    assert "甲某" in page
    assert "成员 3 名" in page
    assert PlanEvent.objects.filter(verb="调整小组成员", actor=office).count() == 1
    assert states(preview(desk, "members", content, plan)) == ["没有变化"] * 3
    result = preview(desk, "members", book(["小组职务", "姓名"], ["副组长", "乙某"]), plan)
    assert result.rows[0].changes == [("小组职务", "成员", "副组长")]
    second = take(desk, "members", book(["小组职务", "姓名"], ["副组长", "乙某"]), plan)
    assert "不能撤销" in undo(desk, found)[0]
    undo(desk, second)
    assert GroupMember.objects.get(name="乙某").post == "成员"
    assert "已撤销" in undo(desk, found)[0]
    assert not GroupMember.objects.exists()
    assert PlanEvent.objects.filter(verb="移除小组成员").count() == 3


def test_members_of_an_unknown_group(desk, plan, group):
    Group.objects.create(plan=plan, kind="LEADING", name="第二小组")
    faults = told(
        preview(
            desk, "members", book(["小组", "小组职务", "姓名"], ["第三小组", "组长", "甲"], [None, "组长", "乙"]), plan
        )
    )
    assert "这个方案有：" in faults[2, "A"]
    assert "请填写小组名称" in faults[3, "A"]


def test_milestones(desk, office, plan, task):
    task.pace = "MILESTONES"
    task.save()
    Milestone.objects.create(task=task, title="招标", due_on=date(2015, 6, 30), weight=2)
    content = book(
        ["任务编号", "节点名称", "完成时限", "完成日期", "权重"],
        [43, "招标", "7月底", None, 2],
        [None, "上线", "2015-10-31", None, None],
        merge=("A2:A3",),
    )
    result = preview(desk, "milestones", content, plan)
    assert states(result) == ["修改", "新增"]
    found = take(desk, "milestones", content, plan)
    assert list(task.milestones.values_list("title", "due_on", "weight")) == [
        ("招标", date(2015, 7, 31), 2),
        ("上线", date(2015, 10, 31), 1),
    ]
    assert TaskEvent.objects.filter(verb="调整节点", actor=office).count() == 1
    assert states(preview(desk, "milestones", content, plan)) == ["没有变化"] * 2
    assert "已撤销" in undo(desk, found)[0]
    assert list(task.milestones.values_list("title", "due_on")) == [("招标", date(2015, 6, 30))]


def test_faults_of_milestones(desk, plan, task):
    faults = told(
        preview(
            desk,
            "milestones",
            book(
                ["编号", "节点", "时限", "完成日期", "权重"],
                [99, "甲", "2015-06-30"],
                [43, "乙", None, "2015-12-01", 0],
                [43, "丙", "2016-03-01"],
            ),
            plan,
        )
    )
    assert "方案中没有编号为“99”的任务" in faults[2, "A"]
    assert faults[3, "C"] == "新的节点须填时限。"
    assert faults[3, "D"] == "完成日期不能晚于今天。"
    assert faults[3, "E"] == "权重在1到100之间。"
    assert "节点时限须在2015-01-01至2015-12-31之间" in faults[4, "C"]


def test_indicators_and_their_figures(desk, office, plan, civil, task):
    defined = book(
        ["指标名称", "年度目标", "责任单位", "累计方式", "任务编号"],
        ["固定资产投资", "不低于100亿元", "县民政局", "各月相加", 43],
    )
    found = take(desk, "indicators", defined, plan)
    indicator = Indicator.objects.get()
    assert (indicator.target, indicator.unit_of_measure, indicator.direction) == (100, "亿元", "AT_LEAST")
    assert (indicator.unit, indicator.cumulation, indicator.task) == (civil, "SUM", task)
    assert states(preview(desk, "indicators", defined, plan)) == ["没有变化"]
    figures = book(
        ["指标", "月份", "数值", "数据来源"],
        ["固定资产投资", "2015年8月", 8.5, "统计局"],
        ["固定资产投资", "9月", "9.25", "统计局"],
    )
    second = take(desk, "readings", figures, plan)
    assert [float(each.value) for each in indicator.readings.all()] == [8.5, 9.25]
    assert states(preview(desk, "readings", figures, plan)) == ["没有变化"] * 2
    assert "固定资产投资：已有月度数据" in undo(desk, found)[0]
    undo(desk, second)
    assert not Reading.objects.exists()
    assert "已撤销" in undo(desk, found)[0]
    assert not Indicator.objects.exists()
    assert {"新增指标", "填写指标数据", "撤销指标数据", "撤销指标"} <= set(
        PlanEvent.objects.filter(actor=office).values_list("verb", flat=True)
    )


def test_a_column_a_month(desk, plan):
    indicator = Indicator.objects.create(plan=plan, name="招商", target=10, unit_of_measure="个")
    rows = book(["指标", "1月", "2月", "12月", "数据来源"], ["招商", 1, None, 3, "商务局"], ["别的", 1])
    result = preview(desk, "readings", rows, plan)
    faults = told(result)
    assert "只能填已经开始的月份" in faults[2, "D"]
    assert "方案中没有名为“别的”的指标" in faults[3, "A"]
    take(desk, "readings", book(["指标", "1月", "2月", "数据来源"], ["招商", 1, 2, "商务局"]), plan)
    assert [each.month.month for each in indicator.readings.all()] == [1, 2]
    changed = preview(desk, "readings", book(["指标", "1月"], ["招商", 5]), plan)
    assert "请在表中加“数据来源”一列" in changed.faults[0].sentence


def test_faults_of_indicators(desk, plan, task):
    faults = told(
        preview(
            desk,
            "indicators",
            book(
                ["指标", "目标", "计量单位", "方向", "责任单位", "所属任务"], ["甲", "很多", None, "大于", "县某局", 99]
            ),
            plan,
        )
    )
    assert "应为数字" in faults[2, "B"]
    assert "只能填：不低于、不高于" in faults[2, "D"]
    assert "没有名为“县某局”的单位" in faults[2, "E"]
    assert "方案中没有编号为“99”的任务" in faults[2, "F"]


# What left can come back


def exported(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content if not answer.streaming else b"".join(answer.streaming_content)


@pytest.fixture
def full(plan, task, make_task, civil, labour, water, admin, group):
    """One thing of every kind on record."""
    make_task(plan, 44, water, standard="出台办法")
    make_task(plan, 45)
    Milestone.objects.create(task=task, title="招标", due_on=date(2015, 6, 30), done_on=date(2015, 6, 29))
    Contact.objects.create(unit=civil, post="PRINCIPAL", name="张某", title="局长", phone="0731-27610000")
    Contact.objects.create(unit=labour, post="LIAISON", name="李某", phone="13800000000")
    UnitName.objects.create(unit=civil, name="民政局")
    GroupMember.objects.create(group=group, post="组长", name="甲某", title="县委书记")
    indicator = Indicator.objects.create(
        plan=plan, name="投资", target="37.86", unit_of_measure="亿元", unit=civil, task=task
    )
    for month in (1, 2, 9):
        Reading.objects.create(indicator=indicator, month=date(2015, month, 1), value="1.5", source="统计局")
    return plan


@pytest.mark.parametrize(
    ("kind", "address", "rows"),
    [
        ("breakdown", "/exports/breakdown.xlsx?plan={plan}", 3),
        ("breakdown", "/tasks/?plan={plan}&format=xlsx", 3),
        ("indicators", "/indicators/?plan={plan}&format=xlsx", 1),
        ("readings", "/indicators/?plan={plan}&format=xlsx", 3),
        *(
            (kind, f"/imports/template/{kind}/?filled=1&plan={{plan}}", rows)
            for kind, rows in [("breakdown", 3), ("members", 1), ("milestones", 1), ("indicators", 1), ("readings", 3)]
        ),
    ],
)
def test_what_the_office_exports_comes_back_unchanged(desk, full, kind, address, rows):
    result = preview(desk, kind, exported(desk, address.format(plan=full.pk)), full)
    assert (result.faults, states(result)) == ([], ["没有变化"] * rows)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("units", "/units/?format=xlsx"),
        ("units", "/imports/template/units/?filled=1"),
        ("accounts", "/accounts/?format=xlsx"),
        ("accounts", "/imports/template/accounts/?filled=1"),
    ],
)
def test_what_the_administrator_exports_comes_back_unchanged(admin_desk, full, cast, kind, address):
    result = preview(admin_desk, kind, exported(admin_desk, address))
    assert (result.faults, set(states(result))) == ([], {"没有变化"})
    assert len(result.rows) == (len(cast) if kind == "accounts" else Unit.objects.count())


def test_rows_of_another_plan_are_left_out_and_told(desk, full, law_plan, law_office):
    Indicator.objects.create(plan=law_plan, name="案件", target=3, unit_of_measure="件")
    result = preview(desk, "indicators", exported(desk, "/indicators/?format=xlsx"), full)
    assert states(result) == ["没有变化"]
    assert "属于2015年法治建设年，不是本方案" in [row.why for row in result.skipped]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_templates_have_the_heads_and_an_example_that_is_understood(desk, admin_desk, full, kind):
    client = admin_desk if kind in ("units", "accounts") else desk
    plan = None if kind in ("units", "accounts") else full
    content = exported(client, f"/imports/template/{kind}/" + (f"?plan={plan.pk}" if plan else ""))
    result = preview(client, kind, content, plan)
    offered = [field.name for field in kinds()[kind](plan).fields.values() if field.offered]
    assert [name for name in result.layout.fields if name] == offered
    assert (result.missing, result.layout.ignored) == ([], [])
    assert (result.rows, result.skipped[0].why) == ([], "模板的示例行")


# The annotated copy


def test_the_annotated_copy_marks_the_cells_and_keeps_the_rest(desk, plan, task):
    made = openpyxl.Workbook()
    page = made.active
    for row in (
        ["株洲县任务分解表"],
        ["编号", "任务内容", "牵头单位", "得分"],
        [44, "新任务", "县民正局", "=1+1"],
        [None, "无编号", "县民政局", 3],
    ):
        page.append(row)
    page.merge_cells("A1:D1")
    page.column_dimensions["B"].width = 50
    stream = io.BytesIO()
    made.save(stream)
    preview(desk, "breakdown", stream.getvalue(), plan)
    answer = desk.get(waiting() + "marked.xlsx")
    copy = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert copy["E2"].value == "问题"
    assert "没有名为“县民正局”的单位" in copy["E3"].value
    assert "请填写编号" in copy["E4"].value
    assert copy["C3"].fill.fgColor.rgb == "FFFDE0DC"
    assert "没有名为" in copy["C3"].comment.text
    assert (copy["B3"].fill.fill_type, copy["D3"].value, copy.column_dimensions["B"].width) == (None, "=1+1", 50)
    assert "A1:D1" in map(str, copy.merged_cells.ranges)
    # marked and sent in again, the column 问题 is one more column that is not taken
    again = preview(desk, "breakdown", answer.content, plan)
    assert "问题" in again.layout.ignored


# How much it costs


def test_the_preview_asks_as_much_for_many_rows_as_for_one(desk, plan, task, water, django_assert_num_queries):
    counts = []
    for rows in (1, 30):
        preview(
            desk,
            "breakdown",
            book(BREAKDOWN, MOVED, *([100 + n, f"新任务{n}", "标准", "县水利局", "县民政局"] for n in range(rows))),
            plan,
        )
        page = waiting()
        with django_assert_num_queries(12) as queries:
            desk.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_only_what_was_there_is_struck_out(desk, plan, task, water):
    task.standard = ""
    task.save(update_fields=["standard"])
    result = preview(desk, "breakdown", book(["编号", "工作要求"], [task.number, "平台上线"]), plan)
    shown = folded(desk.get(waiting()))
    assert states(result) == ["修改"]
    assert '<span class="muted">（空）</span> → <ins class="new">平台上线</ins>' in shown


def test_the_list_says_the_year_of_a_plan(desk, plan, task, water):
    take(desk, "breakdown", book(BREAKDOWN, MOVED), plan)
    assert f'<td data-head="方案">2015年{plan}</td>' in desk.get("/imports/").content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(desk, plan, task, water, office, django_assert_num_queries):
    take(desk, "breakdown", book(BREAKDOWN, MOVED), plan)
    desk.get("/imports/")
    with django_assert_num_queries(8):
        desk.get("/imports/")
    for number in range(3):
        take(desk, "breakdown", book(BREAKDOWN, [50 + number, "新任务", None, "县水利局"]), plan)
    with django_assert_num_queries(8):
        assert desk.get("/imports/").context["table"].count == 4


def test_no_file_and_an_empty_one(desk, plan):
    assert "请选择文件" in desk.post("/imports/new/breakdown/", {"plan": plan.pk}).content.decode()
    empty = {"plan": plan.pk, "file": SimpleUploadedFile("x.xlsx", b"")}
    assert "文件是空的" in desk.post("/imports/new/breakdown/", empty).content.decode()


# Names


@pytest.mark.parametrize("name", ["县 水利局", "县水\n利局", "\u200b县水利局", "县水利局\u3000", "县水_x000D_\n利局"])
def test_a_known_unit_is_known_however_its_name_is_written(desk, admin_desk, plan, task, water, name):
    result = preview(desk, "breakdown", book(BREAKDOWN, [*MOVED[:3], name, *MOVED[4:]]), plan)
    assert not told(result)
    assert result.rows[0].wanted["lead"] == water
    result = preview(admin_desk, "units", book(["单位", "全称"], [name, "株洲县水利局"]))
    assert [(row.original, row.notes) for row in result.rows] == [(water, [])]


def test_a_new_unit_is_kept_without_the_blanks_of_its_cell(admin_desk, civil):
    take(admin_desk, "units", book(["单位", "其他写法"], ["县 信访\n局", "信访 局、\u200b信访局"]))
    unit = Unit.objects.get(name="县信访局")
    assert [each.name for each in unit.other_names.all()] == ["信访局"]


@pytest.mark.parametrize(
    ("cell", "units", "more"),
    [
        ("县水利局、县民政局", "“县水利局”“县民政局”是2个单位", ""),
        ("县水利局 县民政局", "“县水利局”“县民政局”是2个单位", ""),
        ("县水利局，县民政", "“县水利局”“县民政”是2个单位", "没有名为“县民政”的单位，相近的有：县民政局。"),
    ],
)
def test_of_several_units_under_the_lead_it_is_said_that_only_one_leads(desk, plan, water, civil, cell, units, more):
    result = preview(desk, "breakdown", book(BREAKDOWN, [44, "新任务。", "", cell, None, None]), plan)
    sentence = f"{units}，只能有一个牵头：请在“牵头单位”留下一个，其余写到“配合单位”。{more}"
    assert told(result) == {(2, "D"): sentence}


@pytest.mark.parametrize("name", ["固定资产 投资", "固定资产\n投资", "固定资产投资\ufeff"])
def test_an_indicator_is_known_however_its_name_is_written(desk, plan, name):
    known = Indicator.objects.create(plan=plan, name="固定资产投资", target=10, unit_of_measure="亿元")
    result = preview(desk, "indicators", book(["指标", "目标"], [name, 90]), plan)
    assert [row.original for row in result.rows] == [known]


# Numbers


GOALS = ["指标", "目标", "单位", "方向"]


@pytest.mark.parametrize(
    ("cell", "measure", "direction", "target", "wanted", "notes"),
    [
        ("12亿", "万元", None, 120000, None, ["目标换算：12亿 → 120000万元。"]),
        ("5000亩", "万亩", None, "0.5", None, ["目标换算：5000亩 → 0.5万亩。"]),
        ("1.2万元", "元", None, 12000, None, ["目标换算：1.2万元 → 12000元。"]),
        ("4.5%以内", "%", None, "4.5", "AT_MOST", []),
        ("3.2以下", "‰", None, "3.2", "AT_MOST", []),
        ("≥１０", "个", "不低于", 10, "AT_LEAST", []),
        ("201亩", None, None, 201, None, []),
        ("41.6%", "%", None, "41.6", None, []),
        ("120公里", "公里", None, 120, None, []),
        ("1,200", "户", None, 1200, None, []),
    ],
)
def test_a_goal_is_kept_in_the_measure_of_its_row(desk, plan, cell, measure, direction, target, wanted, notes):
    result = preview(desk, "indicators", book(GOALS, ["投资", cell, measure, direction]), plan)
    assert not told(result)
    row = result.rows[0]
    assert (row.wanted["target"], row.wanted.get("direction"), row.notes) == (Decimal(target), wanted, notes)
    assert "".join(notes) in desk.get(waiting()).content.decode()


@pytest.mark.parametrize(
    ("cell", "measure", "direction", "fault", "said"),
    [
        ("100-120", "亿元", None, "B", "不低于100，还是不高于120"),
        ("约3000", "人", None, "B", "不低于3000，还是正好3000"),
        ("上百", "个", None, "B", "不是确定的数"),
        ("5家", "个", None, "B", "这里写的是“5家”，计量单位是“个”"),
        ("1234亩", "万亩", None, "B", "0.1234万亩"),
        ("4.5%以内", "%", "不低于", "D", "“4.5%以内”是不高于，“方向”一列写的是不低于"),
        ("-", "个", None, "B", "新的指标须填目标"),
        (date(2015, 10, 31), "个", None, "B", "像是日期"),
        ("#REF!", "个", None, "B", "公式出错"),
        ("12亿", None, None, "C", "新的指标须填计量单位"),
    ],
)
def test_a_goal_that_is_not_certain_is_told_once_with_its_readings(desk, plan, cell, measure, direction, fault, said):
    result = preview(desk, "indicators", book(GOALS, ["投资", cell, measure, direction]), plan)
    assert [letter for _, letter in told(result)] == [fault]
    assert len(result.faults) == 1
    assert said in told(result)[2, fault]


def test_the_measure_of_a_head_or_above_the_table_counts(desk, plan):
    known = Indicator.objects.create(plan=plan, name="投资", target=10, unit_of_measure="亿元")
    Indicator.objects.create(plan=plan, name="项目", target=10, unit_of_measure="个")
    above = book(
        ["指标进度表"], ["单位：万元"], ["指标", "1月", "数据来源"], ["投资", 85000, "统计局"], ["项目", 3, "统计局"]
    )
    result = preview(desk, "readings", above, plan)
    assert [(row.wanted["value"], row.notes) for row in result.rows] == [
        (Decimal("8.5"), ["数值换算：85000万元 → 8.5亿元。"]),
        (3, []),
    ]
    in_head = book(["指标", "目标值（万元）"], ["投资", 1_000_000])
    assert preview(desk, "indicators", in_head, plan).rows[0].wanted["target"] == 100
    beside = book(["指标", "单位", "月份", "数值", "来源"], ["投资", "千元", "2月", 1_500_000, "统计局"])
    take(desk, "readings", beside, plan)
    assert known.readings.get().value == 15


def test_a_reading_says_what_was_reached(desk, plan):
    Indicator.objects.create(plan=plan, name="履约率", target=70, unit_of_measure="%")
    rows = book(["指标", "1月", "2月", "3月", "来源"], ["履约率", "41.6%", "≥70%", "—", "招商局"])
    result = preview(desk, "readings", rows, plan)
    assert [row.values["value"].number for row in result.rows] == [Decimal("41.6"), 70]
    assert told(result) == {(2, "C"): "“≥70%”不是实际完成的数，请填一个数。"}


def test_a_percent_is_read_as_it_shows(desk, plan):
    made = openpyxl.load_workbook(io.BytesIO(book(["指标", "目标", "单位"], ["履约率", 0.705, "%"])))
    made.active["B2"].number_format = "0.0%"
    stream = io.BytesIO()
    made.save(stream)
    take(desk, "indicators", stream.getvalue(), plan)
    assert Indicator.objects.get().target == Decimal("70.5")


# Dates


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("九月底", date(2015, 9, 30)),
        ("十一月底前", date(2015, 11, 30)),
        ("9月20", date(2015, 9, 20)),
        ("二〇一五年九月底", date(2015, 9, 30)),
        ("2015.12", date(2015, 12, 31)),
        (2015.12, date(2015, 12, 31)),
        ("2015-11", date(2015, 11, 30)),
        ("２０１５年１１月", date(2015, 11, 30)),
        ("三季度", date(2015, 9, 30)),
        ("年底", date(2015, 12, 31)),
        ("全年", date(2015, 12, 31)),
        ("长期坚持", date(2015, 12, 31)),
        ("—", None),
    ],
)
def test_a_deadline_in_words_is_the_day_it_means(desk, plan, task, water, cell, day):
    result = preview(desk, "breakdown", book(BREAKDOWN, [*MOVED[:5], cell]), plan)
    assert not told(result)
    assert result.rows[0].wanted.get("due_on") == day


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2016年春节前", "看不出是哪一天"),
        ("国庆前", "看不出是哪一天"),
        ("按上级要求", "看不出是哪一天"),
        ("11月31日", "看不出是哪一天"),
        (42369, "看不出是哪一天"),
        (2015.1, "是1月还是10月"),
    ],
)
def test_a_deadline_that_is_not_certain_is_asked_about(desk, plan, task, water, cell, said):
    faults = told(preview(desk, "breakdown", book(BREAKDOWN, [*MOVED[:5], cell]), plan))
    assert [*faults] == [(2, "F")]
    assert said in faults[2, "F"]


@pytest.mark.parametrize(
    ("form", "day"),
    [('yyyy"年"m"月"', date(2015, 11, 30)), ('m"月"d"日"', date(2015, 11, 1)), ("yyyy-mm-dd", date(2015, 11, 1))],
)
def test_of_a_date_cell_only_what_shows_is_read(desk, plan, task, water, form, day):
    made = openpyxl.load_workbook(io.BytesIO(book(BREAKDOWN, [*MOVED[:5], date(2015, 11, 1)])))
    made.active["F2"].number_format = form
    stream = io.BytesIO()
    made.save(stream)
    assert preview(desk, "breakdown", stream.getvalue(), plan).rows[0].wanted["due_on"] == day


@pytest.mark.parametrize(
    "cell", ["2015年10月", "２０１５年10月", "十月", "10月份", "2015-10", "2015.10", date(2015, 10, 31)]
)
def test_a_month_is_known_however_it_is_written(desk, plan, cell):
    Indicator.objects.create(plan=plan, name="招商", target=10, unit_of_measure="个")
    rows = book(["指标", "月份", "数值", "来源"], ["招商", cell, 3, "商务局"])
    assert [row.values["month"] for row in preview(desk, "readings", rows, plan).rows] == [date(2015, 10, 1)]


def test_a_month_that_lost_its_nought_is_asked_about(desk, plan):
    Indicator.objects.create(plan=plan, name="招商", target=10, unit_of_measure="个")
    rows = book(["指标", "月份", "数值", "来源"], ["招商", 2015.1, 3, "商务局"])
    assert "是1月还是10月" in told(preview(desk, "readings", rows, plan))[2, "B"]


@pytest.mark.parametrize(
    "heads", [["一月", "十月"], ["1月完成数", "10月完成数"], [date(2015, 1, 1), date(2015, 10, 1)]]
)
def test_months_across_are_known_by_their_heads(desk, plan, heads):
    Indicator.objects.create(plan=plan, name="招商", target=10, unit_of_measure="个")
    result = preview(desk, "readings", book(["指标", *heads, "来源"], ["招商", 1, 2, "商务局"]), plan)
    assert [row.values["month"].month for row in result.rows] == [1, 10]


# Told once


def test_what_is_wrong_in_every_month_is_told_once_with_the_months(desk, plan):
    Indicator.objects.create(plan=plan, name="招商", target=10, unit_of_measure="个")
    heads = ["指标", *(f"{month}月" for month in range(1, 13))]
    rows = book(heads, ["招商", *range(1, 13)], ["无此指标", *range(1, 13)], ["招商", *([None] * 12)])
    result = preview(desk, "readings", rows, plan)
    months = "、".join(f"2015年{month}月" for month in range(1, 13))
    assert [(told.rows, told.letters, told.sentence) for told in result.told] == [
        ("2", "", f"新填或改动的数须写数据来源，请在表中加“数据来源”一列。（{months}）"),
        ("2", "L、M", "只能填已经开始的月份。（2015年11月、2015年12月）"),
        ("3", "A", f"方案中没有名为“无此指标”的指标，请核对名称或先导入指标。（{months}）"),
    ]
    page = desk.get(waiting()).content.decode()
    assert page.count("请核对名称或先导入指标") == 1
    marked = openpyxl.load_workbook(io.BytesIO(desk.get(waiting() + "marked.xlsx").content)).active
    sentences = ["数据来源：新填或改动的数须写数据来源，请在表中加“数据来源”一列。", "月份：只能填已经开始的月份。"]
    assert marked["N2"].value.split("\n") == sentences
    assert [cell.coordinate for cell in marked[2] if cell.comment] == ["L2", "M2"]


# Accounts without names to sign in with


def test_a_missing_username_is_the_persons_own_or_proposed(admin_desk, civil, reporter, make_user):
    make_user("zhangsan", "LEADER", None)
    rows = book(
        ["姓名", "所在单位", "角色"],
        ["刘　填报", "县 民政局", "填报人"],
        ["张三", "县民政局", "填报人"],
        ["张叁", "县民政局", "单位负责人"],
        ["张三", "县民政局", "填报人"],
        ["", "县民政局", "填报人"],
    )
    result = preview(admin_desk, "accounts", rows)
    assert [row.values.get("username") for row in result.rows] == ["minzheng", "zhangsan2", "zhangsan3", None, None]
    assert result.rows[0].original == reporter
    assert result.rows[1].notes == ["没有填用户名：张三用户名按拼音拟为zhangsan2。"]
    assert told(result) == {
        (5, "A"): "第3行也是“张三”；若是两个人，请分别填写用户名。",
        (6, ""): "请填写用户名；也可以填姓名和所在单位，由系统拟一个。",
    }


def test_of_two_people_of_one_name_the_username_is_asked(admin_desk, civil, make_user):
    for name in ("li1", "li2"):
        user = make_user(name, "REPORTER", civil)
        user.name = "李某"
        user.save()
    faults = told(preview(admin_desk, "accounts", book(ACCOUNTS, ["", "李某", "县民政局", "填报人"])))
    assert faults == {(2, "A"): "叫“李某”的账号有2个：li1（县民政局）、li2（县民政局），请填写用户名。"}


def test_accounts_with_full_width_letters_and_numbers(admin_desk, civil):
    row = ["ｎｅｗ１", "新　人", "县民政局", "填报人", "０７３１－２７６１００００", "ａ@example.com"]
    take(admin_desk, "accounts", book(ACCOUNTS, row))
    made = User.objects.get(username="new1")
    assert (made.name, made.phone, made.email) == ("新人", "0731-27610000", "a@example.com")


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (13800138000, "13800138000"),
        (13800138000.0, "13800138000"),
        (27610000, "27610000"),
        ("—", None),
        (4001234567, "4001234567"),
    ],
)
def test_a_telephone_number_kept_as_a_number(admin_desk, civil, cell, phone):
    result = preview(admin_desk, "accounts", book(ACCOUNTS, ["new1", "新人", "县民政局", "填报人", cell]))
    assert not told(result)
    assert result.rows[0].wanted.get("phone") == phone


@pytest.mark.parametrize("cell", [73127610000, 2087654321])
def test_a_telephone_number_that_lost_its_nought_is_asked_about(admin_desk, civil, cell):
    faults = told(preview(admin_desk, "accounts", book(ACCOUNTS, ["new1", "新人", "县民政局", "填报人", cell])))
    assert "像是少了开头的0" in faults[2, "E"]


def test_an_indicator_with_figures_stays_in_their_measure(desk, plan):
    known = Indicator.objects.create(plan=plan, name="投资", target=10, unit_of_measure="亿元")
    assert preview(desk, "indicators", book(GOALS, ["投资", 120000, "万元"]), plan).rows[0].wanted["target"] == 120000
    Reading.objects.create(indicator=known, month=date(2015, 1, 1), value="1.5", source="统计局")
    row = preview(desk, "indicators", book(GOALS, ["投资", 120000, "万元"]), plan).rows[0]
    assert (row.wanted["target"], row.wanted["unit_of_measure"]) == (12, "亿元")
    assert row.notes == ["目标换算：120000万元 → 12亿元。"]
    faults = told(preview(desk, "indicators", book(GOALS, ["投资", 120000, "个"]), plan))
    assert faults == {(2, "C"): "已有月度数据按“亿元”记，计量单位不能改为“个”。"}


@pytest.mark.parametrize(
    ("heads", "row", "wanted"),
    [
        (
            ["单位", "主要领导", "联系电话", "联络员", "手机"],
            ["县民政局", "张某", "0731-1", "李某", "13800000002"],
            {"PRINCIPAL_phone": "0731-1", "LIAISON_phone": "13800000002"},
        ),
        (
            ["单位", "分管领导", "职务", "电话", "联络员", "职务", "电话"],
            ["县民政局", "张某", "副局长", "0731-12", "李某", "主任", "0731-13"],
            {"DEPUTY_title": "副局长", "DEPUTY_phone": "0731-12", "LIAISON_title": "主任", "LIAISON_phone": "0731-13"},
        ),
        (["单位", "联络员", "联系电话"], ["县民政局", "李某", "13800000002"], {"LIAISON_phone": "13800000002"}),
    ],
)
def test_a_telephone_is_that_of_the_person_left_of_it(admin_desk, civil, heads, row, wanted):
    (row,) = preview(
        admin_desk, "units", book(heads, [str(value).replace("0731-1", "0731-27610001") for value in row])
    ).rows
    assert {name: row.values.get(name) for name in wanted} == {
        name: value.replace("0731-1", "0731-27610001") for name, value in wanted.items()
    }


def test_heads_that_begin_with_a_year(desk, plan):
    result = preview(desk, "indicators", book(["指标", "2015年度目标值", "单位"], ["投资", "12亿元", "亿元"]), plan)
    assert result.layout.fields == ("name", "target", "unit_of_measure")


@pytest.mark.parametrize(
    "cell", ["县民政局 县人社局", "县 民政局、县人社\n局", "县民政局\u3000县人社局", "县民政局；县人社局"]
)
def test_several_supporting_units_however_they_stand_apart(desk, plan, water, civil, labour, cell):
    result = preview(desk, "breakdown", book(BREAKDOWN, [44, "新任务。", "", "县水利局", cell, None]), plan)
    assert not told(result)
    assert result.rows[0].wanted["supports"] == [civil, labour]


@pytest.mark.parametrize("cell", ["县 水利局、县民政局", "县水利\n局牵头，县 民政局配合", "县水利局 县民政局"])
def test_units_of_one_column_however_they_are_written(desk, plan, water, civil, cell):
    result = preview(desk, "breakdown", book(["编号", "任务内容", "责任单位"], [44, "新任务。", cell]), plan)
    assert not told(result)
    assert (result.rows[0].wanted["lead"], result.rows[0].wanted["supports"]) == (water, [civil])
