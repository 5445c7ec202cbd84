"""The office's remarks in the monthly summary: two columns to correct, drawn from plain values and read back into them."""

import re
from dataclasses import dataclass

from kit.sheets import Fault, Formula, InputHead, SheetRead, sealed, unsealed, value_at
from reports.comparison import Returned, ReturnedRow, key_of, mark_of_text, plain, tables_in

SCHEMA = "remarks 1"
WHAT = "带审核意见的月度进展汇总表"
NUMBER, LEAD, SUPPORTS = "编号", "审核意见", "配合单位审核意见"
LEAD_HINT = "写给牵头单位。改动后保存，在“导出报表—审核意见”页面导入。"
SUPPORTS_HINT = "每个配合单位一段，以【单位】开头，意见写在后面；不要改单位名称。"
LEAD_ROLE = "LEAD"
ADVICE = ("修改说明：只有浅黄色的两栏会导入，其余各栏的改动不导入；请不要改“编号”。配合单位的意见以【单位】开头。",)
FORMULA = "是公式，不能导入，请改成文字。"
NAMELESS = "看不出写给哪个配合单位，请以【单位】开头，例如：【{unit}】意见。"
TWICE = "同一单位写了两段，请合并。"
NO_NUMBER = "这一行写了意见，却没有编号，不知道是哪项任务。"

# A part for one unit begins at the start of a line.
PART = re.compile(r"^[【\[]([^】\]\n]+)[】\]]", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    number: str
    role: str
    unit: str
    remark: str


@dataclass
class Row(ReturnedRow):
    """One remark as it came back; an empty ``unit`` is the leading one, an empty ``mark`` was not drawn."""

    column: int
    head: str
    number: str
    unit: str
    text: str
    mark: str = ""

    def fault(self, sentence):
        return Fault(self.sheet, self.row, self.head, self.text, sentence, self.column, self.head_row)


@dataclass(kw_only=True)
class Remarks(Returned):
    row = Row
    year: int
    title: str


def columns():
    return (
        InputHead(LEAD, 22, hint=LEAD_HINT),
        InputHead(SUPPORTS, 22, hint=SUPPORTS_HINT),
    )


def cells(parts):
    """{number: (the leading unit's remark, the others' remarks with their names)}."""
    found = {}
    for part in parts:
        lead, supports = found.get(part.number, ("", ""))
        if part.role == LEAD_ROLE:
            lead = part.remark
        else:
            supports = f"{supports}\n【{part.unit}】{part.remark}".strip()
        found[part.number] = (lead, supports)
    return found


def facts(plan, month, drawn_at, parts):
    rows = [["plan", str(plan.year), plan.title], ["month", f"{month:%Y-%m}"], ["drawn", drawn_at]]
    rows += [["entry", each.number, each.role, each.unit, mark_of_text(each.remark)] for each in parts]
    return sealed(SCHEMA, rows)


def read_remarks(sheets: tuple[SheetRead, ...]):
    """Raise ``BrokenSeal`` or ``UnreadableSheet`` for a workbook that is none."""
    known = unsealed(sheets, SCHEMA, WHAT)
    single = {row[0]: row[1:] for row in known if row[0] != "entry"}
    marks = {(key_of(row[1]), row[3]): (row[2], row[4]) for row in known if row[0] == "entry"}
    year, title = single["plan"]
    remarks = Remarks(year=int(year), title=title, month=single["month"][0], drawn_at=single["drawn"][0])
    for table in tables_in(sheets, [NUMBER, LEAD, SUPPORTS]):
        _Reader(*table, marks, remarks).read()
    return remarks


class _Reader:
    def __init__(self, sheet, head, places, marks, remarks):
        self.sheet, self.head, self.places, self.remarks = sheet, head, places, remarks
        self.marks = marks
        self.leads = {number: unit for (number, unit), (role, _) in marks.items() if role == LEAD_ROLE}

    def read(self):
        for place, row in enumerate(self.sheet.rows[self.head + 1 :], self.head + 2):
            number, lead, supports = (value_at(row, self.places[name]) for name in (NUMBER, LEAD, SUPPORTS))
            if key_of(number) and (plain(lead) or plain(supports) or self._is_drawn(key_of(number))):
                self._lead(place, key_of(number), lead)
                self._supports(place, key_of(number), supports)
            elif not plain(number) and plain(supports):
                self.remarks.faults.append(self._row(place, SUPPORTS, "", "", plain(supports)).fault(NO_NUMBER))

    def _is_drawn(self, number):
        return any(number == drawn for drawn, _ in self.marks)

    def _row(self, place, head, number, unit, text):
        _, mark = self.marks.get((number, unit), ("", ""))
        column = self.places[head] + 1
        return Row(self.sheet.name, place, self.head + 1, column, head, number, unit, text, mark)

    def _lead(self, place, number, value):
        row = self._row(place, LEAD, number, self.leads.get(number, ""), plain(value))
        if isinstance(value, Formula):
            self.remarks.faults.append(row.fault(FORMULA))
        elif row.text or row.mark:
            self.remarks.rows.append(row)

    def _supports(self, place, number, value):
        row = self._row(place, SUPPORTS, number, "", plain(value))
        if isinstance(value, Formula):
            self.remarks.faults.append(row.fault(FORMULA))
            return
        before, *parts = PART.split(row.text)
        if before.strip():
            known = [unit for drawn, unit in self.marks if drawn == number and unit != self.leads.get(number)]
            self.remarks.faults.append(row.fault(NAMELESS.format(unit=next(iter(known), "县某局"))))
            return
        names = [key_of(name) for name in parts[::2]]
        if len(set(names)) < len(names):
            self.remarks.faults.append(row.fault(TWICE))
            return
        for name, text in zip(names, parts[1::2], strict=True):
            self.remarks.rows.append(self._row(place, SUPPORTS, number, name, text.strip()))
