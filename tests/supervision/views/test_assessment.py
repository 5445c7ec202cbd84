"""Pages of schemes: started from a preset, written with sentences beside fields, said in words, tried on past months."""

import datetime
import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from kit.deadlines import next_month
from reports.actions.periods import close_period, open_period
from supervision.actions.presets import start_from
from supervision.actions.rounds.running import open_round
from supervision.actions.schemes import lock_scheme, write_group
from supervision.dashboard.calculation import calculate
from supervision.dashboard.simulation import simulate, spans
from supervision.models.round import Round, Subject
from supervision.models.scheme import PeerGroup, Scheme

D = datetime.date
HEAD = {
    "name": "季度排名",
    "purpose": "RANKING",
    "subjects": "UNIT",
    "months": "3",
    "minimum": "4",
    "low_count": "2",
    "streak": "2",
    "steps": ["NOTICE"],
    "objection_workdays": "3",
    "classes": "优秀 90\n良好 80",
}
ITEM = {"title": "进度", "full": "60", "metric": "progress", "way": "SHARE", "missing": "CONVERTED"}


@pytest.fixture
def scheme(plan, office, task, civil, labour):
    """By a preset, with one group of two."""
    made = start_from(plan, office, "reform_quarter")
    PeerGroup.objects.filter(scheme=made).delete()
    write_group(made, office, name="县直单位", units=[civil, labour])
    return Scheme.objects.get()


@pytest.fixture
def closed(plan, task, at):
    """The third quarter's months, closed."""
    month = D(2015, 7, 1)
    while month <= D(2015, 9, 1):
        at(f"{month:%Y-%m}-02 10:00:00")
        period = open_period(plan, month)
        at(f"{next_month(month):%Y-%m}-11 10:00:00")
        close_period(period)
        month = next_month(month)
    return plan


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def page(desk, name, /, *keys, **data):
    return desk.post(reverse(name, args=keys), data) if data else desk.get(reverse(name, args=keys))


def test_a_preset_is_one_press(plan, task, office, sign_in):
    desk = sign_in(office)
    assert "季度排名" in text_of(page(desk, "scheme_list"))
    answer = page(desk, "scheme_start", plan.pk, preset="reform_quarter")
    made = Scheme.objects.get()
    assert answer.url == reverse("scheme", args=[made.pk])
    shown = text_of(desk.get(answer.url))
    assert "满分起扣：红灯每次扣2分、黄灯每次扣1分，最多扣20分" in shown
    assert "“其他单位”组只有2家，少于成组最少4家：只列得分，不排名次。" in shown
    assert "组内末2名且未达目标" in shown


def test_who_may_start_one(plan, task, other_office, reporter, leader, sign_in):
    for user in (other_office, reporter, leader):
        assert page(sign_in(user), "scheme_start", plan.pk, preset="reform_quarter").status_code == 403
    assert not Scheme.objects.exists()


def test_a_scheme_is_written_from_nothing(plan, civil, labour, office, sign_in):
    desk = sign_in(office)
    made = page(desk, "scheme_new", plan.pk, **HEAD).url
    scheme = Scheme.objects.get()
    assert (made, scheme.classes, scheme.steps) == (
        reverse("scheme", args=[scheme.pk]),
        [["优秀", "90"], ["良好", "80"]],
        ["NOTICE"],
    )
    page(desk, "scheme_group_new", scheme.pk, version=scheme.version, name="县直", units="县民政局、县人社局")
    page(desk, "scheme_item_new", scheme.pk, version=scheme.version + 1, **ITEM, SHARE_least="50")
    item = scheme.items.get()
    assert (item.params, item.full, item.metric) == ({"least": "50"}, 60, "progress")
    assert "各项满分合计60，不是100，差40分。" in text_of(page(desk, "scheme", scheme.pk))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"full": "0"}, "满分须大于0。"),
        ({"metric": "weather"}, "选择一个有效的选项"),
        ({"way": "POINTS"}, "请填写每个百分点的分值。"),
        ({"way": "SHARE", "SHARE_target": "0"}, "目标数不能是0，除以0没有得数。"),
        ({"way": "EVENTS", "EVENTS_each": "迟报"}, "“迟报”应写成两部分，中间空一格，每行一个。"),
        ({"way": "EVENTS", "EVENTS_each": "迟报 1\n迟报 2"}, "同一个词写了两遍。"),
        ({"way": "EVENTS", "EVENTS_each": "迟报 1"}, "“任务进度”里没有“迟报”，可写的是（没有可扣分的情形）。"),
        ({"way": "BANDS", "BANDS_bands": "80 5\n90 10", "BANDS_by": "value"}, "各档从高到低写"),
        ({"way": "HAND"}, "“评分单位评定”由人评定，不能再选取数。"),
        ({"missing": "BASIC"}, "不适用时给基本分的，请写明基本分，不超过满分60分。"),
        ({"way": "EVENTS", "metric": "lights", "EVENTS_each": "红灯 1e-400"}, "每次扣几分应是大于0的数。"),
        ({"way": "SHARE", "SHARE_least": "9" * 5000}, "确认总共不超过 12 个数字"),
        ({"scorer": "县天文局"}, "没有名为“县天文局”的单位"),
    ],
)
def test_an_item_that_cannot_be_is_told_beside_its_field(scheme, office, sign_in, values, sentence):
    answer = page(sign_in(office), "scheme_item_new", scheme.pk, version=scheme.version, **ITEM | values)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert scheme.items.count() == 6


def test_the_full_mark_of_a_group_missing_is_told(scheme, office, town, sign_in):
    desk, first = sign_in(office), scheme.groups.get()
    other = write_group(scheme, office, name="乡镇", units=[town])
    scheme.refresh_from_db()
    asked = ITEM | {f"full_{first.pk}": "60"}
    answer = page(desk, "scheme_item_new", scheme.pk, version=scheme.version, **asked)
    assert "其他组写了满分，这一组也要写；不评的写0。" in text_of(answer)
    page(desk, "scheme_item_new", scheme.pk, version=scheme.version, **asked, **{f"full_{other.pk}": "0"})
    assert {each.group: each.full for each in scheme.items.last().full_marks.all()} == {first: 60, other: 0}


def test_an_item_is_changed_and_dropped(scheme, office, sign_in):
    desk = sign_in(office)
    shown = text_of(page(desk, "scheme_item", scheme.pk, 2))
    assert "红灯 2" in shown
    answer = page(desk, "scheme_item", scheme.pk, 2, version=scheme.version - 1, **ITEM)
    assert "刚刚有人改过" in text_of(answer)
    page(desk, "scheme_item", scheme.pk, 2, version=scheme.version, **ITEM | {"title": "任务推进"})
    assert scheme.items.get(number=2).title == "任务推进"
    page(
        desk, "scheme_item", scheme.pk, 2, version=scheme.version + 1, **ITEM | {"way": "POINTS", "POINTS_per": "0.125"}
    )
    assert scheme.items.get(number=2).params == {"per": "0.125"}
    page(desk, "scheme_item", scheme.pk, 2, drop="1")
    assert scheme.items.count() == 5
    assert page(desk, "scheme_item", scheme.pk, 9).status_code == 404


def test_forbidden_ground_is_warned_of_and_kept(scheme, office, sign_in):
    desk = sign_in(office)
    page(
        desk,
        "scheme_item_new",
        scheme.pk,
        version=scheme.version,
        title="领导批示",
        full="5",
        way="HAND",
        missing="CONVERTED",
    )
    assert "写到“领导批示”，按2024年减负规定" in text_of(page(desk, "scheme", scheme.pk))
    assert scheme.items.filter(title="领导批示").exists()


def test_classes_are_numbers_from_the_best_down(plan, office, sign_in):
    desk = sign_in(office)
    for classes, sentence in (
        ("优秀 九十", "应是数字"),
        ("优秀 1e-400", "应是数字"),
        ("良好 80\n优秀 90", "等次从高到低写。"),
    ):
        assert sentence in text_of(page(desk, "scheme_new", plan.pk, **HEAD | {"classes": classes}))


def test_a_group_and_the_head_are_changed(scheme, office, water, sign_in):
    desk, group = sign_in(office), scheme.groups.get()
    page(
        desk,
        "scheme_group",
        scheme.pk,
        group.pk,
        version=scheme.version,
        name="县直",
        units="县水利局",
        is_outside="on",
    )
    group.refresh_from_db()
    assert (group.name, group.is_outside, group.units.get()) == ("县直", True, water)
    page(desk, "scheme_edit", scheme.pk, version=scheme.version + 1, **HEAD | {"low_count": "1"})
    assert Scheme.objects.get().low_count == 1
    page(desk, "scheme_group", scheme.pk, group.pk, drop="1")
    assert not scheme.groups.exists()


def test_a_used_scheme_gets_a_next_version(scheme, office, reporter, sign_in):
    assert page(sign_in(reporter), "scheme", scheme.pk).status_code == 404
    lock_scheme(scheme, office)
    assert page(sign_in(reporter), "scheme", scheme.pk).status_code == 200
    assert page(sign_in(reporter), "scheme_edit", scheme.pk).status_code == 403
    desk = sign_in(office)
    answer = page(desk, "scheme_deed", scheme.pk, "next", x="1")
    assert answer.url == reverse("scheme", args=[Scheme.objects.get(serial=2).pk])
    assert "已有季度排名（第2版）" in text_of(page(desk, "scheme", scheme.pk))
    page(desk, "scheme_deed", Scheme.objects.get(serial=2).pk, "drop", x="1")
    assert Scheme.objects.count() == 1


def test_standards_are_taken_in_one_press(scheme, task, office, sign_in):
    desk = sign_in(office)
    assert "取入" not in text_of(page(desk, "scheme", scheme.pk))
    task.standard = "有制度，有台账"
    task.save()
    assert page(desk, "scheme_deed", scheme.pk, "standards", marks="").status_code == 422
    page(desk, "scheme_deed", scheme.pk, "standards", marks="30")
    item = scheme.items.get(task=task)
    assert (item.full, item.standard) == (30, "有制度，有台账")


def test_a_scheme_leaves_as_a_sheet(scheme, office, sign_in):
    for name, keys in (("scheme_list", []), ("scheme", [scheme.pk])):
        answer = sign_in(office).get(reverse(name, args=keys), {"format": "xlsx"})
        assert answer["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_questions_for_one_as_for_three(
    plan, task, office, sign_in, count, django_assert_num_queries
):
    desk = sign_in(office)
    for n in range(count):
        Scheme.objects.create(plan=plan, unit=plan.office, name=f"办法{n}")
    page(desk, "scheme_list")
    with django_assert_num_queries(LIST):
        page(desk, "scheme_list")


LIST = 8


def test_a_simulation_is_what_the_round_gives(scheme, closed, office, civil, sign_in):
    assert spans(scheme) == [(D(2015, 7, 1), D(2015, 9, 1))]
    simulated = simulate(scheme, D(2015, 7, 1), D(2015, 9, 1))
    assert simulated.result.rows == calculate(scheme, D(2015, 7, 1), D(2015, 9, 1)).rows
    assert not Round.objects.exists()
    shown = text_of(page(sign_in(office), "scheme_simulation", scheme.pk))
    assert "2015年三季度模拟" in shown
    assert "县直单位不足4家，不排名次" in shown
    sheet = sign_in(office).get(reverse("scheme_simulation", args=[scheme.pk]), {"format": "xlsx", "from": "2015-07"})
    assert sheet["Content-Type"].endswith("sheet")


def test_a_round_gives_what_was_simulated(scheme, closed, office):
    scheme.minimum = 2
    scheme.save()
    simulated = simulate(scheme, D(2015, 7, 1), D(2015, 9, 1)).result
    round_ = open_round(scheme, office, D(2015, 7, 1))
    stored = {row.name: row for row in round_.subjects.prefetch_related("scores__item")}
    assert len(simulated.rows) == 2
    for row in simulated.rows:
        subject = stored[row.name]
        assert (subject.total, subject.rank, subject.is_low) == (row.total, row.rank, row.is_low)
        assert {(each.item, each.mark) for each in subject.scores.all()} == {
            (each.item, each.mark) for each in row.scores
        }
    assert {row.rank for row in simulated.rows} != {None}


def test_a_simulation_shows_the_published_rank_beside(scheme, closed, civil):
    round_ = Round.objects.create(scheme=scheme, month=D(2015, 7, 1), until=D(2015, 9, 1), status="PUBLISHED")
    Subject.objects.create(round=round_, unit=civil, name="县民政局", rank=7)
    assert simulate(scheme, D(2015, 7, 1), D(2015, 9, 1)).published == {f"unit-{civil.pk}": 7}


def test_what_one_item_decides(scheme, closed, civil, labour, office, make_task):
    make_task(scheme.plan, "9", lead=labour, progress=90)
    scheme.minimum = 1
    scheme.save()
    simulated = simulate(scheme, D(2015, 7, 1), D(2015, 9, 1))
    by_title = {each.item.title: each for each in simulated.weights}
    assert by_title["任务亮灯"].most - by_title["任务亮灯"].least == by_title["任务亮灯"].spread
    assert all(isinstance(each.spread, Decimal | None) for each in simulated.weights)


def test_a_scheme_that_is_not_sound_or_has_no_month_is_not_simulated(scheme, office, sign_in):
    desk = sign_in(office)
    assert "还没有结账的月份" in text_of(page(desk, "scheme_simulation", scheme.pk))
    scheme.items.filter(number=1).update(full=30)
    assert "各项满分合计95，不是100，差5分。" in text_of(page(desk, "scheme_simulation", scheme.pk))


def test_who_sees_a_simulation(scheme, office, leader, reporter, sign_in):
    lock_scheme(scheme, office)
    wanted = {leader: 200, reporter: 403}
    assert {user: page(sign_in(user), "scheme_simulation", scheme.pk).status_code for user in wanted} == wanted
    answer = sign_in(leader).get(reverse("scheme_simulation", args=[scheme.pk]), {"from": "2015-13"})
    assert "没有从“2015-13”开始" in text_of(answer)
