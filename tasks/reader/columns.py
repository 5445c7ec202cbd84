"""Columns of a table of tasks, known by the words in their heads."""

import re
from collections.abc import Sequence

from tasks.reader.grammar import DUTY, LEAD, SUPPORT, role_of
from tasks.reader.source import bare

NUMBER, TASK, TEXT, TIME, PEOPLE, CATEGORY, OTHER = "NUMBER", "TASK", "TEXT", "TIME", "PEOPLE", "CATEGORY", "OTHER"
UNITS = (LEAD, DUTY, SUPPORT)
WORDS = (TASK, TEXT)

_ROLES = "牵头|责任|配合|主办|协办|落实|实施|负责|参与|承办|主责|协助"
_ROLE_HEAD = (
    rf"(?:(?!序号|编号|名称|任务|措施|内容|要求|事项|时限|时间)[\u4e00-\u9fff]){{0,8}}?(?:{_ROLES})(?:\([\u4e00-\u9fff]{{2,4}}\)|[/、及和]?(?:{_ROLES}))?"
    r"(?:单位|部门|处室|科室|股室|处)(?:[/、及和](?:单位|部门|处室))?(?:\([^()]{1,8}\))?"
)
_HEADS = {
    NUMBER: "序号|编号",
    TIME: "完成时限|计划节点|完成节点|完成时间|完成期限|时限要求|完成日期|时间节点|办结时限|时间要求|进度安排|时间进度|进度要求|起止时间|时限|期限|时间|进度",
    PEOPLE: "责任领导|责任人|牵头领导|分管领导|联系领导|负责人|牵头县领导|牵头市领导|包抓领导|包联领导|挂钩领导|督办领导|县领导|市领导|区领导|镇领导|领导",
    TASK: (
        "工作任务|重点任务|主要任务|任务名称|任务内容|具体任务|任务事项|工作事项|重点工作任务|重点工作|目标任务|任务分解|公开事项|改革任务|改革事项|"
        "项目名称|实事名称|实事项目|工作名称|指标名称|考核指标|重点事项|整治事项|问题清单|事项|任务"
    ),
    TEXT: (
        "工作要求|工作内容|主要内容|具体内容|具体要求|工作措施|具体措施|主要措施|工作目标|工作举措|主要举措|具体举措|目标要求|工作标准|任务要求|建设内容|项目内容|实施内容|建设任务|建设规模|年度目标|年度任务|"
        "预期目标|主要目标|推进措施|整改措施|整改目标|落实措施|措施|目标|要求|内容"
    ),
    CATEGORY: "类别|领域|分类|项目类别|责任板块|项目",
    OTHER: "启动时间|开工时间|开始时间|进展情况|工作进展|备注|成果形式|进展情况|监督单位|督办单位",
}


_HEAD = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _HEADS.items()) + f"|(?P<ROLE>{_ROLE_HEAD})")
_LONGEST_HEAD = 14
_FEWEST, _FEWEST_IN_A_RUN, _MOST_UNKNOWN = 2, 3, 2
_PARTS = "\n |"
_BLANK, _WORD = re.compile(r"[\s|]*"), re.compile(r"[^\s|。:,、;\d]{2,10}(?=[\s|])")


def column_of(head: str, exactly: bool = False) -> str:
    """What the column under a head holds, or "" when it says nothing we know; ``exactly`` when it must say nothing else."""
    words = bare(head)
    found = _HEAD.fullmatch(words)
    if found is None and not exactly and len(words) <= _LONGEST_HEAD:
        found = re.search(f"(?P<ROLE>{_ROLE_HEAD})", words) or _HEAD.search(words)
    if found is None:
        return ""
    return role_of(words) if found.lastgroup == "ROLE" else str(found.lastgroup)


def columns_of(heads: Sequence[str], exactly: bool = False) -> tuple[str, ...]:
    """What the columns under a row of heads hold; nothing when it is none. Heads over two rows are told by the lower one.

    Where no other column is the task, 项目 is, or among ``exactly`` known heads the word behind the number.
    """
    columns = [column_of(head, exactly) for head in heads]
    if not set(columns) & set(WORDS):
        for at, head in enumerate(heads):
            behind_number = exactly and not columns[at] and columns[at - 1 : at] == [NUMBER]
            if behind_number or (not exactly and bare(head) == "项目"):
                columns[at] = TASK
                break
    known = set(columns) - {""}
    task = len(known) >= _FEWEST and known & set(WORDS) and known & {*UNITS, TIME}
    return tuple(columns) if task else ()


def head_runs(text: str, start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Heads that follow one another in a plain text, run together, between blanks or a line each: from, to, columns."""
    runs, read_to = [], start
    for first in _HEAD.finditer(text, start, end):
        if first.start() >= read_to:
            heads = _heads_from(text, first, end)
            read_to = heads[-1].end()
            columns = columns_of([head.group() for head in heads], exactly=True)
            if sum(bool(_HEAD.fullmatch(head.group())) for head in heads) >= _FEWEST_IN_A_RUN and columns:
                runs.append((first.start(), read_to, columns))
    return runs


def _heads_from(text: str, first: re.Match[str], end: int) -> list[re.Match[str]]:
    heads, unknown = [first], []
    while len(unknown) <= _MOST_UNKNOWN:
        last = [*heads, *unknown][-1]
        blank = _BLANK.match(text, last.end(), end)
        found = _HEAD.match(text, blank.end(), end)
        alone = found and (text[found.end() : found.end() + 1] in _PARTS if "\n" in blank.group() else True)
        if found and alone and text[found.end() : found.end() + 1] != ":":
            if found.group() in [head.group() for head in heads]:
                break
            heads += [*unknown, found]
            unknown = []
        elif blank.group() and (word := _WORD.match(text, blank.end(), end)):
            unknown.append(word)
        else:
            break
    return heads
