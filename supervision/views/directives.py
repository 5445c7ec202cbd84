"""What is handed down: the list, the counts, the ledger, the bulk press."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe

from kit import clock
from kit.forms import number_of, unknown
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from reports.models import Workday
from supervision.actions.directives.checking import urge
from supervision.dashboard import directives as desk
from supervision.filters import DirectiveFilter
from supervision.forms.directives import AsOfForm
from supervision.models import Directive
from supervision.permissions import can_direct, can_hand_down, can_order
from supervision.tables.directives import EMPTY, LEDGER, PASSED, columns
from units.models import User


def directive_of(request, pk):
    rows = Directive.objects.visible_to(request.user).with_parts()
    rows = rows.select_related("task__plan", "entry__report", "report", "item__occasion", "item__looked_by", "batch")
    return get_object_or_404(rows.prefetch_related("points", "pleas", "helpers", "co_issuers"), pk=pk)


class Listed:
    """The directives an address asks for, as far as this person reads them."""

    def __init__(self, request):
        user = request.user
        require(user.is_authenticated and user.does_business)
        self.user, self.params = user, request.GET
        self.is_workday = Workday.test()
        self.tabs = desk.conditions(user, desk.latest(self.is_workday))
        self.visible = Directive.objects.visible_to(user)
        self.filter = DirectiveFilter(request.GET, self.visible, user=user)
        self.tab = request.GET.get("tab", "open")
        if self.tab not in self.tabs:
            raise unknown(("状态", self.tab))

    @cached_property
    def counts(self):
        return desk.counts(self.filter.qs, self.tabs, self.tab)

    @cached_property
    def rows(self):
        return self.filter.qs.filter(self.tabs[self.tab])

    @property
    def is_folded(self):
        """A paper to several units is one row, unless its units are asked for."""
        asked = self.filter.values
        return self.user.role in User.OVERLOOKERS and not asked.get("batch") and not asked.get("unit")

    def table(self, *, whole=False):
        folded = self.is_folded and not whole
        rows = self.rows.folded(self.user) if folded else self.rows
        return Table(
            columns(self.is_workday, folded=folded),
            rows.with_parts().with_day(),
            params=self.params,
            default_sort="due",
            per_page=None if whole else 50,
            count=None if whole else self.counts["rows" if folded else self.tab],
            fetch=lambda rows: desk.fetch_beside(rows, self.tabs["late"]),
            empty=EMPTY,
            name="交办事项",
            css="stack directives",
            select=self._picked,
        )

    def _picked(self, row):
        return row.pk if row.is_open and can_direct(self.user, row) else None


@require_safe
def directive_list(request):
    listed = Listed(request)
    wanted = request.GET.get("format")
    if wanted == "xlsx":
        return exported(listed.table(whole=True), "交办事项")
    if wanted == "ledger":
        return _ledger(listed)
    tabs = [
        (name, word, listed.counts[name], tone if listed.counts[name] else "")
        for name, (word, tone) in desk.TABS.items()
        if name not in ("check", "drafts") or can_hand_down(request.user) or listed.counts[name]
    ]
    context = {
        "table": listed.table(),
        "filter": listed.filter,
        "tabs": tabs,
        "tab": listed.tab,
        "sums": desk.columns_in(listed.counts),
        "now": clock.now(),
        "may_hand_down": can_hand_down(request.user),
        "may_order": can_order(request.user),
        "may_urge": can_hand_down(request.user) and listed.tab in ("open", "late", "all"),
    }
    return render(request, "supervision/directives.html", context)


def _ledger(listed):
    rows = listed.rows.with_parts().prefetch_related("points")

    def told(found):
        desk.fetch_beside(found)
        for row in found:
            row.said = "；".join(f"{each.number}. {each.answer}" for each in row.points.all() if each.answer)

    table = Table(LEDGER, rows.order_by("issuer", "series", "year", "number", "pk"), per_page=None, fetch=told)
    return exported(table, "交办事项督办台账", "截至")


@require_safe
def directive_counts(request):
    listed = Listed(request)
    asked = AsOfForm(request.GET)
    asked.is_valid()
    day, by = asked.cleaned_data.get("day"), asked.cleaned_data.get("by") or "unit"
    rows, moment = listed.filter.qs, clock.end_of(day) if day else None
    if request.GET.get("format") == "events":
        return exported(Table(PASSED, desk.passed(rows, moment), per_page=None), "交办经过")
    lines = desk.columns_by(rows, by, moment)
    context = {
        "form": asked,
        "by": desk.BY[by][0],
        "day": day,
        "now": clock.now(),
        "lines": lines,
        "sums": sum((columns for _, columns in lines), desk.Columns()),
    }
    return render(request, "supervision/directive_counts.html", context)


@require_POST
def directive_urge(request):
    keys = [number_of(key) for key in request.POST.getlist("pick")]
    rows = list(Directive.objects.visible_to(request.user).issued().filter(pk__in=keys))
    if not rows:
        messages.warning(request, "请先勾选要催办的事项。")
    else:
        urged = urge(rows, request.user, note=request.POST.get("note", "")[:200])
        messages.success(request, f"已催办{len(urged)}件，一天催办一次。")
    return redirect("directive_list")
