"""Lights of tasks and moments of reports in a plan's package: counts and means are made anew from them."""

from portal.actions.archive import archive_plan
from reports.actions.corrections import correct
from reports.models import Standing
from tests.portal.actions.test_archive_projects import tables
from tests.portal.archived import closed, entries, filed, sent

__all__ = ["closed", "filed"]
BOOK = "报表/任务月末亮灯和月报.xlsx"


def test_how_tasks_stood_what_was_corrected_and_when_reports_came(closed, filed, office, tmp_path, at):
    standing = Standing.objects.get(period__plan=closed)
    was = standing.progress
    at("2015-11-12 09:00")
    correct(standing, office, progress=was + 5, reason="少报一项", seen=was)
    found = tables(entries(sent(archive_plan(closed, office), tmp_path)), BOOK)
    (stood,), (mended,), reports = found["月末亮灯"], found["更正"], found["月报"]
    assert (stood["月份"], stood["进度"], stood["应达进度"]) == ("2015-10", was + 5, standing.expected)
    assert (stood["结账时进度"], stood["结账时灯色"]) == (was, standing.get_light_display())
    assert (mended["更正前进度"], mended["更正后进度"], mended["原因"]) == (was, was + 5, "少报一项")
    came = {each["责任单位"]: (each["首次报送时间"] is not None, each["状态"]) for each in reports}
    assert came[filed.unit_name] == (True, "已通过")
    assert sum(there for there, _ in came.values()) == 1
