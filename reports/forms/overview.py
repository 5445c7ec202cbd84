"""Filters of the lists behind an overview's numbers."""

from django import forms
from django.db.models import Q

from kit import clock, names
from kit.forms import Text
from reports.dashboard.progress import REST, WHOLE
from reports.models import MonthlyReport
from tasks.lights import CHOICES
from units.models import Unit

Status = MonthlyReport.Status

# state -> word; the same words as the figures above the lists
STATES = {
    "owing": "未报送",
    "missing": "逾期未报",
    "on_time": "按时报送",
    "late": "迟报",
    "waiting": "待审核",
    "returned": "已退回",
    "accepted": "已通过",
    "exempt": "免报",
}


class FilingFilter(forms.Form):
    """Which of a month's reports to show."""

    state = forms.ChoiceField(choices=[("", "全部"), *STATES.items()], required=False, label="报送情况")
    group = forms.ChoiceField(choices=[("", "全部"), *Unit.PeerGroup.choices], required=False, label="同类组")
    q = Text(max_length=40, required=False, label="单位", help_text="中文、全拼或首字母")

    def apply(self, reports):
        """Return the reports asked for; a value not on offer counts as not said."""
        self.is_valid()
        asked = self.cleaned_data
        if state := asked.get("state"):
            reports = reports.filter(condition(state))
        if group := asked.get("group"):
            reports = reports.filter(unit__peer_group=group)
        if word := asked.get("q"):
            reports = reports.filter(unit__in=Unit.objects.search(word).values("pk"))
        return reports


def condition(state):
    """Return what a state means, exactly as dashboard.filing counts it."""
    owed = ~Q(status=Status.EXEMPT)
    return {
        "owing": owed & Q(first_submitted_at=None),
        "missing": owed & Q(first_submitted_at=None, due_at__lte=clock.now()),
        "on_time": owed & Q(is_late=False),
        "late": owed & Q(is_late=True),
        "waiting": Q(status=Status.SUBMITTED),
        "returned": Q(status=Status.RETURNED),
        "accepted": Q(status=Status.ACCEPTED),
        "exempt": Q(status=Status.EXEMPT),
    }[state]


class StandingFilter(forms.Form):
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
