"""A paper sent to its head, signed and numbered, taken back from circulation, mended by another one."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, move, require, require_said, require_seen, require_status
from kit.refusal import Already, Refusal
from kit.storage import keep_file
from kit.trace import spare
from supervision.actions.papers.drafting import fill, redraw
from supervision.actions.papers.telling import tell_addressee, tell_signers, tell_writers
from supervision.dashboard.drawing import first_blocks, moves_of
from supervision.dashboard.figures.figure import BlockSpec
from supervision.dashboard.papers import Checks, drawn, letterhead_of, mark_of
from supervision.models import Block, Paper, PaperEvent, PaperFile, PaperRecord, Serial
from supervision.permissions import acts_for, can_cosign_paper, can_sign_paper, can_write_paper

Status = Paper.Status
PER_PAPER = 10


@transaction.atomic
def send(paper, by, *, seen_version=None):
    """Send a draft to be signed; what would stop its signing is refused now."""
    row = _written(paper, by)
    spare(row, row.status == Status.SIGNING, "送签")
    require_seen(row, seen_version)
    require_status(row, Status.DRAFT, otherwise="不用送签")
    _require_whole(row)
    move(row, Status.SIGNING, sent_by=by, sent_at=clock.now(), word="")
    PaperEvent.write(row, by, "送签")
    _tell_next(row)
    return row


@transaction.atomic
def cosign(paper, by, *, seen_version=None):
    """The head of a co-issuer signs (会签); the last of them makes it the issuer's turn."""
    row = lock(paper)
    require(can_cosign_paper(by, row))
    require_seen(row, seen_version)
    require_status(row, Status.SIGNING, otherwise="不能会签")
    own = [each for each in row.joint.select_related("unit", "signed_by") if acts_for(by, each.unit)]
    waiting = [each for each in own if each.signed_at is None]
    if not waiting:
        raise Already(f"已由{own[0].signed_by.name}会签，没有重复办理。")
    for each in waiting:
        each.signed_by, each.signed_at = by, clock.now()
        each.save(update_fields=["signed_by", "signed_at"])
    PaperEvent.write(row, by, "会签", note="、".join(map(str, waiting)))
    if not row.joint.waiting().exists():
        _tell_next(row)
    return row


def _tell_next(row):
    """Those who sign next: the heads of the co-issuers that have not, then the issuer's."""
    waiting = row.joint.waiting().select_related("unit")
    for each in waiting:
        tell_signers(row, each.heads, "待会签")
    if not waiting:
        tell_signers(row, row.signers, "待签发")


def _to_draft(row, **told):
    """What was signed was signed of the text that is written on now."""
    row.joint.update(signed_by=None, signed_at=None)
    move(row, Status.DRAFT, **told)


@transaction.atomic
def take_back(paper, by, *, seen_version=None):
    row = _written(paper, by)
    require_seen(row, seen_version)
    require_status(row, Status.SIGNING, otherwise="不能撤回送签")
    _to_draft(row)
    PaperEvent.write(row, by, "撤回送签")
    return row


@transaction.atomic
def send_back(paper, by, word, *, seen_version=None):
    """A head who is to sign, or a co-issuer's, gives it back with a word; what others signed is void."""
    row = lock(paper)
    require(can_sign_paper(by, row) or can_cosign_paper(by, row))
    require_seen(row, seen_version)
    require_status(row, Status.SIGNING, otherwise="不能退回")
    word = require_said(word, "请写明哪里要改。")
    _to_draft(row, word=word)
    PaperEvent.write(row, by, "退回", note=word)
    tell_writers(row, f"退回修改：{row.title}", word)
    return row


@transaction.atomic
def sign(paper, by, seen_version=None, seen_moves=""):
    """Print it: all figures are computed once more, it takes its number, and its record is frozen.

    ``seen_moves`` is the mark of what moved as the head was shown it; anything else that moved has to be looked at first.
    """
    row = lock(paper)
    require(can_sign_paper(by, row))
    spare(row, row.status == Status.PRINTED, "印发")
    require_seen(row, seen_version)
    require_status(row, Status.SIGNING, otherwise="不能签发")
    _require_whole(row)
    if waiting := row.joint.waiting().select_related("unit"):
        raise Refusal(f"{'、'.join(map(str, waiting))}还没有会签，会签以后才能签发。")
    moves, now = moves_of(row), clock.now()
    if mark_of(moves) != seen_moves:
        raise Refusal(
            f"送签以来有{len(moves)}处数字变了，已列在下面，请看过后再签发。"
            if moves
            else "数字又变回去了，请再看一遍后签发。"
        )
    if moves:
        redraw(row, now)
    _number(row, by, now)
    changes = {f"{each.label}": [each.old, each.new] for each in moves}
    PaperRecord.made(drawn(row, list(row.blocks.all())), by, paper=row, at=now).save()
    PaperEvent.write(row, by, "印发", note=row.code, changes=changes)
    tell_writers(row, f"已印发：{row}")
    tell_addressee(row, f"{row.issuer}{row.get_kind_display()}：{row}")
    return row


def _number(row, by, now):
    """Under its issuer's letterhead of today; a number is never given twice."""
    head, year = letterhead_of(row), clock.local(now).year
    number = Serial.next(row.issuer, head.series, year)
    head = {"series": head.series, "numbering": head.numbering, "masthead": head.masthead}
    move(row, Status.PRINTED, signed_by=by, signed_at=now, year=year, number=number, **head)


def _require_whole(row):
    if stopping := Checks(row, list(row.blocks.all())).stopping:
        raise Refusal("".join(stopping))


@transaction.atomic
def withdraw(paper, by, word, *, seen_version=None):
    """Who wrote it takes it out of circulation, and says why; its number is not given again."""
    row = lock(paper)
    require(can_write_paper(by, row) or can_sign_paper(by, row))
    spare(row, row.status == Status.WITHDRAWN, "撤回")
    require_seen(row, seen_version)
    require_status(row, Status.PRINTED, otherwise="不用撤回")
    word = require_said(word, "请写明为什么撤回。")
    move(row, Status.WITHDRAWN, word=word)
    PaperEvent.write(row, by, "撤回", note=word)
    tell_writers(row, f"已撤回：{row}", word)
    tell_addressee(row, f"已撤回：{row}", word)
    return row


@transaction.atomic
def correct(paper, by, word):
    """Begin the paper that mends a printed one; return the draft. The printed one stays as it is, and points at it once it is out."""
    row = _written(paper, by)
    require_status(row, Status.PRINTED, otherwise="不能更正")
    if known := row.corrections.exclude(status=Status.WITHDRAWN).first():
        raise Refusal(f"这份文书已由“{known}”更正（{known.get_status_display()}），不能再更正一次。")
    word = require_said(word, "请写明哪里有误。")
    made = Paper.objects.create(**_as(row), replaces=row, drafted_by=by, year=clock.today().year)
    made.plans.set(row.plans.all())
    made.co_issuers.set(list(row.co_issuers.all()))
    told = BlockSpec(Block.Kind.TEXT, f"{row.issuer}印发的《{row.title}》（{row.code}）有误：{word}现更正如下。")
    fill(made, [told, *first_blocks(made), *row.blocks.all()])
    redraw(made, clock.now())
    PaperEvent.write(made, by, "起草", note=f"更正{row.code}：{word}")
    PaperEvent.write(row, by, "更正", note=word)
    return made


def _as(row):
    """What a correction takes over; its title is the same, and says what it is where there is room."""
    same = ("unit", "issuer", "month", "until", "direction", "main_to", "copy_to", "addressee", "secrecy", "urgency")
    title = f"{row.title}（更正）"
    kept = {name: getattr(row, name) for name in (*same, "directive", "occasion", "round")}
    return kept | {"kind": Paper.Kind.CORRECTION, "title": title if len(title) <= Paper.TITLE else row.title}


def attach_scan(paper, by, upload, *, agreed_on=None):
    """The paper as it is on paper, sealed and signed; of a 责任书 the day both signed it."""
    return keep_file(PaperFile(paper=paper, by=by, at=clock.now()), upload, lambda file: _record(file, by, agreed_on))


@transaction.atomic
def _record(file, by, agreed_on):
    row = _written(file.paper, by)
    require_status(row, Status.PRINTED, otherwise="不能上传扫描件")
    if row.files.count() >= PER_PAPER:
        raise Refusal(f"一份文书最多{PER_PAPER}个扫描件。")
    row.files.require_new(file)
    file.save()
    changes = {}
    if agreed_on and agreed_on != row.agreed_on:
        changes = {"双方签字日期": [str(row.agreed_on or ""), str(agreed_on)]}
        change(row, agreed_on=agreed_on)
    PaperEvent.write(row, by, "上传扫描件", note=file.name, changes=changes)


def _written(paper, by):
    row = lock(paper)
    require(can_write_paper(by, row))
    return row
