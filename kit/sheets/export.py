"""A list of a page handed out as a sheet."""

from django.http.response import HttpResponseBase

from kit import clock
from kit.sheets.response import file_response
from kit.sheets.sheet import table_sheet
from kit.sheets.write import workbook
from kit.tables import Table


def exported(table: Table, title: str, at: str = "导出时间", **more) -> HttpResponseBase:
    """The whole list as filtered, sorted and shown; the moment stands in its note, called ``at``, and in the file's name."""
    now = clock.now()
    sheet = table_sheet(table, title, right_note=f"{at}：{now:%Y-%m-%d %H:%M}", **more)
    return file_response(workbook(sheet), f"{title}-{now:%Y%m%d%H%M}.xlsx")
