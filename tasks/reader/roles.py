"""Who does what, from the words of a note: labels (牵头单位：…；配合单位：…) and verbs (甲牵头，乙、丙配合)."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.reader.deadlines import is_deadline
from tasks.reader.labels import DUTY, LEAD, SUPPORT, Label, labels_of_note, role_beside, role_of
from tasks.reader.names import Item, clean, first_leads, joined, looks_like_unit, split_names, without_remarks
from tasks.reader.source import plain

# Words that may end an item and are no part of a name: how it is done, and what is done.
_ADVERBS = (
    "按照各自职责分工 按照各自职责 按照职责分工 按各自职责分工 按各自职责 按职责分工 按照职责 按职责 按照分工 按分工 依职责 依据职责 "
    "根据职责分工 根据职责 结合职责 在职责范围内 按职能 分工 分别 共同 各自 具体 统一 密切 积极 组织 予以 做好 同步 联合 进行 工作 "
    "协调 抓总 督导 指导 监督 统筹 总 等 属地责任 主体责任 监管责任 属地管理责任"
)
_ACTS = "牵头 主办 主责 负责 配合 协助 协办 协同 参与 参加 支持 落实 承办 组织实施 具体实施 实施 推进 办理 完成 抓好 执行 跟进 督促 承担"
_TAILS = sorted([*_ADVERBS.split(), *_ACTS.split()], key=len, reverse=True)
_TAIL_ENDS = tuple(_TAILS)
_TOGETHER = re.compile(r"会同|商请|联合(?=[\u4e00-\u9fff]{3})|会商")
_MARKED = re.compile(r" ?\((共同牵头|联合牵头|牵头|主办|主责|责任|配合|协办|协助|牵头单位|配合单位|牵头负责|总牵头)\)$")
_HOLDS_ON = re.compile(r"下同|以下(?:各项)?(?:均)?不再|不再(?:一一)?(?:列出|标注|注明)")
_DUTY_NAMED = re.compile(r"(?:均|都|同)?(?:作)?为(牵头|责任|配合|协办|实施)单位$")
_THIS_WORK = re.compile(r"^\s*(?:此项|该项|本项|这项|上述|以上)(?:各项)?(?:工作|任务)?(?=由)")
_DATED = re.compile(r"20\d{2}年[^、，,]{0,12}(?:完成|推进|实现|建成|启动|取得)[^、，,]{0,8}")
_DONE = re.compile(r"(?:完成|落实|办结|到位|开工|竣工|见效|启动)$")
_EMPTY = " \n\u3000\t、，,；;。)）"
_STANDING = re.compile(
    r"(?:^|(?<=[。;,(、]))以[下上](?:各项任务|各项工作|各项|任务|工作|内容)?(?:均|都|同样)?(?:需|由|须|应|要)?(?P<who>[^。;]*)"
)


@dataclass
class Roles:
    """The units of a note in order, by role; leaders and deadlines named in it; units that hold for all later tasks; labels nobody knows."""

    units: list[tuple[str, str]] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    first_leads: bool = False

    def names(self, *roles: str) -> list[str]:
        return [name for role, name in self.units if not roles or role in roles]

    def take(self, other: "Roles") -> None:
        """Add what another note of the same task says; a unit named before keeps its first role."""
        if other.units:
            known = set(self.names())
            self.units += [(role, name) for role, name in other.units if name not in known]
        self.leaders += other.leaders
        self.deadlines += other.deadlines
        self.standing += other.standing
        self.unknown += other.unknown
        self.first_leads = self.first_leads or other.first_leads


def is_time(item: str) -> bool:
    """Is an item of a list no name but a deadline (6月底前完成)?"""
    return (
        is_deadline(item)
        or bool(_DATED.fullmatch(item.strip()))
        or bool(_DONE.search(item) and is_deadline(_DONE.sub("", item)))
    )


def verb_in(item: str) -> tuple[str, str]:
    """An item of a list as the name and what it does (甲局 | 按职责分工负责); the latter is empty without a verb."""
    rest = item.rstrip(" ,。;")
    if named := _DUTY_NAMED.search(rest):
        return item[: named.start()], named.group(1)
    while rest.endswith(_TAIL_ENDS):
        tail = next(tail for tail in _TAILS if rest.endswith(tail))
        rest = rest[: -len(tail)].rstrip(" ,")
    verb = item[len(rest) :]
    return (item[: len(rest)], verb) if any(act in verb for act in _ACTS.split()) else (item, "")


def labelled(text: str) -> Roles:
    """What a note with labels says; ``text`` as written."""
    roles = Roles()
    roles.take(_labelled(text))
    return roles


@lru_cache(maxsize=1024)
def _labelled(text: str) -> Roles:
    roles = Roles(first_leads=first_leads(text))
    bare = plain(text)
    labels = labels_of_note(bare)
    before = text[: labels[0].start].strip(" （(【[\u3000") if labels else ""
    if clean(before):
        roles.take(spoken(before))
    for at, label in enumerate(labels):
        end = labels[at + 1].start if at + 1 < len(labels) else len(text)
        _take_value(roles, label, text[label.end : end], bare)
    return roles


def _take_value(roles: Roles, found: Label, value: str, note: str) -> None:
    if not value.strip(_EMPTY):
        return
    label = found.known
    if label is None:
        roles.unknown.append(found.words)
        helping = _listed(value, SUPPORT)
        if all(looks_like_unit(name) for name in helping.names()):
            roles.take(helping)
        return
    if label["unit"]:
        roles.take(_listed(value, role_beside(label["unit"], note)))
        roles.first_leads = roles.first_leads or first_leads(label["unit"])
    elif label["people"]:
        names = split_names(value)
        times = [item for item in names if is_time(item.name)]
        roles.leaders += joined([item for item in names if item not in times])
        roles.deadlines += [item.name.strip() for item in times]
    elif label["time"]:
        written = value.strip(" \n\u3000;；,，)）")
        roles.deadlines.append(written.rstrip("。") if is_deadline(written) else written)


def _listed(value: str, role: str) -> Roles:
    """The names after a label; a verb or a mark in brackets at a name says more than the label."""
    spoken_roles = spoken(value, role)
    marked = {given for given, _ in spoken_roles.units} - {role}
    if marked == {LEAD} and role == DUTY:
        spoken_roles.units = [(LEAD if given == LEAD else SUPPORT, name) for given, name in spoken_roles.units]
    return spoken_roles


@dataclass
class _Listing:
    """A list being read: names wait until a verb says what they do."""

    default: str
    roles: Roles
    waiting: list[Item] = field(default_factory=list)
    together: bool = False
    last: list[str] = field(default_factory=list)

    def told(self, role: str) -> None:
        """A verb was read. 甲、乙，丙配合 lets only what stands after the comma support, when none leads yet."""
        comma = max((at for at, item in enumerate(self.waiting) if at and item.before in ",;"), default=0)
        if role == SUPPORT and comma and not self.roles.units and not self.together:
            rest, self.waiting = self.waiting[comma:], self.waiting[:comma]
            self.close(self.default)
            self.waiting = rest
        self.close(role)

    def close(self, role: str) -> None:
        names = joined(self.waiting)
        self.last = names or self.last
        if self.together and role != LEAD:
            role = SUPPORT
        self.roles.units += [(role, name) for name in names if name not in self.roles.names()]
        self.waiting = []
        self.together = False


def spoken(text: str, default: str = DUTY) -> Roles:
    """What a list with verbs says: 甲牵头，乙、丙配合; names without a verb get the default role."""
    roles = Roles()
    roles.take(_spoken(text, default))
    return roles


@lru_cache(maxsize=1024)
def _spoken(text: str, default: str) -> Roles:
    """The same for texts read before: a document names the same units over and over."""
    listing = _Listing(default, Roles(first_leads=first_leads(text)))
    names = _THIS_WORK.sub("", without_remarks(text))
    for found in reversed(list(_STANDING.finditer(plain(names)))):
        listing.roles.standing += _standing(names[slice(*found.span("who"))])
        names = names[: found.start()] + names[found.end() :]
    for item in split_names(names):
        _take_item(listing, item)
    listing.close(default)
    if _HOLDS_ON.search(plain(text)) and not listing.roles.first_leads:
        listing.roles.standing += [name for name in listing.last if name.startswith("各")]
    return listing.roles


def _take_item(listing: _Listing, item: Item) -> None:
    name = item.name
    if is_time(name):
        listing.roles.deadlines.append(name.strip())
        return
    marked = _MARKED.search(plain(name))
    if marked:
        if marked.group(1)[:2] not in ("共同", "联合"):
            listing.close(listing.default)
        listing.waiting.append(Item(name[: marked.start()], item.before))
        listing.close(role_of(marked.group(1)))
        return
    _take_spoken(listing, item)


def _standing(text: str) -> list[str]:
    """The units that hold for all that follows."""
    names = joined([Item(verb_in(item.name)[0], item.before) for item in split_names(text)])
    return [name for name in names if looks_like_unit(name)]


def _take_spoken(listing: _Listing, item: Item) -> None:
    name, verb = verb_in(item.name)
    both = _TOGETHER.search(plain(name))
    if both and both.start() >= 2:
        listing.waiting.append(Item(name[: both.start()], item.before))
        listing.close(SUPPORT if listing.roles.names(LEAD) else LEAD)
        listing.together = True
        name, item = name[both.end() :], Item(name[both.end() :], "")
    if clean(name):
        listing.waiting.append(Item(name, item.before))
    if verb:
        listing.told(role_of(verb))
