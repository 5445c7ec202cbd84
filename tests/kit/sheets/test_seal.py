"""Facts come back as they left, or not at all."""

import pytest

from kit.sheets import BrokenSeal, SheetRead, sealed, unsealed

FACTS = [["unit", "县民政局"], ["entry", "43", "", "1:ab"], ["empty", ""]]


def back(rows, name="_meta"):
    return [SheetRead("填报", (("编号",),)), SheetRead(name, tuple(tuple(row) for row in rows), hidden=True)]


def refused(sheets, schema="form.1"):
    with pytest.raises(BrokenSeal) as caught:
        unsealed(sheets, schema, "填报表")
    return str(caught.value)


def test_facts_come_back_whatever_the_sheet_is_called():
    assert unsealed(back(sealed("form.1", FACTS)), "form.1", "填报表") == [FACTS[0], FACTS[1], ["empty"]]
    rows = [[value or None for value in row] + [None] for row in sealed("form.1", FACTS)]
    assert unsealed(back([*rows, [None]], "_meta 2"), "form.1", "填报表")[0] == FACTS[0]


@pytest.mark.parametrize("change", ["value", "drop", "swap", "add", "signature", "schema", "short"])
def test_any_change_breaks_it(change):
    rows = sealed("form.1", FACTS)
    if change == "value":
        rows[1][1] = "县水利局"
    elif change == "drop":
        del rows[2]
    elif change == "swap":
        rows[1], rows[2] = rows[2], rows[1]
    elif change == "add":
        rows.insert(1, ["entry", "44"])
    elif change == "signature":
        rows[-1][1] = rows[-1][1][:-1]
    elif change == "schema":
        rows[0][1] = "form.2"
    else:
        rows[-1] = ["signature"]
    assert refused(back(rows), "form.2" if change == "schema" else "form.1") == (
        "填报表的校验页被改动过，不能导入。请重新下载后填写；内容可以整列复制过去。"
    )


def test_another_kind_of_sheet_and_none_at_all():
    assert "另一种表格" in refused(back(sealed("form.2", FACTS)))
    assert "缺了隐藏的校验页" in refused(back([["别的", "x"]]))
    assert "缺了隐藏的校验页" in refused([])


def test_former_keys_hold_and_a_schema_cannot_borrow_another_s_signature(settings):
    rows = sealed("form.1", FACTS)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "new-key-" * 8
    assert "改动过" in refused(back(rows))
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unsealed(back(rows), "form.1", "填报表")
    other = sealed("form.2", FACTS)
    other[0][1] = "form.1"
    assert "改动过" in refused(back(other))
