"""Monthly figures of indicators: who, which month, and the trace."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from tasks.actions.readings import record_reading
from tasks.models import Indicator
from tests.conftest import OCTOBER


@pytest.fixture
def indicator(plan, civil):
    return Indicator.objects.create(plan=plan, name="新增贷款", target=10, unit_of_measure="亿元", unit=civil)


def test_a_correction_keeps_old_and_new_on_record(indicator, office, reporter, plan):
    record_reading(indicator, OCTOBER, reporter, value=Decimal("6.5"), source="县人行")
    record_reading(indicator, OCTOBER, office, value=Decimal("6.8"), source="县人行核实")
    assert indicator.readings.get().value == Decimal("6.8")
    assert plan.events.newest()[0].changes == {"新增贷款": ["6.50", "6.8"]}


@pytest.mark.parametrize("month", [datetime.date(2015, 11, 1), datetime.date(2014, 12, 1), datetime.date(2016, 1, 1)])
def test_only_months_of_the_plan_that_have_begun(indicator, office, month):
    with pytest.raises(Refusal):
        record_reading(indicator, month, office, value=1, source="统计")


@pytest.mark.parametrize("who", ["other_office", "outsider", "leader", "inspector", "admin", "auditor"])
def test_others_may_not(cast, who, indicator):
    with pytest.raises(PermissionDenied):
        record_reading(indicator, OCTOBER, cast[who], value=1, source="统计")
