"""What may not be read stands on no page, sheet, calendar, package, trace, message or post: every address is asked by everybody."""

import datetime
import uuid
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kit import clock
from supervision.actions.directives import checking, pleas
from supervision.actions.directives.answering import answer, hand_in, sign
from supervision.actions.directives.drafting import draft
from supervision.actions.findings import attach_file, note_finding
from supervision.actions.meetings import judge_item, revise_item, revise_occasion, settle_occasion
from supervision.actions.occasions import (
    add_word,
    announce_occasion,
    answer_occasion,
    hold_occasion,
    plan_occasion,
    set_stops,
)
from supervision.models import DirectiveFile, OccasionFile
from tests.supervision.conftest import stop_at
from tests.supervision.directives import hand_down
from tests.test_doors import ADDRESSES, concrete, keys
from units.models import Notice, Post

__all__ = ["keys"]
D = datetime.date
TALK, PAPER, DRAFT = "谈话之言", "他家之事", "未发之稿"
# Beside the pages themselves: all that goes out as a sheet, and what is looked for.
LISTS = [
    "/items/?format=xlsx",
    "/occasions/?format=xlsx",
    "/directives/?tab=all&format=xlsx",
    "/directives/?tab=all&format=ledger",
    "/directives/?tab=drafts",
    "/directives/?tab=all",
    "/search/?q=之",
    "/items/?q=之",
    "/occasions/?q=之",
    "/directives/?q=之&tab=all",
    "/trace/?q=之",
]


# Of the addresses those that tell of directives and occasions.
KINDS = (
    "directive",
    "occasion",
    "item",
    "inspection",
    "interview",
    "look_back",
    "archive",
    "plan_archive",
    "rhythm_ics",
)
PAGES = ("home", "inbox", "trace", "dashboard", "overview", "unit", "task", "order_new")
ASKED = [address for address, name in ADDRESSES if name in PAGES or name.startswith(KINDS)]
READERS = {
    TALK: {"inspector", "leader", "head"},
    PAPER: {"inspector", "leader", "other_leader", "reporter", "head"},
    DRAFT: {"inspector"},
}


def files(name):
    return SimpleUploadedFile(name, b"%PDF-1.4 x", "application/pdf")


@pytest.fixture
def talk(plan, inspector, head, civil, leader):
    """An interview that is over, by 县委督查室 with one leader: everything that was said has the same words in it."""
    occasion = plan_occasion(
        plan, inspector, "INTERVIEW", month=D(2015, 10, 1), title="约谈县民政局", held_on=clock.today(),
        talkers=[leader], content=TALK, level="FIRST",
    )  # fmt: skip
    set_stops(occasion, inspector, [stop_at(unit=civil, people="主要负责人")])
    announce_occasion(occasion, inspector)
    occasion = hold_occasion(occasion, inspector)
    item = note_finding(
        occasion, inspector, key=uuid.uuid4(), stop=None, text=TALK, kind="DECISION", unit=civil, due_on=D(2015, 10, 30)
    )
    revise_item(item, inspector, text=f"{TALK}，改过", unit=civil, due_on=D(2015, 10, 30))
    attach_file(occasion, inspector, files(f"{TALK}.pdf"))
    attach_file(occasion, inspector, files(f"{TALK}2.pdf"), item)
    occasion = revise_occasion(occasion, inspector, notes=TALK, conclusion=TALK, people=TALK)
    settle_occasion(occasion, inspector)
    judge_item(item, inspector, "BROKEN")
    answer_occasion(occasion, head, TALK)
    add_word(occasion, inspector, f"{TALK}补")
    return {"occasions": occasion.pk, "items": item.pk, "occasion-files": OccasionFile.objects.first().pk}


@pytest.fixture
def paper(inspector, reporter, civil, task):
    """A directive of 县委督查室 to 县民政局 with everything that can be said of one."""
    row = hand_down(inspector, civil, title=PAPER, source_text=PAPER, points=[(PAPER, None)], task=task)[0]
    pleas.decide(pleas.object_to(row, reporter, reason=PAPER), inspector, granted=False, note=PAPER)
    sign(row, reporter)
    answer(row, reporter, {1: PAPER})
    hand_in(row, reporter)
    checking.refuse(row, inspector, wanting={1: PAPER}, due_on=D(2015, 11, 6), note=PAPER)
    checking.urge([row], inspector, note=PAPER)
    file = {"file": "none.pdf", "name": f"{PAPER}.pdf", "kind": "pdf", "size": 1, "checksum": "0", "by": reporter}
    return {"directives": row.pk, "directive-files": DirectiveFile.objects.create(point=row.points.get(), **file).pk}


@pytest.fixture
def unsent(inspector, civil, task):
    return draft(inspector, title=DRAFT, units=[civil], points=[(DRAFT, None)], task=task)[0].pk


def words_in(content):
    """All that a person could read in an answer, the files of a package and the cells of a sheet too."""
    if content[:2] != b"PK":
        return content.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as package:
        return " ".join([*package.namelist(), *(words_in(package.read(name)) for name in package.namelist())])


def readable(client, addresses, *words):
    """{word: the addresses at which this person reads it}."""
    found = {word: set() for word in words}
    for address in addresses:
        given = client.get(address)
        text = words_in(b"".join(given.streaming_content) if given.streaming else given.content)
        for word in words:
            if word in text:
                found[word].add(address)
    return found


def test_nobody_else_reads_it_anywhere(keys, talk, paper, unsent, make_user, settings, cast, sign_in):
    settings.WEBHOOK_URL = "http://127.0.0.1:9/robot"
    names = ("office", "other_office", "reporter", "outsider", "auditor")
    people = {name: cast[name] for name in names} | {"other_leader": make_user("leader2", "LEADER", name="李县长")}
    asked = [concrete(each, keys | talk | paper) for each in ASKED]
    asked += [concrete(each, {"directives": unsent}) for each in ASKED if each.startswith("/directives/<")] + LISTS
    told = {name: readable(sign_in(user), asked, *READERS) for name, user in people.items()}
    # The trace names what things happened to, and the record of a plan's year holds what others handed down about its tasks.
    for word in (PAPER, DRAFT):
        told["auditor"][word] -= {at for at in told["auditor"][word] if at.startswith("/trace/")}
        told["office"][word] -= {at for at in told["office"][word] if at.startswith(f"/plans/{keys['plans']}/archive/")}
    found = {word: {name for name in people if told[name][word]} for word in READERS}
    assert found == {word: readers & people.keys() for word, readers in READERS.items()}, told
    for word, readers in READERS.items():
        reached = Notice.objects.exclude(user__in=[cast[name] for name in readers & cast.keys()])
        reached = reached.exclude(user__in=[people[name] for name in readers & people.keys()])
        assert not any(word in f"{each.title}{each.body}" for each in reached)
        assert not Post.objects.filter(text__contains=word).exists()


@pytest.mark.parametrize("word", READERS)
def test_who_may_reads_it_on_its_page(talk, paper, unsent, cast, sign_in, word):
    page = {TALK: f"/occasions/{talk['occasions']}/", PAPER: f"/directives/{paper['directives']}/"}
    page = page.get(word, f"/directives/{unsent}/")
    readers = {name for name, user in cast.items() if word in sign_in(user).get(page).content.decode()}
    assert readers == READERS[word] & cast.keys()
