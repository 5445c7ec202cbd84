"""A paper as a Word document: what stands where, read back by python-docx."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from supervision.documents import paper_docx
from tests.supervision.documents.papers import block, content, table


@pytest.fixture
def written():
    return lambda *blocks, blank_head=False, latin_digits=False, **told: docx.Document(
        io.BytesIO(paper_docx(content(*blocks, **told), blank_head=blank_head, latin_digits=latin_digits))
    )


def lines(document):
    return [each.text for each in document.paragraphs if each.text]


def styled(document):
    return {each.text: each.style.name for each in document.paragraphs}


def imprint_of(document):
    return ["".join(t.text for t in each.iter(qn("w:t"))) for each in document.element.iter(qn("w:txbxContent"))]


def test_a_bulletin_from_its_head_to_its_imprint(written):
    document = written(block("TEXT", "全县⟦a⟧项任务。", a="72"))
    assert lines(document) == [
        "改革创新年活动通报",
        "2015年第8期",
        "县委改革办\t2015年9月30日",
        "关于2015年9月改革创新",
        "工作任务推进情况的通报",
        "各乡镇，县直机关各单位：",
        "全县72项任务。",
        "县委改革办",
        "2015年9月30日",
    ]
    assert imprint_of(document) == ["抄送：县委常委。县委改革办2015年9月30日印发"]


def test_levels_have_their_letters(written):
    text = "一、总体\n（一）按时的单位\n（二）迟报的单位。有两家。\n1.县财政局\n一是抓紧。"
    styles = styled(written(block("TEXT", text), block("HEADING", "二、要求"), block("HEADING", "要求")))
    assert styles["一、总体"] == styles["二、要求"] == styles["要求"] == "一级标题"
    assert styles["（一）按时的单位"] == "二级标题"
    assert styles["1.县财政局"] == "三级标题"
    assert styles["（二）迟报的单位。有两家。"] == styles["一是抓紧。"] == "公文正文"


def test_a_heading_with_text_behind_it_ends_at_its_full_stop(written):
    document = written(block("TEXT", "（二）迟报的单位。有两家。"))
    runs = next(each.runs for each in document.paragraphs if each.text.startswith("（二）"))
    assert [each.text for each in runs] == ["（二）迟报的单位。", "有两家。"]
    assert runs[0].style.name == "楷体"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "<b>&amp;\"'", "好\x00\x0b\ud800坏", "🎉👨‍👩‍👧", "字" * 5000, "行\t列", "⟦nobody⟧"],
)
def test_any_text_survives(written, text):
    said = "".join(each for each in text if each not in "\x00\x0b\ud800")
    document = written(block("TEXT", text), block("TABLE", text, {"heads": [[text]], "rows": [[text]], "sum": None}))
    assert said in lines(document)
    assert document.tables[0].rows[1].cells[0].text == said
    assert lines(written(title=text, main_to=text, copy_to=text, masthead=text, issuer=text))


def test_paper_with_the_red_head_printed_on_it_keeps_its_places(written):
    told = {"numbering": "LETTER", "code": "株县督〔2015〕9号"}
    red, blank = written(**told), written(**told, blank_head=True)
    assert len(red.paragraphs) == len(blank.paragraphs)
    assert lines(red)[0] == "改革创新年活动通报"
    assert lines(blank)[0] == "株县督〔2015〕9号"
    assert "E60012" not in blank.element.xml


def test_digits_in_times_are_a_switch(written):
    def fonts(document):
        return document.styles["公文正文"].element.rPr.find(qn("w:rFonts")).attrib

    assert fonts(written())[qn("w:ascii")] == fonts(written())[qn("w:eastAsia")] == "仿宋_GB2312"
    assert fonts(written(latin_digits=True))[qn("w:ascii")] == "Times New Roman"


def test_upward_the_number_is_left_and_the_signer_right(written):
    document = written(numbering="LETTER", code="株县督〔2015〕9号", direction="UP", signer="甲")
    assert "株县督〔2015〕9号\t签发人：甲" in lines(document)


def test_a_long_issuer_leaves_the_day_a_line_of_its_own_and_the_head_its_height(written):
    long, short = written(issuer="株洲县“项目突破年”活动领导小组办公室"), written()
    assert lines(long)[1:4] == ["2015年第8期", "株洲县“项目突破年”活动领导小组办公室", "\t2015年9月30日"]
    assert len(long.paragraphs) == len(short.paragraphs)


def test_joint_issuers_stand_in_the_head_and_below(written):
    document = written(
        numbering="LETTER",
        code="株县督〔2015〕9号",
        masthead="县政府督查室文件",
        issuer="县政府督查室",
        co_issuers=["县委督查室"],
    )
    cells = document.tables[0].rows[0].cells
    assert [each.text for each in cells] == ["县政府督查室\n县委督查室", "文件"]
    assert lines(document)[-3:] == ["县政府督查室", "县委督查室", "2015年9月30日"]


def test_marks_stand_above_the_masthead_which_keeps_its_place(written):
    plain, marked = written(), written(marks=["000001", "秘密★1年", "特急"])
    assert lines(marked)[:4] == ["000001", "秘密★1年", "特急", "改革创新年活动通报"]
    heights = [
        sum(each.paragraph_format.line_spacing for each in document.paragraphs[:n])
        for document, n in ((plain, 1), (marked, 4))
    ]
    assert heights[0] == heights[1]


def test_a_draft_leaves_room_for_what_it_has_not_yet(written):
    shown = lines(written(code="", printed_on=""))
    assert "第　　期" in shown
    assert shown[-1] == "　　年　　月　　日"


def test_too_many_addressees_go_to_the_imprint(written):
    units = "、".join(f"县第{number}局" for number in range(60))
    document = written(main_to=units)
    assert not any(each.startswith("县第0局") for each in lines(document))
    assert imprint_of(document)[0].startswith(f"主送：{units}。抄送：")


def test_annexes_are_named_and_stand_on_pages_of_their_own(written):
    document = written(
        block("ANNEX", "投资情况表", table(wide=True)), block("TEXT", "正文。"), block("ANNEX", "名单", table())
    )
    shown = lines(document)
    assert shown[shown.index("正文。") + 1 :][:2] == ["附件：1.投资情况表", "2.名单"]
    assert shown[-4:] == ["附件1", "投资情况表", "附件2", "名单"]
    assert [each.orientation for each in document.sections] == [0, 1, 0]
    turned = written(block("TEXT", "正文。"), block("ANNEX", "投资情况表", table(wide=True)))
    assert [each.orientation for each in turned.sections] == [0, 1]
    last, first = turned.tables[0].rows[-1], turned.tables[0].rows[-2]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in (first, last)] == [None, True]
    assert "附件：名单" in lines(written(block("ANNEX", "名单", table())))


def test_a_table_repeats_its_head_and_joins_what_is_one(written):
    (drawn,) = written(block("TABLE", "投资", table(rows=2))).tables
    assert [[cell.text for cell in row.cells] for row in drawn.rows] == [
        ["序号", "单位", "投资", "投资"],
        ["序号", "单位", "年计划", "已完成"],
        ["1", "县发改局", "100", "50"],
        ["2", "县发改局", "100", "50"],
        ["", "合计", "100", "50"],
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in drawn.rows]
    assert heads == [True, True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in drawn.rows)


def test_an_empty_table_is_left_out(written):
    assert written(block("TABLE", "", {})).tables == []


def test_the_file_says_whose_it_is(written):
    told = written().core_properties
    assert (told.title, told.author, told.comments) == (content()["title"], "县委改革办", "")


def test_the_same_paper_is_the_same_file():
    assert paper_docx(content()) == paper_docx(content())
    with zipfile.ZipFile(io.BytesIO(paper_docx(content()))) as file:
        assert {each.date_time[0] for each in file.infolist()} == {1980}


def test_a_commitment_is_signed_within_its_text(written):
    assert lines(written(block("TEXT", "双方签字："), kind="COMMITMENT"))[-1] == "双方签字："
