"""Units that merge bring along the statistics they keep and their parts of indicators."""

import pytest

from kit import clock
from tasks.actions.succession import hand_over
from tasks.models import Indicator, IndicatorPart


@pytest.fixture
def land(plan, labour):
    return Indicator.objects.create(
        plan=plan, name="征地", target=100, unit_of_measure="亩", cumulation="SUM", statistics_unit=labour
    )


def part(indicator, unit, target, **figures):
    months = {f"2015-{month[1:]}": value for month, value in figures.items()}
    return IndicatorPart.objects.create(indicator=indicator, unit=unit, target=target, figures=months)


def test_the_parts_of_both_are_one(land, labour, civil, water, admin):
    part(land, civil, 30, m08="5")
    part(land, labour, 20, m08="2.5", m09="4")
    hand_over([labour], civil, admin, effective_on=clock.today(), note="合并")
    merged = IndicatorPart.objects.get()
    assert (merged.unit, merged.target, merged.figures) == (civil, 50, {"2015-08": "7.5", "2015-09": "4"})
    land.refresh_from_db()
    assert land.statistics_unit == civil


def test_a_part_alone_goes_on(land, labour, civil, admin):
    part(land, labour, 20, m09="4")
    hand_over([labour], civil, admin, effective_on=clock.today(), note="合并")
    assert [(each.unit, each.actual()) for each in IndicatorPart.objects.all()] == [(civil, 4)]
