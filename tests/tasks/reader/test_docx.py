"""Word documents: paragraphs, automatic numbers, tables; and files that are none."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kit.apart import Unreadable
from tasks.reader.office import lines_of
from tests.reading import read

pytestmark = pytest.mark.apart

NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
</w:numbering>"""


# Too long for us, and too varied to be packed like a bomb.
LONG = "".join(chr(0x4E00 + place * place % 20_011) for place in range(2_000_001))


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream


def numbered(document, text, level):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')
    )


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream


def test_paragraphs_are_lines_and_soft_breaks_too():
    document = docx.Document()
    document.add_paragraph("某县2016年工作方案")
    document.add_paragraph("一、重点工作\n1.修路。\t（责任单位：县交通局）")
    assert lines_of(saved(document)) == ["某县2016年工作方案", "一、重点工作", "1.修路。 （责任单位：县交通局）"]


def test_automatic_numbers_show_as_in_the_document():
    document = docx.Document()
    part = document.part.numbering_part
    part.element.getparent()
    part._element = parse_xml(NUMBERING.format(ns=nsdecls("w")))
    document.add_paragraph("某县方案")
    numbered(document, "重点工作", 0)
    numbered(document, "修路。（责任单位：县交通局）", 1)
    numbered(document, "治水。（责任单位：县水利局）", 1)
    numbered(document, "保障措施", 0)
    numbered(document, "加强领导。", 1)
    lines = lines_of(saved(document))
    assert lines == [
        "某县方案",
        "一、重点工作",
        "1.修路。（责任单位：县交通局）",
        "2.治水。（责任单位：县水利局）",
        "二、保障措施",
        "1.加强领导。",
    ]
    assert [task.number for task in read(lines).plans[0].tasks] == ["1", "2"]


def test_insertions_count_and_deletions_do_not():
    document = docx.Document()
    paragraph = document.add_paragraph("修")
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t>路。</w:t></w:r></w:ins>'))
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>桥。</w:delText><w:br/></w:r></w:del>')
    )
    assert lines_of(saved(document)) == ["修路。"]


@pytest.mark.parametrize(
    "unseen",
    [
        '<w:moveFrom {ns} w:id="3"><w:r><w:t>桥。</w:t></w:r></w:moveFrom>',
        "<w:r {ns}><w:rPr><w:vanish/></w:rPr><w:t>桥。</w:t></w:r>",
        "<w:r {ns}><w:ruby><w:rt><w:r><w:t>lu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t></w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ],
)
def test_what_does_not_print_is_not_read(unseen):
    document = docx.Document()
    paragraph = document.add_paragraph("修路。")
    paragraph._p.append(parse_xml(unseen.format(ns=nsdecls("w"))))
    assert lines_of(saved(document)) == ["修路。"]


def test_hidden_that_was_switched_off_and_a_move_arrived_are_read():
    document = docx.Document()
    paragraph = document.add_paragraph("修")
    paragraph._p.append(parse_xml(f'<w:moveTo {nsdecls("w")} w:id="4"><w:r><w:t>路</w:t></w:r></w:moveTo>'))
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>桥。</w:t></w:r>'))
    assert lines_of(saved(document)) == ["修路桥。"]


def test_a_box_is_a_line_of_its_own_and_custom_markup_hides_no_paragraph():
    document = docx.Document()
    paragraph = document.add_paragraph("一、任务")
    box = "<w:r {ns}><w:pict><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box.format(ns=nsdecls("w"))))
    paragraph._p.addnext(
        parse_xml(f'<w:customXml {nsdecls("w")} w:element="x"><w:p><w:r><w:t>二、保障</w:t></w:r></w:p></w:customXml>')
    )
    assert lines_of(saved(document)) == ["一、任务", "框内文字", "二、保障"]


def test_a_table_with_merged_cells_heads_over_two_rows_and_section_rows():
    document = docx.Document()
    document.add_paragraph("2016年任务分解表")
    table = document.add_table(rows=6, cols=4)
    rows = [
        ["序号", "工作任务", "责任单位", ""],
        ["", "", "牵头单位", "配合单位"],
        ["一、交通", "", "", ""],
        ["1", "修路\n修桥", "县交通局", "县财政局\n各乡镇"],
        ["2", "治超", "", "县公安局"],
        ["3", "公交", "县城管局", ""],
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(2, 0).merge(table.cell(2, 3))
    table.cell(3, 2).merge(table.cell(4, 2))
    plan = read(lines_of(saved(document))).plans[0]
    assert [(task.number, task.text, task.names("LEAD"), task.names("SUPPORT")) for task in plan.tasks] == [
        ("1", "修路 修桥", ["县交通局"], ["县财政局", "各乡镇"]),
        ("2", "治超", ["县交通局"], ["县公安局"]),
        ("3", "公交", ["县城管局"], []),
    ]


def test_paragraphs_in_content_controls_are_read():
    document = docx.Document()
    holder = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>某县方案</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, holder)
    assert lines_of(saved(document))[0] == "某县方案"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (io.BytesIO(b""), "损坏"),
        (io.BytesIO(b"\xd0\xcf\x11\xe0 old word"), "损坏"),
        (packed({"word/document.xml": "<a/>"}), "格式不符"),
        (packed({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "无法读取"),
        (packed({"[Content_Types].xml": "", "word/document.xml": "", "../evil": ""}), "结构异常"),
        (packed({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}), "宏"),
        (packed({"[Content_Types].xml": "", "word/document.xml": " " * 60_000_000}), "超过50 MB"),
        (packed({"[Content_Types].xml": "", **{f"word/{at}.xml": "" for at in range(600)}}), "超过500个"),
    ],
)
def test_files_that_are_no_sound_document_are_refused_in_a_sentence(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        lines_of(content)


def test_entities_in_a_document_expand_to_nothing():
    stream = saved(docx.Document())
    bomb = '<!DOCTYPE a [<!ENTITY b "boom">]><w:document {ns}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    parts = {}
    with zipfile.ZipFile(stream) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = bomb.format(ns=nsdecls("w")).encode()
    assert "boom" not in "".join(lines_of(packed(parts)))


def test_too_much_text_is_refused():
    document = docx.Document()
    paragraph = document.add_paragraph("")
    run = paragraph.add_run("")
    run._r.append(parse_xml(f"<w:t {nsdecls('w')}>{LONG}</w:t>"))
    assert run._r.find(qn("w:t")) is not None
    with pytest.raises(Unreadable, match="文字过多"):
        lines_of(saved(document))


SHARED = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_lists_of_one_kind_run_on_unless_one_begins_anew():
    document = docx.Document()
    document.part.numbering_part._element = parse_xml(SHARED.format(ns=nsdecls("w")))
    for text, number in (("甲", 3), ("乙", 4), ("丙", 5), ("丁", 5)):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        )
    assert lines_of(saved(document)) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_style_numbers_like_the_one_it_is_based_on():
    document = docx.Document()
    document.part.numbering_part._element = parse_xml(SHARED.format(ns=nsdecls("w")))
    base = document.styles.add_style("条目", 1)
    base.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="3"/></w:numPr>'))
    document.styles.add_style("条目二", 1).base_style = base
    document.add_paragraph("甲", style="条目二")
    document.add_paragraph("乙", style="条目")
    assert lines_of(saved(document)) == ["1.甲", "2.乙"]


def test_a_table_in_a_cell_and_text_in_a_box_are_read_where_they_stand():
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "工作任务"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "县交通局", "县财政局"
    assert lines_of(saved(document)) == ["工作任务\t县交通局 县财政局"]


def test_a_link_to_outside_is_not_followed():
    document = docx.Document()
    document.add_paragraph("某县方案")
    document.part.relate_to(
        "http://127.0.0.1:9/template.dotm",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        is_external=True,
    )
    assert lines_of(saved(document)) == ["某县方案"]
