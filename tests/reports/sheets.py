"""Filling sheets as people do: opened with openpyxl, cells found by their heads, saved again."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Paper:
    """A workbook in hand: paper["本月进展", "43"] = "完成招标。"; rows are known by the text in their number column."""

    def __init__(self, content, number="编号"):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.page = self.book.worksheets[0]
        self.number = number

    def cell(self, head, number):
        return self.page.cell(self.row(number), self.column(head))

    def column(self, head):
        found = [cell.column for row in self.page.iter_rows(max_row=12) for cell in row if cell.value == head]
        assert found, f"no column {head}"
        return found[0]

    def row(self, number):
        column = self.column(self.number)
        return next(row for row in range(1, 200) if str(self.page.cell(row, column).value) == str(number))

    def __getitem__(self, place):
        return self.cell(*place).value

    def __setitem__(self, place, value):
        self.cell(*place).value = value

    def fill(self, number, **values):
        """Fill several columns of one row, by their headings."""
        for head, value in values.items():
            self[head, number] = value
        return self

    @property
    def content(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def upload(self, name="填报表.xlsx"):
        return upload(self.content, name)


def upload(content, name="填报表.xlsx"):
    return SimpleUploadedFile(name, content, KIND)


FILLED = {
    "累计进度": 60,
    "自评灯色": "黄灯",
    "本月进展": "完成核对平台招标，\n接入公安数据。",
    "存在问题": "接口尚未开通。",
    "下步打算": "11月试运行。",
}
