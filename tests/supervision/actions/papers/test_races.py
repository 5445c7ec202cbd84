"""Two at once at one paper: what counts happens once, and no text is lost."""

import datetime

import pytest

from kit.refusal import Already, Conflict, Refusal
from portal.actions.succession import merge
from supervision.actions.papers.drafting import start, write_block
from supervision.actions.papers.signing import correct, send, sign, take_back
from supervision.models import Paper, PaperRecord, Serial
from tests.reports.actions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_heads_sign_one_paper_and_it_takes_one_number(paper, office, office_head, make_user, reform_office):
    other = make_user("gaigeban.head2", "HEAD", reform_office, name="副主任")
    send(paper, office)
    given = at_once(lambda: sign(paper, office_head), lambda: sign(paper, other))
    assert sorted(type(each) for each in given if isinstance(each, Exception)) in ([Already], [Refusal])
    assert (PaperRecord.objects.count(), Serial.objects.get().last) == (1, 1)


def test_two_papers_signed_at_once_take_two_numbers(paper, office, office_head, plan):
    other = start(office, "BULLETIN", plans=[plan], month=datetime.date(2015, 8, 1))
    send(paper, office)
    send(other, office)
    given = at_once(lambda: sign(paper, office_head), lambda: sign(other, office_head))
    assert sorted(each.number for each in given) == [1, 2]


def test_signed_while_it_is_taken_back(paper, office, office_head):
    sent = send(paper, office)
    at_once(
        lambda: sign(paper, office_head, seen_version=sent.version),
        lambda: take_back(paper, office, seen_version=sent.version),
    )
    status = Paper.objects.get(pk=paper.pk).status
    assert (status, PaperRecord.objects.count()) in (("PRINTED", 1), ("DRAFT", 0))


def test_two_people_write_one_paragraph(paper, office, make_user, reform_office):
    colleague = make_user("gaigeban2", "OFFICE", reform_office, name="林复")
    block = paper.blocks.get()
    given = at_once(
        lambda: write_block(paper, office, block, text="甲。", seen_version=1),
        lambda: write_block(paper, colleague, block, text="乙。", seen_version=1),
    )
    assert [type(each) for each in given if isinstance(each, Exception)] == [Conflict]
    kept = next(each for each in given if not isinstance(each, Exception))
    assert paper.blocks.get().text == kept.text


def test_two_corrections_at_once(printed, office):
    given = at_once(lambda: correct(printed, office, "甲错"), lambda: correct(printed, office, "乙错"))
    assert [type(each) for each in given if isinstance(each, Exception)] == [Refusal]
    assert Paper.objects.filter(replaces=printed).count() == 1


def test_a_merger_after_publication_changes_nothing_printed(printed, reform_office, law_office, admin, other_office):
    before = printed.record.checksum
    merge([reform_office], law_office, admin, effective_on=datetime.date(2015, 10, 20), reason="株县编〔2015〕9号")
    row = Paper.objects.get(pk=printed.pk)
    assert row.record.content["issuer"] == "县委改革办"
    assert (row.code, row.record.checksum) == ("改革通报〔2015〕第1期", before)
