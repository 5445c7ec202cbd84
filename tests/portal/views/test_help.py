"""填报说明: one page a role, its limits those of the checks."""

import pytest

from reports.actions.files import limits
from reports.fields import ENTRY, TEXT_LIMIT
from reports.line import LINE

HEADS = {
    "reporter": "每月怎么报",
    "head": "单位负责人怎么审签",
    "office": "办公室每月做什么",
    "leader": "县领导怎么看",
    "inspector": "督查怎么看",
    "admin": "系统管理员做什么",
    "auditor": "审计员做什么",
}


@pytest.mark.parametrize("who", HEADS)
def test_each_role_reads_its_own_page(cast, sign_in, plan, who):
    text = sign_in(cast[who]).get("/help/").content.decode()
    assert HEADS[who] in text
    others = {words for role, words in HEADS.items() if role != who} - {"每月怎么报"}
    assert not any(f"<h2>{words}</h2>" in text for words in others)


def test_the_limits_are_read_where_they_are_checked(sign_in, reporter, plan, settings, monkeypatch):
    settings.UPLOAD_MAX_BYTES = 7 * 1024 * 1024
    plan.due_day, plan.grace_days = 25, 9
    plan.save()
    text = sign_in(reporter).get("/help/").content.decode()
    assert limits() in text
    assert "单个不超过7 MB" in text
    assert "每月25日" in text
    assert "逾期9天内可以补报" in text
    assert f"不超过{TEXT_LIMIT}字" in text
    for each in (*ENTRY.values(), *LINE.values()):
        assert each.hint in text
