"""A unit merged after its round was published: nothing printed changes, and its successor reads and objects."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from supervision.actions.rounds.objections import object_to
from supervision.models import RoundRecord
from supervision.tables.archived_rounds import ARCHIVED_ROUNDS
from tests.supervision.rounds import JULY, as_published, scheme, score, subject

__all__ = ["scheme"]


@pytest.fixture
def published(scheme, office, inspector, civil, labour, water, town, at):
    marks = {civil: (40, 20), labour: (50, 30), water: (45, 25), town: (60, 40)}
    return as_published(scheme, office, inspector, JULY, marks, at)


def test_its_successor_reads_and_objects_and_the_record_stays(
    published, civil, labour, co_reporter, reporter, outsider, sign_in
):
    before = RoundRecord.objects.get(round=published).checksum
    civil.active_to, civil.successor = datetime.date(2015, 10, 20), labour
    civil.save()
    page = sign_in(co_reporter).get(f"/assessment/subjects/{subject(published, civil).pk}/").content.decode()
    assert "县民政局考评" in page
    assert "申请复核" in page
    object_to(score(published, civil), co_reporter, text="x", wanted="y")
    with pytest.raises(PermissionDenied):
        object_to(score(published, civil, 2), outsider, text="x", wanted="y")
    assert RoundRecord.objects.get(round=published).checksum == before
    assert "县民政局" in sign_in(outsider).get(f"/assessment/rounds/{published.pk}/print/").content.decode()


def test_the_archive_keeps_every_mark_and_every_edition(published, plan, civil, co_reporter):
    counted = ARCHIVED_ROUNDS.counts(plan)
    assert counted == {"考评办法": 1, "考评": 1, "考评对象": 4, "考评得分": 8, "考评异议": 0}
    sheets = {sheet.name: sheet for sheet in ARCHIVED_ROUNDS.sheets(plan, [])}
    assert list(sheets) == ["办法", "分组", "项目", "考评", "对象", "得分", "评委评分", "异议", "公布件"]
    rows = {name: [list(row) for row in sheet.rows] for name, sheet in sheets.items()}
    totals = {row[1]: row[6] for row in rows["对象"]}
    marks = {}
    for row in rows["得分"]:
        marks[row[0]] = marks.get(row[0], 0) + row[-2]
    assert marks == totals
    assert [row[7:10] for row in rows["公布件"] if row[7] == "县民政局"] == [["县民政局", "60", 3]]
    assert list(ARCHIVED_ROUNDS.open(plan)) == []
