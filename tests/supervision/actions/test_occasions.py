"""Occasions on their way: planned, told, held or not, settled and answered; their files and what is said later."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from kit.refusal import Already, Conflict, Refusal
from reports.actions.files import sweep
from supervision.actions.directives import checking
from supervision.actions.findings import attach_file, look_again, note_finding, remove_file
from supervision.actions.meetings import add_item, judge_item, revise_occasion, settle_occasion
from supervision.actions.occasions import (
    add_word,
    announce_occasion,
    answer_occasion,
    drop_occasion,
    hold_occasion,
    plan_occasion,
    set_stops,
)
from supervision.models import Item, Occasion, OccasionFile
from supervision.permissions import can_organise
from tasks.models import Sector
from tests.supervision.conftest import stop_at
from tests.supervision.directives import bring_to, hand_down
from units.models import Notice

D = datetime.date
TODAY = D(2015, 10, 20)


def test_who_organises(programme, plan, owner, office, lead, other_lead, inspector, leader, reporter, outsider, water):
    assert [can_organise(user, programme) for user in (owner, lead, other_lead, inspector)] == [True] * 4
    assert [can_organise(user, programme) for user in (office, leader, reporter, outsider)] == [False] * 4
    Sector.objects.filter(plan=programme, name="工业").update(lead=water)
    assert can_organise(outsider, programme)
    assert [can_organise(user, plan) for user in (office, inspector, lead)] == [True, True, False]


def test_a_task_of_the_reform_plan_gives_no_right_to_inspect(plan, task, reporter):
    assert not can_organise(reporter, plan)


def test_it_is_planned_once_within_the_plans_year(programme, inspector, make_inspection, leader):
    with pytest.raises(Refusal, match="2016年1月不在方案年度内"):
        make_inspection(month=D(2016, 1, 1))
    with pytest.raises(Refusal, match="结束日期2015-10-19早于开始日期2015-10-20"):
        make_inspection(ends_on=D(2015, 10, 19))
    with pytest.raises(PermissionDenied):
        plan_occasion(programme, leader, "INSPECTION", month=D(2015, 10, 1), title="x", held_on=TODAY)
    with pytest.raises(PermissionDenied):
        plan_occasion(programme, inspector, "VISIT", month=D(2015, 10, 1), title="x", held_on=TODAY)
    assert not Occasion.objects.exists()
    made = make_inspection()
    assert (made.status, made.unit, made.period_words) == ("PLANNED", inspector.unit, "四季度")
    with pytest.raises(Already, match="已经登记"):
        make_inspection()


@pytest.mark.parametrize(
    ("month", "span", "words"),
    [
        (10, 1, "10月"),
        (8, 2, "8-9月"),
        (7, 3, "三季度"),
        (1, 6, "上半年"),
        (7, 6, "下半年"),
        (1, 12, "全年"),
        (2, 3, "2-4月"),
    ],
)
def test_the_period_it_stands_for_is_said(month, span, words):
    assert Occasion(month=D(2015, month, 1), span=span).period_words == words


def test_a_day_of_the_schedule_is_not_left_outside(make_inspection, inspector, water):
    made = make_inspection(ends_on=D(2015, 10, 23))
    set_stops(made, inspector, [stop_at(unit=water), stop_at(unit=water, day=D(2015, 10, 23))])
    with pytest.raises(Refusal, match="第2站定在2015-10-23，不在新的日期内"):
        revise_occasion(made, inspector, ends_on=D(2015, 10, 22))
    assert revise_occasion(made, inspector, ends_on=D(2015, 10, 27)).last_on == D(2015, 10, 27)


def test_the_schedule_keeps_its_lines_by_their_key(inspection, inspector, project, civil, water, lead):
    first, second = inspection.stops.all()
    rows = [stop_at(unit=water), stop_at(project=project, key=first.pk)]
    set_stops(inspection, inspector, rows)
    assert [(stop.number, stop.answering) for stop in inspection.stops.all()] == [(1, water), (2, civil)]
    assert inspection.stops.get(number=2).pk == first.pk
    assert not inspection.stops.filter(pk=second.pk).exists()
    with pytest.raises(PermissionDenied):
        set_stops(inspection, lead, [])
    with pytest.raises(Refusal, match="2015-10-22不在督查的日期内"):
        set_stops(inspection, inspector, [stop_at(unit=water, day=D(2015, 10, 22))])
    with pytest.raises(Conflict):
        set_stops(inspection, inspector, [], seen_version=1)
    assert inspection.stops.count() == 2


def test_the_notice_goes_once_to_each_named_unit(
    inspection, inspector, reporter, outsider, civil, water, make_inspection
):
    assert not Occasion.objects.visible_to(outsider).exists()
    announce_occasion(inspection, inspector, "督〔2015〕3号")
    with pytest.raises(Already):
        announce_occasion(inspection, inspector)
    assert {notice.user for notice in Notice.objects.all()} == {reporter, outsider}
    assert Occasion.objects.visible_to(outsider).get() == inspection
    with pytest.raises(Refusal, match="先排好日程"):
        announce_occasion(make_inspection(title="另一次"), inspector)


def test_what_is_to_come_is_not_held_and_finds_nothing_yet(make_inspection, inspector, water):
    later = make_inspection(title="下月督查", held_on=D(2015, 11, 3))
    with pytest.raises(Refusal, match="2015-11-03还没有到"):
        hold_occasion(later, inspector)
    with pytest.raises(Refusal, match="还没有到，先改日期"):
        note_finding(later, inspector, key="0" * 32, stop=None, text="x", kind="FINDING")
    assert not Item.objects.exists()


def test_what_is_not_held_says_why(inspection, inspector, lead, reporter):
    with pytest.raises(PermissionDenied):
        drop_occasion(inspection, lead, "不想开")
    announce_occasion(inspection, inspector)
    dropped = drop_occasion(inspection, inspector, "与县委改革办的督查合并")
    assert (dropped.status, dropped.drop_reason) == ("DROPPED", "与县委改革办的督查合并")
    assert Notice.objects.filter(user=reporter, title__endswith="不再进行").exists()
    with pytest.raises(Already):
        drop_occasion(inspection, inspector, "又一次")
    for act in (hold_occasion, settle_occasion):
        with pytest.raises(Refusal, match="现在是“未开展”"):
            act(revised(inspection), inspector)


def revised(occasion):
    Occasion.objects.filter(pk=occasion.pk).update(conclusion="完成")
    return occasion


def test_the_conclusion_goes_to_the_inspected_who_answer_once(inspection, inspector, reporter, outsider, lead, civil):
    hold_occasion(inspection, inspector)
    with pytest.raises(Refusal, match="还没有写结论"):
        settle_occasion(inspection, inspector)
    revise_occasion(inspection, inspector, conclusion="总体进展正常，两处征拆滞后。")
    with pytest.raises(Refusal, match="结论还没有定"):
        answer_occasion(inspection, reporter, "没有意见")
    settle_occasion(inspection, inspector)
    told = Notice.objects.filter(key=f"conclusion:{inspection.pk}")
    assert {notice.user for notice in told} == {reporter, outsider}
    answer_occasion(inspection, reporter, "17户中已拆3户。")
    with pytest.raises(Already, match="只反馈一次"):
        answer_occasion(inspection, reporter, "再说一句")
    with pytest.raises(PermissionDenied):
        answer_occasion(inspection, lead, "与我无关")
    assert [(answer.unit, answer.text) for answer in inspection.answers.all()] == [(civil, "17户中已拆3户。")]


def test_after_the_conclusion_words_are_added_with_their_date(inspection, inspector, lead):
    with pytest.raises(Refusal, match="不用补充"):
        add_word(inspection, inspector, "x")
    hold_occasion(inspection, inspector)
    settle_occasion(revised(inspection), inspector)
    with pytest.raises(Refusal, match="内容不再改动"):
        revise_occasion(inspection, inspector, conclusion="改写")
    with pytest.raises(PermissionDenied):
        add_word(inspection, lead, "x")
    word = add_word(inspection, inspector, "11月3日复核，6号墩已复工。")
    with pytest.raises(Already):
        add_word(inspection, inspector, "11月3日复核，6号墩已复工。")
    assert (word.by, word.at.date(), inspection.events.last().note) == (inspector, TODAY, word.text)


def test_a_finding_sent_twice_is_one(inspection, inspector, lead, civil, project):
    stop = inspection.stops.first()
    said = {"key": "1" * 32, "stop": stop, "text": "6号墩未见施工", "kind": "FINDING", "cause": "LAND"}
    first = note_finding(inspection, inspector, **said)
    assert note_finding(inspection, inspector, **said) == first
    assert (first.project, first.unit, first.occasion.status) == (project, civil, "HELD")
    assert Item.objects.count() == 1
    with pytest.raises(PermissionDenied):
        note_finding(inspection, lead, **said | {"key": "2" * 32})
    praise = note_finding(inspection, inspector, **said | {"key": "3" * 32, "kind": "PRAISE"})
    assert (praise.number, praise.unit) == (2, None)


def test_a_key_of_another_occasion_tells_nothing(inspection, inspector, make_inspection):
    said = {"key": "1" * 32, "stop": None, "text": "x", "kind": "FINDING"}
    note_finding(inspection, inspector, **said)
    with pytest.raises(PermissionDenied):
        note_finding(make_inspection(title="另一次"), inspector, **said)


def test_what_was_closed_is_looked_at_again(inspection, inspector, lead, at):
    item = note_finding(inspection, inspector, key="1" * 32, stop=None, text="围挡未拆", kind="FINDING")
    assert not Item.objects.to_look_at_again().exists()
    with pytest.raises(Refusal, match="现在是“未整改”，整改以后才回头看"):
        look_again(item, inspector, is_back=False)
    judge_item(item, inspector, "KEPT")
    with pytest.raises(PermissionDenied):
        look_again(item, lead, is_back=False)
    look_again(item, inspector, is_back=False, note="现场已清")
    with pytest.raises(Already):
        look_again(item, inspector, is_back=False)
    at("2015-11-20 09:00:00")
    item = look_again(item, inspector, is_back=True, note="又堆上了")
    assert (item.kept_words, item.looked_by) == ("反弹", inspector)
    assert list(Item.objects.to_look_at_again()) == [item]
    assert item.occasion.events.last().changes == {"第1件": ["已整改", "反弹"]}


@pytest.fixture
def closed(inspection, inspector, civil, reporter):
    """A finding whose directive was closed."""
    item = note_finding(inspection, inspector, key="1" * 32, stop=None, text="围挡未拆", kind="FINDING", unit=civil)
    row = bring_to(hand_down(inspector, civil, item=item)[0], "CHECKING", reporter)
    checking.close(row, inspector, how="看过现场")
    return row


def test_what_came_back_reopens_its_directive_with_the_same_press_and_once(closed, inspector, at):
    at("2015-11-20 09:00:00")
    with pytest.raises(Refusal, match="请写明新期限"):
        look_again(closed.item, inspector, is_back=True, note="又堆上了")
    assert Item.objects.get().looked_at is None
    look_again(closed.item, inspector, is_back=True, note="又堆上了", due_on=D(2015, 11, 27))
    closed.refresh_from_db()
    assert (closed.status, closed.due_on, closed.rebounds) == ("ONGOING", D(2015, 11, 27), 1)
    assert closed.events.last().note == "回头看：又堆上了"
    with pytest.raises(Already):
        look_again(closed.item, inspector, is_back=True, note="又堆上了", due_on=D(2015, 11, 27))
    at("2015-11-23 09:00:00")
    look_again(closed.item, inspector, is_back=True, note="还堆着", due_on=D(2015, 12, 4))
    closed.refresh_from_db()
    assert (closed.due_on, closed.rebounds) == (D(2015, 11, 27), 1)


def test_who_looked_for_another_issuer_tells_it(closed, owner, inspector, programme):
    closed.item.occasion.co_organisers.add(programme.office)
    look_again(closed.item, owner, is_back=True, note="又堆上了")
    closed.refresh_from_db()
    assert closed.status == "CLOSED"
    assert Notice.objects.filter(user=inspector, title__startswith="回头看发现反弹").exists()


def test_files_are_kept_with_their_row_and_not_swept(inspection, inspector, lead):
    item = note_finding(inspection, inspector, key="1" * 32, stop=None, text="x", kind="FINDING")
    row = attach_file(inspection, inspector, pdf(b"1"), item)
    with pytest.raises(Already, match="内容相同"):
        attach_file(inspection, inspector, pdf(b"1"), item)
    with pytest.raises(PermissionDenied):
        attach_file(inspection, lead, pdf(b"2"))
    for number in range(2, 11):
        attach_file(inspection, inspector, pdf(b"%d" % number), item)
    with pytest.raises(Refusal, match="每件最多10个文件"):
        attach_file(inspection, inspector, pdf(b"11"), item)
    assert OccasionFile.objects.count() == 10
    assert sweep() == []
    remove_file(row, inspector)
    assert OccasionFile.objects.present().count() == 9


def pdf(more):
    return SimpleUploadedFile("现场.pdf", b"%PDF-1.4 " + more)


def test_an_old_file_of_an_occasion_is_no_orphan(inspection, inspector, settings, monkeypatch):
    attach_file(inspection, inspector, pdf(b"1"))
    monkeypatch.setattr("reports.actions.files.ORPHAN_AGE", datetime.timedelta(days=-1))
    assert sweep() == []


def test_a_meeting_with_a_title_is_no_dispatch(programme, owner, civil):
    meeting = plan_occasion(
        programme, owner, "MEETING", month=D(2015, 10, 1), title="领导小组第三次会议", held_on=TODAY
    )
    assert not Occasion.objects.meetings().exists()
    add_item(meeting, owner, text="审议通过", unit=civil)
    assert not Item.objects.promises(programme, D(2015, 11, 1)).exists()
    settle_occasion(meeting, owner)
    assert Occasion.objects.get().status == "SETTLED"


def test_what_was_found_is_the_inspecteds_with_the_conclusion(inspection, inspector, reporter, mayor, outsider, leader):
    item = note_finding(
        inspection, inspector, key="1" * 32, stop=inspection.stops.first(), text="6号墩停工", kind="FINDING"
    )
    assert not Occasion.objects.visible_to(mayor).exists()
    people = (reporter, mayor, outsider, leader, inspector)
    seen = [Item.objects.visible_to(user).filter(pk=item.pk).exists() for user in people]
    assert seen == [False, False, False, True, True]
    settle_occasion(revised(inspection), inspector)
    seen = [Item.objects.visible_to(user).filter(pk=item.pk).exists() for user in people]
    assert seen == [True, True, False, True, True]
    assert Occasion.objects.visible_to(mayor).get() == inspection
