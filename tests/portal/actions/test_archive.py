"""Archive packages: what goes in, packed in portions, the same twice, nothing hidden that is missing."""

import datetime
import json
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from kit.packing import verify
from kit.refusal import Refusal
from portal.actions.archive import _Packing, begin_archive, fetch_archive, pack, pack_all
from portal.actions.succession import rename
from portal.dashboard.archive import obstacles
from reports.actions.corrections import correct
from reports.actions.files import sweep
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from reports.models import Archive, Attachment
from tasks.models import Indicator, Plan, PlanEvent, Reading
from tests.portal.archived import PDF, closed, entries, filed

__all__ = ["closed", "filed"]
REPORT = "月报/2015年10月/001-县民政局.html"


@pytest.fixture
def archive(closed, office):
    return pack_all(begin_archive(closed, office), office)


def test_everything_of_the_year_is_in_it(archive):
    assert set(entries(archive.location)) == {
        "方案/方案正文.txt",
        "报表/任务分解表.xlsx",
        "报表/指标月度数据.xlsx",
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
    assert verify(archive.location).faults == ()
    assert (archive.status, archive.is_partial, archive.lacking, archive.percent) == ("READY", False, [], 100)


def test_files_are_as_they_were_uploaded(archive):
    found = entries(archive.location)
    assert found["附件/2015年10月/001-县民政局/43-招标 公告.pdf"] == PDF + b"evidence"
    assert found["扫描件/2015年10月/001-县民政局/盖章.pdf"] == PDF + b"scan"


def test_a_report_stands_alone(archive):
    page = entries(archive.location)[REPORT].decode()
    assert "=HYPERLINK(1) 完成&lt;招标&gt;。" in page
    assert "<style>" in page
    assert "size: A4 portrait" in page
    for outside in ("<link", "<script", "http:", "https:", "src=", "url("):
        assert outside not in page
    assert 'href="../../%E9%99%84%E4%BB%B6/2015%E5%B9%B410%E6%9C%88/' in page
    assert "盖章.pdf" in page
    assert "内容校验码" in page


def test_the_list_of_contents_names_who_filed_nothing(archive):
    page = entries(archive.location)["目录.html"].decode()
    assert "县人社局" in page
    assert "没有审核通过的月报" in page
    assert "缺报" in page
    assert "部分归档" not in page


def test_the_manifest_says_what_it_is(archive):
    told = json.loads(entries(archive.location)["manifest.json"])
    assert (told["complete"], told["months"], told["office"], told["lacking"]) == (True, ["2015-10"], "县委改革办", [])
    assert len(told["files"]) == archive.total


def test_the_trace_holds_no_formula(archive):
    book = load_workbook(BytesIO(entries(archive.location)["操作记录/2015年10月.xlsx"]))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[2][:5] == ("时间", "类别", "对象", "经办人", "事项")
    assert {row[4] for row in rows[3:]} >= {"报送", "审核通过", "开启报送期", "调整责任单位"}
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    summary = load_workbook(BytesIO(entries(archive.location)["报表/月度进展汇总表/2015年10月.xlsx"])).active
    cells = [cell for row in summary.iter_rows() for cell in row if str(cell.value).startswith("=HYPER")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_same_content_twice_is_the_same_package(archive, closed, office, at):
    at("2015-12-10 09:00")
    fetch_archive(archive, office).close()
    again = pack_all(begin_archive(closed, office), office)
    assert again.checksum == archive.checksum
    assert again.location.read_bytes() == archive.location.read_bytes()


def test_it_is_packed_in_portions_and_gone_on_with(closed, office):
    archive, places = begin_archive(closed, office), []
    while not archive.is_ready:
        archive = pack(archive, office, seconds=0)
        places.append(archive.place)
    assert places[:3] == [1, 2, 3]
    assert verify(archive.location).faults == ()
    whole = pack_all(begin_archive(closed, office), office)
    assert whole.location.read_bytes() == archive.location.read_bytes()


def test_a_package_broken_in_the_middle_is_begun_anew(closed, office):
    archive = pack(begin_archive(closed, office), office, seconds=0)
    archive.location.write_bytes(archive.location.read_bytes()[:50])
    archive = pack(archive, office, seconds=0)
    assert archive.place == 1
    with zipfile.ZipFile(archive.location, "a") as package:
        package.writestr("2015年改革创新年归档/没有登记.txt", "写进去了，没来得及登记")
    assert pack(archive, office, seconds=0).place == 1
    assert verify(pack_all(archive, office).location).faults == ()


def test_two_requests_do_not_pack_at_once(closed, office, at):
    archive = begin_archive(closed, office)
    at("2015-11-10 09:00:00")
    Archive.objects.update(busy_until=datetime.datetime(2015, 11, 10, 1, 1, tzinfo=datetime.UTC))
    assert pack(archive, office).place == 0
    at("2015-11-10 09:02:00")
    assert pack(archive, office).place > 0
    assert Archive.objects.get().busy_until is None


def test_packing_a_finished_one_changes_nothing(archive, office):
    before = archive.location.read_bytes()
    assert pack(archive, office).is_ready
    assert archive.location.read_bytes() == before
    assert PlanEvent.objects.filter(verb="生成归档包").count() == 1


def test_a_file_gone_or_changed_is_told_and_stops_nothing(closed, office):
    evidence, scan = Attachment.objects.order_by("pk")
    default_storage.delete(evidence.file.name)
    with default_storage.open(scan.file.name, "wb") as file:
        file.write(b"%PDF changed")
    archive = pack_all(begin_archive(closed, office), office)
    assert archive.lacking == [
        "附件/2015年10月/001-县民政局/43-招标 公告.pdf：文件已不在服务器上。",
        "扫描件/2015年10月/001-县民政局/盖章.pdf：内容与上传时登记的校验码不符。",
    ]
    assert verify(archive.location).faults == ()
    assert json.loads(entries(archive.location)["manifest.json"])["lacking"] == archive.lacking


def test_only_closed_years_are_archived_as_a_whole(plan, filed, office):
    with pytest.raises(Refusal, match="还没有结账的月份"):
        begin_archive(plan, office, partial=True)
    found = obstacles(plan)
    assert "2015年10月没有结账。" in found
    assert any(each.startswith("2015年1月、2015年2月") and each.endswith("没有开启报送期。") for each in found)


def test_a_partial_archive_says_so_everywhere(closed, office):
    Plan.objects.update(ends_on=datetime.date(2015, 12, 31))
    plan = Plan.objects.get()
    open_period(plan, datetime.date(2015, 11, 1))
    with pytest.raises(Refusal, match=r"还不能归档：2015年12月没有开启报送期。2015年11月没有结账。"):
        begin_archive(plan, office)
    archive = pack_all(begin_archive(plan, office, partial=True), office)
    assert archive.title == "2015年改革创新年部分归档"
    found = entries(archive.location)
    assert "这是部分归档，只含已结账的月份" in found["目录.html"].decode()
    assert "2015年11月没有结账" in found["目录.html"].decode()
    assert json.loads(found["manifest.json"])["complete"] is False
    assert not any("2015年11月" in name for name in found if name.startswith(("月报", "报表")))


def test_a_report_opened_again_keeps_the_year_open(closed, filed, office):
    reopen(filed, office, reason="数字有误")
    assert obstacles(closed) == ["县民政局2015年10月改革创新年月报现在是“已退回”，没有审定。"]


def test_the_old_name_is_kept_after_a_renaming(closed, filed, civil, office, admin):
    today = datetime.date(2015, 11, 10)
    rename(civil, admin, name="县民政和社会局", full_name="", effective_on=today, reason="改名")
    archive = pack_all(begin_archive(closed, office), office)
    found = entries(archive.location)
    assert "填报单位：县民政局" in found[REPORT].decode()


@pytest.mark.parametrize("who", ["other_office", "reporter", "leader", "inspector", "admin", "auditor"])
def test_only_the_plans_office_makes_it(who, cast, closed, office):
    with pytest.raises(PermissionDenied):
        begin_archive(closed, cast[who])
    archive = begin_archive(closed, office)
    with pytest.raises(PermissionDenied):
        pack(archive, cast[who])


def test_making_and_taking_home_are_on_record(archive, leader, office):
    fetch_archive(archive, leader).close()
    made, fetched = PlanEvent.objects.filter(verb__endswith="归档包").order_by("pk")
    assert (made.actor, made.verb) == (office, "生成归档包")
    assert (fetched.actor, fetched.verb) == (leader, "下载归档包")
    assert archive.checksum[:12] in made.note


@pytest.mark.parametrize("who", ["reporter", "other_office", "admin", "auditor"])
def test_others_do_not_take_it_home(who, cast, archive):
    with pytest.raises(PermissionDenied):
        fetch_archive(archive, cast[who])
    assert not PlanEvent.objects.filter(note__contains=archive.checksum[:12], actor=cast[who]).exists()


def test_what_is_not_ready_or_gone_is_not_handed_out(closed, office):
    archive = begin_archive(closed, office)
    with pytest.raises(Refusal, match="还没有打包完"):
        fetch_archive(archive, office)
    archive = pack_all(archive, office)
    archive.location.unlink()
    with pytest.raises(Refusal, match="已不在服务器上"):
        fetch_archive(archive, office)


@pytest.mark.django_db(transaction=True)
def test_beginning_anew_clears_what_was_never_finished(closed, office):
    first = pack(begin_archive(closed, office), office, seconds=0)
    second = begin_archive(closed, office)
    assert [each.pk for each in Archive.objects.all()] == [second.pk]
    assert not first.location.exists()


def test_packing_one_that_has_given_way_is_refused_and_leaves_no_file(closed, office):
    old = begin_archive(closed, office)
    packing = _Packing(Archive.objects.select_related("plan").get(pk=old.pk))
    new = begin_archive(closed, office)
    with pytest.raises(Refusal, match="重新开始的归档代替"):
        pack(old, office)
    with pytest.raises(Refusal, match="重新开始的归档代替"):
        packing.go_on(0)
    assert not old.location.exists()
    assert pack_all(new, office).is_ready


def test_the_sweep_leaves_packages_alone(archive):
    assert sweep() == []
    assert archive.location.exists()


def test_memory_stays_flat_with_large_files(closed, office):
    attachment = Attachment.objects.order_by("pk").first()
    with default_storage.open(attachment.file.name, "wb") as file:
        for _ in range(60):
            file.write(b"x" * 1024 * 1024)
    archive = begin_archive(closed, office)
    while archive.contents[archive.place][0] != "file":
        archive = pack(archive, office, seconds=0)
    tracemalloc.start()
    pack(archive, office, seconds=0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_names_from_outside_cannot_leave_the_folder(report, entry, fill, reporter, office, period, plan, at):
    fill(report)
    Attachment.objects.create(
        report=report, entry=entry, file="none.pdf", name="../../a:b\n.pdf", kind="pdf", size=1, sha256="0", by=reporter
    )
    archived = [path for kind, _, path in _contents(report, reporter, office, period, plan, at) if kind == "file"]
    assert archived == ["附件/2015年10月/001-县民政局/43-..-..-a-b.pdf"]


def _contents(report, reporter, office, period, plan, at):
    submit(report, reporter)
    accept(report, office)
    at("2015-11-10 09:00")
    close_period(period, office)
    return begin_archive(plan, office, partial=True).contents


def test_the_plan_and_its_figures_are_in_it(closed, task, civil, office, office_document):
    growth = Indicator.objects.create(plan=closed, name="固定资产投资", target=100, unit_of_measure="亿元", unit=civil)
    Indicator.objects.create(plan=closed, name="竣工项目", target=15, unit_of_measure="个")
    for month, value in ((9, 60), (10, 75)):
        Reading.objects.create(
            indicator=growth, month=datetime.date(2015, month, 1), value=value, source="县统计局", by=office
        )
    archive = pack_all(begin_archive(closed, office), office)
    found = entries(archive.location)
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
        "指标": 2,
        "指标月度数据": 2,
        "月报": 1,
        "附件和扫描件": 2,
        "来源文件": 1,
        "文件": archive.total,
    }


@pytest.fixture
def office_document(reading, closed):
    """The document that the plan was written from."""
    reading.loaded_at, reading.written = reading.at, {"into": [closed.pk]}
    reading.save()
    return reading


def test_what_was_corrected_after_the_close_stands_beside_what_was_filed(closed, office, task):
    correct(task.standings.get(), office, progress=80, reason="单位漏报一个数字", seen=60)
    found = entries(pack_all(begin_archive(closed, office), office).location)
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
