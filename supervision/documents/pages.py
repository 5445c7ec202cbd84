"""Sheets of paper: margins, upright or across, the number of the page outside."""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from supervision.documents.wml import BOTTOM, EMU, LEFT, MILLIMETRE, PAGE, RIGHT, SMALL_CHARACTER, TOP, box, paragraph

# The dash of the number is 7 mm below the text: the line stands this far from the edge of the sheet.
FOOT = round(24 * MILLIMETRE)
_UPRIGHT = f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/>', (TOP, RIGHT, BOTTOM, LEFT)
# The sheet turned clockwise: its left edge, where it is bound, is on top.
_ACROSS = f'<w:pgSz w:w="{PAGE[1]}" w:h="{PAGE[0]}" w:orient="landscape"/>', (LEFT, TOP, RIGHT, BOTTOM)
ACROSS_WIDTH = PAGE[1] - TOP - BOTTOM
_SIDES = {"default": "right", "even": "left"}
# How long the box of a turned number is.
_LONG = 35 * MILLIMETRE


def section(footers: dict[str, str], *, across: bool = False, last: bool = False) -> str:
    """What ends a section: within a paragraph, or at the end of the body when it is the last."""
    size, (top, right, bottom, left) = _ACROSS if across else _UPRIGHT
    links = "".join(f'<w:footerReference w:type="{kind}" r:id="{key}"/>' for kind, key in footers.items())
    foot = FOOT if not across else SMALL_CHARACTER
    made = (
        f'<w:sectPr>{links}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="851" w:footer="{foot}" w:gutter="0"/></w:sectPr>'
    )
    if last:
        return made
    # Next to no height: behind a full page it would make an empty one.
    return f'<w:p><w:pPr><w:pStyle w:val="Flush"/><w:spacing w:line="2" w:lineRule="exact"/>{made}</w:pPr></w:p>'


def footers(document) -> dict[bool, dict[str, str]]:
    """{across: {default, even: relation}} of the feet of the page: one letter in from the outer edge."""
    document.settings.odd_and_even_pages_header_footer = True
    return {
        across: {kind: _footer(document, side, across) for kind, side in _SIDES.items()} for across in (False, True)
    }


def _footer(document, side, across):
    part, key = document.part.add_footer_part()
    root = part.element
    for each in list(root):
        root.remove(each)
    drawn = _turned(side) if across else _line(side)
    root.append(parse_xml(drawn.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    return key


def _line(side):
    return paragraph("Number", _NUMBER, jc=side, **{side: SMALL_CHARACTER})


_NUMBER = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)


def _turned(side):
    """On a sheet turned across the number stands where it does on the others: at the left edge, its letters turned too."""
    down = LEFT if side == "left" else PAGE[0] - RIGHT - _LONG
    places = tuple(f'relativeFrom="page"><wp:posOffset>{round(each * EMU)}</wp:posOffset>' for each in (FOOT, down))
    drawn = paragraph("Number", _NUMBER, jc=side, **{side: SMALL_CHARACTER})
    size = (10 * MILLIMETRE, _LONG)
    key = list(_SIDES.values()).index(side) + 1
    return paragraph("Number", box(drawn, "页码", size, places, key=key, wrap="wrapNone", turned="vert"), exact=2)
