"""How plain values look, and which columns an address chooses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict

from kit.tables import Column, shown
from kit.tables.columns import choose


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "text", ""),
        ("", "percent", ""),
        ("县编办", "text", "县编办"),
        (True, "text", "是"),
        (False, "text", "否"),
        (0, "number", "0"),
        (45, "percent", "45%"),
        (Decimal("12.50"), "number", "12.5"),
        (Decimal("100.00"), "number", "100"),
        (Decimal("1E+2"), "number", "100"),
        (37.86, "number", "37.86"),
        (100.0, "percent", "100%"),
        (Decimal("100.0"), "percent", "100.0%"),
        (1e22, "number", "1e+22"),
        (date(2015, 10, 20), "date", "2015-10-20"),
        (datetime(2015, 10, 31, 16, 30, tzinfo=UTC), "moment", "2015-11-01 00:30"),
        (datetime(2015, 10, 31, 16, 30, tzinfo=UTC), "date", "2015-11-01"),
        (datetime(2015, 10, 31, 16, 30), "moment", "2015-10-31 16:30"),
    ],
)
def test_a_value_is_shown_as_a_person_reads_it(value, kind, text):
    assert shown(value, kind) == text


def columns():
    return [Column(name, name.upper(), str) for name in ("a", "b", "c")]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "abc"),
        ("columns=", "abc"),
        ("columns=c,a", "ca"),
        ("columns=c&columns=a", "ca"),
        ("columns=b,b,nonsense,%3Cb%3E", "b"),
        ("columns=nonsense", "abc"),
    ],
)
def test_the_address_chooses_columns_and_their_order(query, names):
    assert "".join(column.name for column in choose(columns(), QueryDict(query))) == names


def test_an_optional_column_waits_to_be_named():
    extra = [*columns(), Column("d", "D", str, optional=True)]
    assert "".join(column.name for column in choose(extra)) == "abc"
    assert "".join(column.name for column in choose(extra, QueryDict("columns=d,a"))) == "da"


def test_parameters_may_be_a_plain_dict():
    assert [column.name for column in choose(columns(), {"columns": ["b", "a"]})] == ["b", "a"]


def test_a_prefix_keeps_two_tables_of_one_page_apart():
    params = QueryDict("columns=a&due-columns=b")
    assert [column.name for column in choose(columns(), params, "due")] == ["b"]


def test_classes_say_what_a_column_holds():
    assert Column("a", "A", str, kind="number", css="w-2").classes == "right w-2"
    assert Column("a", "A", str, kind="date", wrap=False, main=True).classes == "nowrap stack-line"
    assert Column("a", "A", str).classes == ""
