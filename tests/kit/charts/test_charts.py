"""Charts as markup: shares that add up, words beside colours, nothing that could run."""

import re
from decimal import Decimal

import lxml.html
import pytest

from kit.charts import Cell, Head, bar, heat_map, legend, stacked_bar, strip

EVIL = "<script>alert(1)</script>\"'&"


def drawn(markup):
    return lxml.html.fromstring(f"<div>{markup}</div>")


def texts(nodes):
    return [node.text_content() for node in nodes]


def test_a_stacked_bar_shares_its_width_and_tells_its_numbers():
    svg = drawn(stacked_bar([("已办结", 1, "done"), ("正常", 2, "good"), ("滞后", 1, "danger")], title="（一）"))
    rects = svg.xpath(".//rect")
    assert [(one.get("x"), one.get("width"), one.get("class")) for one in rects] == [
        ("0.00%", "25.00%", "tone-done"),
        ("25.00%", "50.00%", "tone-good"),
        ("75.00%", "25.00%", "tone-danger"),
    ]
    assert svg.xpath(".//svg/@aria-label") == ["（一）：已办结1，正常2，滞后1"]
    assert texts(svg.xpath(".//text")) == ["1", "2", "1"]


def test_a_share_without_room_keeps_its_number_in_words():
    svg = drawn(stacked_bar([("正常", 99, "good"), ("滞后", 1, "danger"), ("无", 0, "muted"), ("空", None, "muted")]))
    assert texts(svg.xpath(".//text")) == ["99"]
    assert texts(svg.xpath(".//title")) == ["正常99", "滞后1"]


@pytest.mark.parametrize("parts", [[], [("正常", 0, "good")]])
def test_a_bar_of_nothing_says_so(parts):
    svg = drawn(stacked_bar(parts))
    assert svg.xpath(".//svg/@aria-label") == ["没有数据"]
    assert not svg.xpath(".//rect")


@pytest.mark.parametrize(
    ("value", "maximum", "reached", "text"),
    [
        (45, 100, "45", "45%"),
        (0, 100, "0", "0%"),
        (130, 100, "100", "130%"),
        (-5, 100, "0", "-5%"),
        (Decimal("4.5"), 9, "4.5", "4.5%"),
    ],
)
def test_a_bar_stays_within_its_frame_and_shows_its_number(value, maximum, reached, text):
    span = drawn(bar(value, maximum, "warn"))
    progress = span.xpath(".//progress")[0]
    assert (progress.get("value"), progress.get("max"), progress.get("class")) == (reached, str(maximum), "tone-warn")
    assert progress.get("aria-label") == f"进度{text}"
    assert texts(span.xpath(".//b")) == [text]


def test_a_bar_may_say_something_else():
    span = drawn(bar(86, 107, label="已报送", text="86/107", full=True))
    assert (span.xpath(".//b")[0].text, span[0].get("class")) == ("86/107", "bar bar-full")


def test_no_value_is_a_dash_and_not_a_zero():
    assert drawn(bar(None)).text_content() == "—"


def test_a_strip_says_its_letters_in_words():
    cells = [
        Cell("✓", "good", title="8月：按时"),
        Cell("缺", "danger", "/reports/3/", "9月：缺报"),
        Cell("稿", "muted", outline=True),
    ]
    found = drawn(strip(cells, ["8月", "9月", "10月"], label="县编办近3月"))
    assert found.xpath(".//ul/@aria-label") == ["县编办近3月"]
    spoken, link, plain = found.xpath(".//li/*[1]")
    assert (spoken.get("title"), texts(spoken.xpath("span[@class='sr']"))) == ("8月：按时", ["8月：按时"])
    assert (link.tag, link.get("href"), link.get("aria-label"), link.text) == ("a", "/reports/3/", "9月：缺报", "缺")
    assert (plain.get("class"), plain.text) == ("cell tone-muted is-outline", "稿")
    assert texts(found.xpath(".//small")) == ["8月", "9月", "10月"]


def test_a_strip_needs_no_labels():
    found = drawn(strip([Cell("绿", "good")], small=True))
    assert (found[0].get("class"), found.xpath(".//small")) == ("strip strip-small", [])


def test_a_heat_map_is_a_table_with_heads():
    table = drawn(
        heat_map(
            [Head("县编办", "/units/1/", "3项"), "县民政局"],
            ["1月", Head("2月", now=True)],
            [[Cell("✓", "good", "/x/", "县编办 1月：按时"), None], [Cell("缺", "danger"), Cell("迟", "warn")]],
            corner="责任单位",
            caption="按月报送",
            last_column=("按时率", ["86%", "0%"]),
        )
    )
    assert texts(table.xpath(".//thead//th")) == ["责任单位", "1月", "2月", "按时率"]
    assert table.xpath(".//thead//th[@class='is-now']")[0].text == "2月"
    assert texts(table.xpath(".//tbody//th[@scope='row']")) == ["县编办 3项", "县民政局"]
    assert table.xpath(".//tbody//th/a/@href") == ["/units/1/"]
    assert texts(table.xpath(".//td[@class='rate']")) == ["86%", "0%"]
    assert [len(row) for row in table.xpath(".//tr")] == [4, 4, 4]
    assert texts(table.xpath(".//span[contains(@class, 'is-future')]")) == ["没有"]
    assert texts(table.xpath(".//caption")) == ["按月报送"]


def test_rows_and_heads_of_a_heat_map_must_agree():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        heat_map(["a", "b"], ["1月"], [[None], [None], [None]])
    with pytest.raises(ValueError, match=r"shorter|longer"):
        heat_map(["a"], ["1月"], [[None]], last_column=("率", ["1", "2"]))


def test_a_legend_names_colours_and_letters():
    found = drawn(legend([("已办结", "done"), Cell("迟", "warn", title="迟报")]))
    assert texts(found.xpath(".//div/span")) == ["已办结", "迟迟报"]
    assert found.xpath(".//i/@class") == ["swatch tone-done", "cell tone-warn"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elsewhere.invalid/", "data:text/html,x", "http://elsewhere.invalid/"]
)
def test_an_address_that_is_not_ours_is_no_link(address):
    assert not drawn(strip([Cell("a", href=address)])).xpath(".//a")
    assert not drawn(heat_map([Head("a", address)], ["b"], [[Cell("c", href=address)]])).xpath(".//a")


def test_everything_is_escaped():
    evil = Cell(EVIL, EVIL, "/?q=" + EVIL, EVIL)
    head = Head(EVIL, "/" + EVIL, EVIL)
    charts = [
        stacked_bar([(EVIL, 1, EVIL)], title=EVIL),
        bar(1, tone=EVIL, label=EVIL, text=EVIL),
        strip([evil], [EVIL], label=EVIL),
        heat_map(
            [head, EVIL], [head, EVIL], [[evil, evil]] * 2, corner=EVIL, caption=EVIL, last_column=(EVIL, [EVIL] * 2)
        ),
        legend([(EVIL, EVIL), evil]),
    ]
    for chart in charts:
        assert "<script" not in chart
        attributes = {name for node in drawn(chart).iter() for name in node.attrib}
        assert not attributes & {"style", "onload", "onclick", "'&", "alert(1)"}
        assert not re.findall(r"\sstyle=", chart)
