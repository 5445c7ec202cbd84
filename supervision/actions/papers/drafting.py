"""A paper begun, written block by block, drawn again: while it is a draft, by several people at once."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require, require_status
from kit.refusal import Conflict, Refusal
from kit.tables.declared import fields_of, words_of
from kit.text import clean
from kit.trace import differences
from supervision.dashboard.drawing import first_blocks, recomputed
from supervision.dashboard.figures.figure import TABLES, figure_of
from supervision.dashboard.figures.scope import scope_of
from supervision.dashboard.papers import title_for
from supervision.models import Block, Paper, PaperEvent
from supervision.papers.tokens import faults, inserted
from supervision.permissions import can_draft_papers, can_write_paper
from tasks.permissions import can_manage_plan
from units.models import User

Status = Paper.Status
WROTE, GONE = "修改", "这一段刚刚已删去。"
MOST_BLOCKS, MOST_PLANS = 200, 20
# What a draft says of itself in one column each.
COLUMNS = ("title", "issuer", "addressee", "main_to", "copy_to", "direction", "copy_number", "secrecy", "urgency")
SAID = fields_of(Paper, "title issuer co_issuers main_to copy_to addressee direction copy_number secrecy urgency")


@transaction.atomic
def start(by, kind, *, plans=(), part=None, title=None, month=None, until=None, co_issuers=(), as_of=None, **about):
    """Begin a paper with what the system draws for its kind; ``about``: issuer, addressee, directive, occasion, round, replaces, main_to.

    ``month`` to ``until`` (first days) is what it is about, of ``part`` alone where one is given; its figures are drawn as of ``as_of``,
    or now.
    """
    require(can_draft_papers(by) and all(_may_sum(by, plan, co_issuers) for plan in plans))
    issuer = about.pop("issuer", None) or by.unit
    title = title or title_for(kind, plans, month, until, part)
    span = {"month": month, "until": until or month, "as_of": as_of or clock.now(), "year": clock.today().year}
    paper = Paper.objects.create(kind=kind, title=title, unit=by.unit, issuer=issuer, drafted_by=by, **span, **about)
    paper.plans.set(plans)
    _issue_with(paper, co_issuers)
    fill(paper, first_blocks(paper, part))
    PaperEvent.write(paper, by, "起草", note=f"只写{part.label}" if part else "")
    return paper


def _may_sum(by, plan, co_issuers):
    """An office writes of its own plans, and of those of who issues the paper with it; an inspector of all."""
    return by.role == User.Role.INSPECTOR or can_manage_plan(by, plan) or plan.office in co_issuers


def _issue_with(paper, units):
    """Nobody issues together with themselves."""
    paper.co_issuers.set([unit for unit in units if unit != paper.issuer])


def fill(paper, specs):
    said = [{name: getattr(each, name) for name in ("kind", "text", "figures", "source", "content")} for each in specs]
    Block.objects.bulk_create(Block(paper=paper, order=place, **each) for place, each in enumerate(said, 1))


@transaction.atomic
def revise(paper, by, *, co_issuers=(), seen_version=None, **told):
    """Correct what a draft says of itself; ``told`` are some of COLUMNS."""
    row = lock(paper, seen_version=seen_version)
    _require_draft(row, by)
    before = words_of(row, SAID)
    change(row, **told)
    _issue_with(row, co_issuers)
    if changes := differences(before, words_of(row, SAID)):
        PaperEvent.write(row, by, WROTE, changes=changes)
    return row


@transaction.atomic
def write_block(paper, by, block, *, text, seen_version):
    """Write the text of one block; another version of it on record is a Conflict that carries it as it is now."""
    row = taken(paper, by)
    fresh = _fresh(row, block)
    text = clean(text)
    if text == fresh.text:
        return fresh
    if fresh.version != seen_version:
        who = row.events.newest().first()
        raise Conflict(f"{who.actor_name}刚才改过这一段，两份都已保留，请选择。", fresh)
    if len(text) > Block.TEXT:
        raise Refusal(f"一段不超过{Block.TEXT}字，现有{len(text)}字，请分成几段。")
    if found := faults(text, fresh.figures):
        raise Refusal("".join(found))
    change(fresh, text=text)
    note_written(row, by)
    return fresh


@transaction.atomic
def add_block(paper, by, *, kind=Block.Kind.TEXT, after=None):
    """Put an empty part behind ``after``, or at the end of the text, above the annexes, an annex behind them; return it."""
    row = taken(paper, by)
    blocks = list(row.blocks.all())
    if len(blocks) >= MOST_BLOCKS:
        raise Refusal(f"一份文书最多{MOST_BLOCKS}段。")
    end = len(blocks) if kind == Block.Kind.ANNEX else sum(each.kind != Block.Kind.ANNEX for each in blocks)
    place = next((n for n, each in enumerate(blocks, 1) if after and each.pk == after.pk), end)
    made = Block(paper=row, kind=kind, order=0)
    made.save()
    _in_order([*blocks[:place], made, *blocks[place:]])
    note_written(row, by)
    return made


@transaction.atomic
def put_figure(paper, by, block, offer, *, at=None, seen_version=None):
    """Put a figure into the text, behind ``at`` letters of it or at its end; ``at`` is of the version seen."""
    row = taken(paper, by)
    fresh = _fresh(row, block)
    if fresh.kind != Block.Kind.TEXT:
        raise Refusal("数字只能插在文字里。")
    if at is not None and fresh.version != seen_version:
        raise Conflict("这一段刚才有人改过，没有插入，请看过再选位置。", fresh)
    put, figure = figure_of(scope_of(row), offer.source, **offer.params)
    text = inserted(fresh.text, put + offer.after, at)
    if len(text) > Block.TEXT:
        raise Refusal(f"一段不超过{Block.TEXT}字，放不下了，请另加一段。")
    change(fresh, text=text, figures=fresh.figures | {offer.key: figure.plain(offer.source, offer.params)})
    PaperEvent.write(row, by, "插入数字", note=f"{offer.label}：{figure.value}{offer.after}")
    return fresh


@transaction.atomic
def put_table(paper, by, after, offer, *, annex=False):
    """Put a table behind ``after``, or at the paper's end as an annex; return its block."""
    row = taken(paper, by)
    kind = Block.Kind.ANNEX if annex else Block.Kind.TABLE
    made = add_block(row, by, kind=kind, after=None if annex else after)
    drawn = TABLES[offer.source].of(scope_of(row), **offer.params)
    made.text, made.source, made.figures, made.content = offer.label, offer.source, drawn.figures, drawn.content
    made.save(update_fields=["text", "source", "figures", "content"])
    PaperEvent.write(row, by, "插入附件" if annex else "插入表格", note=offer.label)
    return made


@transaction.atomic
def move_block(paper, by, block, *, up):
    row = taken(paper, by)
    blocks = list(row.blocks.all())
    place = blocks.index(_fresh(row, block))
    other = place - 1 if up else place + 1
    if 0 <= other < len(blocks):
        blocks[place], blocks[other] = blocks[other], blocks[place]
        _in_order(blocks)
        note_written(row, by)
    return row


@transaction.atomic
def drop_block(paper, by, block, *, seen_version=None):
    row = taken(paper, by)
    fresh = _fresh(row, block)
    if seen_version is not None and fresh.version != seen_version:
        raise Conflict("这一段刚才有人改过，没有删去，请看过再删。", fresh)
    fresh.delete()
    _in_order(list(row.blocks.all()))
    PaperEvent.write(row, by, "删去一段", note=fresh.text)
    return row


@transaction.atomic
def draw_again(paper, by, as_of=None):
    row = taken(paper, by)
    redraw(row, as_of or clock.now())
    PaperEvent.write(row, by, "重新取数", note=f"数字截止{clock.local(row.as_of):%Y-%m-%d %H:%M}")
    return row


@transaction.atomic
def discard(paper, by):
    row = taken(paper, by)
    PaperEvent.write(row, by, "删去草稿")
    row.delete()


def redraw(paper, moment):
    change(paper, as_of=moment)
    for block, figures, content in recomputed(paper):
        change(block, figures=figures, content=content)


def taken(paper, by):
    row = lock(paper)
    _require_draft(row, by)
    return row


def _require_draft(row, by):
    require(can_write_paper(by, row))
    require_status(row, Status.DRAFT, otherwise="内容不再改动")


def _fresh(paper, block):
    found = paper.blocks.select_for_update().filter(pk=block.pk).first()
    if found is None:
        raise Refusal(GONE)
    return found


def _in_order(blocks):
    for place, each in enumerate(blocks, 1):
        each.order = place
    Block.objects.bulk_update(blocks, ["order"])


def note_written(paper, by):
    """One event for each spell that somebody writes: the text is saved every few seconds."""
    last = paper.events.newest().first()
    if last is None or (last.verb, last.actor_id) != (WROTE, by.pk):
        PaperEvent.write(paper, by, WROTE)
