"""One grammar for who does what by when: labels (牵头单位：…；完成时限：…), verbs (甲牵头，乙、丙配合), marks at a name (甲（牵头）)."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.reader.deadlines import is_deadline
from tasks.reader.names import Item, clean, first_leads, joined, looks_like_unit, split_names, without_remarks
from tasks.reader.source import plain

LEAD, SUPPORT, DUTY = "LEAD", "SUPPORT", "DUTY"

_ROLE = "牵头|主办|主责|责任|负责|承办|配合|协办|协助|协同|协作|参与|参加|支持|实施|落实|承担|完成|执行|组织|主体|主管|具体|支撑|联动|保障|成员|挂钩|包联|包保|建设"
_NOUN = "单位|部门|科室|处室|股室|机构|主体|处|镇街|方|区县|局"
_PEOPLE = "领导|责任人|负责人|负责同志|联系人|联络人|组长|县长|专人"
_TIME = "时限|时间|期限|节点|日期|进度安排|时间表"
_OTHER = "目标|措施|要求|内容|任务|标准|做法|成果|形式|依据|备注|说明|举措|清单|指标|监督单位|督办单位|考核单位|督查单位|督导单位|监管单位|验收单位|指导单位|(?:启动|开始|起始|开工)(?:时间|日期)|项目业主|业主单位|联系电话|资金来源|范围|地点|规模|总投资|资金"
_KNOWN = re.compile(
    rf"(?<![各该由有与将向让使及是])(?:(?P<unit>(?:[省市县区州镇]级|监管|第一|主要|首要|具体|共同|直接|其他|其它)?(?:{_ROLE})(?:[、/和及与(]?(?:{_ROLE})\)?)?"
    rf"(?:{_NOUN})(?:[/、及和](?:{_ROLE})?(?:{_NOUN}))?(?: ?\([^():\n]{{1,16}}\))?|(?:部门|单位|责任)分工|牵头|配合|主办|协办|主责|参与)"
    rf"|(?P<people>(?:{_ROLE}|分管|包抓|挂点|联系|挂钩)?[省市县区州镇]?(?:{_PEOPLE}))"
    rf"|(?P<time>(?:(?:完成|办结|办理|实施|整改|工作|推进|任务|落实|计划|预计|总体)(?:{_TIME})|时限|时间(?=节点|要求|安排|进度))(?:要求|安排|节点|进度)?)"
    rf"|(?P<other>(?:工作|主要|具体|重点|任务|年度|预期)?(?:{_OTHER})))"
    rf" ?(?:为|是)?:"
)
_ANY = re.compile(r"(?:^|(?<=[,;、。( \n]))[\u4e00-\u9fff]{2,8} ?:")
_LEADS = re.compile(r"牵头|主办|主责|(?:第一|主要|首要)责任|总负责")
_HELPS = re.compile(r"其[他它]|配合|协办|协助|协同|协作|参与|参加|支持|支撑|联动|保障|成员|挂钩|包联|包保")
# Words that may end an item and are no part of a name: what is done, and how.
_ACT = re.compile(
    "牵头|主办|主责|负责|配合|协助|协办|协同|参与|参加|支持|落实|承办|(?:组织|具体)?实施|推进|办理|完成|抓好|执行|跟进|督促|承担"
)
_TAIL = re.compile(
    rf"(?:[ ,]*(?:{_ACT.pattern}|(?:(?:按照?|依|依据|根据|结合)(?:各自)?职责|按照?)(?:分工)?|在职责范围内|按职能|分工|分别|共同|各自|具体|统一|"
    "密切|积极|组织|予以|做好|同步|联合|进行|工作|协调|抓总|督导|指导|监督|统筹|总|等|(?:属地|主体|监管|属地管理)责任))+[ ,。;]*$"
)
_PERSON = re.compile(r"\s*[^的]{0,8}(?:同志|[省市县区州镇乡]长|书记|常委|主席)\s*")
_TOGETHER = re.compile(r"会同|商请|联合(?=[\u4e00-\u9fff]{3})|会商")
_MARKED = re.compile(r" ?\((共同牵头|联合牵头|牵头|主办|主责|责任|配合|协办|协助|牵头单位|配合单位|牵头负责|总牵头)\)$")
_DUTY_NAMED = re.compile(r"(?:均|都|同)?(?:作)?为(牵头|责任|配合|协办|实施)单位$")
_THIS_WORK = re.compile(r"^\s*(?:此项|该项|本项|这项|上述|以上)(?:各项)?(?:工作|任务)?(?=由)")
_DATED = re.compile(r"20\d{2}年[^、，,]{0,12}(?:完成|推进|实现|建成|启动|取得)[^、，,]{0,8}")


@dataclass
class Roles:
    """Who does what: units in order as (role, name), those who oversee, deadlines, labels nobody knows."""

    units: list[tuple[str, str]] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    first_leads: bool = False

    def names(self, *roles: str) -> list[str]:
        return [name for role, name in self.units if not roles or role in roles]

    @property
    def strange(self) -> list[str]:
        return [name for name in self.names() if not looks_like_unit(name)]

    def take(self, other: "Roles") -> None:
        """Add what another note of the same task says; a unit named before keeps its first role."""
        known = set(self.names())
        self.units += [(role, name) for role, name in other.units if name not in known]
        self.leaders += other.leaders
        self.deadlines += other.deadlines
        self.unknown += other.unknown
        self.first_leads = self.first_leads or other.first_leads


@dataclass(frozen=True)
class Label:
    """Words before a colon: where, as far as they go back, and what we know of them; nothing for one we do not know."""

    start: int
    end: int
    words: str
    known: re.Match[str] | None


def labels_in(text: str) -> list[re.Match[str]]:
    return list(_KNOWN.finditer(text))


def all_labels(text: str) -> list[Label]:
    """All labels of a note's plain text, the unknown too: 验收标准 is no 标准 with 验收 left over."""
    spans = {found.end(): found.start() for found in _ANY.finditer(text)}
    known = {found.end(): found for found in labels_in(text)}
    labels = []
    for end in sorted(spans.keys() | known.keys()):
        start = min(spans.get(end, end), known[end].start() if end in known else end)
        labels.append(Label(start, end, text[start:end].rstrip(": "), known.get(end)))
    return labels


def role_of(word: str) -> str:
    """The role a label, a head or a verb gives; for leads and others at once neither."""
    if re.search(r"牵头.*(?:及|和|、|/).*配合", word):
        return DUTY
    return LEAD if _LEADS.search(word) else SUPPORT if _HELPS.search(word) else DUTY


def only_units(text: str) -> bool:
    names = said(text).names()
    return bool(names) and all(map(looks_like_unit, names))


def is_time(item: str) -> bool:
    return is_deadline(item) or bool(_DATED.fullmatch(item.strip()))


def verb_in(item: str) -> tuple[str, str]:
    """An item of a list as the name and what it does (甲局 | 按职责分工负责); the latter is empty without a verb."""
    rest = item.rstrip(" ,。;")
    if named := _DUTY_NAMED.search(rest):
        return item[: named.start()], named.group(1)
    tail = _TAIL.search(item)
    return (item[: tail.start()], tail.group()) if tail and _ACT.search(tail.group()) else (item, "")


def said(text: str, default: str = DUTY) -> Roles:
    """What a note or a cell says: its labels and, where it has none, its list with verbs; else names have the default role."""
    roles = Roles()
    roles.take(_said(text, default))
    return roles


@lru_cache(maxsize=1024)
def _said(text: str, default: str) -> Roles:
    """The same for texts read before: a document names the same units over and over."""
    bare = plain(text)
    if not labels_in(bare):
        return _listed(text, default)
    roles, labels = Roles(first_leads=first_leads(text)), all_labels(bare)
    before = text[: labels[0].start].strip(" （(【[\u3000")
    if clean(before):
        roles.take(_listed(before, default))
    for label, end in zip(labels, [*(each.start for each in labels[1:]), len(text)], strict=True):
        if text[label.end : end].strip(" \n\u3000\t、，,；;。)）"):
            _take_value(roles, label, text[label.end : end])
    return roles


def _take_value(roles: Roles, label: Label, value: str) -> None:
    if label.known is None:
        roles.unknown.append(label.words)
        helping = _listed(value, SUPPORT)
        if not helping.strange:
            roles.take(helping)
    elif label.known["unit"]:
        roles.take(_listed(value, role_of(label.known["unit"])))
        roles.first_leads = roles.first_leads or first_leads(label.known["unit"])
    elif label.known["people"]:
        names = split_names(value)
        roles.leaders += joined([item for item in names if not is_time(item.name)])
        roles.deadlines += [item.name.strip() for item in names if is_time(item.name)]
    elif label.known["time"]:
        value = value.strip(" \n\u3000;；,，)）")
        roles.deadlines.append(value.rstrip("。") if is_deadline(value) else value)


@dataclass
class _Listing:
    default: str
    roles: Roles
    waiting: list[Item] = field(default_factory=list)

    def told(self, role: str) -> None:
        """A verb was read. 甲、乙，丙配合 lets only what stands after the comma support, when none leads yet."""
        comma = max((at for at, item in enumerate(self.waiting) if at and item.before in ",;"), default=0)
        if role == SUPPORT and comma and not self.roles.units:
            rest, self.waiting = self.waiting[comma:], self.waiting[:comma]
            self.close(self.default)
            self.waiting = rest
        self.close(role)

    def close(self, role: str) -> None:
        self.roles.units += [(role, name) for name in joined(self.waiting) if name not in self.roles.names()]
        self.waiting = []


def _listed(text: str, default: str) -> Roles:
    listing = _Listing(default, Roles(first_leads=first_leads(text)))
    for item in split_names(_THIS_WORK.sub("", without_remarks(text))):
        if is_time(item.name):
            listing.roles.deadlines.append(item.name.strip())
        elif marked := _MARKED.search(plain(item.name)):
            if marked.group(1)[:2] not in ("共同", "联合"):
                listing.close(default)
            listing.waiting.append(Item(item.name[: marked.start()], item.before))
            listing.close(role_of(marked.group(1)))
        else:
            _take_spoken(listing, item)
    listing.close(default)
    return listing.roles


def _take_spoken(listing: _Listing, item: Item) -> None:
    name, verb = verb_in(item.name)
    both = _TOGETHER.search(plain(name))
    if both and both.start() >= 2:
        listing.waiting.append(Item(name[: both.start()], item.before))
        listing.close(SUPPORT if listing.roles.names(LEAD) else LEAD)
        name, item = name[both.end() :], Item("", "")
    if _PERSON.fullmatch(name):
        listing.roles.leaders.append(clean(name))
    elif clean(name):
        listing.waiting.append(Item(name, item.before))
    if verb:
        listing.told(role_of(verb))
