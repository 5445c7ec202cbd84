"""Archive packages: what goes in, the same twice, nothing hidden that is missing, memory flat."""

import datetime
import json
import tracemalloc
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from kit.packing import verify
from kit.refusal import Refusal
from portal.actions.archive import archive_plan
from portal.actions.succession import rename
from portal.dashboard.archive import obstacles
from reports.actions.corrections import correct
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from reports.models import Attachment
from tasks.models import Indicator, Plan, PlanEvent, Reading
from tests.portal.archived import PDF, closed, entries, filed, sent

__all__ = ["closed", "filed"]
REPORT = "月报/2015年10月/001-县民政局.html"


@pytest.fixture
def archive(closed, office):
    return archive_plan(closed, office)


@pytest.fixture
def package(archive, tmp_path):
    return sent(archive, tmp_path)


def test_everything_of_the_year_is_in_it(archive, package):
    assert set(entries(package)) == {
        "方案/方案正文.txt",
        "报表/任务分解表.xlsx",
        "报表/指标月度数据.xlsx",
        "报表/任务月末亮灯和月报.xlsx",
        "报表/报送情况统计表.xlsx",
        "报表/月度进展汇总表/2015年10月.xlsx",
        REPORT,
        "附件/2015年10月/001-县民政局/43-招标 公告.pdf",
        "扫描件/2015年10月/001-县民政局/盖章.pdf",
        "操作记录/2015年10月.xlsx",
        "操作记录/2015年11月.xlsx",
        "目录.html",
        "manifest.json",
        "SHA256SUMS",
    }
    assert verify(package).faults == ()
    assert (archive.title, archive.lacking) == ("2015年改革创新年归档", [])


def test_files_are_as_they_were_uploaded(package):
    found = entries(package)
    assert found["附件/2015年10月/001-县民政局/43-招标 公告.pdf"] == PDF + b"evidence"
    assert found["扫描件/2015年10月/001-县民政局/盖章.pdf"] == PDF + b"scan"


def test_a_report_stands_alone(package):
    page = entries(package)[REPORT].decode()
    assert "=HYPERLINK(1) 完成&lt;招标&gt;。" in page
    assert "<style>" in page
    assert "size: A4 portrait" in page
    for outside in ("<link", "<script", "http:", "https:", "src=", "url("):
        assert outside not in page
    assert 'href="../../%E9%99%84%E4%BB%B6/2015%E5%B9%B410%E6%9C%88/' in page
    assert "盖章.pdf" in page
    assert "内容校验码" in page


def test_the_list_of_contents_names_who_filed_nothing(package):
    page = entries(package)["目录.html"].decode()
    assert "县人社局" in page
    assert "没有审核通过的月报" in page
    assert "缺报" in page
    assert "部分归档" not in page


def test_the_manifest_says_what_it_is(archive, package):
    told = json.loads(entries(package)["manifest.json"])
    assert (told["complete"], told["months"], told["office"], told["lacking"]) == (True, ["2015-10"], "县委改革办", [])
    assert len(told["files"]) == len(archive.contents)


def test_the_trace_holds_no_formula(package):
    book = load_workbook(BytesIO(entries(package)["操作记录/2015年10月.xlsx"]))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[2][:5] == ("时间", "类别", "对象", "经办人", "事项")
    assert {row[4] for row in rows[3:]} >= {"报送", "审核通过", "开启报送期", "调整责任单位"}
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    summary = load_workbook(BytesIO(entries(package)["报表/月度进展汇总表/2015年10月.xlsx"])).active
    cells = [cell for row in summary.iter_rows() for cell in row if str(cell.value).startswith("=HYPER")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_same_content_twice_is_the_same_package(package, archive, closed, office, at, tmp_path):
    at("2015-12-10 09:00")
    again = archive_plan(closed, office)
    assert sent(again, tmp_path, "again.zip").read_bytes() == package.read_bytes()
    assert again.checksum == archive.checksum


def test_a_file_gone_or_changed_is_told_and_stops_nothing(closed, office, tmp_path):
    evidence, scan = Attachment.objects.order_by("pk")
    default_storage.delete(evidence.file.name)
    with default_storage.open(scan.file.name, "wb") as file:
        file.write(b"%PDF changed")
    archive = archive_plan(closed, office)
    package = sent(archive, tmp_path)
    assert archive.lacking == [
        "附件/2015年10月/001-县民政局/43-招标 公告.pdf：文件已不在服务器上。",
        "扫描件/2015年10月/001-县民政局/盖章.pdf：内容与上传时登记的校验码不符。",
    ]
    assert verify(package).faults == ()
    assert json.loads(entries(package)["manifest.json"])["lacking"] == archive.lacking
    assert "缺2个文件" in PlanEvent.objects.get(verb="归档包送完").note


def test_only_closed_years_are_archived_as_a_whole(plan, filed, office):
    with pytest.raises(Refusal, match="还没有结账的月份"):
        archive_plan(plan, office, partial=True)
    found = obstacles(plan)
    assert "2015年10月没有结账。" in found
    assert any(each.startswith("2015年1月、2015年2月") and each.endswith("没有开启报送期。") for each in found)


def test_a_partial_archive_says_so_everywhere(closed, office, tmp_path):
    Plan.objects.update(ends_on=datetime.date(2015, 12, 31))
    plan = Plan.objects.get()
    open_period(plan, datetime.date(2015, 11, 1))
    with pytest.raises(Refusal, match=r"还不能归档：2015年12月没有开启报送期。2015年11月没有结账。"):
        archive_plan(plan, office)
    archive = archive_plan(plan, office, partial=True)
    assert archive.title == "2015年改革创新年部分归档"
    found = entries(sent(archive, tmp_path))
    assert "这是部分归档，只含已结账的月份" in found["目录.html"].decode()
    assert "2015年11月没有结账" in found["目录.html"].decode()
    assert json.loads(found["manifest.json"])["complete"] is False
    assert not any("2015年11月" in name for name in found if name.startswith(("月报", "报表")))


def test_a_report_opened_again_keeps_the_year_open(closed, filed, office):
    reopen(filed, office, reason="数字有误")
    assert obstacles(closed) == ["县民政局2015年10月改革创新年月报现在是“已退回”，没有审定。"]


def test_the_old_name_is_kept_after_a_renaming(closed, filed, civil, office, admin, tmp_path):
    today = datetime.date(2015, 11, 10)
    rename(civil, admin, name="县民政和社会局", full_name="", effective_on=today, reason="改名")
    found = entries(sent(archive_plan(closed, office), tmp_path))
    assert "填报单位：县民政局" in found[REPORT].decode()


@pytest.mark.parametrize("who", ["other_office", "reporter", "admin", "auditor"])
def test_others_do_not_take_it_home(who, cast, closed):
    with pytest.raises(PermissionDenied):
        archive_plan(closed, cast[who])
    assert not PlanEvent.objects.filter(verb__contains="归档包").exists()


@pytest.mark.parametrize("who", ["office", "leader", "inspector"])
def test_taking_home_is_on_record_when_it_begins_and_when_it_went_out_whole(who, cast, closed):
    archive = archive_plan(closed, cast[who])
    chunks = archive.chunks()
    next(chunks)
    assert [each.verb for each in closed.events.filter(verb__contains="归档包")] == ["下载归档包"]
    for _ in chunks:
        pass
    last, first = closed.events.filter(verb__contains="归档包").order_by("-pk")
    assert (first.actor, last.actor) == (cast[who], cast[who])
    assert first.note == "2015年改革创新年归档，1个月，12个文件"
    assert last.note == f"{first.note}，校验码 {archive.checksum}"


def test_memory_stays_flat_with_large_files(closed, office):
    attachment = Attachment.objects.order_by("pk").first()
    with default_storage.open(attachment.file.name, "wb") as file:
        for _ in range(60):
            file.write(b"x" * 1024 * 1024)
    chunks = archive_plan(closed, office).chunks()
    largest, sizes = 0, []
    tracemalloc.start()
    for chunk in chunks:
        sizes.append(len(chunk))
    _, largest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) > 60 * 1024 * 1024
    assert largest < 12 * 1024 * 1024


def test_names_from_outside_cannot_leave_the_folder(report, entry, fill, reporter, office, period, plan, at):
    fill(report)
    Attachment.objects.create(
        report=report,
        entry=entry,
        file="none.pdf",
        name="../../a:b\n.pdf",
        kind="pdf",
        size=1,
        checksum="0",
        by=reporter,
    )
    archived = [path for kind, _, path in _contents(report, reporter, office, period, plan, at) if kind == "file"]
    assert archived == ["附件/2015年10月/001-县民政局/43-..-..-a-b.pdf"]


def _contents(report, reporter, office, period, plan, at):
    submit(report, reporter)
    accept(report, office)
    at("2015-11-10 09:00")
    close_period(period, office)
    return archive_plan(plan, office, partial=True).contents


def test_the_plan_and_its_figures_are_in_it(closed, task, civil, office, office_document, tmp_path):
    growth = Indicator.objects.create(plan=closed, name="固定资产投资", target=100, unit_of_measure="亿元", unit=civil)
    Indicator.objects.create(plan=closed, name="竣工项目", target=15, unit_of_measure="个")
    for month, value in ((9, 60), (10, 75)):
        Reading.objects.create(
            indicator=growth, month=datetime.date(2015, month, 1), value=value, source="县统计局", by=office
        )
    archive = archive_plan(closed, office)
    found = entries(sent(archive, tmp_path))
    assert found["方案/来源文件/服务提升年.txt"].decode() == office_document.text
    text = found["方案/方案正文.txt"].decode()
    assert all(
        words in text for words in (closed.title, closed.document_number, task.text, "牵头：县民政局；配合：县人社局")
    )
    rows = list(load_workbook(BytesIO(found["报表/指标月度数据.xlsx"])).active.iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[4], row[5], row[7]) for row in rows] == [
        ("固定资产投资", "2015-09", 60, "县统计局"),
        ("固定资产投资", "2015-10", 75, "县统计局"),
        ("竣工项目", None, None, "没有填报"),
    ]
    counts = json.loads(found["manifest.json"])["counts"]
    assert counts == {
        "任务": 1,
        "重点项目": 0,
        "指标": 2,
        "指标月度数据": 2,
        "月报": 1,
        "附件和扫描件": 2,
        "来源文件": 1,
        "任务月末亮灯": 1,
        "文件": len(archive.contents),
    }


@pytest.fixture
def office_document(reading, closed):
    """The document that the plan was written from."""
    reading.loaded_at, reading.written = reading.at, {"into": [closed.pk]}
    reading.save()
    return reading


def test_what_was_corrected_after_the_close_stands_beside_what_was_filed(closed, office, task, tmp_path):
    correct(task.standings.get(), office, progress=80, reason="单位漏报一个数字", seen=60)
    found = entries(sent(archive_plan(closed, office), tmp_path))
    page = found[REPORT].decode()
    assert "进度60% → 80%，黄灯 → 绿灯" in page
    assert "单位漏报一个数字" in page
    sheets = ("报表/月度进展汇总表/2015年10月.xlsx", "操作记录/2015年11月.xlsx")
    told = [
        " ".join(
            str(cell) for row in load_workbook(BytesIO(found[each])).active.iter_rows(values_only=True) for cell in row
        )
        for each in sheets
    ]
    assert "结账时为进度60%、黄灯" in told[0]
    assert "第43项进度：60% → 80%" in told[1]
