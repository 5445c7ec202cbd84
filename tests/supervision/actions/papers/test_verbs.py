"""The full square of a paper and of a case of reform: every verb in every state, by everybody who might press it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kit import clock
from kit.refusal import Already, Refusal
from supervision.actions import experiences
from supervision.actions.papers.drafting import discard, write_block
from supervision.actions.papers.signing import attach_scan, correct, cosign, send, send_back, sign, take_back, withdraw
from supervision.models import Experience, Letterhead, Paper

WRITERS, SIGNER = {"drafter", "colleague", "co_office"}, {"issuer_head"}
VERBS = {
    "write_block": lambda row, by: write_block(row, by, row.blocks.get(), text="改过。", seen_version=1),
    "send": send,
    "take_back": take_back,
    "cosign": cosign,
    "send_back": lambda row, by: send_back(row, by, "补上期限"),
    "sign": sign,
    "withdraw": lambda row, by: withdraw(row, by, "数字有误"),
    "correct": lambda row, by: correct(row, by, "应为71项。"),
    "attach_scan": lambda row, by: attach_scan(row, by, SimpleUploadedFile("扫描.pdf", b"%PDF-1.4 x")),
    "discard": discard,
}
# verb -> (who, in which state).
TABLE = {
    "write_block": (WRITERS, "DRAFT"),
    "send": (WRITERS, "DRAFT"),
    "take_back": (WRITERS, "SIGNING"),
    "cosign": ({"co_head"}, "SIGNING"),
    "send_back": (SIGNER | {"co_head"}, "SIGNING"),
    "sign": (SIGNER, "SIGNING"),
    "withdraw": (WRITERS | SIGNER, "PRINTED"),
    "correct": (WRITERS, "PRINTED"),
    "attach_scan": (WRITERS, "PRINTED"),
    "discard": (WRITERS, "DRAFT"),
}
CASE_VERBS = {
    "choose": experiences.choose,
    "decline": lambda row, by: experiences.decline(row, by, note="不合适"),
    "take_back": lambda row, by: experiences.take_back(row, by, reason="数字有误"),
    "copy": lambda row, by: experiences.copy(row, by, text="照着做"),
}
OFFICE, OFFERING = {"office"}, {"reporter", "head"}
OTHER_UNITS = {"office", "other_office", "co_reporter", "outsider", "inspector"}
# verb -> state -> (for whom it works, whom it is refused); to all others it is forbidden.
CASE_TABLE = {
    "choose": {
        "OFFERED": (OFFICE, set()),
        "CHOSEN": (set(), OFFICE),
        "DECLINED": (set(), OFFICE),
        "TAKEN_BACK": (set(), OFFICE),
    },
    "decline": {
        "OFFERED": (OFFICE, set()),
        "CHOSEN": (set(), OFFICE),
        "DECLINED": (set(), OFFICE),
        "TAKEN_BACK": (set(), OFFICE),
    },
    "take_back": {
        "OFFERED": (OFFERING, set()),
        "CHOSEN": (OFFICE, set()),
        "DECLINED": (set(), OFFERING),
        "TAKEN_BACK": (set(), OFFERING),
    },
    "copy": {
        "OFFERED": (set(), OTHER_UNITS | OFFERING),
        "CHOSEN": (OTHER_UNITS, OFFERING),
        "DECLINED": (set(), OTHER_UNITS | OFFERING),
        "TAKEN_BACK": (set(), OTHER_UNITS | OFFERING),
    },
}


def outcome(verb, row, by):
    """worked, refused or forbidden; nothing of it stays, and what is not done wrote nothing."""
    model, before = type(row), (row.events.count(), row.version)
    with transaction.atomic():
        try:
            verb(row, by)
            found = "worked"
        except PermissionDenied:
            found = "forbidden"
        except (Refusal, Already):
            found = "refused"
        now = model.objects.filter(pk=row.pk).first()
        assert found == "worked" or (now.events.count(), now.version) == before
        transaction.set_rollback(True)
    return found


@pytest.fixture
def issued_by(paper, law_office, civil):
    """The bulletin that 县委改革办 writes for 县民政局 with 县委法建办, going out from this unit in this state."""
    paper.co_issuers.add(law_office)

    def bring(issuer, status):
        head = {"masthead": "活动通报", "series": "通报"}
        Letterhead.objects.get_or_create(unit=issuer, kind=paper.kind, defaults=head)
        number = 9 if status in Paper.OUT else None
        Paper.objects.filter(pk=paper.pk).update(issuer=issuer, addressee=civil, status=status, number=number)
        return Paper.objects.get(pk=paper.pk)

    return bring


@pytest.fixture
def people(cast, make_user, make_unit, reform_office, law_office, office_head):
    """Everybody, where 县委办 issues what 县委改革办 writes."""
    issuer, stranger = make_unit("县委办", "PARTY"), make_unit("县服务提升年办", "LEADING_OFFICE")
    kept = ("reporter", "co_reporter", "outsider", "leader", "inspector", "admin", "auditor")
    return {name: cast[name] for name in kept} | {
        "drafter": cast["office"],
        "colleague": make_user("gaigeban2", "OFFICE", reform_office),
        "drafter_reporter": make_user("gaigeban.tb", "REPORTER", reform_office),
        "drafter_head": office_head,
        "co_office": cast["other_office"],
        "co_head": make_user("fajianban.head", "HEAD", law_office),
        "issuer_office": make_user("xianweiban", "OFFICE", issuer),
        "issuer_head": make_user("xianweiban.head", "HEAD", issuer),
        "other_office": make_user("fuwuban", "OFFICE", stranger),
        "addressee_head": cast["head"],
    }


@pytest.mark.parametrize("signer", ["issuer_head", "drafter_head"], ids=["another unit issues", "its writers issue"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_paper(issued_by, verb, signer, people):
    may, state = TABLE[verb]
    may = {signer if name in SIGNER else name for name in may}
    for status in Paper.Status.values:
        row = issued_by(people[signer].unit, status)
        if verb == "sign":
            row.joint.update(signed_by=people["co_head"], signed_at=clock.now())
        told = {name: outcome(VERBS[verb], row, user) for name, user in people.items()}
        wanted = "worked" if status == state else "refused"
        assert told == {name: wanted if name in may else "forbidden" for name in people}, status


@pytest.mark.parametrize("verb", CASE_VERBS)
def test_a_case_of_reform(task, verb, cast):
    told = {"title": "一窗受理", "difficulty": "跑五个窗口", "done": "并为一个窗口", "result": "平均少跑三趟"}
    case = experiences.offer(task, cast["reporter"], **told)
    for status in Experience.Status.values:
        Experience.objects.filter(pk=case.pk).update(status=status)
        row = Experience.objects.get(pk=case.pk)
        works, refused = CASE_TABLE[verb][status]
        wanted = dict.fromkeys(cast, "forbidden") | dict.fromkeys(works, "worked") | dict.fromkeys(refused, "refused")
        assert {name: outcome(CASE_VERBS[verb], row, user) for name, user in cast.items()} == wanted, status
