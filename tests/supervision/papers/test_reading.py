"""How a paper reads: its parts, its headings, the whole as text."""

import pytest

from supervision.papers.reading import as_text, day_words, level_of, parts

CONTENT = {
    "kind": "BULLETIN", "masthead": "督查通报", "code": "督查通报〔2015〕第9期", "title": "关于9月情况的通报", "main_to": "各单位", "copy_to": "县委常委",
    "issuer": "县委督查室", "co_issuers": ["县委改革办"], "printed_on": "2015-10-08",
    "blocks": [
        {"kind": "HEADING", "text": "一、总体情况", "figures": {}, "content": {}},
        {"kind": "TEXT", "text": "全县⟦a⟧项。\n\n第二段。", "figures": {"a": {"value": "72"}}, "content": None},
        {"kind": "TABLE", "text": "分单位", "figures": {}, "content": {"heads": [["单位", "数"]], "rows": [["县民政局", {"v": "3", "k": "b"}]], "sum": ["合计", "3"]}},
        {"kind": "ANNEX", "text": "甲表", "figures": {}, "content": {}},
        {"kind": "ANNEX", "text": "乙表", "figures": {}, "content": {}},
    ],
}  # fmt: skip


def test_parts_have_paragraphs_figures_and_numbers():
    heading, text, table, first, second = parts(CONTENT)
    assert (heading.level, heading.title) == (1, "一、总体情况")
    assert text.lines == [[("全县", None), ("72", "a"), ("项。", None)], [("第二段。", None)]]
    assert (table.place, table.title) == (3, "分单位")
    assert [first.number, second.number] == [1, 2]
    alone = parts(CONTENT | {"blocks": CONTENT["blocks"][:4]})
    assert alone[-1].number == 0


@pytest.mark.parametrize(
    ("text", "level"), [("一、甲", 1), ("十二、乙", 1), ("（三）丙", 2), ("(三)丙", 2), ("1. 丁", 3)]
)
def test_levels_of_headings(text, level):
    assert level_of(text) == level


def test_days_as_printed():
    assert day_words("2015-10-08") == "2015年10月8日"
    assert day_words("") == ""


def test_the_whole_as_text():
    assert as_text(CONTENT) == (
        "督查通报\n督查通报〔2015〕第9期\n\n关于9月情况的通报\n\n各单位：\n\u3000\u3000一、总体情况\n\u3000\u3000全县72项。\n\u3000\u3000第二段。\n"
        "分单位\n单位\t数\n县民政局\t3\n合计\t3\n甲表\n乙表\n\n县委督查室、县委改革办\n2015年10月8日\n抄送：县委常委\n"
    )
    signed = as_text(CONTENT | {"kind": "COMMITMENT", "marks": ["特急"]})
    assert signed.startswith("特急\n督查通报")
    assert "县委改革办" not in signed
