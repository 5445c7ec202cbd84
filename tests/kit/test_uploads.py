"""Files people send in: right ones pass with their facts, wrong ones meet a sentence."""

import hashlib
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from datetime import date

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from kit.uploads import KINDS, Refused, check, clean_name, content_type, random_name

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF"


def picture(kind, size=(3, 2)):
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, kind)
    return stream.getvalue()


def saved(thing):
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def package(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def ole(stream):
    return OLE + b"\0" * 100 + stream.encode("utf-16-le") + b"\0" * 100


GOOD = {
    "pdf": PDF,
    "jpg": picture("JPEG"),
    "png": picture("PNG"),
    "doc": ole("WordDocument"),
    "docx": saved(docx.Document()),
    "xls": ole("Workbook"),
    "xlsx": saved(openpyxl.Workbook()),
    "wps": ole("WordDocument"),
    "et": ole("Workbook"),
}


def sent(name, content):
    return SimpleUploadedFile(name, content, content_type="text/html")


def refusal(name, content, **options):
    with pytest.raises(Refused) as raised:
        check(sent(name, content), **options)
    return str(raised.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_passes_with_its_facts(kind):
    content = GOOD[kind]
    file = sent(f"会议纪要.{kind.upper()}", content)
    checked = check(file)
    assert (checked.name, checked.kind, checked.size) == (f"会议纪要.{kind.upper()}", kind, len(content))
    assert checked.content_type == content_type(kind) != "text/html"
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert file.tell() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_web_page_under_another_name_is_refused(kind):
    assert "内容不是" in refusal(f"通知.{kind}", b"<html><script>alert(1)</script></html>")


# An old sheet is the same to Excel and to WPS.
WRONG = [(kind, wrong) for kind in ("pdf", "png", "docx", "xls") for wrong in KINDS if wrong not in (kind, "et")]


@pytest.mark.parametrize(("kind", "wrong"), WRONG)
def test_extension_and_content_must_agree(kind, wrong):
    assert refusal(f"a.{kind}", GOOD[wrong]).endswith("。")


@pytest.mark.parametrize("spelling", ["jpeg", "JPG", "jpe"])
def test_other_spellings_of_a_picture_are_one_kind(spelling):
    assert check(sent(f"a.{spelling}", GOOD["jpg"])).kind == "jpg"


@pytest.mark.parametrize(
    "name", ["a.exe", "a.svg", "a.html", "a.docm", "a.pdf.exe", "a", "pdf", ".pdf", "a.", "", "a.pdf\u202efdp.exe"]
)
def test_other_kinds_are_refused_with_those_that_are_taken(name):
    text = refusal(name or "x", PDF)
    assert "不支持" in text
    assert "PDF、JPG、PNG" in text


def test_a_caller_may_take_fewer_kinds():
    assert check(sent("a.pdf", PDF), allow=["pdf"]).kind == "pdf"
    assert "可以上传的格式有：PDF。" in refusal("a.png", GOOD["png"], allow=["pdf"])


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_refused(kind):
    assert "空文件" in refusal(f"a.{kind}", b"")


def test_a_file_too_large_is_refused_with_the_limit():
    assert "20 MB" in refusal("a.pdf", PDF + b"\0" * (20 * 1024 * 1024))
    assert check(sent("a.pdf", PDF), max_bytes=len(PDF)).size == len(PDF)
    assert "超过" in refusal("a.pdf", PDF, max_bytes=len(PDF) - 1)


def test_a_file_of_many_chunks_is_read_whole():
    content = PDF + b"\x01" * (19 * 1024 * 1024)
    with TemporaryUploadedFile("报告.pdf", "application/pdf", len(content), None) as file:
        file.write(content)
        checked = check(file)
        assert (checked.size, checked.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.read(5) == b"%PDF-"


def test_a_mark_on_the_edge_of_two_chunks_is_found():
    content = OLE + b"\0" * (64 * 1024 - len(OLE) - 7) + "WordDocument".encode("utf-16-le")
    assert check(sent("a.doc", content)).kind == "doc"


def test_an_old_format_of_another_program_is_refused():
    assert "另存为" in refusal("a.doc", ole("Workbook"))
    assert "另存为" in refusal("a.xls", ole("PowerPoint Document"))


def test_a_locked_or_old_document_under_a_new_name_is_told_apart():
    assert "打开密码" in refusal("a.docx", ole("EncryptedPackage"))
    assert "打开密码" in refusal("a.xlsx", ole("Workbook"))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_packages_with_macros_or_without_their_parts_are_refused(kind):
    folder, part = {"docx": ("word", "word/document.xml"), "xlsx": ("xl", "xl/workbook.xml")}[kind]
    parts = {"[Content_Types].xml": "x", part: "x"}
    assert check(sent(f"a.{kind}", package(**parts))).kind == kind
    assert "宏" in refusal(f"a.{kind}", package(**parts, **{f"{folder}/vbaProject.bin": "x"}))
    assert "格式不符" in refusal(f"a.{kind}", package(**{"x.txt": "x"}))
    assert "已损坏" in refusal(f"a.{kind}", package(**parts)[:-30])


def png(width, height, *chunks):
    """A picture that claims a size, with no pixels behind it."""
    header = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    parts = [header, *chunks, (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize("size", [(12_000, 12_000), (8_001, 10_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_unfolds_to_too_many_pixels_is_refused(size):
    assert "尺寸过大" in refusal("a.png", png(*size))


def test_a_picture_of_a_good_camera_passes():
    assert check(sent("a.png", png(8_000, 10_000))).kind == "png"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n",
        GOOD["png"][:20],
        b"\x89PNG\r\n\x1a\n<html>",
        png(3, 2, (b"zTXt", b"k\0\0" + zlib.compress(b"\0" * 10_000_000))),
    ],
)
def test_a_damaged_picture_is_refused(content):
    assert "已损坏" in refusal("a.png", content)


def test_a_damaged_photo_is_refused():
    assert "已损坏" in refusal("a.jpg", b"\xff\xd8\xff<html>")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("会议纪要.pdf", "会议纪要.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\用户\\桌面\\报告.pdf", "报告.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("a\x00b\x1f\u200b\ufeff\u2028c.pdf", "abc.pdf"),
        ('<b>"a":*?|.pdf', "_b__a_____.pdf"),
        ("  . 报告 .pdf. ", "报告.pdf"),
        ("/.pdf", "pdf"),
        ("\u202e.pdf", "pdf"),
        (" \u200b", "附件"),
        ("", "附件"),
        (None, "附件"),
        (unicodedata.normalize("NFD", "é.pdf"), "é.pdf"),
        ("a.tar.gz", "a.tar.gz"),
    ],
)
def test_a_name_is_cleaned_for_people_and_disks(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize("name", ["长" * 100 + ".pdf", "x" * 300 + ".docx", "😀" * 60 + ".png", "a." + "长" * 100])
def test_a_long_name_is_cut_at_a_character_and_keeps_its_extension(name):
    clean = clean_name(name)
    assert len(clean.encode()) <= 200
    assert "�" not in clean
    assert clean.rpartition(".")[2] == name.rpartition(".")[2][: len(clean.rpartition(".")[2])] != ""


def test_a_stored_name_is_random_and_keeps_only_the_kind():
    one, two = (random_name("pdf", date(2015, 1, 20)) for _ in range(2))
    assert re.fullmatch(r"2015/01/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.pdf", one)
    assert one != two
    with pytest.raises(ValueError, match="exe"):
        random_name("exe", date(2015, 1, 1))
