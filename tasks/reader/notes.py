"""Notes: the places in a passage that say who is responsible and by when."""

import re
from dataclasses import dataclass

from tasks.reader.deadlines import is_deadline
from tasks.reader.grammar import Roles, is_time, labels_in, only_units, said
from tasks.reader.names import is_bare, looks_like_unit
from tasks.reader.source import Source, Span, outer_brackets, plain

_OFFICE = re.compile(r"(?:局|委|办|厅|部|委员会|办公室|政府|管委会|街道|乡镇|镇街|单位|部门|公司|中心|支行|\))$")
_VERBS = re.compile(r"牵头|负责|配合|主办|承办|落实|协办|协助|参与|组织实施|会同")
_ENDS_IN_VERB = re.compile(r"(?:牵头|负责|配合|承办|落实|参与|参加)$")
# What a bracket behind it says of its members: 综合协调组(县府办牵头)、宣传组(…).
_GROUP_ENDS = "组会班队"
_ENDS_PARAGRAPH = re.compile(r"[。;] *(?:\n|$)")
_AFTER = re.compile(r"[ 。;,]*(?:$|\n)|[ 。;]")
_ENDS_SENTENCE = "。;!?"
_FRONT = re.compile(r"\s*(由?[^。;:()\n]{2,120}(?:牵头|负责|配合|落实|参与|承办)) ?:")
# A last sentence that says nothing but who does it: 由甲牵头，乙、丙配合。 or 责任单位为甲、乙。
_SENTENCE = re.compile(
    r"(?:^|(?<=[。;\n ]))由?[^。;:!?\n]{2,200}(?:牵头|负责|配合|落实|实施|参与|协助|(?:落实|承担|履行)(?:属地|主体|监管)责任)"
    r"(?:,[^,。;:!?\n]{2,20})?[。;]?(?=\s*$|\n)"
)
_TELLS = re.compile(r"牵头|负责|^由.*(?:承办|落实)")
_IS = re.compile(r"((?:牵头|责任|配合|主办|协办|承办|实施|落实)(?:单位|部门|科室))(?:为|是)")
_IS_SENTENCE = re.compile(rf"(?:^|(?<=[。;\n ]))(?:{_IS.pattern}[^。;:!?\n]{{2,160}})[。;]?(?=\s*$|\n)")
_WRAP = re.compile(r"(?<![、，,；;。\n])\n(?=[^\s])")


@dataclass(frozen=True)
class Note:
    """A note: where it stands, what it says, whether it is a paragraph of its own; ``unsaid`` when it only lists names."""

    start: int
    end: int
    roles: Roles
    own_paragraph: bool = False
    unsaid: bool = False


def notes_in(source: Source, start: int, end: int) -> list[Note]:
    found = _sure(source, _FRONT.match(source.plain, start, end))
    start = found[0].end if found else start
    brackets = outer_brackets(source.plain, start, end)
    for bracket in brackets:
        found += _bracketed(source, *bracket, start, end)
    found += _labelled(source, brackets, start, end)
    if not any(note.roles.units for note in found):
        for sentence in list(_SENTENCE.finditer(source.plain, start, end))[-1:]:
            found += _sure(source, sentence) if _TELLS.search(sentence.group().strip()) else []
        found += _sure(source, _IS_SENTENCE.search(source.plain, start, end))
    return sorted(found, key=lambda note: note.start)


def _sure(source: Source, sentence: re.Match[str] | None) -> list[Note]:
    if sentence is None:
        return []
    text = source.text[sentence.start() : sentence.end()].rstrip(":： ")
    roles = said(_IS.sub(lambda verb: f"{verb[1]}：", text))
    return [Note(*sentence.span(), roles)] if roles.units and not roles.strange else []


def _bracketed(source: Source, begun: int, ended: int, start: int, end: int) -> list[Note]:
    inside = _WRAP.sub("", source.text[begun + 1 : ended - 1])
    bare = plain(inside)
    own = _begins_line(source, begun, start) and bool(re.compile(r"[ 。]*(?:\n|$)").match(source.plain, ended, end))
    if any(not label["other"] for label in labels_in(bare)):
        return [Note(begun, ended, said(inside), own)]
    closes = bool(_AFTER.match(source.plain, ended, end)) or ended == end or source.plain[ended] in "(["
    verb = bool(_VERBS.search(bare))
    roles = said(inside)
    before, after = source.plain[begun - 1 : begun] if begun > start else "\n", source.plain[ended : ended + 1]
    if not roles.units:
        return []
    if not closes:
        behind = before in _ENDS_SENTENCE and verb
        takes = behind or (after in ",、" and bool(_ENDS_IN_VERB.search(bare)) and before not in _GROUP_ENDS)
        return [Note(begun, ended, roles, own)] if takes and not roles.strange else []
    if verb:
        return [Note(begun, ended, roles, own)] if len(roles.strange) < len(roles.units) else []
    ends = after in ("", "\n") or bool(_ENDS_PARAGRAPH.match(source.plain, ended, end))
    offices = ends and all(_OFFICE.search(plain(name)) for name in roles.names()) and not roles.strange
    apart = before in f"{_ENDS_SENTENCE}\n " or offices
    return [Note(begun, ended, roles, own, unsaid=True)] if apart and _lists_units(roles) else []


def _lists_units(roles: Roles) -> bool:
    first = roles.names()[0]
    return 2 * len(roles.strange) <= len(roles.units) and looks_like_unit(first) and not is_bare(first)


def _begins_line(source: Source, place: int, start: int) -> bool:
    before = source.plain[start:place].rstrip(" ")
    return before.endswith("\n")


def _labelled(source: Source, brackets: list[Span], start: int, end: int) -> list[Note]:
    outside, at = [], 0
    for label in labels_in(source.plain[start:end]):
        begun = start + label.start()
        while at < len(brackets) and brackets[at][1] <= begun:
            at += 1
        if at == len(brackets) or begun < brackets[at][0]:
            outside.append((begun, start + label.end(), label))
    named = any(label["unit"] for *_, label in outside)
    notes = []
    for (begun, value, label), limit in zip(outside, [*(each[0] for each in outside[1:]), end], strict=bool(outside)):
        if not label["other"] and (named or not label["people"]):
            begun -= begun > start and source.plain[begun - 1] in "(["
            stop = _value_end(source, value, limit, bool(label["time"]))
            # Where line breaks were lost, a blank after a full stop is what is left of one.
            apart = source.plain[max(0, begun - 2) : begun] == "。 " and source.dense(begun)
            notes.append(Note(begun, stop, said(source.text[begun:stop]), apart or _begins_line(source, begun, start)))
    return notes


def _value_end(source: Source, begun: int, limit: int, time: bool) -> int:
    """Where the value of a label ends: at its line's end; where lines were lost, at a blank before something else."""
    text = source.plain
    place = begun
    while place < limit and text[place] in " \n":
        place += 1
    line = text.find("\n", place, limit)
    if not source.dense(begun):
        # A line of nothing but units goes on with those of the line before.
        while not time and line >= 0 and only_units(source.text[line : (end := _line_end(text, line + 1, limit))]):
            line = end if end < limit else -1
        return line if line >= 0 else limit
    limit = line if line >= 0 else limit
    if (stop := text.find("。", place, limit)) >= 0:
        # A sentence behind that says only by when (…局。6月底前完成。) belongs to it.
        second = text.find("。", stop + 1, limit)
        limit = second + 1 if second >= 0 and is_time(text[stop + 1 : second].strip()) else stop + 1
    blank = text.find(" ", place, limit) if time else -1
    return blank if blank >= 0 and is_deadline(text[place:blank]) else limit


def _line_end(text: str, place: int, limit: int) -> int:
    found = text.find("\n", place, limit)
    return found if found >= 0 else limit
