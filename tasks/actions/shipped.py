"""The plans that come with the application, a real notice with its units: to look at, or to try things out on."""

import json
from dataclasses import asdict
from itertools import count

from django.conf import settings
from django.db import transaction

from kit import clock
from kit.moves import require
from kit.records import checksum
from kit.refusal import Refusal
from tasks.actions.loading import REPORTING, load_document
from tasks.actions.loads import written_by
from tasks.models import Plan, PlanReading, PlanReadingEvent
from tasks.permissions import can_set_up_plans
from tasks.reader import Task
from units.actions.loading import load_units
from units.models import Unit, UnitName

FIXTURES = settings.BASE_DIR / "fixtures"


def _shipped(name):
    return json.loads((FIXTURES / name).read_text("utf-8"))


@transaction.atomic
def load_shipped():
    return load_units(_shipped("units.json")), load_document(_shipped("notice-2015-4.json"))


@transaction.atomic
def try_shipped(by):
    """Do the same for an administrator, as a document that was sent in and written: so it can be taken back like one."""
    require(can_set_up_plans(by))
    document, before = _shipped("notice-2015-4.json"), [set(_keys(Unit)), set(_keys(UnitName))]
    load_units(_shipped("units.json"))
    loaded = load_document(document, by)
    if loaded.changed_nothing:
        raise Refusal("随附的方案已经在库里。")
    text, draft = _as_sent_in(document)
    now = clock.now()
    reading = PlanReading.objects.create(
        name=f"{document['document_number']}（随附）",
        size=len(text.encode()),
        checksum=checksum(text.encode()),
        text=text,
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
    text, plans, serial = document["title"], [], count(1)
    for values in document["plans"]:
        text += f"\n\n{values['title']}\n"
        tasks = []
        for row in values["tasks"]:
            span = (len(text) + 1, len(text) + 2 + len(row["number"]) + len(row["text"]))
            text += f"\n{row['number']} {row['text']}"
            task = Task(row["number"], row["text"], span, key=f"t{next(serial)}", lead_stated=True)
            tasks.append(asdict(task) | row)
        sections = [section | {"key": section["number"], "above": []} for section in values["sections"]]
        usual = {name: Plan._meta.get_field(name).get_default() for name in REPORTING}
        own = {"sections": sections, "tasks": tasks, "asides": [], "left_out": False, "version": 1}
        plans.append(usual | values["reporting"] | values | own)
    return text, document | {"plans": plans, "problems": [], "choices": {}, "names_version": 1, "next": next(serial)}
