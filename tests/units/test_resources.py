"""Units in and out of spreadsheets: strict, seen first, all or nothing."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kit.exchange import sheet_format
from kit.sheets import UnreadableSheet
from tests.house import face
from units.models import Unit, UnitEvent, UnitName
from units.resources import UnitResource

HEADS = ["名称", "全称", "其他写法", "同类组", "排序", "启用日期", "停用日期", "并入或更名为", "月报须经单位负责人审签"]
IMPORT = "/admin/units/unit/import/"


def book(*rows, heads=HEADS, name="单位"):
    """An .xlsx file with a title over its heads, as people send it."""
    made = openpyxl.Workbook()
    made.active.title = name
    for row in (["株洲县责任单位"], heads, *rows):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def upload(client, content, page=IMPORT):
    file = SimpleUploadedFile("单位.xlsx", content)
    return client.post(page, {"import_file": file, "format": "0", "resource": "0"})


def confirm(client, preview):
    form = preview.context["confirm_form"]
    return client.post("/admin/units/unit/process_import/", form.initial)


@pytest.fixture
def client(admin, sign_in):
    return sign_in(admin)


def test_a_preview_shows_and_writes_nothing(client, civil):
    answer = upload(
        client, book(["县民政局", "株洲县民政局", "", "政府部门", 15], ["县编办", "", "编办", "党委部门", 3])
    )
    page = answer.content.decode()
    assert "新增1条，修改1条，无变化0条" in page
    assert "株洲县民政局" in page
    assert answer.context["result"].valid_rows()[0].changes == [
        ("全称", "", "株洲县民政局"),
        ("排序", "10", "15"),
    ]
    assert Unit.objects.count() == 1
    assert not UnitEvent.objects.exists()


def test_confirmed_it_is_written_with_its_trace(client, admin, civil):
    preview = upload(client, book(["县民政局", "株洲县民政局", "民政局，市民政局", "政府部门", 10], ["县编办"]))
    assert confirm(client, preview).status_code == 302
    civil.refresh_from_db()
    assert civil.full_name == "株洲县民政局"
    assert [each.name for each in civil.other_names.all()] == ["民政局", "市民政局"]
    assert Unit.objects.get(name="县编办").order == 1000
    events = [(event.subject.name, event.verb, event.actor, event.changes) for event in UnitEvent.objects.all()]
    assert events == [
        ("县民政局", "修改单位", admin, {"全称": ["", "株洲县民政局"]}),
        ("县民政局", "修改其他写法", admin, {"其他写法": ["", "民政局、市民政局"]}),
        ("县编办", "建立单位", admin, {}),
    ]
    assert "单位.xlsx" in UnitEvent.objects.first().note


def test_the_same_file_again_changes_nothing(client, civil):
    content = book(["县民政局", "株洲县民政局", "民政局", "政府部门", 10, "2015-01-01"], ["县编办"])
    confirm(client, upload(client, content))
    events = UnitEvent.objects.count()
    again = upload(client, content)
    assert "新增0条，修改0条，无变化2条" in again.content.decode()
    confirm(client, again)
    assert UnitEvent.objects.count() == events


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["县编办", "", "", "政府", 3], "工作表“单位”第4行“同类组”列“政府”：只能填："),
        (["县编办", "", "", "", "三"], "工作表“单位”第4行“排序”列“三”：应为整数。"),
        (["县编办", "", "", "", 3, "2015-13-01"], "第4行“启用日期”列“2015-13-01”：不是日期"),
        (
            ["县编办", "", "", "", 3, None, None, "县民正局"],
            "第4行“并入或更名为”列“县民正局”：没有名为“县民正局”的单位",
        ),
        ([None, "县机构编制委员会办公室"], "第4行“名称”列“”：不能为空。"),
        (["县民政局"], "第4行与第3行重复，请只保留一行。"),
        (["人社局"], "第4行“名称”列“人社局”：“人社局”是县人社局的另一种写法"),
        (["县编办", "", "县民政局"], "第4行：其他写法与别的单位的名称或写法相同"),
        (["县" * 61], "第4行：“名称”列："),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell_and_nothing_is_taken(client, civil, labour, row, sentence):
    UnitName.objects.create(unit=labour, name="人社局")
    answer = upload(client, book(["县民政局", "株洲县民政局"], row))
    assert sentence in answer.content.decode()
    assert "confirm_form" not in answer.context
    civil.refresh_from_db()
    assert civil.full_name == ""


def test_the_nearest_names_are_offered(client, civil, labour):
    page = upload(client, book(["县编办", "", "", "", 3, None, None, "县民正局"])).content.decode()
    assert "相近的有：县民政局" in page


def test_all_faults_of_a_file_are_told_at_once(client, db):
    page = upload(client, book(["甲局", "", "", "政府"], ["乙局", "", "", "", "三", "四"])).content.decode()
    assert all(where in page for where in ("第3行“同类组”", "第4行“排序”", "第4行“启用日期”"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 no workbook", "文件"),
        (b"name,order\n=1+1,2", "文件"),
        (book(["x"], heads=["单位名称"]), "找不到表头，缺少列：名称"),
        (book(["县编办", "是"], heads=["名称", "密级"]), "表头中有不能导入的列：密级"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_a_sentence(client, db, content, sentence):
    answer = upload(client, content)
    assert sentence in "".join(answer.context["form"].errors["import_file"])
    assert not Unit.objects.exists()


def test_a_change_between_preview_and_confirmation_takes_nothing(client, civil, labour):
    preview = upload(client, book(["县编办", "", "编办"], ["县民政局", "株洲县民政局"]))
    UnitName.objects.create(unit=labour, name="编办")
    answer = confirm(client, preview)
    assert answer.url == IMPORT
    assert "这次没有导入任何内容" in client.get(IMPORT).content.decode()
    civil.refresh_from_db()
    assert (civil.full_name, Unit.objects.filter(name="县编办").exists()) == ("", False)


def test_the_export_holds_numbers_as_numbers_and_no_formula(client, civil):
    Unit.objects.create(name="=1+1", full_name="@SUM(1)", successor=civil, order=20)
    answer = client.get("/admin/units/unit/export/")
    assert ".xlsx" in answer["Content-Disposition"]
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    head = next(place for place, row in enumerate(rows) if row[0].value == "名称")
    assert [cell.value for cell in rows[head]] == HEADS
    first, second = rows[head + 1 : head + 3]
    assert (first[0].value, first[4].value, first[4].data_type) == ("县民政局", 10, "n")
    assert [(cell.value, cell.data_type) for cell in second[:2]] == [("=1+1", "s"), ("@SUM(1)", "s")]
    assert second[7].value == "县民政局"


def test_what_was_exported_comes_back_unchanged(client, civil, labour):
    UnitName.objects.create(unit=civil, name="民政局")
    page = upload(client, client.get("/admin/units/unit/export/").content).content.decode()
    assert "新增0条，修改0条，无变化2条" in page


def test_only_xlsx_is_offered(client, db):
    assert client.get(IMPORT).context["form"].fields["format"].choices == [("0", "xlsx")]


def test_rows_between_are_skipped_and_places_kept():
    content = book(["甲局"], [], ["乙局"])
    dataset = sheet_format(UnitResource)().create_dataset(content)
    assert (dataset.places, dataset["名称"]) == ([3, 5], ["甲局", "乙局"])
    with pytest.raises(UnreadableSheet):
        sheet_format(UnitResource)().create_dataset(b"")


def test_a_second_press_takes_nothing_twice_and_is_told(client, db):
    preview = upload(client, book(["县编办"]))
    confirm(client, preview)
    assert confirm(client, preview).url == IMPORT
    assert "这个文件已经导入或已经过期" in client.get(IMPORT).content.decode()
    assert UnitEvent.objects.count() == 1


def test_a_file_that_was_not_uploaded_here_is_not_taken(client, db, tmp_path):
    strange = tmp_path / "strange.xlsx"
    strange.write_bytes(book(["县编办"]))
    form = {"import_file_name": str(strange), "original_file_name": "x.xlsx", "format": "0", "resource": "0"}
    assert "请重新上传文件。" in client.post("/admin/units/unit/process_import/", form).content.decode()
    assert strange.exists()
    assert not Unit.objects.exists()


def test_the_pages_hold_nothing_the_policy_blocks(client, civil):
    pages = [client.get(page).content.decode() for page in ("/admin/", "/admin/units/unit/", IMPORT)]
    pages.append(upload(client, book(["县民政局", "株洲县民政局"])).content.decode())
    assert face.inline({f"page{number}": page for number, page in enumerate(pages)}) == []
