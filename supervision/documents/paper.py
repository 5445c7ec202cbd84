"""A paper put together: head, text, annexes, imprint."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from supervision.documents import body, head, imprint, pages, styles
from supervision.documents.wml import WIDTH, writable


def paper_docx(content: dict, *, blank_head: bool = False, latin_digits: bool = False) -> bytes:
    """The paper as .docx. ``blank_head`` is for paper with the red head printed on it; ``latin_digits`` sets digits in Times."""
    document = docx.Document()
    styles.lay_down(document, latin_digits)
    _say_whose(document, content)
    feet = pages.footers(document)
    drawn = f"<w:body {nsdecls('w', 'r')}>{_text(content, blank_head)}{_annexes(content, feet)}</w:body>"
    root = document.element
    root.replace(root.body, parse_xml(drawn))
    file = io.BytesIO()
    document.save(file)
    return _settled(file)


def _settled(file):
    """The same paper is the same file whenever it is written: its parts carry no time of their own."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            whole.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _text(content, blank_head):
    """A 责任书 is signed by both sides within its text."""
    signed = "" if content["kind"] == "COMMITMENT" else body.signature(content)
    return head.head(content, blank=blank_head) + body.body(content) + body.named_annexes(content) + signed


def _annexes(content, feet):
    """Each on a page of its own, wide ones across; the imprint at the foot of the last page, across too where that is."""
    found, made, across = body.annexes(content), [], False
    for number, each in enumerate(found, 1):
        made.append(pages.section(feet[across], across=across))
        across = bool(each["content"].get("wide"))
        made.append(body.annex(each, number, len(found), across))
    width = pages.ACROSS_WIDTH if across else WIDTH
    return "".join(made) + imprint.imprint(content, width) + pages.section(feet[across], across=across, last=True)


def _say_whose(document, content):
    told = document.core_properties
    told.title, told.author = writable(content["title"])[:250], writable(content["issuer"])[:250]
    told.comments = told.last_modified_by = ""
