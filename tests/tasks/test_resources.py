"""Tasks in and out of spreadsheets: known by plan, year and number; dates and units change by their own doors."""

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks.models import Task, TaskEvent

HEADS = ["方案", "年度", "编号", "简称", "任务原文", "完成时限", "牵头单位", "配合单位", "调整原因"]
IMPORT = "/admin/tasks/task/import/"


def book(*rows, heads=HEADS):
    made = openpyxl.Workbook()
    made.active.title = "任务"
    for row in (heads, *rows):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def line(number, title, *cells):
    """A row of the sheet in the reform plan."""
    return ["改革创新年", 2015, number, title, *cells]


def upload(client, content):
    file = SimpleUploadedFile("任务.xlsx", content)
    return client.post(IMPORT, {"import_file": file, "format": "0", "resource": "0"})


def take(client, content):
    """Preview and confirm."""
    form = upload(client, content).context["confirm_form"]
    return client.post("/admin/tasks/task/process_import/", form.initial)


@pytest.fixture
def client(admin, sign_in):
    return sign_in(admin)


@pytest.fixture
def same(task):
    """The row of ``task`` as it stands."""
    return line(43, task.short_title, task.text, task.due_on, "县民政局", "县人社局")


def test_a_new_task_comes_with_its_units_and_its_trace(client, admin, plan, civil, labour, water):
    row = line(
        "44", "推进殡葬改革", "推进殡葬改革，建成公益性公墓。", "2015年11月30日", "县民政局", "县人社局，县水利局"
    )
    assert "新增1条" in upload(client, book(row)).content.decode()
    assert not Task.objects.exists()
    take(client, book(row))
    task = Task.objects.get()
    assert (task.number, task.due_on, task.planned_due_on) == ("44", datetime.date(2015, 11, 30), task.due_on)
    assert (task.lead, task.supports, task.starts_on) == (civil, [labour, water], plan.starts_on)
    first, second = task.events.all()
    assert (first.verb, first.actor) == ("导入任务", admin)
    assert second.changes == {"责任单位": ["", "县民政局（牵头）、县人社局（配合）、县水利局（配合）"]}
    assert "赵管理" in second.note


def test_changes_of_date_and_units_go_through_their_doors(client, task, water):
    row = line(43, task.short_title, task.text, "2015-11-30", "县水利局", "县人社局", "机构职能调整")
    take(client, book(row))
    task = Task.objects.get()
    assert (task.due_on, task.planned_due_on) == (datetime.date(2015, 11, 30), datetime.date(2015, 12, 31))
    assert (task.lead, [unit.name for unit in task.supports]) == (water, ["县人社局"])
    events = {event.verb: event for event in task.events.all()}
    assert events["调整任务安排"].changes == {"完成时限": ["2015-12-31", "2015-11-30"]}
    assert events["调整任务安排"].note == "机构职能调整；表格导入：任务.xlsx（赵管理）"
    assert events["调整责任单位"].changes["责任单位"][1] == "县水利局（牵头）、县人社局（配合）"


def test_a_unit_that_joined_owes_its_part_this_month(client, period, task, same, water):
    same[7] = "县人社局、县水利局"
    take(client, book(same))
    assert period.reports.filter(unit=water, entries__task=task).exists()


def test_the_same_file_twice_changes_nothing(client, task, same):
    events = TaskEvent.objects.count()
    for _ in range(2):
        answer = upload(client, book(same))
        assert "新增0条，修改0条，无变化1条" in answer.content.decode()
        take(client, book(same))
    assert TaskEvent.objects.count() == events


def test_what_was_exported_comes_back_unchanged(client, task):
    content = client.get("/admin/tasks/task/export/").content
    assert "新增0条，修改0条，无变化1条" in upload(client, content).content.decode()


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (6, "县民正局", "工作表“任务”第2行“牵头单位”列“县民正局”：没有名为“县民正局”的单位，相近的有：县民政局"),
        (7, "县人社局、某单位", "第2行“配合单位”列“县人社局、某单位”：没有名为“某单位”的单位"),
        (7, "县民政局", "第2行：同一个单位只能出现一次"),
        (6, "", "第2行：有配合单位时，请先选定一个牵头单位。"),
        (5, "2015-11-30", "第2行：调整完成时限须在“调整原因”列写明原因。"),
        (4, "改过的原文", "第2行“任务原文”列“改过的原文”：已有任务的原文和开始日期以文件为准"),
        (0, "法治建设年", "第2行“方案”列“法治建设年”：2015年没有名为“法治建设年”的方案"),
        (1, "今年", "第2行“年度”列“今年”：应为整数。"),
        (3, "", "第2行：“简称”列："),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell(client, task, same, place, value, sentence):
    same[place] = value
    answer = upload(client, book(same))
    page = answer.content.decode()
    assert sentence in page
    assert "confirm_form" not in answer.context


def test_progress_and_status_are_not_taken(client, task, same):
    heads = [*HEADS, "进度", "状态"]
    page = upload(client, book([*same, None, 90, "未启动"], heads=heads)).content.decode()
    assert "第2行“进度”列“90”：这一列由系统计算，不能导入，请留空。" in page
    assert "confirm_form" in upload(client, book([*same, None, 0, "未启动"], heads=heads)).context


def test_one_wrong_row_keeps_the_others_out(client, plan, civil):
    good = line(44, "推进殡葬改革", "推进殡葬改革。", None, "县民政局")
    wrong = line(45, "推进社区建设", "推进社区建设。", None, "某某局")
    answer = upload(client, book(good, wrong))
    assert "第3行“牵头单位”列“某某局”" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_document_number_of_several_plans_is_refused(client, task, law_plan, same):
    same[0] = law_plan.document_number
    assert "这个文号下有几个方案，请写方案的简称。" in upload(client, book(same)).content.decode()


def test_a_plan_is_known_by_its_document_number_too(client, task, same):
    same[0] = task.plan.document_number
    assert "无变化1条" in upload(client, book(same)).content.decode()


def test_a_section_is_known_by_its_number(client, plan, task, same):
    take(client, book([*same, None, "（一）"], heads=[*HEADS, "章节"]))
    page = upload(client, book([*same, None, "（九）"], heads=[*HEADS, "章节"])).content.decode()
    assert "“章节”列“（九）”：方案中没有这一章节" in page


def test_the_export_holds_numbers_days_and_no_formula(client, task):
    task.short_title = "=HYPERLINK(1)"
    task.progress = 45
    task.save()
    rows = list(openpyxl.load_workbook(io.BytesIO(client.get("/admin/tasks/task/export/").content)).active.iter_rows())
    head = next(place for place, row in enumerate(rows) if row[0].value == "方案")
    cells = dict(zip([cell.value for cell in rows[head]], rows[head + 1], strict=True))
    assert (cells["进度"].value, cells["进度"].data_type) == (45, "n")
    assert (cells["简称"].value, cells["简称"].data_type) == ("=HYPERLINK(1)", "s")
    assert cells["完成时限"].value.date() == datetime.date(2015, 12, 31)
    assert (cells["牵头单位"].value, cells["配合单位"].value) == ("县民政局", "县人社局")


def test_a_hostile_file_is_refused_in_a_sentence(client, task):
    answer = upload(client, b"PK\x03\x04" + b"\0" * 100)
    assert "文件" in "".join(answer.context["form"].errors["import_file"])
