"""The plans that come with the application, a real notice with its units: to look at, or to try things out on."""

import json

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit import clock
from kit.refusal import Refusal
from tasks.actions.loading import REPORTING, load_document
from tasks.actions.loads import written_by
from tasks.actions.receiving import checksum
from tasks.models import Plan, PlanReading, PlanReadingEvent
from tasks.permissions import can_set_up_plans
from units.actions.loading import load_units
from units.models import Unit, UnitName

FIXTURES = settings.BASE_DIR / "fixtures"


def _shipped(name):
    return json.loads((FIXTURES / name).read_text("utf-8"))


@transaction.atomic
def load_shipped():
    """Load the units and plans that are not there; return what became of both."""
    return load_units(_shipped("units.json")), load_document(_shipped("notice-2015-4.json"))


@transaction.atomic
def try_shipped(by):
    """Do the same for an administrator, as a document that was sent in and written: so it can be taken back like one."""
    if not can_set_up_plans(by):
        raise PermissionDenied
    document, before = _shipped("notice-2015-4.json"), [set(_keys(Unit)), set(_keys(UnitName))]
    load_units(_shipped("units.json"))
    loaded = load_document(document, by)
    if loaded.changed_nothing:
        raise Refusal("随附的方案已经在库里。")
    text, draft = _as_sent_in(document)
    now = clock.now()
    reading = PlanReading.objects.create(
        name=f"{document['document_number']}（随附）",
        checksum=checksum(text.encode()),
        text=text,
        found={},
        draft=draft,
        by=by,
        at=now,
        edited_at=now,
        loaded_at=now,
        loaded_by=by,
        written=written_by(loaded, *_new(before)),
    )
    PlanReadingEvent.write(reading, by, "写入方案", note=f"随系统附带；{loaded}")
    return reading


def _keys(model):
    return model.objects.values_list("pk", flat=True)


def _new(before):
    return [model.objects.exclude(pk__in=known) for model, known in zip((Unit, UnitName), before, strict=True)]


def _as_sent_in(document):
    """Return (text, draft) of the document, as if it had been read (tasks.draft)."""
    text, plans, serial = document["title"], [], 0
    for values in document["plans"]:
        text += f"\n\n{values['title']}\n"
        keys = {section["number"]: f"s{at}" for at, section in enumerate(values["sections"])}
        tasks = []
        for row in values["tasks"]:
            serial, start = serial + 1, len(text) + 1
            text += f"\n{row['number']} {row['text']}"
            tasks.append(_task(row, keys, f"t{serial}", [start, len(text)]))
        plans.append(_plan(values, keys, tasks))
    draft = {name: document[name] for name in ("title", "document_number", "issued_on")}
    return text, draft | {"plans": plans, "problems": [], "choices": {}, "names_version": 1, "next": serial + 1}


def _plan(values, keys, tasks):
    usual = {name: Plan._meta.get_field(name).get_default() for name in REPORTING}
    reporting = {name: values["reporting"].get(name, usual[name]) for name in REPORTING}
    heading = {
        name: values[name] for name in ("kind", "title", "short_title", "year", "office", "starts_on", "ends_on")
    }
    sections = [{**section, "key": keys[section["number"]], "above": []} for section in values["sections"]]
    parts = {"sections": sections, "tasks": tasks, "phases": values["phases"], "groups": values["groups"], "asides": []}
    return heading | reporting | parts | {"left_out": False, "version": 1}


def _task(row, keys, key, span):
    same = {name: row[name] for name in ("number", "short_title", "text", "points", "units", "deadline", "due_on")}
    settled = {"lead_stated": True, "dropped": "", "corrected": False, "version": 1}
    return same | settled | {"key": key, "section": keys.get(row["section"], ""), "span": span}
