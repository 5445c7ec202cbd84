"""Indicators: the numbers the plans promised, whose figures there are of them, what was planned and divided."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.charts import curve, months
from kit.deadlines import month_words
from kit.forms import told_on
from kit.moves import require
from kit.rates import written
from kit.sheets import exported
from kit.tables import Table
from tasks.actions.indicators import divide, plan_curve
from tasks.actions.readings import record_reading
from tasks.derived import Rule
from tasks.filters import PlanFilter
from tasks.forms.indicators import CurveForm, PartFormSet, begun, month_asked, part_rows
from tasks.forms.readings import ReadingForm
from tasks.models import Indicator
from tasks.models.facts import facts_of, land_by_place
from tasks.permissions import can_divide, can_manage_plan, sources_of
from tasks.tables import indicator_columns

EVENTS = 20


@require_safe
def indicator_list(request):
    asked = PlanFilter(request.GET, Indicator.objects.visible_to(request.user), user=request.user)
    chosen = asked.chosen
    months_shown = sorted({month for plan in asked.shown_plans for month in plan.months if month <= clock.today()})
    rows = asked.qs.with_figures()
    table = Table(
        indicator_columns(months_shown, request.user),
        rows,
        params=request.GET,
        per_page=None,
        empty="这些方案没有可以计数的指标。",
        name="指标进度",
        section=lambda indicator: indicator.plan.named,
        css="stack ledger",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, f"{chosen.named if chosen else '各方案'}指标进度", "统计时间")
    context = {"plans": asked.plans, "plan": chosen, "table": table, "derived": _derived(chosen, rows)}
    return render(request, "tasks/indicators.html", context)


def _derived(plan, rows):
    """Every figure that the register of one plan makes, with both its numbers; ``rows`` are its indicators with their figures."""
    known = next((row.facts for row in rows if row.derived and row.facts), None)
    facts = plan and (known or facts_of([plan.pk]).get(plan.pk))
    if not (facts and facts.until):
        return None
    month = min(facts.until, plan.last_over)
    return {"month": month, "figures": [facts.figure(rule, month) for rule in Rule]}


def get_indicator(request, pk):
    rows = Indicator.objects.visible_to(request.user).with_readings()
    return get_object_or_404(rows.select_related("plan__office", "statistics_unit"), pk=pk)


@require_safe
def indicator_page(request, pk):
    indicator = get_indicator(request, pk)
    name, events = indicator.name, indicator.plan.events
    told = events.filter(Q(note=name) | Q(note__startswith=f"{name} ") | Q(note__startswith=f"{name}；"))
    parts = list(indicator.parts.select_related("unit"))
    land = land_by_place(indicator.plan_id, clock.today()) if parts and indicator.derived == Rule.LAND.value else {}
    context = {
        "indicator": indicator,
        "stand": indicator.stand(),
        "sources": indicator.beside(),
        "curve": _curve(indicator),
        "months": _months(indicator),
        "parts": [(part, _actual_of(part, indicator), land.get(part.unit_id)) for part in parts],
        "has_land": bool(land),
        "events": told.newest()[:EVENTS],
        "can_record": bool(sources_of(request.user, indicator)),
        "can_divide": can_divide(request.user, indicator),
        "can_manage": can_manage_plan(request.user, indicator.plan),
    }
    return render(request, "tasks/indicator.html", context)


def _actual_of(part, indicator):
    part.indicator = indicator
    return part.actual()


def _months(indicator):
    """[(month, planned, [(kind, the month's own figure, what it was typed from)])] of months with anything to show."""
    kinds, planned = [each.kind for each in indicator.beside()], indicator.curve()
    typed = {(each.kind, each.month): each for each in indicator.readings.all()}
    rows = [
        (month, planned.get(month), [(kind, indicator.own(kind, month), typed.get((kind, month))) for kind in kinds])
        for month in indicator.plan.months
    ]
    return [row for row in rows if row[1] is not None or any(value is not None for _, value, _ in row[2])]


def _curve(indicator):
    """Plan and done of an amount that adds up, drawn, with its numbers; None of what is only looked at last."""
    if not indicator.adds_up or indicator.stand() is None:
        return None
    stand, planned, plan = indicator.stand(), indicator.curve(), indicator.plan
    told = {*planned, *(each.month for each in indicator.readings.all())}
    # A plan may run into the next January for its summing up, of which nothing is promised.
    every = [month for month in plan.months if month.year == plan.year or month in told]
    drawing = curve.Curve(
        [month_words(month, every) for month in every],
        [planned.get(month) for month in every],
        [indicator.own(indicator.official, month) for month in every],
        unit=indicator.unit_of_measure,
        tone=stand.tone,
        pace=stand.forecast,
        pace_words="按目前进度，年底约",
    )
    lines = months.lines_of(drawing)
    table = months.table(drawing.labels, lines, corner=indicator.unit_of_measure)
    return {"drawn": curve.drawn(drawing, title=indicator.name), "table": table, "planned": bool(planned)}


@require_http_methods(["GET", "POST"])
def reading_save(request, pk):
    indicator = get_indicator(request, pk)
    kinds = sources_of(request.user, indicator)
    require(bool(kinds))
    asked = _reading_asked(request, indicator)
    form = ReadingForm(request.POST or None, indicator=indicator, kinds=kinds, initial=asked)
    if form.is_valid():
        with told_on(form, "month"):
            reading = record_reading(indicator, by=request.user, **form.cleaned_data)
            messages.success(request, f"{indicator.name}{reading.month.year}年{reading.month.month}月数据已保存。")
            return redirect("reading_save", pk)
    typed = [(each, each.kind in kinds) for each in indicator.readings.all()]
    return render(request, "tasks/reading.html", {"indicator": indicator, "form": form, "typed": typed})


def _reading_asked(request, indicator):
    month, kind = request.GET.get("month"), request.GET.get("kind")
    rows = [each for each in indicator.readings.all() if f"{each.month:%Y-%m}" == month and kind in (None, each.kind)]
    names = ("value", "source", "kind")
    return {"month": month} | {name: getattr(rows[0], name) for name in names} if rows else {}


@require_http_methods(["GET", "POST"])
def curve_save(request, pk):
    indicator = get_indicator(request, pk)
    require(can_manage_plan(request.user, indicator.plan))
    form = CurveForm(request.POST or None, indicator=indicator)
    if form.is_valid():
        with told_on(form):
            plan_curve(indicator, request.user, form.months, reason=form.cleaned_data["reason"])
            messages.success(request, f"{indicator.name}的计划曲线已保存。")
            return redirect("indicator", pk)
    return render(request, "tasks/indicator_curve.html", {"indicator": indicator, "form": form})


@require_http_methods(["GET", "POST"])
def parts_save(request, pk):
    indicator = get_indicator(request, pk)
    require(can_divide(request.user, indicator))
    month = month_asked(request.POST.get("month") or request.GET.get("month"), indicator.plan)
    formset = PartFormSet(request.POST or None, initial=part_rows(indicator, month), prefix="p")
    if formset.is_valid():
        with told_on(formset.forms[0], "unit"):
            rest = divide(indicator, request.user, month, formset.rows)
            words = f"未分解{written(rest)}{indicator.unit_of_measure}" if rest else "已全部分解"
            messages.success(request, f"{indicator.name}的分解已保存，{words}。")
            return redirect("indicator", pk)
    context = {"indicator": indicator, "formset": formset, "month": month, "begun": begun(indicator.plan)}
    return render(request, "tasks/indicator_parts.html", context)
