"""A table as HTML: what it marks up, what it escapes, where its links lead, what it costs."""

from datetime import date

import lxml.html
import pytest
from django.http import QueryDict
from django.template import engines
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit.tables import Column, Table
from tests.work import calls

EVIL = "<script>alert(1)</script>\"'&"


def row(number=1, text="任务", light="红灯"):
    return {"number": number, "text": text, "light": light, "progress": 45}


def read(key):
    return lambda row: row[key]


NUMBER = Column("number", "编号", read("number"), sort=("number",), kind="number", css="w-1")
TEXT = Column("text", "任务内容", read("text"), main=True)
LIGHT = Column(
    "light", "灯", read("light"), group="推进情况", tone=lambda row: "danger" if row["light"] == "红灯" else ""
)
PROGRESS = Column("progress", "进度", read("progress"), kind="percent", group="推进情况", total=True)
COLUMNS = [NUMBER, TEXT, LIGHT, PROGRESS]


def drawn(rows, columns=COLUMNS, **options):
    return lxml.html.fromstring(str(Table(columns, rows, **options)))


def texts(nodes):
    return [node.text_content() for node in nodes]


def test_a_template_prints_a_table_without_escaping_it():
    template = engines["django"].from_string("{{ table }}{{ table.pager }}")
    text = template.render({"table": Table(COLUMNS, [row()])})
    assert text.startswith('<table class="table stack">')
    assert '<p class="pager">' in text


def test_cells_carry_their_head_for_the_cards_of_a_phone():
    table = drawn([row()])
    assert texts(table.xpath(".//tbody/tr/*")) == ["1", "任务", "红灯", "45%"]
    assert [cell.get("data-head") for cell in table.xpath(".//tbody//td")] == ["编号", "灯", "进度"]
    main = table.xpath(".//tbody//th")[0]
    assert (main.get("scope"), main.get("class")) == ("row", "stack-line")


def test_the_caption_names_the_table_for_those_who_listen():
    assert drawn([row()], name="任务<台账>").xpath("caption[@class='sr']")[0].text == "任务<台账>"


def test_everything_from_outside_is_escaped():
    columns = [
        Column(EVIL, EVIL, read("text"), sort=("x",), group=EVIL),
        Column("shown", "显", read("text"), show=lambda row: row["text"]),
        Column("toned", "色", read("text"), tone=lambda row: EVIL),
    ]
    table = Table(
        columns,
        [row(text=EVIL)],
        name=EVIL,
        section=read("text"),
        select=read("text"),
        row_class=read("text"),
        row_id=read("text"),
        params=QueryDict(f"q={EVIL}&sort={EVIL}"),
        per_page=1,
        empty=EVIL,
    )
    for text in (str(table), str(table.pager()), str(table.chooser()), str(Table(columns, [], empty=EVIL))):
        assert "<script" not in text
        assert not {name for node in lxml.html.fromstring(f"<div>{text}</div>").iter() for name in node.attrib} - {
            *("class", "id", "scope", "colspan", "rowspan", "href", "rel", "type", "name", "value", "method", "hidden"),
            *("aria-label", "aria-sort", "aria-current", "data-head", "data-choose", "data-choose-all", "checked"),
        }


def test_html_of_our_own_is_kept():
    column = Column("link", "链接", read("text"), show=lambda row: format_html('<a href="/x">{}</a>', row["text"]))
    assert drawn([row(text="<b>")], [column]).xpath(".//td/a")[0].text == "<b>"


def test_an_object_that_names_itself_in_html_is_escaped():
    class Named:
        def __str__(self):
            return "<b>名</b>"

    assert drawn([row(text=Named())], [Column("x", "X", read("text"))]).xpath(".//td")[0].text == "<b>名</b>"


def test_a_tone_is_a_tag_with_a_word():
    tag = drawn([row()]).xpath(".//span")[0]
    assert (tag.get("class"), tag.text) == ("tag tone-danger", "红灯")
    assert not drawn([row(light="绿灯")]).xpath(".//span")


def test_neighbouring_columns_share_a_head():
    table = drawn([row()], select=read("number"))
    first, second = table.xpath(".//thead/tr")
    assert [(cell.get("rowspan"), cell.get("colspan")) for cell in first] == [("2", None)] * 3 + [(None, "2")]
    assert texts(second) == ["灯", "进度"]


def test_heads_sort_and_say_how_they_do():
    table = drawn([row()], params=QueryDict("q=1&page=3&sort=number"))
    head = table.xpath(".//th[@aria-sort]")[0]
    assert (head.get("aria-sort"), head.xpath("a")[0].get("href")) == ("ascending", "?q=1&sort=-number")
    descending = drawn([row()], params=QueryDict("sort=-number")).xpath(".//th[@aria-sort]")[0]
    assert (descending.get("aria-sort"), descending.xpath("a")[0].get("href")) == ("descending", "?sort=number")
    unsorted = drawn([row()]).xpath(".//th[@aria-sort]")[0]
    assert (unsorted.get("aria-sort"), unsorted.xpath("a")[0].get("href")) == ("none", "?sort=number")


def test_sections_stand_in_rows_of_their_own():
    rows = [row(1, "一"), row(2, "一"), row(3, "二")]
    table = drawn(rows, section=read("text"), select=read("number"))
    heads = table.xpath(".//tr[@class='section-row']/th")
    assert [(head.text, head.get("scope"), head.get("colspan")) for head in heads] == [
        ("一", "rowgroup", "5"),
        ("二", "rowgroup", "5"),
    ]
    assert not drawn(rows, section=read("text"), params={"sort": "-number"}).xpath(".//tr[@class='section-row']")


def test_rows_can_be_picked_marked_and_named():
    table = drawn(
        [row(1), row(2)],
        select=lambda row: None if row["number"] == 2 else row["number"],
        row_class=lambda row: "is-late" if row["number"] == 1 else "",
        row_id=lambda row: f"row-{row['number']}",
    )
    box = table.xpath(".//tbody//input")
    assert [(one.get("name"), one.get("value"), one.get("aria-label")) for one in box] == [("pick", "1", "选择 任务")]
    assert [(one.get("class"), one.get("id")) for one in table.xpath(".//tbody/tr")] == [
        ("is-late", "row-1"),
        (None, "row-2"),
    ]
    assert len({len(list(one)) for one in table.xpath(".//tbody/tr")}) == 1


def test_the_foot_sums_all_pages_and_says_so():
    foot = drawn([row(), row()], per_page=1).xpath(".//tfoot/tr/*")
    assert [(cell.text, cell.get("colspan")) for cell in foot] == [("合计（共2条）", "3"), ("90%", None)]
    picked = drawn([row()], [PROGRESS, TEXT], select=read("number")).xpath(".//tfoot/tr/*")
    assert [(cell.text, cell.get("colspan")) for cell in picked] == [("合计", "1"), ("45%", None), (None, None)]
    assert texts(drawn([row()], [PROGRESS, TEXT]).xpath(".//tfoot/tr/*")) == ["45%", ""]
    assert not drawn([row()], [NUMBER]).xpath(".//tfoot")


@pytest.mark.parametrize(
    ("empty", "inside"), [("还没有任务。", "div"), (mark_safe('<a href="/new">新建任务</a>'), "a")]
)
def test_an_empty_list_says_what_to_do_next(empty, inside):
    table = drawn([], empty=empty, select=read("number"))
    cell = table.xpath(".//tbody//td")[0]
    assert (cell.get("colspan"), cell[0].tag) == ("5", inside)
    assert not table.xpath(".//tfoot")


def test_the_pager_names_place_and_count_and_keeps_the_filter():
    rows = [row(number) for number in range(200)]
    pager = lxml.html.fromstring(Table(COLUMNS, rows, per_page=10, params=QueryDict("q=1&page=10")).pager())
    assert pager.xpath(".//span[@class='pager-sum']")[0].text == "共 200 条，第 10 / 20 页"
    assert texts(pager.xpath("*[position()>1]")) == [
        "上一页",
        "1",
        "…",
        "8",
        "9",
        "10",
        "11",
        "12",
        "…",
        "20",
        "下一页",
    ]
    assert [pager.xpath(f".//a[@rel='{rel}']/@href") for rel in ("prev", "next")] == [["?q=1&page=9"], ["?q=1&page=11"]]
    assert pager.xpath(".//*[@aria-current]")[0].text == "10"


def test_the_pager_has_no_step_beyond_either_end():
    rows = [row(number) for number in range(20)]
    first = lxml.html.fromstring(Table(COLUMNS, rows, per_page=10).pager())
    last = lxml.html.fromstring(Table(COLUMNS, rows, per_page=10, params={"page": "2"}).pager())
    assert [len(page.xpath(".//a[@rel]")) for page in (first, last)] == [1, 1]
    assert "第" not in Table(COLUMNS, rows[:3]).pager()


def test_columns_are_chosen_by_a_form_that_keeps_the_filter():
    form = lxml.html.fromstring(Table(COLUMNS, [row()], params=QueryDict("q=1&page=2&columns=text")).chooser())
    assert [(one.get("name"), one.get("value")) for one in form.xpath(".//input[@type='hidden']")] == [("q", "1")]
    assert [one.get("value") for one in form.xpath(".//input[@checked]")] == ["text"]
    assert texts(form.xpath(".//label"))[-1].strip() == "推进情况·进度"


def test_what_drawing_does_grows_with_its_rows_alone():
    columns = [TEXT, NUMBER, PROGRESS, *(Column(f"d{n}", "日期", lambda row: date(2015, 10, 1)) for n in range(7))]
    rows = [row(number, "推进行政审批制度改革") for number in range(100)]
    none, half, whole = (calls(lambda n=n: str(Table(columns, rows[:n], per_page=100))) for n in (1, 50, 100))
    assert whole - half < 1.1 * (half - none)
    assert (whole - none) / 99 < 120
