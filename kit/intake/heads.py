"""The heading rows of a table somebody else drew, and which of our fields each column is."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from kit.intake.field import Field, normal
from kit.sheets import SheetRead, value_at

HEAD_ROWS = 30
DEEPEST = 4
EXACT, WITHOUT_REMARK, LOOSE = 3, 2, 1
SHORTEST_LOOSE = 4
MOST_MORE = 6
KEY_WEIGHT = 2
OWNED = ("职务", "联系电话", "电话", "手机", "手机号码", "手机号", "联系方式", "办公电话")
# What stands before a number belongs to it: 1至9月完成 is no month.
RUNS_ON = re.compile(r"(\d|[\-~至到、—和及])$")
YEAR = re.compile(r"^(20\d{2}年度?|本年度?|今年|全年)(?!\d)")
YEARS = re.compile(r"(20\d{2})")
# 至2014年12月底 is a year's end; 1-3月 is no year.
YEAR_END = re.compile(r"(20\d{2}年)12月")
MONTHS = re.compile(r"\d月")


@dataclass(frozen=True)
class Layout:
    """Where a table stands and what its columns are; rows and columns count from 0.

    ``sheet`` the place among the sheets, ``top`` and ``last`` the heading rows, ``heads`` what stands over each column,
    ``fields`` the name of the field each column is, empty for one that is not taken. Where a sheet has several tables, ``start``
    is the first row that speaks for this one, and ``end`` the first that does not (0: it goes on to the end); one that is not
    ``taken`` is there to be chosen.
    """

    sheet: int
    top: int
    last: int
    heads: tuple[str, ...]
    fields: tuple[str, ...]
    start: int = 0
    end: int = 0
    taken: bool = True

    def as_dict(self):
        return asdict(self)

    @classmethod
    def from_dict(cls, values):
        return cls(**values | {"heads": tuple(values["heads"]), "fields": tuple(values["fields"])})

    def with_fields(self, names):
        return replace(self, fields=tuple(names))

    def below(self, rows):
        return range(self.last + 1, min(self.end or len(rows), len(rows)))

    @property
    def columns(self):
        return {name: column for column, name in enumerate(self.fields) if name}

    @property
    def ignored(self):
        return [head for head, name in zip(self.heads, self.fields, strict=True) if head and not name]


def layout_of(sheets: Sequence[SheetRead], fields: Sequence[Field]) -> Layout:
    """Find the table in the sheets whose heads say most of ``fields``; where none says any, the fullest early row."""
    best, best_rank = None, (0,)
    for place, sheet in enumerate(sheets):
        for top in range(min(len(sheet.rows), HEAD_ROWS)):
            for depth in range(1, DEEPEST + 1):
                if not may_be_head(sheet, top, depth):
                    continue
                layout, score = read_heads(sheet, place, top, depth, fields)
                rank = (score, goes_on_with_data(sheet, layout, fields), -depth)
                if _says_enough(layout, score, fields) and rank > best_rank:
                    best, best_rank = layout, rank
    return best or guess(sheets, fields)


def layout_at(sheets: Sequence[SheetRead], place: int, last: int, fields: Sequence[Field]) -> Layout:
    sheet = sheets[place]
    found = [
        read_heads(sheet, place, last - depth + 1, depth, fields) for depth in range(1, min(DEEPEST, last + 1) + 1)
    ]
    return max(found, key=lambda pair: pair[1])[0]


def heads_at(sheet: SheetRead, top: int, last: int) -> list[tuple[str, ...]]:
    """What stands over each column, from the top down: a merged head stands over all it covers, and once."""
    rows = [_spread(sheet, row, last) for row in range(top, last + 1)]
    width = max(map(len, rows), default=0)
    return [_distinct(value_at(row, column) for row in rows) for column in range(width)]


def may_be_head(sheet, top, depth):
    rows = sheet.rows[top : top + depth]
    if len(rows) < depth or not all(any(value is not None for value in row) for row in rows):
        return False
    below = top + depth
    return not any(area[0] < top <= area[2] or top <= area[0] < below <= area[2] for area in sheet.merged)


def _says_enough(layout, score, fields):
    """One head that sounds like ours may be a word among the data; two, or a key by its name, are a table."""
    keys = {field.name for field in fields if field.key}
    found = layout.columns
    return len(found) > 1 or (score >= EXACT * KEY_WEIGHT and bool(keys & set(found)))


def goes_on_with_data(sheet, layout, fields):
    keys = [layout.columns[field.name] for field in fields if field.key and field.name in layout.columns]
    below = sheet.rows[layout.last + 1] if layout.last + 1 < len(sheet.rows) else ()
    return any(value_at(below, column) is not None for column in keys)


def read_heads(sheet, place, top, depth, fields):
    heads = heads_at(sheet, top, top + depth - 1)
    names, score = _match(heads, fields)
    shown = tuple("｜".join(parts) for parts in heads)
    return Layout(place, top, top + depth - 1, shown, tuple(names)), score


def guess(sheets, fields):
    rows = [
        (sum(isinstance(value, str) for value in row), -number, place)
        for place, sheet in enumerate(sheets)
        for number, row in enumerate(sheet.rows[:HEAD_ROWS])
    ]
    _, number, place = max(rows, default=(0, 0, 0))
    return read_heads(sheets[place], place, -number, 1, fields)[0]


def _spread(sheet, row, last):
    values = list(sheet.rows[row]) if row < len(sheet.rows) else []
    joined = [area for area in sheet.merged if area[0] <= row <= area[2]]
    for top, left, _, right in joined:
        text = value_at(sheet.rows[top], left) if top < len(sheet.rows) else None
        if text is not None:
            values += [None] * (right + 1 - len(values))
            values[left : right + 1] = [text] * (right + 1 - left)
    if not joined and row < last:
        _carry(values, sheet.rows[row + 1])
    return values


def _carry(values, below):
    """Without merged cells a head goes on to the right as long as the row below says something and this one nothing."""
    for column in range(1, len(below)):
        if column >= len(values):
            values.append(None)
        alone = values[column] is None and below[column] is not None and column - 1 < len(below)
        if alone and values[column - 1] is not None and below[column - 1] is not None:
            values[column] = values[column - 1]


def _distinct(values):
    texts = [" ".join(str(value).split()) for value in values if value is not None and str(value).strip()]
    return tuple(text for place, text in enumerate(texts) if not place or text != texts[place - 1])


def _match(heads, fields):
    found, whose = [], _whose(heads)
    for column, parts in enumerate(heads):
        said = [_said((whose[column] + parts[0],))] if whose.get(column) else []
        said += [_said(parts)] if parts else []
        for field in fields:
            if level := _fits(field, parts, said):
                found.append((*level, column, field.name))
    names, score = [""] * len(heads), 0
    weights = {field.name: KEY_WEIGHT if field.key else 1 for field in fields}
    for level, _, column, name in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        if not names[column] and name not in names:
            names[column] = name
            score += level * weights[name]
    return names, score


def _fits(field, parts, said):
    """How well a head says a field, as ``_level`` tells it; None where it does not, or speaks of another year."""
    if field.fits is not None:
        return (EXACT, 0) if parts and field.fits(parts) else None
    if not field.year:
        return next(filter(None, (_level(*texts, field.calls) for texts in said)), None)
    head = YEAR_END.sub(r"\1", normal("".join(parts)))
    if MONTHS.search(head) or {int(year) for year in YEARS.findall(head)} - {field.year}:
        return None
    # The year was asked about; what is left of the head is looked for: 至年底累计完成投资, 年计划投资.
    yearless = [([YEARS.sub("", YEAR_END.sub(r"\1", text)) for text in each] for each in texts) for texts in said]
    return next(filter(None, (_level(*texts, field.calls) for texts in [*said, *yearless])), None)


def _whose(heads):
    """{column: the head to its left it belongs to}, for heads that say nothing alone: 主要领导 | 职务 | 电话."""
    found, owner = {}, ""
    for column, parts in enumerate(heads):
        if len(parts) == 1 and normal(parts[0]) in OWNED:
            found[column] = owner
        elif parts:
            owner = parts[-1]
    return found


def _said(parts):
    texts = [*dict.fromkeys([normal("".join(parts)), normal("".join(parts[-2:])), normal(parts[-1])])]
    return texts, [YEAR.sub("", re.sub(r"\([^()]*\)", "", text)) for text in texts]


def _level(texts, bare, words):
    for level, said in ((EXACT, texts), (WITHOUT_REMARK, bare)):
        for text in said:
            if text in words:
                return level, words.index(text)
    for text in bare:
        for place, word in enumerate(words):
            more = text.removesuffix(word)
            if len(word) >= SHORTEST_LOOSE and more != text and len(more) <= MOST_MORE and not RUNS_ON.search(more):
                return LOOSE, place
    return None
