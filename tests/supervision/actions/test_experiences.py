"""A case of reform: offered by who has a part in the task, chosen by the office, copied once by others."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Conflict, Refusal
from supervision.actions.experiences import choose, copy, decline, offer, take_back
from supervision.models import Experience, ExperienceEvent
from supervision.tables.archived import BOOKS
from units.models import Notice

TOLD = {"title": "一窗受理", "difficulty": "跑五个窗口", "done": "并为一个窗口", "result": "平均少跑三趟"}


@pytest.fixture
def case(task, reporter):
    return offer(task, reporter, **TOLD)


def test_who_has_no_part_in_the_task_offers_nothing(task, make_user, water, office):
    for stranger in (make_user("shuili", "REPORTER", water), office):
        with pytest.raises(PermissionDenied):
            offer(task, stranger, **TOLD)
    assert not Experience.objects.exists()


def test_the_office_chooses_and_the_unit_is_told(case, office, reporter):
    chosen = choose(case, office, note="在全县推开", seen_version=1)
    assert (chosen.status, chosen.decision, chosen.version) == ("CHOSEN", "在全县推开", 2)
    assert Notice.objects.get(user=reporter, key__startswith="experience:").title == "选用：一窗受理"
    assert [event.verb for event in ExperienceEvent.objects.newest()] == ["选用", "推荐"]
    with pytest.raises(Conflict):
        decline(case, office, note="不合适", seen_version=1)


def test_a_no_and_a_taking_back_say_why(case, office, reporter):
    with pytest.raises(Refusal, match="请写明为什么不选用"):
        decline(case, office, note=" ")
    with pytest.raises(PermissionDenied):
        choose(case, reporter)
    with pytest.raises(Refusal, match="请写明为什么撤回"):
        take_back(case, reporter, reason="")
    assert take_back(case, reporter, reason="数字有误").status == "TAKEN_BACK"
    with pytest.raises(Refusal, match="不能变为"):
        choose(case, office)


def test_after_it_was_chosen_only_the_office_takes_it_back(case, office, reporter):
    choose(case, office)
    with pytest.raises(PermissionDenied):
        take_back(case, reporter, reason="不想公开")
    assert take_back(case, office, reason="经核查不实").status == "TAKEN_BACK"


def test_another_unit_copies_it_once(case, office, reporter, make_user, water):
    learner = make_user("shuili", "REPORTER", water)
    with pytest.raises(Refusal, match="还不能登记学用"):
        copy(case, learner, text="照着做")
    choose(case, office)
    with pytest.raises(Refusal, match="本单位自己的经验"):
        copy(case, reporter, text="照着做")
    with pytest.raises(Refusal, match="请写明在本单位怎样学用"):
        copy(case, learner, text=" ")
    copy(case, learner, text="三个站所合并受理")
    with pytest.raises(Already, match="已经登记过学用"):
        copy(case, learner, text="又一次")
    assert Experience.objects.with_copies().get().copied == 1


def test_the_archive_holds_them_and_says_which_wait(case, task, office, make_user, water):
    book = next(each for each in BOOKS if each.name == "改革经验")
    assert list(book.open(task.plan)) == ["改革经验“一窗受理”还没有定是否选用。"]
    copy(choose(case, office), make_user("shuili", "REPORTER", water), text="三个站所合并受理")
    assert (list(book.open(task.plan)), book.counts(task.plan)) == ([], {"改革经验": 1, "经验学用": 1})
    cases, copies = book.sheets(task.plan, [])
    assert [row[1] for row in cases.rows] == ["一窗受理"]
    assert [row[:3] for row in copies.rows] == [[case.pk, water, "三个站所合并受理"]]
