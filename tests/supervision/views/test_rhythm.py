"""The calendar's pages: the year at a glance, its list and files, one duty, the rules of a plan."""

import datetime
import html
import io
import re

import pytest
from openpyxl import load_workbook

from supervision.actions.meetings import hold_meeting
from supervision.actions.rhythms import keep_rhythm, lay_down
from supervision.models import Rhythm, RhythmNote
from tests.supervision.directives import hand_down

D = datetime.date
FORM = {
    "title": "一月一调度",
    "record": "DISPATCH",
    "who": "ACTIONS",
    "length": "1",
    "months": ["9", "10"],
    "due_day": "",
}
PAGE, LIST, DUTY = 30, 26, 11


@pytest.fixture
def dispatching(programme, owner):
    return keep_rhythm(programme, owner, title="一月一调度", record="DISPATCH", months=[9, 10], who="ACTIONS")


def read(desk, address, **params):
    return desk.get(address, params).content.decode()


def test_the_year_says_what_is_due_done_and_missed(dispatching, programme, owner, lead, first, sign_in, at):
    at("2015-09-15 10:00")
    hold_meeting(programme, lead, D(2015, 9, 1), action=first)
    at("2015-10-20 10:00")
    keep_rhythm(programme, owner, title="一季一排名", record="RANKING", months=[9], length=3)
    page = read(sign_in(owner), "/rhythm/")
    assert "到今天应办 <b>8</b> 次，已办 <b>1</b> 次，缺 <b>7</b> 次" in page
    assert "一月一调度9月：7家中缺：县重点办、" in page
    assert f"/rhythm/{dispatching.pk}/10/" in page
    assert f"/plans/{programme.pk}/rhythm/" in page
    own = read(sign_in(owner), "/rhythm/", unit="县发改局")
    assert "已办 <b>1</b> 次，缺 <b>0</b> 次" in own
    assert "一季一排名" not in own


def test_who_has_no_business_here_does_not_come_in(dispatching, admin, auditor, outsider, sign_in):
    for address in ("/rhythm/", "/rhythm/list/", "/rhythm/calendar.ics"):
        assert [sign_in(user).get(address).status_code for user in (admin, auditor)] == [403, 403]
        assert sign_in(outsider).get(address).status_code == 200
    assert sign_in(admin).get(f"/rhythm/{dispatching.pk}/10/").status_code == 404
    assert sign_in(outsider).get(f"/rhythm/{dispatching.pk}/").status_code == 403
    assert sign_in(outsider).get(f"/plans/{dispatching.plan_id}/rhythm/").status_code == 403


def test_the_list_is_filtered_and_leaves_as_shown(dispatching, owner, sign_in):
    desk = sign_in(owner)
    page = read(desk, "/rhythm/list/", state="MISSED", month="9")
    assert page.count("一月一调度</a>") == 7
    assert read(desk, "/rhythm/list/", state="DONE").count("一月一调度</a>") == 0
    answer = desk.get("/rhythm/list/", {"state": "MISSED", "unit": "县重点办", "format": "xlsx"})
    rows = [row for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True) if row[1]]
    assert [row[:5] for row in rows[-1:]] == [("2015年项目突破年", "一月一调度", "9月、10月", "县重点办", "2015年9月")]
    for wrong in ({"state": "X"}, {"year": "1999"}, {"plan": "0"}):
        assert "因此没有显示任何内容" in read(desk, "/rhythm/list/", **wrong)


def test_the_calendar_file_has_a_day_for_each_period(dispatching, owner, sign_in):
    answer = sign_in(owner).get("/rhythm/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20151031" in text
    assert f"UID:rhythm-{dispatching.pk}-201510@testserver" in text
    assert "SUMMARY:2015年项目突破年：一月一调度" in text


def test_a_duty_done_elsewhere_is_noted_by_its_unit(dispatching, lead, other_lead, outsider, sign_in):
    desk, address = sign_in(lead), f"/rhythm/{dispatching.pk}/9/"
    assert "本系统以外办的" in read(desk, address)
    assert "本系统以外办的" not in read(sign_in(outsider), address)
    answer = desk.post(address, {"unit": lead.unit_id, "text": "在工地开的", "done_on": "2015-10-21"})
    assert answer.status_code == 422
    assert "不晚于今天" in answer.content.decode()
    assert "在工地开的</textarea>" in answer.content.decode()
    assert desk.post(address, {"unit": other_lead.unit_id, "text": "x"}).status_code == 403
    done = desk.post(address, {"unit": lead.unit_id, "text": "在工地开的", "done_on": "2015-09-21"}, follow=True)
    assert "登记：在工地开的" in done.content.decode()
    assert "已撤回" in desk.post(address, {"unit": lead.unit_id, "withdraw": "1"}, follow=True).content.decode()
    assert not RhythmNote.objects.exists()
    assert desk.get(f"/rhythm/{dispatching.pk}/2/").status_code == 404


def test_records_open_for_who_may_read_them(dispatching, programme, owner, lead, other_lead, first, sign_in):
    meeting = hold_meeting(programme, lead, D(2015, 10, 1), action=first)
    address, link = f"/rhythm/{dispatching.pk}/10/", f'href="/occasions/{meeting.pk}/"'
    assert link in read(sign_in(owner), address)
    assert link in read(sign_in(lead), address)
    assert link not in read(sign_in(other_lead), address)


def test_what_was_handed_down_opens_as_its_issuers_list(programme, owner, civil, sign_in):
    rule = keep_rhythm(programme, owner, title="交办", record="DIRECTIVE", months=[10])
    hand_down(owner, civil)
    desk = sign_in(owner)
    page = read(desk, f"/rhythm/{rule.pk}/10/")
    (address,) = re.findall(r'href="(/directives/[^"]+)"', page.split("<main")[1])
    assert "江湾段23户房屋征拆" in read(desk, html.unescape(address))


def test_the_office_writes_and_changes_the_rules(programme, owner, sign_in):
    desk, address = sign_in(owner), f"/plans/{programme.pk}/rhythm/"
    assert "放入通知规定的各项" in read(desk, address)
    assert "已放入14条规则" in desk.post(f"{address}lay-down/", follow=True).content.decode()
    again = desk.post(address, FORM)
    assert again.status_code == 422
    assert "已在2015年项目突破年的日历里" in again.content.decode()
    wrong = desk.post(address, FORM | {"title": "走访", "who": "NAMED", "months": []}).content.decode()
    assert "请写明是哪些单位。" in wrong
    assert "请至少选一个月份。" in wrong
    unknown = desk.post(address, FORM | {"title": "走访", "who": "NAMED", "named": "县不存在局"}).content.decode()
    assert "没有名为“县不存在局”的单位" in unknown
    rule = Rhythm.objects.get(title="一月一调度")
    one = f"/rhythm/{rule.pk}/"
    assert 'value="一月一调度"' in read(desk, one)
    saved = desk.post(
        one, FORM | {"version": rule.version, "due_day": "5", "due_next": "on"}, follow=True
    ).content.decode()
    assert "次月5日前" in saved
    assert "刚刚有人改过" in desk.post(one, FORM | {"version": rule.version}).content.decode()
    assert "已从日历删去" in desk.post(one, {"drop": "1"}, follow=True).content.decode()


@pytest.mark.parametrize("more", [False, True])
def test_the_same_questions_for_few_and_many(
    more, programme, owner, lead, first, make_plan, sign_in, django_assert_num_queries
):
    keep_rhythm(programme, owner, title="月报汇总", record="PERIOD", months=[9])
    keep_rhythm(programme, owner, title="督查", record="VISIT", months=[9], who="NAMED", units=[lead.unit])
    papers = ("BULLETIN", "APPRAISAL", "MEDIA", "SUMMARY", "SCHEME", "RANKING", "ASSESSMENT")
    for record in ("INSPECTION", "ACTIVITY", "MEETING", *papers):
        keep_rhythm(programme, owner, title=record, record=record, months=[9])
    keep_rhythm(programme, owner, title="一月一调度", record="DISPATCH", months=[9, 10], who="ACTIONS")
    keep_rhythm(programme, owner, title="交办", record="DIRECTIVE", months=[9])
    keep_rhythm(programme, owner, title="销号", record="CLOSING", months=[9])
    keep_rhythm(programme, owner, title="专题会议", record="MEETING", months=[9])
    hold_meeting(programme, lead, D(2015, 10, 1), action=first)
    if more:
        lay_down(programme, owner)
        lay_down(make_plan(programme.office, "法治建设年", "LAW"), owner)
        hold_meeting(programme, owner, D(2015, 9, 1))
    desk, rule = sign_in(owner), Rhythm.objects.get(title="一月一调度")
    with django_assert_num_queries(PAGE):
        desk.get("/rhythm/")
    with django_assert_num_queries(LIST):
        desk.get("/rhythm/list/")
    with django_assert_num_queries(DUTY):
        desk.get(f"/rhythm/{rule.pk}/10/")
