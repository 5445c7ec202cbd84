"""Labels of a unit note: words before a colon that say whose names, or which deadline, follow."""

import re
from dataclasses import dataclass

LEAD, DUTY, SUPPORT = "LEAD", "DUTY", "SUPPORT"

_ROLE = "牵头|主办|主责|责任|负责|承办|配合|协办|协助|协同|协作|参与|参加|支持|实施|落实|承担|完成|执行|组织|主体|主管|具体|支撑|联动|保障|成员|挂钩|包联|包保|建设"
_NOUN = "单位|部门|科室|处室|股室|机构|主体|处|镇街|方|区县|局"
_PEOPLE = "领导|责任人|负责人|负责同志|联系人|联络人|组长|县长|专人"
_TIME = "时限|时间|期限|节点|日期|进度安排|时间表"
_OTHER = "目标|措施|要求|内容|任务|标准|做法|成果|形式|依据|备注|说明|举措|清单|指标|监督单位|督办单位|考核单位|督查单位|督导单位|监管单位|验收单位|指导单位|(?:启动|开始|起始|开工)(?:时间|日期)|项目业主|业主单位|联系电话|资金来源|范围|地点|规模|总投资|资金"
LABEL = re.compile(
    rf"(?<![各该由有与将向让使及是])(?:(?P<unit>(?:[省市县区州镇]级|监管|第一|主要|首要|具体|共同|直接|其他|其它)?(?:{_ROLE})(?:[、/和及与(]?(?:{_ROLE})\)?)?"
    rf"(?:{_NOUN})(?:[/、及和](?:{_ROLE})?(?:{_NOUN}))?(?: ?\([^():\n]{{1,16}}\))?|(?:部门|单位|责任)分工|牵头|配合|主办|协办|主责|参与)"
    rf"|(?P<people>(?:{_ROLE}|分管|包抓|挂点|联系|挂钩)?[省市县区州镇]?(?:{_PEOPLE}))"
    rf"|(?P<time>(?:(?:完成|办结|办理|实施|整改|工作|推进|任务|落实|计划|预计|总体)(?:{_TIME})|时限|时间节点)(?:要求|安排|节点)?)"
    rf"|(?P<other>(?:工作|主要|具体|重点|任务|年度|预期)?(?:{_OTHER})))"
    rf" ?(?:为|是)?:"
)


_ANY = re.compile(r"(?:^|(?<=[,;、。( \n]))[\u4e00-\u9fff]{2,8} ?:")


def role_beside(label: str, others: str) -> str:
    """The role of a label or head among others: 主责 beside 牵头 leads no more."""
    return DUTY if "主责" in label and "牵头" not in label and "牵头" in others else role_of(label)


def role_of(label: str) -> str:
    """The role a label or a verb gives; a label for leads and others at once tells neither."""
    if re.search(r"牵头.*(?:及|和|、|/).*配合", label):
        return DUTY
    if re.search(r"牵头|主办|主责|(?:第一|主要|首要)责任|总负责", label):
        return LEAD
    return (
        SUPPORT
        if re.search(r"其[他它]|配合|协办|协助|协同|协作|参与|参加|支持|支撑|联动|保障|成员|挂钩|包联|包保", label)
        else DUTY
    )


def labels_in(text: str) -> list[re.Match[str]]:
    """The labels of a plain text that end in a colon."""
    return list(LABEL.finditer(text))


@dataclass(frozen=True)
class Label:
    """A label of a note: its words as far as they go back, and what we know of them; nothing for one we do not know."""

    start: int
    end: int
    words: str
    known: re.Match[str] | None


def labels_of_note(text: str) -> list[Label]:
    """All labels of a note's plain text, the unknown too: 验收标准 is no 标准 with 验收 left over."""
    spans = {found.end(): found.start() for found in _ANY.finditer(text)}
    known = {found.end(): found for found in labels_in(text)}
    labels = []
    for end in sorted(spans.keys() | known.keys()):
        start = min(spans.get(end, end), known[end].start() if end in known else end)
        labels.append(Label(start, end, text[start:end].rstrip(": "), known.get(end)))
    return labels
