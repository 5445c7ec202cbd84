"""Which rows a table has, in which order, on which page, and what they add up to."""

import threading
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length
from django.http import QueryDict

from kit.tables import Column, Table


@dataclass
class Row:
    number: int
    name: str = "任务"
    done: int | None = 0


NUMBER = Column("number", "编号", lambda row: row.number, sort=("number",), kind="number")
NAME = Column("name", "任务", lambda row: row.name, main=True)
DONE = Column("done", "完成", lambda row: row.done, sort=("done",), kind="number", total=True)
COLUMNS = [NUMBER, NAME, DONE]


def numbers(table):
    return [row.number for row in table.rows]


def of(count, **options):
    return Table(COLUMNS, [Row(number) for number in range(1, count + 1)], **options)


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("2", 2), ("3", 3), ("4", 3), ("0", 1), ("-5", 1), ("x", 1), ("2.5", 1), ("9" * 5000, 1), ("\x00", 1)],
)
def test_a_bad_page_quietly_becomes_one_that_exists(asked, page):
    table = of(25, per_page=10, params={"page": asked})
    assert (table.page, table.pages, table.count) == (page, 3, 25)
    assert table.rows[0].number == (page - 1) * 10 + 1


def test_an_empty_list_has_one_page():
    table = of(0, params={"page": "7"})
    assert (table.page, table.pages, table.rows) == (1, 1, [])


def test_a_page_never_holds_more_than_a_hundred_rows():
    assert len(of(150, per_page=1000).rows) == 100


def test_without_pages_all_rows_stand_on_one():
    table = of(150, per_page=None, params={"page": "2"})
    assert (len(table.rows), table.pages, table.page, table.count) == (150, 1, 1, 150)


def test_rows_stand_as_they_came_until_somebody_sorts():
    rows = [Row(2), Row(3), Row(1)]
    assert numbers(Table(COLUMNS, rows)) == [2, 3, 1]
    assert numbers(Table(COLUMNS, rows, default_sort="-number")) == [3, 2, 1]
    assert numbers(Table(COLUMNS, rows, default_sort="-number", params={"sort": "number"})) == [1, 2, 3]


@pytest.mark.parametrize("asked", ["nonsense", "name", "--number", "-", "", "number,done"])
def test_a_sort_that_does_not_exist_is_the_default(asked):
    table = Table(COLUMNS, [Row(1), Row(2)], default_sort="-number", params={"sort": asked})
    assert table.sorting == "-number"
    assert numbers(table) == [2, 1]


@pytest.mark.parametrize(("sort", "order"), [("done", [2, 3, 1]), ("-done", [3, 2, 1])])
def test_empty_values_come_last_in_either_direction(sort, order):
    rows = [Row(1, done=None), Row(2, done=5), Row(3, done=9)]
    assert numbers(Table(COLUMNS, rows, params={"sort": sort})) == order


def test_a_column_not_shown_can_still_sort():
    table = Table(COLUMNS, [Row(2), Row(1)], params={"sort": "number", "columns": "name"})
    assert numbers(table) == [1, 2]


def test_sums_are_over_all_pages_and_leave_out_empty_values():
    rows = [Row(1, done=5), Row(2, done=None), Row(3, done=Decimal("1.5"))]
    assert Table(COLUMNS, rows, per_page=1).totals == {"done": Decimal("6.5")}


def test_sums_follow_the_chosen_columns():
    rows = [Row(1, done=5)]
    assert Table(COLUMNS, rows, params={"columns": "name"}).totals == {}
    assert Table(COLUMNS, rows, totals={"done": 99}).totals == {"done": 99}
    assert Table(COLUMNS, rows, totals={"done": 99}, params={"columns": "name"}).totals == {}


def test_an_export_holds_every_row_in_the_chosen_columns_and_order():
    table = of(120, per_page=50, params=QueryDict("page=2&sort=-number&columns=name,number"))
    rows = list(table.all_rows())
    assert (len(rows), rows[0].number, rows[-1].number) == (120, 120, 1)
    assert [column.name for column in table.sheet_columns] == ["name", "number"]


def test_links_keep_what_the_address_already_says():
    table = of(200, params=QueryDict("q=a%26b&unit=1&unit=2&page=2&sort=number"))
    assert table.address(page=3) == "?q=a%26b&unit=1&unit=2&sort=number&page=3"
    assert table.address(page=None) == "?q=a%26b&unit=1&unit=2&sort=number"


def test_a_prefixed_table_changes_only_its_own_parameters():
    table = of(200, prefix="due", params=QueryDict("page=3&due-page=2&due-sort=-number"))
    assert (table.page, table.sorting) == (2, "-number")
    assert table.address(page=None) == "?page=3&due-sort=-number"


def test_sections_hold_only_in_the_order_they_were_made_for():
    rows = [Row(1, "一"), Row(2, "二"), Row(3, "二")]
    table = Table(COLUMNS, rows, section=lambda row: row.name)
    assert [(title, len(list(part))) for title, part in table.sections(table.rows)] == [("一", 1), ("二", 2)]
    torn = Table(COLUMNS, rows, section=lambda row: row.name, params={"sort": "-number"})
    assert [(title, len(list(part))) for title, part in torn.sections(torn.rows)] == [("", 3)]


@pytest.mark.django_db
class TestRowsOfADatabase:
    MODEL = Column("model", "模型", lambda row: row.model, sort=("model",))
    SIZE = Column("size", "长", lambda row: row.size, sort=("size",), kind="number", total=True)
    HALF = Column("half-empty", "半", lambda row: row.half, sort=("half",), kind="number", total=True)

    @pytest.fixture
    def rows(self):
        ContentType.objects.all().delete()
        for name in ("aa", "bbb", "c"):
            ContentType.objects.create(app_label="x", model=name)
        half = Case(When(model="c", then=None), default=Length("model"), output_field=IntegerField())
        return ContentType.objects.annotate(size=Length("model"), half=half)

    def names(self, rows, **options):
        return [row.model for row in Table([self.MODEL, self.SIZE, self.HALF], rows, **options).rows]

    def test_the_database_sorts_and_cuts_pages(self, rows):
        assert self.names(rows, params={"sort": "-model"}, per_page=2) == ["c", "bbb"]
        assert self.names(rows, params={"sort": "-model", "page": "2"}, per_page=2) == ["aa"]

    @pytest.mark.parametrize(
        ("sort", "order"), [("half-empty", ["aa", "bbb", "c"]), ("-half-empty", ["bbb", "aa", "c"])]
    )
    def test_empty_values_come_last_in_either_direction(self, rows, sort, order):
        assert self.names(rows, params={"sort": sort}) == order

    def test_equal_rows_have_one_order_so_that_pages_neither_repeat_nor_skip(self, rows):
        same = Column("same", "同", lambda row: 1, sort=("same",))
        table = Table([same], rows.annotate(same=Value(1)), params={"sort": "-same"})
        assert [str(key) for key in table.ordered.query.order_by][-1] == "-pk"

    def test_a_page_costs_its_rows_and_one_count(self, rows, django_assert_num_queries):
        for most in ("aa", "c"):
            with django_assert_num_queries(2):
                str(Table([self.MODEL], rows.filter(model__lte=most)))

    def test_sums_cost_one_query_more(self, rows, django_assert_num_queries):
        with django_assert_num_queries(3):
            table = Table([self.MODEL, self.SIZE, self.HALF], rows, per_page=1)
            str(table)
        assert table.totals == {"size": 6, "half-empty": 5}

    def test_sums_over_nothing_are_zero(self, rows):
        assert Table([self.SIZE], rows.none()).totals == {"size": 0}

    def test_a_sum_no_field_is_known_for_is_added_up(self, rows):
        column = Column("own", "自", lambda row: len(row.model) * 2, total=True)
        assert Table([column], rows).totals == {"own": 12}

    def test_a_count_that_is_known_is_not_asked_for(self, rows, django_assert_num_queries):
        with django_assert_num_queries(1):
            table = Table([self.MODEL], rows, count=3, per_page=2)
            assert (len(table.rows), table.pages) == (2, 2)

    def test_what_stands_beside_is_fetched_once_for_a_page_and_for_a_chunk(self, rows, monkeypatch):
        monkeypatch.setattr("kit.tables.table.CHUNK", 2)
        asked = []
        table = Table([self.MODEL], rows.order_by("model"), per_page=1, fetch=lambda part: asked.append(len(part)))
        assert len(table.rows) == 1
        assert len(list(table.all_rows())) == 3
        assert asked == [1, 2, 1]

    def test_nothing_is_fetched_beside_no_rows(self, rows):
        table = Table([self.MODEL], rows.none(), fetch=lambda part: 1 / 0)
        assert (table.rows, list(table.all_rows())) == ([], [])

    def test_an_export_reads_every_row_in_one_query(self, rows, django_assert_num_queries):
        with django_assert_num_queries(1):
            found = Table([self.MODEL], rows, params={"sort": "model"}, per_page=1).all_rows()
            assert [row.model for row in found] == ["aa", "bbb", "c"]


def test_lists_drawn_at_once_do_not_wait_for_one_another():
    """A page is still asking the database while the other threads draw lists of their own, whole or in pages."""
    asking = threading.Barrier(4, timeout=5)

    class Slow(QuerySet):
        def count(self):
            asking.wait()
            return 3

        def _fetch_all(self):
            if self._result_cache is None and not self.query.is_sliced:
                asking.wait()
            self._result_cache = []

    def draw(per_page):
        table = Table([NAME], Slow(ContentType), per_page=per_page)
        drawn.append((len(table.rows), table.count))

    drawn = []
    threads = [threading.Thread(target=draw, args=[per_page], daemon=True) for per_page in (2, 2, None, None)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(drawn) == [(0, 0), (0, 0), (0, 3), (0, 3)]
