"""How a file reaches the browser."""

import io
from urllib.parse import unquote

import pytest

from kit.sheets import file_response


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("2015年9月进展.xlsx", "2015年9月进展.xlsx"),
        ('a/b\\c:"d".xlsx', "a-b-c--d-.xlsx"),
        ("进展\r\nSet-Cookie: x=1.xlsx", "进展 Set-Cookie- x=1.xlsx"),
        ("..", "download"),
        ("进展" * 3 + "\x00.xlsx", "进展" * 3 + ".xlsx"),
    ],
)
def test_a_file_is_saved_under_a_clean_chinese_name(name, saved):
    header = file_response(b"x", name)["Content-Disposition"]
    assert header.startswith("attachment; ")
    assert unquote(header).removeprefix("attachment; ") in (f"filename*=utf-8''{saved}", f'filename="{saved}"')


def test_a_file_is_neither_guessed_at_nor_kept_by_the_browser():
    response = file_response(b"12345", "进展.xlsx")
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")
    assert (response["Content-Length"], response.content) == ("5", b"12345")
    assert file_response(b"", "x.html")["Content-Type"] == "application/octet-stream"


def test_a_written_stream_is_sent_piece_by_piece_from_its_beginning():
    stream = io.BytesIO(b"12345")
    stream.seek(3)
    response = file_response(stream, "进展.xlsx")
    assert response.streaming
    assert (b"".join(response.streaming_content), response["Content-Length"]) == (b"12345", "5")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
