"""Editions: frozen, corrected with both kept, and what they do to streaks and interviews."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Refusal
from supervision.actions.grounds import decide_ground
from supervision.actions.rounds.objections import answer_objection, object_to
from supervision.actions.rounds.publishing import correct
from supervision.dashboard.editions import compared
from supervision.models import Ground, Occasion, OccasionEvent, RoundRecord
from tests.supervision.rounds import APRIL, JULY, as_published, scheme, score, subject
from units.models import Notice

__all__ = ["scheme"]


@pytest.fixture
def publish_round(scheme, office, inspector, civil, labour, water, town, at):
    """publish_round(JULY, civil=(40, 20)): marks as given, others 50 and 30."""

    def make(month, **marks):
        units = {"civil": civil, "labour": labour, "water": water, "town": town}
        told = {unit: marks.get(name, (50, 30)) for name, unit in units.items()}
        return as_published(scheme, office, inspector, month, told, at)

    return make


@pytest.fixture
def organiser(make_unit, make_user):
    return make_user("zuzhibu", "OFFICE", make_unit("县委组织部", "PARTY"))


def test_the_first_edition_holds_everything_under_the_names_of_then(publish_round, civil):
    made = publish_round(JULY, civil=(40, 20))
    record = RoundRecord.objects.get(round=made)
    civil.name = "县民政和社会局"
    civil.save()
    group = record.content["groups"][0]
    row = next(each for each in group["rows"] if each["name"] == "县民政局")
    assert (group["name"], row["unit"], row["total"], row["rank"], row["low"]) == ("县直", "县民政局", "60", 3, True)
    assert [(each["title"], each["full"], each["mark"], each["reason"]) for each in row["scores"]] == [
        ("基础工作", "60", "40", "查阅台账"),
        ("改革成效", "40", "20", "查阅台账"),
    ]
    assert sum(Decimal(each["mark"]) for each in row["scores"]) == Decimal(row["total"])


def test_a_correction_is_an_edition_and_the_first_stays(publish_round, office, civil, labour, reporter):
    made = publish_round(JULY, civil=(40, 20), labour=(45, 30))
    old = RoundRecord.objects.get(round=made)
    with pytest.raises(Refusal, match="都没有变动，不出更正版"):
        correct(made, office, reason="再看一遍")
    with pytest.raises(Refusal, match="请写明更正的原因"):
        correct(made, office, reason=" ")
    done = correct(made, office, reason="漏算一份台账", marks=[(score(made, civil, 2), Decimal(38), "补算")])
    assert (done.status, done.edition) == ("CORRECTED", 2)
    assert RoundRecord.objects.get(round=made, edition=1).checksum == old.checksum
    assert (subject(made, civil).rank, subject(made, labour).rank) == (2, 3)
    _, _, groups = compared(office, done, 1, 2)
    moved = {each.name: each for each in groups[0][1] if each.differs}
    assert set(moved) == {"县民政局", "县人社局"}
    assert moved["县民政局"].scores == (("改革成效", "20", "38"),)
    assert Notice.objects.filter(user=reporter, title__startswith="更正第2版").exists()


@pytest.mark.parametrize("who", ["reporter", "head", "other_office", "inspector", "leader"])
def test_only_its_office_corrects(publish_round, cast, civil, who):
    made = publish_round(JULY)
    with pytest.raises(PermissionDenied):
        correct(made, cast[who], reason="x", marks=[(score(made, civil), Decimal(1), "x")])


def test_an_objection_granted_after_publication_waits_for_the_correction(
    publish_round, office, inspector, civil, reporter
):
    made = publish_round(JULY, civil=(40, 20))
    asked = object_to(score(made, civil), reporter, text="漏算", wanted="60")
    answer_objection(asked, inspector, granted=True, note="确有漏算", mark=Decimal(60))
    assert score(made, civil).mark == 40
    with pytest.raises(Refusal, match="请写明更正的原因"):
        correct(made, office, reason="")
    correct(made, office, reason="采纳异议")
    assert (score(made, civil).mark, score(made, civil).hand_reason) == (60, "确有漏算")


def test_two_low_rounds_running_propose_an_interview_once(publish_round, civil, organiser):
    publish_round(APRIL, civil=(40, 20))
    assert not Occasion.objects.filter(rule="LOW").exists()
    second = publish_round(JULY, civil=(40, 20))
    assert subject(second, civil).streak == 2
    made = Occasion.objects.get(rule="LOW")
    assert (made.unit.name, made.status, made.span, made.level) == ("县委组织部", "PROPOSED", 6, "SECOND")
    assert [(each.edition, each.words) for each in Ground.objects.filter(occasion=made)] == [
        (1, "2015年二季度排名第1版：县民政局第3名，靠后"),
        (1, "2015年三季度排名第1版：县民政局第3名，靠后"),
    ]


def test_low_once_then_not_proposes_nothing(publish_round, civil):
    publish_round(APRIL, civil=(40, 20))
    second = publish_round(JULY, labour=(40, 20))
    assert (subject(second, civil).streak, Occasion.objects.filter(rule="LOW").count()) == (0, 0)


def test_a_correction_asks_again_the_interview_it_rested_on(publish_round, office, civil, labour, organiser, reporter):
    first = publish_round(APRIL, civil=(40, 20), labour=(45, 30))
    second = publish_round(JULY, civil=(40, 20))
    made = Occasion.objects.get(rule="LOW")
    correct(first, office, reason="漏算", marks=[(score(first, civil), Decimal(60), "补算")])
    assert subject(second, civil).streak == 1
    ground = Ground.objects.get(occasion=made, subject__round=first)
    assert ground.waits
    assert ground.moved == "第2版：60分第3名靠后 → 80分第1名"
    assert not Ground.objects.get(occasion=made, subject__round=second).waits
    assert Notice.objects.get(user=organiser, title__startswith="约谈依据已更正").url == f"/occasions/{made.pk}/"
    with pytest.raises(PermissionDenied):
        decide_ground(ground, reporter, decision="不谈")
    with pytest.raises(Refusal, match="请写明研究结果"):
        decide_ground(ground, organiser, decision=" ")
    decide_ground(ground, organiser, decision="不再约谈")
    assert OccasionEvent.objects.filter(subject=made, verb="重新研究").get().note.endswith("不再约谈")
    with pytest.raises(Already, match="已经写明：不再约谈"):
        decide_ground(ground, organiser, decision="x")


def test_a_correction_of_the_first_makes_a_streak_of_the_second(publish_round, office, labour, organiser):
    first = publish_round(APRIL, civil=(40, 20), labour=(41, 20))
    publish_round(JULY, labour=(40, 20))
    assert not Occasion.objects.filter(rule="LOW").exists()
    correct(first, office, reason="多算", marks=[(score(first, labour), Decimal(30), "重算")])
    assert Occasion.objects.get(rule="LOW").title == "约谈县人社局"
