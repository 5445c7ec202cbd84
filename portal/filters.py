import re

from django.db.models import Q

from kit import clock, trace
from kit.filters import DayFilter, ListFilter, WordsFilter, choice
from kit.names import holds

SAID = ("actor_name", "subject_name", "verb", "note")
MONTH = re.compile(r"(?:1[0-2]|[1-9])月份?")
WORDS = re.compile(rf"\d{{4}}年|{MONTH.pattern}|\d+|[^\s\d]+")


class EventFilter(ListFilter):
    """Kind, days and words; the kind says which tables are read."""

    kind = choice([], "对象", "elsewhere")
    first = DayFilter(method="from_day", label="从")
    last = DayFilter(method="to_day", label="到")
    q = WordsFilter(method="saying", max_length=40, label="关键词", help_text="姓名、事项、名称或说明，可写几个词")

    def fit(self, fields):
        fields["kind"].choices = [(kind, table.word()) for kind, table in trace.tables().items()]

    @property
    def tables(self):
        tables, kind = trace.tables(), self.values.get("kind")
        return {kind: tables[kind]} if kind else tables

    def from_day(self, events, name, value):
        return events.filter(at__gte=clock.start_of(value))

    def to_day(self, events, name, value):
        return events.filter(at__lt=clock.end_of(value))

    def saying(self, events, name, value):
        """Every part of 县妇联10月月报 by itself: the record says 县妇联2015年10月改革创新年月报."""
        return events.filter(*map(_said, WORDS.findall(value)))


def _said(word):
    """The condition that an event says a word, in its thing's name too; a month is not part of another: 1月, 11月."""
    if not MONTH.fullmatch(word):
        return holds(word, *SAID)
    month = word.removesuffix("份")
    return holds(f"年{month}", *SAID) | Q(note__startswith=month)
