"""What each row of a list in groups is: data, a head or a sum of a group, a part of the row above, or only print."""

import re
from dataclasses import dataclass
from itertools import islice, takewhile

from kit.intake.cells import as_text
from kit.intake.field import normal
from kit.intake.sums import SECTION, counted, number_in
from kit.quantities import Measure, is_nothing, plain, quantity
from kit.sheets import NO_RESULT, value_at

HEAD, FOOTER, UNIT, COLUMNS = "重复的表头", "表尾说明行", "单位说明行", "栏次行"
TITLE, TOTAL, SUM, AMONG, DATA, PART = "分类标题行", "合计行", "小计行", "其中行", "数据", "子项"
BLANK = "只有序号的空行"
FOOT = re.compile(
    r"^(填表人|填报人|制表人?|审核人?|负责人|单位负责人|经办人|填表|制表单位|填报单位|主管领导|联系人|联系电话|备注|说明|注|填表说明|附注)[:：]"
)
NUMERAL = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)]?[、.]?")
ORDINAL = re.compile(r"\d+[.、]?")
BRACKETED = re.compile(r"[(]\d+[)]?|\d+[)]")
BELOW = re.compile(r"\d+[-.]\d+|[(]\d+[)]|\d+[)]|其中:?")
PART_NAME = re.compile(
    r"(?:其中[:：]?|子项目?[\d一二三四五六七八九十]*[:：.、]?|[(（]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳])\s*(?=\S)"
)
SUMMED = re.compile(r"(?:全[县市省区]|本[页表]|以上)?(?:各?项目)?(合计|小计|总计|总和|共计|累计)(?:[(:共\d].*)?")
NAMED = re.compile(r"(.{2,24}?)(合计|小计|总计)(?:[(:共\d].*)?")
SUM_ENDS = re.compile(r"(?:小计|合计|总计)[:：]?$")
COUNT_CELL = re.compile(r"[(]?共?计?\d+[个项][)]?")
UNIT_LINE = re.compile(r"单位[:：]?\s*(?:人民币)?([^\s:：;；)）]+)")
SIGNED = re.compile(r"[^:：]{1,10}[:：]")
STYLES = (
    re.compile(r"第[一二三四五六七八九十]+[章节部分类]"),
    re.compile(r"[一二三四五六七八九十]{1,3}(?:[、.．]|$)"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、.．]"),
    re.compile(r"[(（]\d{1,2}[)）]"),
)
UNNUMBERED = len(STYLES)
CLASS_WORD = re.compile(r"(?:项目|类|行业|领域)(?:[(（].*)?$")
FEW = 2
SHORTEST_RUN = 4


@dataclass
class Line:
    """A row as it was understood: its number from 0, its filled cells, what it is, what it is called."""

    number: int
    filled: list
    kind: str = DATA
    label: str = ""
    is_guess: bool = False


def filled_lines(sheet, layout):
    rows = {
        number: [(column, value) for column, value in enumerate(sheet.rows[number]) if as_text(value)]
        for number in layout.below(sheet.rows)
    }
    return [Line(number, filled) for number, filled in rows.items() if filled]


class Lines:
    """What each row of a table is, told from its cells and from how the rows are numbered."""

    def __init__(self, sheet, layout, fields):
        self.sheet, self.layout, self.fields = sheet, layout, list(fields)
        self.columns = layout.columns
        keys = [each for each in self.fields if each.key and not each.made and each.name in self.columns]
        self.name = self.columns[keys[0].name] if keys else -1
        self.apart = {self.columns[each.name] for each in self.fields if each.apart and each.name in self.columns}
        ordinals = [self.columns[each.name] for each in self.fields if each.ordinal and each.name in self.columns]
        self.ordinal = ordinals[0] if ordinals else -1
        self.heads = [
            {column: normal(value) for column, value in enumerate(sheet.rows[row]) if as_text(value)}
            for row in range(layout.top, layout.last + 1)
        ]
        self.tall = {(top, left) for top, left, bottom, _ in sheet.merged if bottom > top}
        self.wide = {(top, left) for top, left, bottom, right in sheet.merged if right > left and bottom == top}

    def lines(self):
        found = filled_lines(self.sheet, self.layout)
        ordinals = [plain(as_text(value_at(self.sheet.rows[line.number], self.ordinal))) for line in found]
        self.is_numbered = self.ordinal >= 0 and sum(bool(ORDINAL.fullmatch(text)) for text in ordinals) > 0
        self.is_bracketed = not self.is_numbered and any(BRACKETED.fullmatch(text) for text in ordinals)
        for place, line in enumerate(found):
            line.kind = self._kind(line, found[:place])
        self._settle_among(found)
        self._settle_guesses(found)
        self._end(found)
        return found

    def _kind(self, line, above):
        for kind, is_so in ((HEAD, self._is_head), (UNIT, _is_unit), (FOOTER, _is_footer)):
            if is_so(line):
                return kind
        if not above and self._is_columns(line):
            return COLUMNS
        line.label = self._label(line)
        before = next((each.kind for each in reversed(above) if each.kind not in (HEAD, UNIT, COLUMNS)), "")
        return self._kind_of_sum(line, before) or self._kind_of_data(line, before)

    def _kind_of_sum(self, line, before):
        if any(SUMMED.fullmatch(plain(value)) for _, value in line.filled[:3] if isinstance(value, str)):
            word = next(found[1] for _, value in line.filled[:3] if (found := SUMMED.fullmatch(plain(value))))
            return SUM if word == "小计" else TOTAL
        if not self._heads(line):
            return ""
        if line.label.startswith("其中") and before in (TOTAL, SUM, TITLE, AMONG):
            return AMONG
        if NAMED.fullmatch(plain(line.label)):
            return SUM
        return TITLE if self._is_title(line) else ""

    def _heads(self, line):
        """Has the row words in its first places alone, and figures beside them? One with a running number, or with a month of its own, is data."""
        if self._has_ordinal(line) or any(column in self.apart for column, _ in line.filled):
            return False
        words = [column for column, value in self._own(line) if not neutral(value)]
        first = line.filled[0][0]
        return bool(words) and len(words) <= FEW and set(words) <= {first, self.ordinal, self.name}

    def _is_title(self, line):
        own = self._own(line)
        numeral = self._ordinal_text(line)
        if SECTION.match(line.label) or (NUMERAL.fullmatch(numeral) and (self.is_numbered or self.is_bracketed)):
            return True
        if counted(line.label) or any(COUNT_CELL.fullmatch(plain(value)) for _, value in own if isinstance(value, str)):
            return True
        alone = len(own) == 1
        if alone and ((line.number, own[0][0]) in self.wide or own[0][0] != self.name):
            return True
        is_unnamed = not as_text(value_at(self.sheet.rows[line.number], self.name))
        has_numbers = self.is_numbered or self.is_bracketed
        line.is_guess = has_numbers and (not numeral or is_unnamed) and not PART_NAME.match(line.label)
        return line.is_guess

    def _kind_of_data(self, line, before):
        name, numeral = as_text(value_at(self.sheet.rows[line.number], self.name)), self._ordinal_text(line)
        if ORDINAL.fullmatch(numeral) and len(line.filled) == 1:
            return BLANK
        if before not in (DATA, PART) or not name or ORDINAL.fullmatch(numeral):
            return DATA
        below = BELOW.fullmatch(numeral) and not self.is_bracketed
        # Where the others are numbered, one without a number may be a part of the one above: asked about, never counted beside it in silence.
        is_unnumbered = not numeral and (PART_NAME.match(name) or self.is_numbered)
        return PART if below or is_unnumbered else DATA

    def _has_ordinal(self, line):
        text = self._ordinal_text(line)
        is_wide = (line.number, self.ordinal) in self.wide
        return not is_wide and bool(ORDINAL.fullmatch(text) or (self.is_bracketed and BRACKETED.fullmatch(text)))

    def _ordinal_text(self, line):
        return plain(as_text(value_at(self.sheet.rows[line.number], self.ordinal))) if self.ordinal >= 0 else ""

    def _own(self, line):
        kept = (self.ordinal, self.name)
        return [
            (column, value) for column, value in line.filled if column in kept or (line.number, column) not in self.tall
        ]

    def _label(self, line):
        """What a row is called: 一 | 工业项目 is 一、工业项目."""
        words = [as_text(value) for value in islice((v for _, v in self._own(line) if not neutral(v)), FEW)]
        if len(words) == FEW and NUMERAL.fullmatch(plain(words[0])):
            mark = "" if re.search(r"[)）、.．]$", words[0]) else "、"
            return f"{words[0]}{mark}{words[1]}"
        return words[0] if words else as_text(line.filled[0][1])

    def _is_head(self, line):
        column, first = line.filled[0]
        if not isinstance(first, str) or not any(head.get(column) == normal(first) for head in self.heads):
            return False
        said = {column: normal(value) for column, value in line.filled}
        return len(said) > 1 and any(said.items() <= head.items() for head in self.heads)

    def _is_columns(self, line):
        texts = [plain(value).strip("()") for _, value in line.filled]
        numbers = [int(text) for text in texts if text.isdecimal()]
        letters = [text for text in texts if not text.isdecimal()]
        runs = [second - first for first, second in zip(numbers, numbers[1:], strict=False)]
        return len(numbers) >= SHORTEST_RUN and set(runs) == {1} and set(letters) <= set("甲乙丙丁戊ABCDE")

    def _settle_among(self, lines):
        """其中：在建项目 | 预备项目: of the rows that share a sum only the first says so; a group has rows below it."""
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
            is_bare = not any(style.match(line.label) for style in STYLES)
            if line.kind == TITLE and before.kind == AMONG and after.kind not in (DATA, PART) and is_bare:
                line.kind = AMONG

    def _settle_guesses(self, lines):
        """A row without a number below a project heads those below it where it sums them, or says nothing but its title; else it is a part."""
        summed = [self.columns[each.name] for each in self.fields if each.summed and each.name in self.columns]
        for place, line in enumerate(lines):
            before = lines[place - 1].kind if place else ""
            is_open = line.kind == TITLE and line.is_guess and not CLASS_WORD.search(line.label)
            if not is_open or before not in (DATA, PART):
                continue
            own = {column: number_in(value) for column, value in line.filled if column in summed}
            rows = [dict(each.filled) for each in takewhile(lambda each: each.kind == DATA, lines[place + 1 :])]
            sums = {column: sum(filter(None, (number_in(row.get(column)) for row in rows))) for column in own}
            if own and sums != own:
                line.kind = PART
                for below in takewhile(lambda each: not self._has_ordinal(each), lines[place + 1 :]):
                    below.kind = PART if below.kind == DATA else below.kind

    def _end(self, lines):
        """What stands below the last row and the last sum is no group: notes of the table, each in a row of its own."""
        for line in reversed(lines):
            if line.kind in (DATA, PART, TOTAL, SUM, AMONG):
                return
            if line.kind == TITLE:
                line.kind = FOOTER


def neutral(value):
    if number_in(value) is not None or is_nothing(value) or value == NO_RESULT:
        return True
    return isinstance(value, str) and bool(COUNT_CELL.fullmatch(plain(value)) or _is_amount(value))


def _is_amount(text):
    if not re.search(r"\d", text) or len(text) > 20:
        return False
    try:
        return Measure.of(quantity(text).measure).is_known
    except ValueError:
        return False


def _is_unit(line):
    texts = [value for _, value in line.filled]
    if len(texts) > FEW or not all(isinstance(value, str) for value in texts):
        return False
    found = [part for value in texts for said in UNIT_LINE.findall(value) for part in re.split(r"[、,，/]", said)]
    return any(Measure.of(part).is_known for part in found)


def _is_footer(line):
    first = line.filled[0][1]
    if not isinstance(first, str):
        return False
    text = "".join(first.split())
    if FOOT.match(text) or re.match(r"(?:附?注|备注|说明)[\d一二三：:]", text):
        return True
    texts = all(isinstance(value, str) and not neutral(value) for _, value in line.filled)
    return len(line.filled) > 1 and texts and bool(SIGNED.match(text))
