"""A paper as it reads: one shape of its content, of a draft and of what was printed; what stands against sending it to be signed."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import clock
from kit.records import checksum
from supervision.models import Block, Letterhead, Paper
from supervision.papers.by_when import says_by_when
from supervision.papers.handwritten import spots
from supervision.papers.tokens import faults, keys_of, plain

Kind = Paper.Kind
# Papers that say what units have to do by when; those that go to one unit.
DEMANDING = (Kind.BULLETIN, Kind.RANKING, Kind.INTERVIEW, Kind.SLIP)
TO_ONE = (Kind.COMMITMENT, Kind.INTERVIEW, Kind.SLIP)
AROUND = 12
TITLES = {
    Kind.BULLETIN: "关于{span}{plans}推进情况的通报",
    Kind.RANKING: "关于{span}{plans}考评排名情况的通报",
    Kind.MEDIA: "{span}{plans}推进情况",
    Kind.REPORT: "关于{span}{plans}推进情况的报告",
    Kind.COMMITMENT: "{plans}目标管理责任书",
    Kind.INTERVIEW: "约谈通知",
    Kind.SLIP: "督办通知",
    Kind.SUMMARY: "{span}{plans}工作总结",
}


def span_words(month, until):
    """2015年9月, 2015年1-9月, 2015年上半年."""
    if month is None:
        return ""
    until = until or month
    if month.year != until.year:
        return f"{month.year}年{month.month}月至{until.year}年{until.month}月"
    named = {(1, 6): "上半年", (7, 12): "下半年", (1, 12): ""}
    if month == until:
        return f"{month.year}年{month.month}月"
    return f"{month.year}年{named.get((month.month, until.month), f'{month.month}-{until.month}月')}"


def title_for(kind, plans, month, until, part=None):
    """What a paper of this kind is usually called."""
    span = span_words(month, until)
    named = "、".join(str(plan).removeprefix(span[:5]) for plan in plans) or "重点工作"
    named += part.title if part else ""
    return TITLES.get(kind, "关于{plans}的通报").format(span=span, plans=named)[: Paper.TITLE]


def letterhead_of(paper):
    """How its issuer heads papers of its kind; a correction is numbered as what it corrects. None where it is not set."""
    kinds = [paper.kind, *([paper.replaces.kind] if paper.replaces_id else [])]
    known = {each.kind: each for each in Letterhead.objects.of(paper.issuer_id).filter(kind__in=kinds)}
    return next((known[kind] for kind in reversed(kinds) if kind in known), None)


def content_of(paper):
    """Everything that is printed, in plain values: as it was printed, or of a draft as it stands."""
    if paper.is_out:
        return paper.frozen
    return drawn(paper, list(Block.objects.of([paper])))


def drawn(paper, blocks):
    head = letterhead_of(paper)
    return {
        "kind": paper.kind,
        "title": paper.title,
        "code": paper.code,
        "masthead": paper.masthead or (head.masthead if head else ""),
        "numbering": paper.numbering or (head.numbering if head else ""),
        "issuer": paper.issuer.full_name or paper.issuer.name,
        "co_issuers": [unit.full_name or unit.name for unit in paper.co_issuers.all()],
        "main_to": paper.main_to or (str(paper.addressee) if paper.addressee else ""),
        "copy_to": paper.copy_to,
        "direction": paper.direction,
        "marks": [mark for mark in (paper.copy_number, paper.secrecy, paper.get_urgency_display()) if mark],
        "signer": "　".join(_signers(paper)),
        "printed_on": f"{clock.local(paper.signed_at):%Y-%m-%d}" if paper.signed_at else "",
        "as_of": clock.local(paper.as_of).isoformat(timespec="seconds"),
        "replaces": paper.replaces.code if paper.replaces_id else "",
        "blocks": [
            {"kind": each.kind, "text": each.text, "figures": each.figures, "content": each.content} for each in blocks
        ],
    }


def _signers(paper):
    """The issuer's head, then those of the co-issuers: upward they are named in the head of the paper."""
    rows = paper.joint.select_related("signed_by") if paper.signed_by else ()
    return [each.name for each in (paper.signed_by, *(row.signed_by for row in rows)) if each]


def mark_of(moves):
    """What was shown to have moved, to be compared with what moved when it is signed."""
    return checksum([[move.block.pk, move.key, move.old, move.new] for move in moves]) if moves else ""


@dataclass(frozen=True)
class Hand:
    """A number typed by hand, where it stands."""

    number: str
    before: str
    after: str
    block: Block


@dataclass(frozen=True)
class Lack:
    """What a paper lacks before it is signed; ``stops`` it from being sent, or is only told."""

    sentence: str
    stops: bool = True


class Checks:
    """A draft looked over: its numbers by hand, what it lacks, how many figures have a source."""

    def __init__(self, paper, blocks):
        self.paper, self.blocks = paper, blocks

    @cached_property
    def by_hand(self):
        return [
            Hand(text[first:last], text[max(0, first - AROUND) : first], text[last : last + AROUND], block)
            for block in self.blocks
            for text in [_bare(block)]
            for first, last in spots(text)
        ]

    @property
    def sourced(self):
        return sum(len(keys_of(each.text)) + _cells(each.content) for each in self.blocks)

    @property
    def stopping(self):
        return [lack.sentence for lack in self.lacks if lack.stops]

    @cached_property
    def lacks(self):
        return [*self._around(), *self._within()]

    def _around(self):
        """What the paper itself lacks: its head, who signs it, to whom it goes."""
        paper = self.paper
        if not paper.issuer.is_active:
            yield Lack(f"{paper.issuer}已停用，请改制发单位。")
        if letterhead_of(paper) is None:
            yield Lack(f"{paper.issuer}还没有设{paper.get_kind_display()}的抬头和文号，不能编号。")
        if not paper.signers.exists():
            yield Lack(f"{paper.issuer}还没有单位负责人账号，没有人能签发。")
        for each in paper.joint.select_related("unit") if paper.co_issuers.all() else ():
            if not each.heads.exists():
                yield Lack(f"{each.unit}还没有单位负责人账号，没有人能会签。")
        if paper.kind in TO_ONE and not paper.addressee_id:
            yield Lack(f"{paper.get_kind_display()}只送一个单位，请写明送给谁。")
        if not (paper.main_to or paper.addressee_id or paper.kind in (Kind.MEDIA, Kind.SUMMARY)):
            yield Lack("没写主送单位。", stops=False)
        if paper.secrecy and not paper.secrecy.startswith("内部"):
            yield Lack("标了密级：涉及国家秘密的文件不得在非涉密系统起草、传送，请先核对。", stops=False)

    def _within(self):
        """What its text lacks."""
        told = [(each, plain(each.text, each.figures)) for each in self.blocks]
        body = "\n".join(text for each, text in told if each.kind == Block.Kind.TEXT)
        if not body.strip():
            yield Lack("正文还没有一段文字。")
        for place, (each, _) in enumerate(told, 1):
            yield from (Lack(f"第{place}段：{sentence}") for sentence in faults(each.text, each.figures))
        if self.paper.kind in DEMANDING and body and not says_by_when(body):
            yield Lack("没写下步要求和期限。", stops=False)
        if self.by_hand:
            yield Lack(f"手填数字{len(self.by_hand)}处，请核对来源。", stops=False)


def _bare(block):
    """The text with its figures taken out, so that no digit of theirs counts as typed."""
    return plain(block.text, {key: {"value": "□"} for key in block.figures})


def _cells(content):
    """How many cells of a table are figures."""
    rows = [*content.get("rows", ()), content.get("sum") or ()]
    return sum(isinstance(cell, dict) for row in rows for cell in row)
