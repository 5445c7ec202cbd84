"""Ranking bulletins: from the newest edition on record, with reasons; the media version without."""

import datetime

import pytest

from kit import clock
from kit.records import checksum
from supervision.dashboard.figures.comparing import drafted
from supervision.dashboard.figures.scope import Scope
from supervision.models import Round, RoundRecord, Scheme
from supervision.papers.handwritten import handwritten
from supervision.papers.tokens import plain

D = datetime.date


def row(name, total, rank, *, low=False, before=None, lost="3"):
    score = {
        "number": 1,
        "title": "投资率",
        "full": "35",
        "mark": str(35 - int(lost)),
        "applies": True,
        "formula": "32/35",
    }
    more = {"number": 2, "title": "开工", "full": "20", "mark": None, "applies": False, "formula": ""}
    told = {"unit": name, "met": not low, "grade": "", "figures": {}, "scores": [score, more]}
    return {"name": name, "total": total, "rank": rank, "before": before, "low": low, **told}


@pytest.fixture
def round_(plan, office):
    scheme = Scheme.objects.create(
        plan=plan, unit=plan.office, name="季度排名", by=office, consequence="靠后的进行约谈。"
    )
    return Round.objects.create(scheme=scheme, month=D(2015, 7, 1), until=D(2015, 9, 1), by=office, status="PUBLISHED")


def publish(round_, by, edition, *rows):
    ranked = {"name": "县直单位", "outside": False, "rows": list(rows)}
    outside = {"name": "园区", "outside": True, "rows": [row("经开区管委会", "90.5", None)]}
    content = {"scheme": "x", "edition": edition, "span": round_.span, "groups": [ranked, outside], "note": ""}
    record = {"content": content, "checksum": checksum(content), "author": by, "author_name": by.name}
    return RoundRecord.objects.create(round=round_, edition=edition, at=clock.now(), **record)


def words(scope, kind, round_):
    blocks = drafted(kind, scope, round=round_)
    assert [handwritten(block.text) for block in blocks if handwritten(block.text)] == []
    return blocks, "\n".join(plain(block.text, block.figures) for block in blocks)


def test_the_newest_edition_is_told_with_reasons(round_, plan, office, at):
    first = row("县民政局", "95", 1), row("县水利局", "61.2", 2, low=True, lost="12")
    publish(round_, office, 1, *first)
    at("2015-10-21 09:00:00")
    publish(round_, office, 2, row("县水利局", "96.25", 1, before=2), row("县民政局", "95", 2, low=True))
    blocks, text = words(Scope([plan], D(2015, 9, 1)), "RANKING", round_)
    assert (
        "一、县直单位\n共2个对象。居前的：县水利局（96.25分）。名次上升最多的：县水利局（由第2名升至第1名）。" in text
    )
    assert "靠后的：县民政局（95.00分）。主要失分：县民政局（投资率失3分）。" in text
    assert "1个对象不参加排名" in text
    assert text.endswith("靠后的进行约谈。")
    assert text.startswith("现将2015年三季度排名结果通报如下。")
    table = next(block for block in blocks if block.kind == "TABLE")
    assert table.content["heads"] == [["名称", "名次", "得分", "上次名次", "目标"]]
    assert [cell["v"] if isinstance(cell, dict) else cell for cell in table.content["rows"][0]][:3] == [
        "县水利局",
        "1",
        "96.25",
    ]


def test_the_media_version_says_nothing_of_why(round_, plan, office):
    publish(round_, office, 1, row("县民政局", "95", 1), row("县水利局", "61.2", 2, low=True))
    blocks, text = words(Scope([plan], D(2015, 9, 1)), "MEDIA", round_)
    assert "失" not in text
    assert "靠后" not in text
    assert [block.content["heads"][0] for block in blocks if block.kind == "TABLE"] == [["名称", "名次", "得分"]]


def test_without_a_published_round_it_says_what_to_do(round_, plan):
    scope = Scope([plan], D(2015, 9, 1))
    assert "还没有公布" in words(scope, "RANKING", round_)[1]
    assert "请先选定" in words(scope, "RANKING", None)[1]


def test_a_group_of_too_few_is_told_without_ranks_and_not_to_the_media(round_, plan, office):
    publish(round_, office, 1, row("县公路局", "91.25", None), row("县民政局", "88", None))
    blocks, text = words(Scope([plan], D(2015, 9, 1)), "RANKING", round_)
    assert "2个对象家数不足，不排名，只列得分。" in text
    assert "居前的" not in text
    blocks, text = words(Scope([plan], D(2015, 9, 1)), "MEDIA", round_)
    assert "县直单位" not in text
