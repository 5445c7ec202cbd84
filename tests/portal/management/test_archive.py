"""The commands that make and check an archive package."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands.archive_plan import write_whole
from tests.portal.archived import closed, filed

__all__ = ["closed", "filed"]


def run(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_package_is_made_in_one_go_and_checked(closed, tmp_path):
    out = run("archive_plan", closed.pk, out=tmp_path / "a.zip")
    assert "2015年改革创新年归档，1个月，12个文件，校验码" in out
    assert "全部相符" in run("verify_archive", tmp_path / "a.zip")
    assert closed.events.get(verb="归档包送完").actor_name == "系统"
    with pytest.raises(CommandError, match="已经存在"):
        run("archive_plan", closed.pk, out=tmp_path / "a.zip")


def test_a_package_that_cannot_be_written_whole_leaves_no_file(tmp_path):
    def chunks():
        yield b"PK"
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_whole(tmp_path / "a.zip", chunks())
    assert list(tmp_path.glob("a.zip*")) == []


def test_without_a_plan_it_says_so(db):
    assert run("archive_plan") == "还没有方案。\n"


def test_without_a_number_the_plans_are_listed(closed):
    assert f"{closed.pk}  2015年改革创新年（县委改革办）" in run("archive_plan")


def test_what_cannot_be_archived_is_said(plan, filed):
    with pytest.raises(CommandError, match="还没有结账的月份"):
        run("archive_plan", plan.pk)
    with pytest.raises(CommandError, match="没有编号为999999的方案"):
        run("archive_plan", 999999)


def test_a_touched_package_fails(closed, tmp_path):
    file = tmp_path / "a.zip"
    run("archive_plan", closed.pk, out=file)
    content = bytearray(file.read_bytes())
    content[content.index(b"%PDF") + 8] ^= 1
    file.write_bytes(content)
    with pytest.raises(CommandError, match="1处不符|2处不符"):
        run("verify_archive", file)


def test_other_files_are_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"x")
    with pytest.raises(CommandError, match="不是完整的zip文件"):
        run("verify_archive", tmp_path / "a.zip")
    with pytest.raises(CommandError, match="没有这个文件"):
        run("verify_archive", tmp_path / "b.zip")
