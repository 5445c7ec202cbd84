"""Papers to one unit: one press begins them, a second finds them."""

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from supervision.actions.papers.singles import start_commitments, start_notices, start_slip
from supervision.dashboard.papers import content_of
from supervision.models import Occasion, Paper
from supervision.papers.tokens import plain
from tests.supervision.directives import hand_down


@pytest.fixture
def handed(inspector, civil):
    return hand_down(inspector, civil)[0]


def words(paper):
    return "\n".join(plain(each["text"], each["figures"]) for each in content_of(paper)["blocks"])


def test_a_slip_goes_to_the_unit_and_is_begun_once(handed, inspector, civil):
    slip = start_slip(handed, inspector, "交办单")
    assert (slip.kind, slip.addressee, slip.directive, slip.issuer) == ("SLIP", civil, handed, inspector.unit)
    assert "现将“江湾段23户房屋征拆”" in words(slip)
    assert "1.列出分户表。" in words(slip)
    assert start_slip(handed, inspector, "交办单") == slip
    assert start_slip(handed, inspector, "督办通知") != slip


def test_an_urging_says_how_late_it_is(handed, inspector, at):
    at("2015-11-03 10:00:00")
    slip = start_slip(handed, inspector, "催办通知")
    assert "期限2015年10月30日，逾期2个工作日" in words(slip)


def test_nobody_but_its_issuer_begins_a_slip(handed, reporter, office):
    for stranger in (reporter, office):
        with pytest.raises(PermissionDenied):
            start_slip(handed, stranger, "交办单")


def test_it_is_there_for_the_unit_only_once_it_is_out(handed, inspector, reporter, outsider):
    slip = start_slip(handed, inspector, "交办单")
    assert not Paper.objects.visible_to(reporter).filter(pk=slip.pk).exists()
    Paper.objects.filter(pk=slip.pk).update(status="PRINTED")
    assert Paper.objects.visible_to(reporter).filter(pk=slip.pk).exists()
    assert not Paper.objects.visible_to(outsider).filter(pk=slip.pk).exists()


def test_commitments_of_all_units_in_one_press(plan, make_task, civil, water, office):
    for number, unit in ((1, civil), (2, civil), (3, water)):
        make_task(plan, number, unit)
    assert start_commitments(plan, office) == (2, 2)
    assert start_commitments(plan, office) == (2, 0)
    assert {each.addressee for each in Paper.objects.filter(kind="COMMITMENT")} == {civil, water}


def test_a_withdrawn_one_is_begun_again(plan, make_task, civil, office):
    make_task(plan, 1, civil)
    start_commitments(plan, office)
    Paper.objects.update(status="WITHDRAWN")
    assert start_commitments(plan, office) == (1, 1)


def test_a_plan_without_units_and_who_may(plan, office, reporter):
    with pytest.raises(Refusal, match="没有责任单位"):
        start_commitments(plan, office)
    with pytest.raises(PermissionDenied):
        start_commitments(plan, reporter)


def test_the_notice_of_an_interview_is_one_for_each_unit(make_inspection, inspector, civil, water):
    talk = make_inspection()
    Occasion.objects.filter(pk=talk.pk).update(kind="INTERVIEW", basis="连续两季排名靠后", content="只对被约谈人说")
    talk.refresh_from_db()
    for number, unit in enumerate((civil, water), 1):
        talk.stops.create(number=number, unit=unit, people="主要负责人")
    notices = start_notices(talk, inspector)
    assert [each.addressee for each in notices] == [civil, water]
    assert start_notices(talk, inspector) == notices
    assert "因连续两季排名靠后" in words(notices[0])
    assert "约谈后5个工作日内" in words(notices[0])
    assert "只对被约谈人说" not in words(notices[0])
