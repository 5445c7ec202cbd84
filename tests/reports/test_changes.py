"""Differences between two texts and two filings."""

from reports import changes
from reports.fields import ENTRY


def entry(**values):
    blank = ENTRY.plain_of({}) | {"progress": 40, "light": "GREEN", "files": []}
    return {"task": 7, "number": "43", "title": "核对平台"} | blank | values


def filed(*entries):
    return {"entries": list(entries)}


def test_a_number_changes_as_a_whole_and_chinese_by_the_character():
    assert changes.pieces("完成45%，入住23人", "完成55%，入住23户") == [
        ("same", "完成"),
        ("old", "45%"),
        ("new", "55%"),
        ("same", "，入住23"),
        ("old", "人"),
        ("new", "户"),
    ]


def test_pieces_give_both_texts_back():
    old, new = "已招标。\n联调未完成。", "已招标，签订合同。\n联调完成。"
    found = changes.pieces(old, new)
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "old") == new


def test_very_long_texts_stand_as_wholes():
    assert changes.pieces("甲" * 7000, "乙") == [("old", "甲" * 7000), ("new", "乙")]


def test_only_what_differs_is_told_in_words():
    old, new = entry(done="甲"), entry(done="甲", progress=60, light="YELLOW", no_change=True)
    assert [(row.label, row.old, row.new) for row in changes.rows_between(old, new)] == [
        ("累计进度", "40%", "60%"),
        ("自评灯色", "绿灯", "黄灯"),
        ("本月无变化", "否", "是"),
    ]


def test_a_file_replaced_under_the_same_name_is_a_change():
    old = entry(files=[{"name": "照片.jpg", "sha256": "a"}])
    new = entry(files=[{"name": "照片.jpg", "sha256": "b"}])
    assert [row.label for row in changes.rows_between(old, new)] == ["附件"]
    assert changes.rows_between(old, old) == ()


def test_tasks_that_came_and_went_are_told():
    old, new = filed(entry(), entry(task=8, number="44")), filed(entry(), entry(task=9, number="45"))
    assert [(each.number, each.kind) for each in changes.between(old, new)] == [("45", "new"), ("44", "gone")]
