"""A file handed to the browser to be saved, under a Chinese name."""

from pathlib import PurePath
from typing import BinaryIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from kit.sheets.values import clean_text

TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}


def file_response(content: bytes | BinaryIO, filename: str) -> HttpResponseBase:
    name = _file_name(filename)
    content_type = TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    if isinstance(content, bytes):
        response, size = HttpResponse(content, content_type=content_type), len(content)
    else:
        size = content.seek(0, 2)
        content.seek(0)
        response = FileResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _file_name(name: str) -> str:
    name = clean_text(name).replace("\n", " ").replace("\t", " ")
    return "".join("-" if character in '\\/:*?"<>|' else character for character in name).strip(" .") or "download"
