"""The letters of an official paper, as styles a person can change in one place."""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from supervision.documents.wml import CHARACTER, LINE

SONG_TITLE, FANGSONG, KAITI, HEITI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
BLACK, RED = "000000", "E60012"
# Half points.
THREE, FOUR, TWO, SMALL_FOUR, FIVE, SMALL_FIVE = 32, 28, 44, 24, 21, 18
_INDENTED = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
# Name: (font, size, paragraph marks, colour, level in the outline)
_PARAGRAPHS = {
    "Flush": ("正文顶格", FANGSONG, THREE, "", BLACK, None),
    "Body": ("公文正文", FANGSONG, THREE, f"{_INDENTED}<w:jc w:val='both'/>", BLACK, None),
    "First": ("一级标题", HEITI, THREE, _INDENTED, BLACK, 0),
    "Second": ("二级标题", KAITI, THREE, _INDENTED, BLACK, 1),
    "Third": ("三级标题", FANGSONG, THREE, _INDENTED, BLACK, 2),
    "Masthead": ("发文机关标志", SONG_TITLE, 2 * TWO, "<w:jc w:val='center'/>", RED, None),
    "Title": ("公文标题", SONG_TITLE, TWO, "<w:jc w:val='center'/>", BLACK, None),
    "AnnexMark": ("附件序号", HEITI, THREE, "", BLACK, 0),
    "Caption": ("表题", HEITI, FOUR, "<w:jc w:val='center'/>", BLACK, None),
    "Cell": ("表格文字", FANGSONG, SMALL_FOUR, "", BLACK, None),
    "Head": ("表头文字", HEITI, SMALL_FOUR, "<w:jc w:val='center'/>", BLACK, None),
    "Imprint": ("版记", FANGSONG, FOUR, "", BLACK, None),
    "Number": ("页码", SONG, FOUR, "", BLACK, None),
}
_RUNS = {
    "Kaiti": ("楷体", KAITI, None),
    "Heiti": ("黑体字", HEITI, None),
    "FiveCell": ("五号", FANGSONG, FIVE),
    "FiveHead": ("五号表头", HEITI, FIVE),
    "SmallCell": ("小五号", FANGSONG, SMALL_FIVE),
    "SmallHead": ("小五号表头", HEITI, SMALL_FIVE),
}


def lay_down(document, latin: bool):
    """Put our styles in the place of the template's: their fonts would show wherever ours say nothing."""
    root = document.styles.element
    for each in list(root):
        root.remove(each)
    parts = [_defaults(latin), *(_paragraph(key, *told, latin) for key, told in _PARAGRAPHS.items())]
    parts += [_character(key, *told, latin) for key, told in _RUNS.items()]
    root.extend(parse_xml(part) for part in parts)


def _defaults(latin):
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_font(FANGSONG, latin)}<w:sz w:val='{THREE}'/>"
        "<w:lang w:val='en-US' w:eastAsia='zh-CN'/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _paragraph(key, name, font, size, marks, colour, level, latin):
    """3号 is a quarter point tighter, or only 27 letters stand in a line."""
    outline = "" if level is None else f"<w:outlineLvl w:val='{level}'/>"
    tight = "<w:spacing w:val='-5'/>" if size == THREE else ""
    spacing = f"<w:spacing w:before='0' w:after='0' w:line='{LINE}' w:lineRule='exact'/>"
    # Body text is what every other style is based on in an office's eyes.
    default = " w:default='1'" if key == "Flush" else ""
    return (
        f"<w:style {nsdecls('w')} w:type='paragraph' w:styleId='{key}'{default}><w:name w:val='{name}'/><w:qFormat/>"
        f"<w:pPr><w:widowControl w:val='0'/><w:snapToGrid w:val='0'/>{spacing}{marks}{outline}</w:pPr>"
        f"<w:rPr>{_font(font, latin)}<w:color w:val='{colour}'/>{tight}<w:sz w:val='{size}'/><w:szCs w:val='{size}'/>"
        "</w:rPr></w:style>"
    )


def _character(key, name, font, size, latin):
    sized = f"<w:sz w:val='{size}'/><w:szCs w:val='{size}'/>" if size else ""
    return (
        f"<w:style {nsdecls('w')} w:type='character' w:styleId='{key}'><w:name w:val='{name}'/>"
        f"<w:rPr>{_font(font, latin)}{sized}</w:rPr></w:style>"
    )


def _font(font, latin):
    """All four of a run's fonts, or WPS gives digits another one."""
    other = LATIN if latin else font
    return f"<w:rFonts w:ascii='{other}' w:hAnsi='{other}' w:eastAsia='{font}' w:cs='{other}'/>"
