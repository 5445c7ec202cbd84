"""The command shows, prints or loads what the reader found; the notice itself is tried wherever its file is at hand."""

import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tasks.models import Plan, Task

ROOT = Path(__file__).resolve().parents[3]
NOTICE = next(
    (
        path
        for path in (Path(os.environ.get("NOTICE_FILE", "-")), ROOT.parent / "shared" / "notice-2015-4.txt")
        if path.is_file()
    ),
    None,
)
SMALL = """关于印发《2016年城乡环境整治实施方案》的通知
县办〔2016〕7号
2016年3月1日
2016年城乡环境整治实施方案
一、主要任务
（一）整治农村环境
1.建立农村垃圾收运体系，年内覆盖全部行政村。（责任单位：县住建局、县民政局）
2.开展河道清淤，完成清淤20公里。（责任单位：县水利局）
（二）整治城区环境
3.规范户外广告，拆除违规广告牌。（责任单位：县城管局）
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(SMALL, "utf-8")
    return str(path)


@pytest.fixture
def units(make_unit):
    return [make_unit(name) for name in ("县住建局", "县民政局", "县水利局", "县城管局", "县委改革办")]


@pytest.mark.django_db
def test_without_flags_it_shows_what_it_found_and_writes_nothing(file, units, capsys):
    call_command("import_plan", file)
    said = capsys.readouterr().out
    assert "3项任务，4个单位，4条责任分工" in said
    assert "[县住建局、县民政局]" in said
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_unknown_units_are_shown_with_the_nearest(file, make_unit, capsys):
    make_unit("县水务局")
    call_command("import_plan", file)
    assert "库中没有单位“县水利局”，相近的有：县水务局" in capsys.readouterr().out


@pytest.mark.django_db
def test_json_is_the_whole_structure(file, capsys):
    call_command("import_plan", file, "--json")
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"title", "document_number", "issued_on", "plans", "problems"}
    assert set(data["plans"][0]) >= {"kind", "title", "sections", "tasks"}
    first = data["plans"][0]["tasks"][0]
    assert set(first) >= {"number", "section", "text", "units", "deadline", "points"}
    assert first["units"] == [{"name": "县住建局", "role": "LEAD"}, {"name": "县民政局", "role": "SUPPORT"}]


def test_apply_loads_it_once(file, units, capsys):
    for _ in range(2):
        call_command("import_plan", file, "--apply", "--office", "县委改革办")
    said = capsys.readouterr().err
    assert "新增1个方案" in said
    assert "没有变化" in said
    plan = Plan.objects.get()
    assert (plan.year, plan.office.name, plan.document_number) == (2016, "县委改革办", "县办〔2016〕7号")
    assert Task.objects.get(number="1").lead.name == "县住建局"
    assert Task.objects.get(number="3").section.title == "整治城区环境"


@pytest.mark.django_db
def test_apply_without_the_units_writes_nothing(file, capsys):
    with pytest.raises(CommandError, match="没有写入任何内容"):
        call_command("import_plan", file, "--apply", "--office", "县委改革办")
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_a_missing_file_and_another_kind_are_told(tmp_path):
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_plan", str(tmp_path / "none.txt"))
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(CommandError, match="另存为docx"):
        call_command("import_plan", str(tmp_path / "a.doc"))


@pytest.mark.django_db
@pytest.mark.skipif(NOTICE is None, reason="the notice's file is not at hand")
def test_the_notice_as_read_changes_nothing_beside_the_fixtures(capsys):
    call_command("load_plans", verbosity=0)
    capsys.readouterr()
    call_command("import_plan", str(NOTICE), "--apply")
    assert capsys.readouterr().err.strip() == "库中已有，没有变化。"
