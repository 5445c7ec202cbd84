"""Facts that travel with a sheet and must come back as they left: a hidden sheet, signed with the secret key."""

import json
from collections.abc import Iterable, Sequence

from django.core.signing import BadSignature, Signer

from kit.sheets.read import SheetRead

SCHEMA, SIGNATURE = "schema", "signature"
NO_FACTS = "这个文件不是从本系统下载的{what}，或者缺了隐藏的校验页。请重新下载后填写；内容可以整列复制过去。"
BROKEN = "{what}的校验页被改动过，不能导入。请重新下载后填写；内容可以整列复制过去。"
OTHER = "这是另一种表格，不是{what}。请选择从本页下载的文件。"


class BrokenSeal(Exception):
    """The facts are missing or not as they left; the message is a sentence for the person who sent the sheet."""


def sealed(schema: str, facts: Iterable[Sequence[str]]) -> list[list[str]]:
    """The rows of the hidden sheet: the name of the schema, the facts, and a signature over both."""
    rows = _plain([[SCHEMA, schema], *facts])
    return [*rows, [SIGNATURE, _signer(schema).signature(_text(rows))]]


def unsealed(sheets: Iterable[SheetRead], schema: str, what: str) -> list[list[str]]:
    """The facts of a workbook as they left; raise ``BrokenSeal``, which calls the sheet ``what``.

    The hidden sheet is known by its content: programs rename, show and move it.
    """
    found = [_plain(sheet.rows) for sheet in sheets]
    found = [rows for rows in found if len(rows) > 1 and rows[0][:1] == [SCHEMA]]
    if not found:
        raise BrokenSeal(NO_FACTS.format(what=what))
    for rows in found:
        if rows[0][1:] == [schema] and _holds(schema, rows):
            return rows[1:-1]
    raise BrokenSeal((OTHER if all(rows[0][1:] != [schema] for rows in found) else BROKEN).format(what=what))


def _holds(schema: str, rows: list[list[str]]) -> bool:
    *signed, last = rows
    if len(last) != 2 or last[0] != SIGNATURE:
        return False
    signer = _signer(schema)
    try:
        # unsign also tries the former keys.
        signer.unsign(f"{_text(signed)}{signer.sep}{last[1]}")
    except BadSignature:
        return False
    return True


def _signer(schema: str) -> Signer:
    return Signer(salt=f"kit.sheets.seal {schema}")


def _text(rows: list[list[str]]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _plain(rows: Iterable[Sequence]) -> list[list[str]]:
    plain = [["" if value is None else str(value) for value in row] for row in rows]
    for row in plain:
        while row and not row[-1]:
            row.pop()
    return [row for row in plain if row]
