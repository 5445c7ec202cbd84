"""Kept statements: what they answer is what Django answers, and they are made once.

The whole suite asks both ways when PROVE_STATEMENTS is set, as ``.ci/run`` does.
"""

import datetime

import django
import pytest
from django.db import connection
from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from kit import clock, statements
from kit.moves import lock
from kit.statements import Exists, RowSet, Subquery, asking, at_once
from reports.models import Entry
from tasks.models import Project
from units.backends import PersonBackend
from units.models import Unit, UnitName, User

TODAY = datetime.date(2015, 10, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    made = [
        Unit.objects.create(name=f"县{n}局", order=n, active_to=TODAY if n % 3 == 0 else None, head_signs=n % 2 == 0)
        for n in range(1, 13)
    ]
    for unit in made[:5]:
        UnitName.objects.create(unit=unit, name=f"又名{unit.order}")
    made[1].successor = made[0]
    made[1].save()
    return made


@pytest.fixture
def made(monkeypatch, settings):
    """What is made anew, one name a statement; nothing is kept yet."""
    settings.PROVE_STATEMENTS = False
    monkeypatch.setattr(asking, "_kept", {})
    monkeypatch.setattr(asking, "_proven", set())
    found, make = [], asking._statement

    def counted(rows, ending, named, values):
        found.append(ending)
        return make(rows, ending, named, values)

    monkeypatch.setattr(asking, "_statement", counted)
    return found


def named(rows):
    """Other names of the unit around."""
    return rows.filter(unit=OuterRef("pk"))


# What is said to the rows, with two values each time.
SAID = {
    "filter": lambda rows, n, day: rows.filter(order__gt=n, active_to=day),
    "exclude": lambda rows, n, day: rows.exclude(order=n).exclude(active_to__gte=day),
    "in": lambda rows, n, day: rows.filter(order__in=range(1, 13)[:n]),
    "in a set": lambda rows, n, day: rows.filter(order__in={*range(n)}).order_by("-order"),
    "conditions": lambda rows, n, day: rows.filter(Q(order=n) | ~Q(active_to__lt=day) & Q(head_signs=True)),
    "one or the other": lambda rows, n, day: (rows.filter(order__gt=n) | Unit.objects.filter(active_to=day)).order_by(
        "pk"
    ),
    "another row": lambda rows, n, day: rows.filter(successor__order=n),
    "a row": lambda rows, n, day: rows.filter(successor=Unit.objects.get(order=n)),
    "rows": lambda rows, n, day: rows.filter(pk__in=Unit.objects.filter(order__lt=n).values("pk")),
    "exists": lambda rows, n, day: rows.filter(Exists(named(UnitName.objects.filter(name=f"又名{n}")))),
    "not": lambda rows, n, day: rows.filter(~Exists(named(UnitName.objects.exclude(name=f"又名{n}")))),
    "case": lambda rows, n, day: rows.annotate(x=Case(When(order__lt=n, then=Value(n)), default=Value(0))).order_by(
        "x", "pk"
    ),
    "subquery": lambda rows, n, day: rows.annotate(
        x=Coalesce(Subquery(named(UnitName.objects.filter(unit__order__lte=n)).values("name")[:1]), Value(f"{day}"))
    ).values("order", "x"),
    "groups": lambda rows, n, day: (
        rows.filter(order__lte=n).order_by("head_signs").values_list("head_signs").annotate(n=Count("other_names"))
    ),
    "computed": lambda rows, n, day: rows.filter(name__contains=f"{n}局").annotate(x=F("order") + n).values_list("x"),
    "years": lambda rows, n, day: rows.filter(active_to__year=2010 + n),
    "slice": lambda rows, n, day: rows.order_by("order")[n - 1 : n + 3].values_list("order", flat=True),
    "empty": lambda rows, n, day: rows.filter(order__in=[]).values_list("order"),
    "beside": lambda rows, n, day: (
        rows.filter(order__lt=n).select_related("successor").prefetch_related("other_names").only("name", "successor")
    ),
}


def plain(rows):
    """Rows as values that compare."""
    return [(row.pk, row.name, getattr(row, "x", None)) if isinstance(row, Unit) else row for row in rows]


@pytest.mark.parametrize("said", SAID.values(), ids=SAID.keys())
def test_every_question_has_the_answer_of_django_with_any_value(units, made, said):
    for n, day in [(3, TODAY), (5, TODAY), (12, TODAY + datetime.timedelta(days=1)), (1, TODAY)]:
        rows, djangos = said(Unit.objects.all(), n, day), said(QuerySet(Unit), n, day)
        assert plain(rows) == plain(djangos)
        if "slice" not in str(made):
            assert said(Unit.objects.all(), n, day).count() == djangos.count()
            assert said(Unit.objects.all(), n, day).exists() == djangos.exists()


def test_the_same_words_are_made_once_whatever_their_values(units, made):
    for n in range(1, 9):
        assert [unit.order for unit in Unit.objects.filter(order=n, active_to=None)] == [n] * (n % 3 != 0)
        assert Unit.objects.filter(order__lt=n).count() == n - 1
        assert Unit.objects.filter(order=n + 100).exists() is False
        assert Unit.objects.get(order=n) == units[n - 1]
        assert Unit.objects.filter(order__lte=n).aggregate(x=Max("order"))["x"] == n
        assert Unit.objects.order_by("order").filter(order__gt=n)[0].order == n + 1
    assert made == ["rows", "aggregate", "exists", "rows", "aggregate", "rows"]


def test_lists_of_many_lengths_share_a_few_statements(units, made):
    for n in range(1, 10):
        assert len(Unit.objects.filter(order__in=list(range(1, n + 1)))) == n
    assert made == ["rows"] * 5  # of 1, 2, 4, 8 and 16 values


def test_none_and_a_number_are_different_words(units, made):
    assert Unit.objects.filter(successor=units[0].pk).count() == 1
    assert Unit.objects.filter(successor=None).count() == 11
    assert made == ["aggregate", "aggregate"]


@pytest.mark.parametrize("number", [10**6, 2**40, 2**70, -1])
def test_a_number_no_row_can_have_is_no_fault(units, made, number):
    assert not Unit.objects.filter(order=3).filter(order=number)
    assert Unit.objects.exclude(order=number).count() == 12


@pytest.mark.parametrize(
    "rows",
    [
        Unit.objects.order_by("name"),
        Unit.objects.order_by("name").order_by(),
        Unit.objects.all(),
        UnitName.objects.all(),
        UnitName.objects.filter(pk=1).order_by("-name"),
        Unit.objects.values_list("order").annotate(n=Count("pk")),
    ],
)
def test_whether_rows_have_an_order_is_what_django_says(rows):
    made = rows._made(rows._given) if isinstance(rows, RowSet) else rows
    assert rows.ordered == QuerySet.ordered.fget(made)


def test_the_first_of_ordered_rows_is_asked_without_making_them(units, made, monkeypatch):
    assert Unit.objects.order_by("-order").first() == units[-1]
    monkeypatch.setattr(RowSet, "_settle", lambda rows: pytest.fail("made"))
    assert Unit.objects.order_by("-order").first() == units[-1]


def test_what_is_wrong_is_told_as_ever(units, made):
    with pytest.raises(ValueError, match="must be saved"):
        list(Unit.objects.filter(successor=Unit(name="新")))
    with pytest.raises(ValueError, match="expected a number"):
        list(Unit.objects.filter(pk="x"))
    with pytest.raises(Unit.DoesNotExist):
        Unit.objects.get(order=99)
    with pytest.raises(Unit.MultipleObjectsReturned):
        Unit.objects.get(order__in=[1, 2])
    assert Unit.objects.get(pk=str(units[2].pk)) == units[2]


def test_django_may_take_a_query_over_and_what_was_said_before_stays_as_it_is(units, made):
    first = Unit.objects.filter(order__lte=3).order_by("order")
    second = first.all()
    second.query.clear_ordering(force=True)
    second.query.set_limits(high=1)
    assert len(second) == 1
    assert [unit.order for unit in first] == [1, 2, 3]
    assert [unit.order for unit in first.filter(order__gt=1)] == [2, 3]
    assert [n for (n,) in first.values_list("order").iterator()] == [1, 2, 3]
    assert len(first.order_by().union(Unit.objects.order_by().filter(order=9))) == 4
    assert [unit.order for unit in first | Unit.objects.filter(order=9)] == [1, 2, 3, 9]
    assert Unit.objects.filter(order__lte=3).update(head_signs=True) == 3
    assert UnitName.objects.filter(unit__in=first).delete()[0] == 3


def test_proving_finds_a_statement_that_is_not_djangos(units, made, settings):
    list(Unit.objects.filter(order=3))
    (kept,) = asking._kept.values()
    kept.text = kept.text.replace('"order" =', '"order" <')
    settings.PROVE_STATEMENTS = True
    with pytest.raises(AssertionError, match="kept: "):
        list(Unit.objects.filter(order=4))


@pytest.mark.parametrize(
    ("first", "second", "times"),
    [
        ({"order": 3}, {"order": 4}, 1),
        ({"order": 3}, {"order": 1}, 2),
        ({"order": 3}, {"order": 0}, 2),
        ({"order": 3}, {"order": -3}, 2),
        ({"name": "县3局"}, {"name": "县4局"}, 1),
        ({"name": "县3局"}, {"name": ""}, 2),
        ({"name": "县3局"}, {"name": "100%"}, 2),
        ({"order": 3, "successor": 4}, {"order": 5, "successor": 5}, 2),
        ({"order": 3, "successor": 4}, {"order": 6, "successor": 7}, 1),
    ],
)
def test_what_could_be_another_statement_is_proved_again(units, made, settings, monkeypatch, first, second, times):
    proved = []
    monkeypatch.setattr(asking, "_prove", lambda asked, compiler: proved.append(asked))
    settings.PROVE_STATEMENTS = True
    for values in (first, second, first):
        list(Unit.objects.filter(**values))
    assert len(proved) == times


def test_no_more_are_kept_than_was_settled(units, made, monkeypatch):
    monkeypatch.setattr(asking, "MOST_STATEMENTS", 2)
    for column in ("order", "pk", "name"):
        assert Unit.objects.filter(**{f"{column}__isnull": False}).count() == 12
    assert len(asking._kept) == 1  # the third began anew


def test_several_are_counted_at_once(units, made, django_assert_num_queries):
    for n in (3, 5):
        asked = [Unit.objects.filter(order__lt=n), UnitName.objects.filter(unit__order=n), Unit.objects.order_by("pk")]
        with django_assert_num_queries(1):
            assert statements.counted(asked) == [n - 1, 1, 12]
    assert statements.counted([Unit.objects.filter(order=1)]) == [1]
    assert statements.counted([]) == []
    assert statements.counted([Unit.objects.all(), Unit.objects.none()]) == [12, 0]
    assert statements.counted([Unit.objects.order_by("pk")[:2], Unit.objects.distinct()]) == [2, 12]


def test_a_lock_is_kept_and_still_locks(units, made, django_assert_num_queries):
    for unit in units[:3]:
        with django_assert_num_queries(1) as asked:
            assert lock(unit) == unit
        assert ("FOR UPDATE" in asked[0]["sql"]) == connection.features.has_select_for_update
    assert made == ["rows"]


def test_the_series_of_django_is_the_one_it_was_written_for():
    assert django.VERSION[:2] == (5, 2), (
        "read kit/statements beside the new compiler, then run the suite with PROVE_STATEMENTS=1"
    )
    assert issubclass(type(Unit.objects.all()), RowSet)


def test_rows_that_ask_for_places_and_labels_are_kept(make_project, monkeypatch, settings):
    """The rows of a many-to-many table are Django's own unless they are taken as a RowSet."""
    settings.PROVE_STATEMENTS = False  # a proof makes Django's own
    settled, settle = [], RowSet._settle

    def seen(rows):
        settled.extend([rows.model] if rows._steps is not None else [])
        settle(rows)

    for unit in (1, 2):
        Entry.objects.visible_to(User(role=User.Role.REPORTER, unit_id=unit)).exists()
        Project.objects.missing()
        monkeypatch.setattr(RowSet, "_settle", seen)
    assert settled == []


class Rows(RowSet):
    """Units with methods that are noted as one step."""

    @at_once
    def up_to(self, n, day):
        return self.filter(Q(order__lte=n) | Q(active_to__gt=day)).exclude(name=f"县{99}局")

    @at_once
    def among(self, keys):
        return self.filter(order__in=keys)

    @at_once
    def computed(self, n):
        return self.filter(order__lt=n + 1)

    @at_once
    def today(self, n):
        return self.filter(Q(order=n) | Q(active_to__lt=clock.today()))

    @at_once
    def people_of(self, user):
        return self.filter(pk__in=user.units) if user.role == User.Role.HEAD else self.none()


def orders(rows):
    return sorted(rows.values_list("order", flat=True))


def test_a_method_noted_as_one_step_says_what_its_words_say(units, made):
    for n in (1, 4, 7):
        assert orders(Rows(Unit).up_to(n, TODAY)) == list(range(1, n + 1))
        assert orders(Rows(Unit).up_to(n, TODAY - datetime.timedelta(days=1))) == sorted(
            {*range(1, n + 1), 3, 6, 9, 12}
        )
        assert orders(Rows(Unit).filter(order__gt=1).among({1, n})) == [n] * (n > 1)
        assert UnitName.objects.filter(unit__in=Rows(Unit).among([n])).count() == (n < 6)
    assert made == ["rows", "rows", "aggregate", "rows"]  # of one value among, and of two


def test_what_it_computes_or_takes_from_the_clock_is_djangos(units, made, at):
    for n in (2, 3):
        assert orders(Rows(Unit).computed(n)) == list(range(1, n + 1))
    at("2015-10-20 09:00")
    assert orders(Rows(Unit).today(1)) == [1]
    at("2015-10-21 09:00")
    assert orders(Rows(Unit).today(1)) == [1, 3, 6, 9, 12]
    assert not any(asking._kept.values())


def test_a_person_is_noted_by_what_matters(units, made, make_user):
    own = [
        PersonBackend().get_user(make_user(f"u{n}", role, units[n]).pk)
        for n, role in enumerate(["HEAD", "HEAD", "OFFICE"])
    ]
    made.clear()
    assert [orders(Rows(Unit).people_of(user)) for user in own[1:]] == [[2], []]
    other = PersonBackend().get_user(make_user("u3", "HEAD", units[3]).pk)
    del made[2:]
    assert orders(Rows(Unit).people_of(other)) == [4]
    assert made == ["rows", "rows"]
    # The first took the second over, from the day after on.
    units[1].active_to = TODAY - datetime.timedelta(days=1)
    units[1].save()
    assert [user.took_over for user in own] == [True, False, False]
    assert orders(Rows(Unit).people_of(own[0])) == [1, 2]
