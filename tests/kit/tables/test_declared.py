"""Columns declared by fields: their heads, kinds and what they read, and what is fetched with the rows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit.tables.declared import fetched, fields_of
from units.models import Contact, Unit, User

D = datetime.date


@pytest.fixture
def contact(make_unit):
    unit = make_unit("县编办")
    unit.active_from = D(2015, 3, 1)
    unit.save()
    return Contact.objects.create(unit=unit, post="LIAISON", name="张示文", phone="13900000000")


@pytest.mark.parametrize(
    ("told", "head", "kind", "value"),
    [
        ("name", "姓名", "text", "张示文"),
        ("联络人=name", "联络人", "text", "张示文"),
        ("post", "类别", "text", "联络员"),
        ("单位号=unit_id", "单位号", "number", None),
        ("unit.active_from", "启用日期", "date", D(2015, 3, 1)),
        ("月=unit.active_from:month", "月", "text", "2015-03"),
        ("有=unit.active_from:mark", "有", "text", "是"),
        ("有=unit.active_from:word", "有", "text", "有"),
        ("撤=unit.active_to:word", "撤", "text", ""),
        ("后来=unit.successor.name", "后来", "text", None),
    ],
)
def test_a_column_is_headed_read_and_written_as_its_field_says(contact, told, head, kind, value):
    (column,) = fields_of(Contact, told)
    assert (column.head, column.kind) == (head, kind)
    assert column.read(contact) == (contact.unit_id if told == "单位号=unit_id" else value)


def test_a_field_that_is_not_there_needs_a_head():
    with pytest.raises(AttributeError):
        fields_of(Contact, "nowhere")


def test_what_the_columns_say_is_fetched_with_the_rows(contact):
    columns = fields_of(Contact, "name unit 后来=unit.successor.name")
    with CaptureQueriesContext(connection) as asked:
        told = [[column.read(row) for column in columns] for row in fetched(Contact.objects.all(), columns)]
    assert told == [["张示文", contact.unit, None]]
    assert len(asked) == 1


def test_several_are_joined(contact, make_user):
    user = make_user("a", User.Role.OFFICE, contact.unit)
    columns = fields_of(Unit, "账号=people")
    (unit,) = fetched(Unit.objects.filter(pk=contact.unit_id), columns)
    assert [column.read(unit) for column in columns] == [str(user)]
