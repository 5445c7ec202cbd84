"""The unit's month on one page: everything is written, saved and submitted here, with script or without."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.forms import number_of
from kit.moves import require
from kit.refusal import Conflict, Refusal
from reports.actions.files import PER_ENTRY, limits, remove
from reports.actions.writing import carry_forward, save_answer, withdraw
from reports.dashboard.month import sheets_of
from reports.fields import ENTRY
from reports.forms.entry import EntryForm, seen_of
from reports.forms.readings import MonthReadings
from reports.line import LINE, NODE
from reports.models import Attachment, Entry, MonthlyReport
from reports.templatetags.month import task_label
from reports.views.entries import conflict_context, keep
from reports.views.files import take_files
from reports.views.submitting import submit_all
from tasks.models import Plan
from units.middleware import wants_data
from units.models import User


@require_safe
def month(request):
    """To the one that asks for work first: the earliest still to be handed in, else the newest."""
    reports = own_reports(request.user)
    writable = reports.owing().filter(period__opens_at__lte=clock.now(), closes_at__gt=clock.now())
    first = writable.order_by("period__month").values_list("period__month", flat=True).first()
    newest = reports.order_by("-period__month").values_list("period__month", flat=True).first()
    day = first or newest or clock.today()
    return redirect("month_page", f"{day:%Y-%m}")


def own_reports(user):
    require(user.role in User.WITH_UNIT)
    return MonthlyReport.objects.visible_to(user).answered_by(user)


def month_of(text):
    try:
        return datetime.datetime.strptime(text, "%Y-%m").replace(tzinfo=datetime.UTC).date()
    except ValueError:
        raise Http404("no month") from None


def sheets_or_404(user, month):
    """None where a plan runs or the month is the present one, else 404."""
    sheets = sheets_of(user, month)
    if sheets or month == clock.today().replace(day=1):
        return sheets
    if not any(plan.covers(month) for plan in Plan.objects.visible_to(user)):
        raise Http404("no month of a plan")
    return sheets


@require_http_methods(["GET", "HEAD", "POST"])
def month_page(request, month):
    """A POST first saves everything that was sent, then does what the pressed button says."""
    months = sorted(set(own_reports(request.user).values_list("period__month", flat=True)))
    page = Page(request, month_of(month), months)
    if request.method == "POST":
        return page.take()
    return page.show()


@require_POST
def month_readings(request, month):
    """The unit's own figures of its indicators: on record at once, without the report."""
    own_reports(request.user)
    page = Page(request, month_of(month), [])
    page.readings = MonthReadings(request.POST, user=request.user, month=page.month)
    if page.readings.is_valid() and (saved := page.readings.save()):
        messages.success(request, f"已保存{saved}个指标的数。")
    elif not page.readings.errors:
        messages.info(request, "指标的数没有改动。")
    return page.show(status=422) if page.readings.errors else redirect(f"{page.address}#readings")


@require_POST
def month_submit(request, month):
    own_reports(request.user)
    page = Page(request, month_of(month), [])
    return submit_all(page, page.chosen(""))


class Page:
    def __init__(self, request, month, months):
        self.request, self.user = request, request.user
        self.month, self.months = month, months
        self.forms, self.conflicts, self.unsaved, self.unsaved_answers = {}, {}, [], {}
        self.load()

    def save_answers(self):
        for sheet in self.sheets:
            text = self.request.POST.get(f"note-{sheet.report.pk}")
            seen = self.request.POST.get(f"note-{sheet.report.pk}-seen", sheet.report.answer).strip()
            if text is None or text.strip() == seen:
                continue
            try:
                save_answer(sheet.report, self.user, text, seen=seen)
            except Refusal as refusal:
                if text.strip() != getattr(sheet.latest, "note", ""):
                    self.unsaved_answers[sheet.report.pk] = (text, str(refusal))

    def load(self):
        self.sheets = sheets_or_404(self.user, self.month)
        self.lines = [line for sheet in self.sheets for line in sheet.lines]
        self.readings = None
        if any(sheet.report.has_indicators for sheet in self.sheets):
            self.readings = MonthReadings(user=self.user, month=self.month)

    @property
    def asked(self):
        """All the page asks: a line's fields stand there only with a project."""
        return ENTRY | LINE if any(line.past for line in self.lines) else ENTRY

    @property
    def address(self):
        return reverse("month_page", args=[f"{self.month:%Y-%m}"])

    def take(self):
        saved = self.save()
        self.save_answers()
        act, _, key = self.request.POST.get("act", "save").partition(":")
        if act == "submit" and not (self.unsaved or self.unsaved_answers):
            return submit_all(self, self.chosen(key))
        if self.unsaved_answers and wants_data(self.request):
            sentences = [sentence for _, sentence in self.unsaved_answers.values()]
            return JsonResponse({"error": "".join(sentences)}, status=422)
        if self.is_unclean:
            self.load()
            return self.show(status=409 if self.conflicts else 422)
        if act == "preview" and (asked := self.chosen(key)):
            return redirect(f"{reverse('report', args=[asked[0].pk])}?preview=1")
        anchor = self.do(act, key)
        if wants_data(self.request):
            return JsonResponse({"saved_at": f"{clock.now():%H:%M:%S}"})
        if act == "save":
            self.tell_saved(saved)
        return redirect(f"{self.address}{anchor}")

    @property
    def is_unclean(self):
        """Something typed is not on record: the page must come back with it instead of leading on."""
        return bool(
            self.conflicts or self.unsaved or self.unsaved_answers or any(form.errors for form in self.forms.values())
        )

    def chosen(self, key):
        """One plan's reports, or all that the unit still has to hand in.

        Where nothing is left to hand in, all that were: a second press is told what became of them.
        """
        reports = [sheet.report for sheet in self.sheets if sheet.report.status != MonthlyReport.Status.EXEMPT]
        if key:
            return [report for report in reports if str(report.pk) == key]
        return [report for report in reports if report.status in MonthlyReport.OWING] or reports

    def save(self):
        """Each entry on its own, so that one stale or closed entry keeps none of the others from being saved."""
        saved = 0
        for line in self.lines:
            form = EntryForm(line.entry, self.request.POST)
            if not form.was_sent:
                continue
            self.forms[line.entry.pk] = form
            saved += self.save_one(line, form)
            self.attach(line)
        return saved

    def save_one(self, line, form):
        before = line.entry.version
        try:
            line.entry.version = keep(form, self.user).version
        except Conflict as conflict:
            self.conflicts[line.entry.pk] = conflict_context(conflict, form)
            self.forms[line.entry.pk] = form.merged(conflict.current)
        except Refusal as refusal:
            if not self.is_on_record(line.entry, form):
                self.unsaved.append((line, form, str(refusal)))
        return line.entry.version != before

    def is_on_record(self, entry, form):
        """The other press of a double click has saved and filed it."""
        fresh = Entry.objects.visible_to(self.user).get(pk=entry.pk)
        return all(getattr(fresh, name) == value for name, value in form.changes.items())

    def attach(self, line):
        sent = self.request.FILES.getlist(f"e{line.entry.pk}-files")
        refused = take_files(line.entry, self.user, sent)
        for _, sentence in refused:
            messages.error(self.request, f"{task_label(line.entry.task)}：{sentence}")
        if len(sent) > len(refused):
            messages.success(self.request, f"{task_label(line.entry.task)}：已上传{len(sent) - len(refused)}个附件。")

    def do(self, act, key):
        """What a button inside an entry asks for; return the place on the page to come back to."""
        if act == "remove":
            files = Attachment.objects.visible_to(self.user).present().select_related("report", "entry")
            found = get_object_or_404(files, pk=number_of(key))
            remove(found, self.user)
            messages.success(self.request, f"已移除“{found.name}”。")
            return f"#e{found.entry_id}"
        if act == "withdraw":
            withdraw(get_object_or_404(own_reports(self.user), pk=number_of(key)), self.user)
            messages.success(self.request, "已撤回，可以修改后重新提交。")
            return f"#r{key}"
        line = next((line for line in self.lines if str(line.entry.pk) == key), None)
        if act == "carry" and line:
            self.carry(line)
        return f"#e{line.entry.pk}" if line else ""

    def carry(self, line):
        rows = Entry.objects.visible_to(self.user).select_related("report__period__plan", "report__unit")
        fresh = rows.get(pk=line.entry.pk)
        try:
            carry_forward(fresh, self.user, seen_version=fresh.version)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.info(self.request, f"{task_label(line.entry.task)}：已带入上月内容，请改成本月的情况。")

    def tell_saved(self, saved):
        if saved:
            messages.success(self.request, f"{clock.now():%H:%M:%S} 已存草稿（{saved}项有改动）。尚未提交。")
        else:
            messages.info(self.request, "没有改动，草稿已是最新。")

    def show(self, status=200):
        checked = set(self.request.GET.getlist("check"))
        for sheet in self.sheets:
            kept = (sheet.report.answer, "")
            sheet.answer, sheet.answer_error = self.unsaved_answers.get(sheet.report.pk, kept)
            for line in sheet.lines:
                line.is_answered = bool(sheet.answer.strip())
        for line in self.lines:
            line.conflict = self.conflicts.get(line.entry.pk)
            form = self.forms.get(line.entry.pk)
            kept = form is not None and (line.conflict or form.errors)
            line.form = form if kept else EntryForm(line.entry)
            line.seen = seen_of(line.entry)
            line.fields = _drawn(line, checked=str(line.entry.report_id) in checked)
            line.node_fields = [(line.fields[f"{NODE}{step.key}"], step) for step in line.open_steps]
        return render(self.request, "reports/month.html", self.context(checked), status=status)

    def context(self, checked):
        index = self.months.index(self.month) if self.month in self.months else None
        to_hand_in = [sheet for sheet in self.sheets if sheet.is_writable]
        return {
            "month": self.month,
            "address": self.address,
            "sheets": self.sheets,
            "readings": self.readings,
            "to_hand_in": to_hand_in,
            "total": len(self.lines),
            "late": sum(sheet.report.files_late(sheet.now) for sheet in to_hand_in),
            "closed": sum(sheet.filled for sheet in self.sheets if not sheet.is_writable),
            "filled": sum(sheet.filled for sheet in self.sheets),
            "wrong": [(sheet, line) for sheet in self.sheets for line in sheet.lines if line.form.errors],
            "incomplete": [sheet for sheet in to_hand_in if str(sheet.report.pk) in checked and not sheet.is_complete],
            "conflicts": self.conflicts,
            "unsaved": self.unsaved,
            "earlier": self.months[index - 1] if index else None,
            "later": self.months[index + 1] if index is not None and index + 1 < len(self.months) else None,
            "now": clock.now(),
            "per_entry": PER_ENTRY,
            "upload_limits": limits(),
            "cells": " ".join(name for name, each in self.asked.items() if each.is_pasted),
            "csrf_cookie": settings.CSRF_COOKIE_NAME,
        }


def _drawn(line, *, checked):
    """After an attempt to submit, with what is missing beside each."""
    missing = {}
    for problem in line.problems if checked else ():
        missing.setdefault(problem.field, []).append(problem.sentence)
    return {name: line.form.drawn(name, missing.get(name, ())) for name in line.form.asked}
