"""A unit's own marks: a draft, evidence, handed in once."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from kit import clock
from kit.refusal import Already, Conflict, Refusal
from supervision.actions.rounds.running import ask_marks, ask_self
from supervision.actions.rounds.selfscoring import attach, hand_in_self, remove, save_self
from supervision.models import ScoreFile
from tests.supervision.rounds import scheme, score, subject, trial

__all__ = ["scheme", "trial"]


@pytest.fixture
def asked(trial, office):
    return ask_self(trial, office, due=clock.today())


def evidence(text=b"%PDF-1.4 \n%%EOF"):
    return SimpleUploadedFile("台账.pdf", text, content_type="application/pdf")


def test_a_draft_is_kept_and_handed_in_once(asked, civil, reporter, head):
    own = score(asked, civil)
    kept = save_self(subject(asked, civil), reporter, {own.pk: (Decimal(58), "")})
    with pytest.raises(Refusal, match="基础工作还没有写完自评分和依据"):
        hand_in_self(kept, reporter)
    save_self(kept, head, {own.pk: (Decimal(58), "四个季度台账齐全")}, seen_version=kept.version)
    done = hand_in_self(subject(asked, civil), head)
    assert (done.self_by, score(asked, civil).self_mark) == (head, 58)
    with pytest.raises(Already, match="自评已由陈局长于10月20日 10:00报送"):
        hand_in_self(done, reporter)
    with pytest.raises(Already):
        save_self(done, reporter, {own.pk: (Decimal(60), "x")})


def test_a_colleague_s_newer_draft_is_not_written_over(asked, civil, reporter, head):
    own, seen = score(asked, civil), subject(asked, civil)
    save_self(seen, head, {own.pk: (Decimal(58), "a")}, seen_version=seen.version)
    with pytest.raises(Conflict, match="同事刚刚改过这份自评"):
        save_self(seen, reporter, {own.pk: (Decimal(10), "b")}, seen_version=seen.version)
    assert score(asked, civil).self_reason == "a"


def test_never_above_full_and_only_what_is_asked(asked, civil, reporter):
    with pytest.raises(Refusal, match="基础工作：自评分应在0到满分60之间"):
        save_self(subject(asked, civil), reporter, {score(asked, civil).pk: (Decimal(61), "x")})
    other = score(asked, civil, 2)
    save_self(subject(asked, civil), reporter, {other.pk: (Decimal(1), "x")})
    assert score(asked, civil, 2).self_mark is None


@pytest.mark.parametrize("who", ["co_reporter", "office", "inspector", "leader", "admin", "auditor"])
def test_nobody_scores_for_another(asked, civil, cast, who):
    with pytest.raises(PermissionDenied):
        save_self(subject(asked, civil), cast[who], {})
    with pytest.raises(PermissionDenied):
        hand_in_self(subject(asked, civil), cast[who])


def test_only_while_it_is_asked_for(trial, civil, reporter, office):
    with pytest.raises(Refusal, match="考评现在是“试算”，自评不再改动"):
        save_self(subject(trial, civil), reporter, {})
    ask_marks(ask_self(trial, office, due=clock.today()), office, due=clock.today())
    with pytest.raises(Refusal, match="考评现在是“评分”"):
        hand_in_self(subject(trial, civil), reporter)


def test_evidence_is_kept_until_it_is_handed_in_and_seen_by_who_needs_it(asked, civil, reporter, cast, outsider):
    file = attach(score(asked, civil), reporter, evidence())
    with pytest.raises(Refusal, match="内容相同，没有再存一份"):
        attach(score(asked, civil), reporter, evidence())
    seen = {name for name, user in cast.items() if ScoreFile.objects.visible_to(user).exists()}
    assert seen == {"reporter", "head", "office", "inspector", "leader"}
    own = score(asked, civil)
    save_self(subject(asked, civil), reporter, {own.pk: (Decimal(58), "x")})
    hand_in_self(subject(asked, civil), reporter)
    with pytest.raises(Refusal, match="佐证不再改动"):
        remove(file, reporter)
