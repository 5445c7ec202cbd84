"""A draft is written by several people, block by block; nobody writes over anybody."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Conflict, Refusal
from supervision.actions.papers import drafting
from supervision.actions.papers.drafting import add_block, discard, drop_block, move_block, revise, start, write_block
from supervision.actions.papers.signing import send
from supervision.models import Block, Paper, PaperEvent

D = datetime.date
FIGURE = {"a": {"value": "72", "label": "任务数"}}


@pytest.fixture
def block(paper):
    return paper.blocks.get()


def texts(paper):
    return list(paper.blocks.values_list("text", flat=True))


def test_an_office_begins_a_bulletin_of_its_plan_with_a_title_and_text(office, plan, reform_office):
    made = start(office, "BULLETIN", plans=[plan], month=D(2015, 7, 1), until=D(2015, 9, 1))
    assert made.title == f"关于2015年7-9月{plan.short_title}推进情况的通报"
    assert (made.issuer, made.unit, made.status, made.number) == (reform_office, reform_office, "DRAFT", None)
    assert made.blocks.exists()
    assert made.events.get().verb == "起草"


def test_who_does_not_draft(reporter, leader, other_office, plan, law_office, office):
    for stranger in (reporter, leader, other_office):
        with pytest.raises(PermissionDenied):
            start(stranger, "BULLETIN", plans=[plan])
    joint = start(other_office, "BULLETIN", plans=[plan], co_issuers=[plan.office])
    assert joint in Paper.objects.visible_to(office)


def test_two_people_write_one_block(paper, block, office, make_user, reform_office):
    colleague = make_user("gaigeban2", "OFFICE", reform_office, name="林复")
    write_block(paper, office, block, text="甲写的。", seen_version=1)
    with pytest.raises(Conflict, match="李审核刚才改过这一段") as told:
        write_block(paper, colleague, block, text="乙写的。", seen_version=1)
    assert told.value.current.text == "甲写的。"
    write_block(paper, colleague, block, text="甲写的。乙写的。", seen_version=2)
    assert texts(paper) == ["甲写的。乙写的。"]


def test_the_same_text_twice_is_no_quarrel(paper, block, office):
    write_block(paper, office, block, text="一样。", seen_version=1)
    assert write_block(paper, office, block, text="一样。\r\n".rstrip(), seen_version=1).version == 2


def test_a_spell_of_writing_is_one_event(paper, block, office):
    for version in (1, 2, 3):
        write_block(paper, office, block, text=f"第{version}稿。", seen_version=version)
    assert paper.events.filter(verb="修改").count() == 1


def test_a_token_nobody_knows_and_a_text_too_long(paper, block, office):
    Block.objects.filter(pk=block.pk).update(figures=FIGURE)
    assert write_block(paper, office, block, text="全县⟦a⟧项。", seen_version=1).version == 2
    with pytest.raises(Refusal, match="“⟦b⟧”没有来源"):
        write_block(paper, office, block, text="⟦b⟧项", seen_version=2)
    with pytest.raises(Refusal, match="一段不超过6000字，现有6001字"):
        write_block(paper, office, block, text="长" * 6001, seen_version=2)
    assert texts(paper) == ["全县⟦a⟧项。"]


def test_blocks_are_added_moved_and_dropped(paper, block, office):
    first = add_block(paper, office, kind="HEADING", after=None)
    write_block(paper, office, first, text="一、总体情况", seen_version=1)
    second = add_block(paper, office, after=block)
    write_block(paper, office, second, text="中间。", seen_version=1)
    own = block.text
    assert texts(paper) == [own, "中间。", "一、总体情况"]
    move_block(paper, office, first, up=True)
    move_block(paper, office, first, up=True)
    move_block(paper, office, first, up=True)
    assert texts(paper) == ["一、总体情况", own, "中间。"]
    move_block(paper, office, first, up=False)
    with pytest.raises(Conflict, match="没有删去"):
        drop_block(paper, office, second, seen_version=1)
    drop_block(paper, office, second, seen_version=2)
    assert texts(paper) == [own, "一、总体情况"]
    assert PaperEvent.objects.get(verb="删去一段").note == "中间。"
    with pytest.raises(Refusal, match="这一段刚刚已删去"):
        write_block(paper, office, second, text="还在写", seen_version=2)


def test_what_is_added_at_the_end_stands_above_the_annexes(paper, block, office):
    Block.objects.create(paper=paper, order=2, kind="ANNEX", text="红黄灯任务情况表")
    own = block.text
    write_block(paper, office, add_block(paper, office), text="请于10月底前整改。", seen_version=1)
    assert texts(paper) == [own, "请于10月底前整改。", "红黄灯任务情况表"]


def test_there_is_an_end_to_blocks(paper, office, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_BLOCKS", 1)
    with pytest.raises(Refusal, match="一份文书最多1段"):
        add_block(paper, office)


def test_what_is_sent_is_not_written_on(paper, block, office):
    send(paper, office)
    with pytest.raises(Refusal, match="文书现在是“待签发”，内容不再改动"):
        write_block(paper, office, block, text="再改", seen_version=1)
    with pytest.raises(Refusal, match="内容不再改动"):
        discard(paper, office)


def test_strangers_do_not_write(paper, block, other_office, reporter, inspector):
    for stranger in (other_office, reporter, inspector):
        with pytest.raises(PermissionDenied):
            write_block(paper, stranger, block, text="x", seen_version=1)


def test_what_a_draft_says_of_itself_is_revised_once(paper, office, civil):
    row = revise(paper, office, title="另一个标题", co_issuers=[civil], seen_version=paper.version)
    assert row.events.newest().first().changes["联合制发"] == ["", "县民政局"]
    with pytest.raises(Conflict, match="“修改”，当前状态为“草稿”"):
        revise(paper, office, title="第三个标题", co_issuers=[], seen_version=paper.version)


def test_a_draft_goes_and_its_events_stay(paper, office):
    key = paper.pk
    discard(paper, office)
    assert not Paper.objects.exists()
    assert PaperEvent.objects.filter(subject=key, verb="删去草稿").exists()
