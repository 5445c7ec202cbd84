"""Filters of the lists behind an overview's numbers."""

from django import forms
from django.db.models import Q

from kit import names
from kit.forms import Asked, Text
from reports.dashboard.progress import REST, WHOLE
from reports.models import Fact
from tasks.lights import CHOICES
from units.models import Unit

# The same words as the figures above the lists.
STATES = {fact.value: fact.label for fact in Fact if fact not in (Fact.OWED, Fact.DUE)}


class FilingFilter(Asked):
    """Which of a month's reports to show."""

    state = forms.ChoiceField(choices=[("", "全部"), *STATES.items()], required=False, label="报送情况")
    group = forms.ChoiceField(choices=[("", "全部"), *Unit.PeerGroup.choices], required=False, label="同类组")
    q = Text(max_length=40, required=False, label="单位", help_text="中文、全拼或首字母")

    def apply(self, reports):
        """Return the reports asked for."""
        self.is_valid()
        asked = self.cleaned_data
        if state := asked.get("state"):
            reports = reports.of(state)
        if group := asked.get("group"):
            reports = reports.filter(unit__peer_group=group)
        if word := asked.get("q"):
            reports = reports.filter(unit__in=Unit.objects.search(word).values("pk"))
        return reports


class StandingFilter(Asked):
    """Which frozen standings to show."""

    light = forms.ChoiceField(choices=[("", "全部"), *CHOICES], required=False, label="灯色")
    section = Text(max_length=140, required=False, label="章节")
    q = Text(max_length=40, required=False, label="关键词", help_text="编号、任务或牵头单位")

    def apply(self, standings):
        """Return the standings asked for."""
        self.is_valid()
        asked = self.cleaned_data
        if light := asked.get("light"):
            standings = standings.filter(light=light)
        if section := asked.get("section"):
            standings = standings.filter(section_title="" if section in (WHOLE, REST) else section)
        if word := asked.get("q"):
            standings = standings.filter(Q(task_number=word) | names.holds(word, "task_title", "lead_name"))
        return standings
