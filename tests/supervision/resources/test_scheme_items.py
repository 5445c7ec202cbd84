"""Items of a scheme come in from a sheet as counties print it, and go back out by undoing."""

from decimal import Decimal

import pytest

from supervision.actions.schemes import begin_scheme, lock_scheme, write_item
from tests.portal.views.sheets import book, preview, take, told, undo

HEADS = ["指标类别", "指标名称", "分值", "评估内容和办法", "评分单位"]


@pytest.fixture
def scheme(plan, office, task):
    scheme = begin_scheme(plan, office, name="年度考核")
    write_item(scheme, office, title="任务进度", full=Decimal(40), way="SHARE", metric="progress", params={})
    return scheme


def test_new_items_are_marked_by_hand_and_known_ones_changed(desk, plan, scheme, civil):
    rows = [["基础工作", "组织领导", "15分", "有方案", "县民政局"], ["推进工作", "任务进度", 45, None, None]]
    found = take(desk, "scheme_items", book(HEADS, *rows), plan)
    first, second = scheme.items.all()
    assert (first.title, first.full, first.way, first.dimension) == ("任务进度", 45, "SHARE", "推进工作")
    assert (second.title, second.full, second.way, second.standard, second.scorer) == (
        "组织领导",
        15,
        "HAND",
        "有方案",
        civil,
    )
    undo(desk, found)
    assert [(item.title, item.full) for item in scheme.items.all()] == [("任务进度", 40)]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("很多", "满分应是大于0、最多两位小数的数，例如15或7.5。"),
        (0, "满分应是大于0、最多两位小数的数，例如15或7.5。"),
        (7.125, "满分应是大于0、最多两位小数的数，例如15或7.5。"),
        (None, "新的项目须填满分。"),
    ],
)
def test_a_full_mark_that_cannot_be_is_told(desk, plan, scheme, cell, sentence):
    result = preview(desk, "scheme_items", book(HEADS, ["基础工作", "组织领导", cell, "", ""]), plan)
    assert sentence in str(told(result))


def test_which_scheme_must_be_clear(desk, plan, scheme, office):
    row = ["基础工作", "组织领导", 10, "", ""]
    begin_scheme(plan, office, name="季度排名")
    assert "请写明是哪一份考评办法。" in str(told(preview(desk, "scheme_items", book(HEADS, row), plan)))
    lock_scheme(scheme, office)
    found = preview(desk, "scheme_items", book(["考评办法", *HEADS], ["年度考核", *row]), plan)
    assert "没有名为“年度考核”、还可以改的考评办法" in str(told(found))
