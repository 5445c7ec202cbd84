"""Schemes are written by their office until they were used; then a further version follows."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Refusal
from supervision.actions.schemes import (
    begin_scheme,
    change_scheme,
    drop_group,
    drop_item,
    drop_scheme,
    lock_scheme,
    next_version,
    require_sound,
    write_group,
    write_item,
)
from supervision.models import Round, Score, Subject
from supervision.models.scheme import Scheme, SchemeEvent

ITEM = {"title": "进度", "full": Decimal(100), "way": "SHARE", "metric": "progress"}


@pytest.fixture
def scheme(plan, office):
    return begin_scheme(plan, office, name="季度排名")


def verbs(scheme):
    return list(SchemeEvent.objects.filter(subject=scheme.pk).order_by("pk").values_list("verb", flat=True))


def test_the_office_and_the_inspectorate_begin_their_own(plan, office, inspector, other_office, reporter, leader):
    assert begin_scheme(plan, office, name="季度排名").unit == plan.office
    assert begin_scheme(plan, inspector, name="督查考核").unit == inspector.unit
    for user in (other_office, reporter, leader):
        with pytest.raises(PermissionDenied):
            begin_scheme(plan, user, name="别的")
    with pytest.raises(Refusal, match="已有“季度排名”"):
        begin_scheme(plan, office, name="季度排名")


def test_items_are_written_changed_and_dropped_with_their_trace(scheme, office, civil, labour):
    group = write_group(scheme, office, name="县直", units=[civil, labour])
    first = write_item(scheme, office, **ITEM)
    second = write_item(scheme, office, **ITEM | {"title": "亮灯", "metric": "lights"}, fulls={group.pk: Decimal(40)})
    assert (first.number, second.number) == (1, 2)
    assert second.full_marks.get().full == 40
    write_item(scheme, office, item=first, title="任务进度")
    event = SchemeEvent.objects.newest().first()
    assert (event.verb, event.changes) == ("修改项目", {"项目": ["进度", "任务进度"]})
    drop_item(first, office)
    second.refresh_from_db()
    assert second.number == 1
    assert verbs(scheme) == ["制定", "新增考评组", "新增项目", "新增项目", "修改项目", "删去项目"]


def test_an_item_that_cannot_be_is_refused(scheme, office):
    with pytest.raises(Refusal, match="没有“天气”这种取数"):
        write_item(scheme, office, **ITEM | {"metric": "天气"})
    with pytest.raises(Refusal, match="请填写每个百分点的分值"):
        write_item(scheme, office, **ITEM | {"way": "POINTS"})
    assert not scheme.items.exists()


def test_a_unit_stands_in_one_group(scheme, office, civil, labour):
    group = write_group(scheme, office, name="县直", units=[civil])
    with pytest.raises(Refusal, match="县民政局已在“县直”组，一个单位只能在一个组"):
        write_group(scheme, office, name="乡镇", units=[civil, labour])
    with pytest.raises(Refusal, match="已有“县直”组"):
        write_group(scheme, office, name="县直", units=[labour])
    write_group(scheme, office, group=group, name="县直单位", units=[civil, labour], is_outside=True)
    assert SchemeEvent.objects.newest().first().changes == {
        "组名": ["县直", "县直单位"],
        "不参加排名": ["否", "是"],
        "单位": ["县民政局", "县民政局、县人社局"],
    }
    drop_group(group, office)
    assert not scheme.groups.exists()


def test_two_who_write_at_once_do_not_overwrite(scheme, office):
    seen = scheme.version
    change_scheme(scheme, office, seen_version=seen, low_count=3)
    with pytest.raises(Refusal, match="刚刚有人改过"):
        change_scheme(scheme, office, seen_version=seen, low_count=1)
    with pytest.raises(Already):
        change_scheme(scheme, office, low_count=3)
    assert Scheme.objects.get().low_count == 3


def test_others_may_not_write(scheme, other_office, inspector, head):
    for user in (other_office, inspector, head):
        with pytest.raises(PermissionDenied):
            change_scheme(scheme, user, low_count=3)


def test_a_used_scheme_stays_and_a_next_version_follows(scheme, office, civil):
    group = write_group(scheme, office, name="县直", units=[civil])
    write_item(scheme, office, **ITEM, fulls={group.pk: Decimal(90)})
    with pytest.raises(Refusal, match="还没有用过，可以直接改"):
        next_version(scheme, office)
    lock_scheme(scheme, office)
    with pytest.raises(Refusal, match="已经用过，不能再改；要改的请另立一版"):
        change_scheme(scheme, office, low_count=9)
    made = next_version(scheme, office)
    assert (made.serial, made.follows, made.is_locked) == (2, scheme, False)
    assert [each.full for each in made.items.get().full_marks.all()] == [90]
    assert made.groups.get().units.get() == civil
    with pytest.raises(Refusal, match="不能改名"):
        change_scheme(made, office, name="另一个")
    with pytest.raises(Already):
        next_version(scheme, office)


def test_what_a_round_has_marks_in_is_not_dropped(scheme, office, civil):
    item = write_item(scheme, office, **ITEM)
    round_ = Round.objects.create(scheme=scheme, month="2015-07-01", until="2015-09-01")
    Score.objects.create(subject=Subject.objects.create(round=round_, unit=civil, name="x"), item=item, full=100)
    with pytest.raises(Refusal, match="已在一次试算里有得分"):
        drop_item(item, office)
    with pytest.raises(Refusal, match="已有考评，不能删去"):
        drop_scheme(scheme, office)


def test_an_unused_scheme_goes(scheme, office):
    drop_scheme(scheme, office)
    assert not Scheme.objects.exists()
    assert SchemeEvent.objects.newest().first().verb == "删去"


def test_an_unsound_scheme_is_not_used(scheme, office):
    with pytest.raises(Refusal, match="还不能用：还没有考评项目"):
        require_sound(scheme)


def test_who_sees_a_scheme(scheme, office, reporter, leader, other_office, auditor):
    def sees(user):
        return Scheme.objects.visible_to(user).exists()

    assert [sees(user) for user in (office, leader, reporter, other_office, auditor)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    round_ = Round.objects.create(scheme=scheme, month="2015-07-01", until="2015-09-01")
    Subject.objects.create(round=round_, unit=reporter.unit, name="x")
    write_item(scheme, office, **ITEM | {"way": "HAND", "metric": "", "scorer": other_office.unit})
    assert [sees(user) for user in (reporter, other_office)] == [False, False]
    Round.objects.update(status="SELF")
    assert [sees(user) for user in (reporter, other_office, auditor)] == [True, True, False]
    Round.objects.update(status="TRIAL")
    lock_scheme(scheme, office)
    assert [sees(user) for user in (reporter, other_office, auditor)] == [True, True, False]
