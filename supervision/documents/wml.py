"""What a Word document is made of: runs, paragraphs and measures of GB/T 9704, as WordprocessingML.

Written as text and read once: sixty pages through python-docx's objects cost ten times as much.
"""

import re
from xml.sax.saxutils import escape

# Twips: a twentieth of a point, 56.7 a millimetre.
MILLIMETRE = 56.7
PAGE = (11906, 16838)
TOP, LEFT, RIGHT, BOTTOM = 2098, 1588, 1474, 1984
WIDTH = PAGE[0] - LEFT - RIGHT
# 22 lines fill 225 mm; at 580 there are 21.
LINE = 579
# 3号 with a quarter point less between letters: 28 stand in 156 mm.
CHARACTER = 315
SMALL_CHARACTER = 280
LINES, CHARACTERS = 22, 28

# English Metric Units, in which drawings are measured.
EMU = 635
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def run(text: str, style: str = "") -> str:
    """Text in the paragraph's letters, or in those of a style; marks like “ ” — … take the Chinese font."""
    if not text:
        return ""
    chosen = f'<w:rStyle w:val="{style}"/>' if style else ""
    words = escape(writable(text)).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    words = words.replace("<w:t>", '<w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{chosen}<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(style: str, *runs: str, **layout) -> str:
    """A paragraph of a style; ``layout``: left, right, hanging (twips), exact (its line), keep_next, jc, rule (border), tab (a right stop)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_layout(**layout)}</w:pPr>{"".join(runs)}</w:p>'


def empty(count: int = 1, exact: int = LINE) -> str:
    """Real empty lines: room before a paragraph is drawn differently by Word and WPS."""
    return paragraph("Flush", exact=exact) * count


def _layout(*, keep_next=False, rule="", tab=0, exact=0, jc="", **indents):
    parts = ["<w:keepNext/>"] * keep_next
    parts += [f"<w:pBdr><w:{rule}/></w:pBdr>"] * bool(rule)
    parts += [f'<w:tabs><w:tab w:val="right" w:pos="{tab}"/></w:tabs>'] * bool(tab)
    parts += [f'<w:spacing w:line="{round(exact)}" w:lineRule="exact"/>'] * bool(exact)
    # A style's indent in letters wins over one in twips, so the letters are said too.
    told = " ".join(f'w:{side}Chars="0" w:{side}="{round(indents[side])}"' for side in indents)
    parts += [f"<w:ind {told}/>"] * bool(told)
    parts += [f'<w:jc w:val="{jc}"/>'] * bool(jc)
    return "".join(parts)


def rule(side: str, size: int, colour: str = "000000") -> str:
    """A line along a paragraph, in eighths of a point."""
    return f'{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"'


TAB = "<w:r><w:tab/></w:r>"


def width_of(text: str) -> float:
    """How many Chinese letters wide: digits and Latin letters are half."""
    return sum(0.5 if each.isascii() else 1 for each in text)


def box(
    inner: str,
    name: str,
    size: tuple[float, float],
    places: tuple[str, str],
    *,
    key: int,
    wrap: str,
    turned: str = "horz",
) -> str:
    """A run with a box that stands where ``places`` (across, down) say, whatever the text does; its last line ends at its foot."""
    wide, high = (round(each * EMU) for each in size)
    place = "".join(f"<wp:position{axis} {each}</wp:position{axis}>" for axis, each in zip("HV", places, strict=True))
    return (
        f'<w:r><mc:AlternateContent {DRAWING}><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        f'{place}<wp:extent cx="{wide}" cy="{high}"/><wp:{wrap}/><wp:docPr id="{key}" name="{name}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr vert="{turned}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
