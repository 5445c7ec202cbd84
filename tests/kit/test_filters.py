"""Lists as their addresses ask for them."""

import pytest
from django.http import QueryDict

from kit.filters import ListFilter, TickFilter, WordsFilter, choice
from kit.refusal import Unknown
from units.models import Unit


class Made(ListFilter):
    group = choice(Unit.PeerGroup.choices, "同类组", field_name="peer_group")
    signs = TickFilter(field_name="head_signs", label="审签")
    q = WordsFilter(method="named", max_length=5, label="名称")
    page_knows = choice([("a", "甲")], "别的", "elsewhere")

    def named(self, units, name, value):
        return units.filter(name=value)


def asked(query):
    return Made(QueryDict(query), Unit.objects.order_by("order"))


def test_what_is_asked_narrows_the_list(civil, labour, reform_office):
    assert [*asked("").qs] == [*asked("group=&q=&page=2").qs] == [reform_office, civil, labour]
    assert [*asked("group=GOVERNMENT&page_knows=a").qs] == [civil, labour]
    assert [*asked("group=GOVERNMENT&q=县 人社局").qs] == []
    assert [*asked("q=县人社局").qs] == [labour]
    assert asked("signs=on&page_knows=a").values == {"signs": True, "page_knows": "a"}
    assert [*asked("signs=on").qs] == []


@pytest.mark.parametrize("query", ["group=NONE", "q=超过五个字了", "page_knows=b", "group=GOVERNMENT&page_knows=b"])
def test_a_condition_that_does_not_exist_is_told(civil, query):
    with pytest.raises(Unknown, match="没有显示任何内容"):
        asked(query).qs  # noqa: B018


def test_where_nobody_asks_the_form_is_drawn_empty_and_nothing_is_checked(civil):
    found = asked("page=3&sort=name")
    assert (found.form.is_bound, found.values) == (False, {})
    assert str(found.form["group"]).startswith("<select")
    assert Made.get_form_class() is type(asked("q=x").form)
