"""Titles break by meaning."""

import pytest

from supervision.documents.titles import title_lines
from supervision.documents.wml import width_of

FOUR = (
    "关于2015年改革创新年、法治建设年、项目突破年活动前三季度各乡镇各部门"
    "重点任务和重点项目推进滞后原因分析及整改要求落实情况的通报"
)


def test_a_short_title_is_one_line():
    assert title_lines("督办通知") == ["督办通知"]


@pytest.mark.parametrize(
    "title",
    [
        "关于2015年9月改革创新工作任务推进情况的通报",
        "关于对2015年第三季度重点项目建设推进滞后单位进行约谈的通知",
        "株洲县2015年1—9月法治建设年活动任务进展情况的专报",
        FOUR,
    ],
)
def test_nothing_that_belongs_together_is_torn(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) == -(-width_of(title) // 19)
    for line, following in zip(lines, lines[1:], strict=False):
        assert following[0] not in "的和、，》"
        assert line[-1] not in "《（和对"
        assert not (line[-1].isdigit() and (following[0].isdigit() or following[0] in "年月日"))
    assert not any(line.endswith(half) for line in lines for half in ("推", "任", "工", "重", "情", "通", "改"))


def test_a_title_of_nothing_and_one_without_a_place_to_break():
    assert title_lines("") == [""]
    assert "".join(title_lines("A" * 120)) == "A" * 120
    assert all(width_of(line) <= 19 for line in title_lines("A" * 120))
