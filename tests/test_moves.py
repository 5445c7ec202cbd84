"""Every table of moves, found by itself: what ``move`` lets through is the table, over its full square."""

import pytest
from django.apps import apps

from kit.moves import Moving, lock, move, require_status
from kit.refusal import Conflict, Refusal
from reports.models import MonthlyReport
from tests.test_doors import keys

__all__ = ["keys"]

TABLES = [model for model in apps.get_models() if issubclass(model, Moving)]


def moved(row, old, new):
    """Try to bring the row from ``old`` to ``new``; what is refused names both, and nothing of it is written."""
    rows = type(row).objects.filter(pk=row.pk)
    rows.update(status=old)
    row.refresh_from_db()
    before, told = rows.get(), ""
    try:
        move(row, new)
    except Refusal as why:
        told = str(why)
    after = rows.get()
    assert (after.status, getattr(after, "version", 1)) == (
        (old, getattr(before, "version", 1)) if told else (new, getattr(before, "version", 0) + 1)
    )
    assert not told or f"现在是“{old.label}”，不能变为“{new.label}”" in told
    return not told


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_the_full_square(model, keys):
    row = model.objects.first()
    assert {old: {new for new in model.Status if moved(row, old, new)} for old in model.Status} == model.MOVES


def test_a_row_that_is_gone_a_stale_version_a_wrong_state(period):
    report = period.reports.first()
    with pytest.raises(Conflict, match="有人刚刚处理过，当前状态为“待填报”"):
        lock(report, seen_version=7)
    with pytest.raises(Refusal, match="月报现在是“待填报”，不用审签。"):
        require_status(report, MonthlyReport.Status.SIGNING, otherwise="不用审签")
    with pytest.raises(Refusal, match="刚刚撤回，月报随之撤去"):
        lock(MonthlyReport(pk=0))
