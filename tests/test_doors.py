"""Every address, found in the resolver: a stranger is led to sign in, and nobody meets a server error."""

import datetime
import itertools
import re
import uuid

import pytest
from django.urls import URLResolver, get_resolver

from kit import clock
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Attachment
from supervision.actions.directives.drafting import draft, issue
from supervision.actions.findings import note_finding
from supervision.actions.interview_rules import change_interview_rule
from supervision.actions.meetings import judge_item, note_decision
from supervision.actions.occasions import hold_occasion, plan_occasion, set_stops
from supervision.actions.rhythms import keep_rhythm
from supervision.actions.words import make_links
from supervision.models import DirectiveFile, OccasionFile, Plea
from tasks.actions.changes import ask_change
from tasks.actions.classes import set_class_rule
from tasks.actions.listing import Told, list_project
from tasks.actions.receiving import receive
from tasks.actions.schedules import propose_schedule
from tasks.models import Indicator, SheetImport
from tests.supervision.second_half import one_of_each
from units.actions.uploads import keep_upload

OPEN = {"login", "owner_word"}
MONTH = "2015-10"
PARAMETER = re.compile(r"<(\w+):\w+>")
# What stands for the further parameters of an address, by their kind.
SECOND = {"int": "0", "slug": "t1"}


def patterns(resolver=None, prefix=""):
    """Return (address, name) of every pattern of ours; the technical administration is asked by its front door."""
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            if not route.startswith("admin/"):
                yield from patterns(each, route)
        elif not route.startswith("admin/"):
            yield f"/{route}", each.name


ADDRESSES = sorted(set(patterns())) + [
    ("/admin/", "admin:index"),
    ("/admin/units/unit/", "admin:units_unit_changelist"),
]


@pytest.fixture
def keys(report, fill, reporter, office, plan, task, civil):
    """A key for every kind of thing an address may name; 999999 names nothing."""
    submit(fill(report), reporter)
    accept(report, office)
    entry = report.entries.get()
    Indicator.objects.create(plan=plan, name="指标", target=1, unit_of_measure="个")
    Attachment.objects.create(
        report=report, file="none.pdf", name="none.pdf", kind="pdf", size=1, checksum="0", by=reporter
    )
    set_class_rule(plan, None, "NEW", action=task)
    project = list_project(plan, None, "NEW", Told({"name": "湘江标准厂房"}, units=[civil]))
    propose_schedule(project, reporter, {}, [])
    inspection = plan_occasion(
        plan, office, "INSPECTION", month=datetime.date(2015, 10, 1), title="三季度督查", held_on=clock.today()
    )
    directive = directed(office, civil)
    set_stops(
        inspection,
        office,
        [{"key": None, "group": "", "day": None, "hour": None, "project": project, "unit": None, "people": ""}],
    )
    hold_occasion(inspection, office)
    found = note_finding(
        inspection, office, key=uuid.uuid4(), stop=inspection.stops.get(), text="未施工", kind="FINDING"
    )
    file = OccasionFile.objects.create(
        occasion=inspection, item=found, by=office, file="none.pdf", name="none.pdf", kind="pdf", size=1, checksum="0"
    )
    judge_item(found, office, "KEPT")
    month = datetime.date(2015, 10, 1)
    note_decision(plan, office, month, project=project, text="交地", unit=civil, due_on=clock.today())
    layout = {"sheet": 0, "top": 0, "last": 0, "heads": ["编号"], "fields": ["number"]}
    sheet = {"name": "表", "merged": [], "rows": [["编号"], ["43"]]}
    data = {
        "kind": "breakdown",
        "plan": plan.pk,
        "sheets": [sheet],
        "layouts": [layout],
        "hidden": [],
        "said": {},
        "size": 1,
        "sha256": "0",
    }
    kept = keep_upload(office, "sheet breakdown", name="x.xlsx", content=b"", data=data)
    SheetImport.objects.create(
        pk=kept.pk, kind="breakdown", kind_title="任务分解", plan=plan, by=office, name="x.xlsx", size=1
    )
    return {
        "imports": SheetImport.objects.get().pk,
        "reports": report.pk,
        "review": report.pk,
        "entries": entry.pk,
        "tasks": task.pk,
        "units": civil.pk,
        "plans": plan.pk,
        "projects": project.pk,
        "dispatch": plan.pk,
        "directives": directive.pk,
        "directive-files": directive.points.first().files.get().pk,
        "occasions": inspection.pk,
        "occasion-files": file.pk,
        "items": found.pk,
        "words": make_links([project], datetime.date(2015, 10, 1), office)[0][0].pk,
        "interviews": changed_rule(plan, office),
        "rhythm": keep_rhythm(plan, office, title="一月一调度", record="MEETING", months=[10]).pk,
        "word": "nobody-was-given-this",
        "changes": ask_change(task, reporter, "ADJUST", reason="x", so_far="x", text="改过的内容。").pk,
        "periods": report.period_id,
        "accounts": reporter.pk,
        "files": Attachment.objects.get().pk,
        "indicators": Indicator.objects.get().pk,
        "loading": receive(office, "方案.txt", "一、做好一件事。\n（责任单位：县民政局）", "0").pk,
        **one_of_each(plan, civil, office, task, project=project),
    }


def changed_rule(plan, office):
    told = {"times": 3, "level": "FIRST", "organiser": "", "talker": "", "basis": "", "is_used": True}
    return change_interview_rule(plan, office, "RED", reason="x", **told).pk


def directed(office, unit):
    """A directive with an answer's file, and a plea that waits."""
    rows = draft(office, title="交地", units=[unit], points=[("交地", None)], due_on=datetime.date(2015, 10, 30))
    directive = issue(rows[0], office)[0]
    file = {"file": "none.pdf", "name": "none.pdf", "kind": "pdf", "size": 1, "checksum": "0", "by": office}
    DirectiveFile.objects.create(point=directive.points.get(), **file)
    Plea.objects.create(directive=directive, kind="OBJECTION", reason="x", by=office)
    return directive


def concrete(address, keys, missing=False):
    """Return the address with a key of the right kind in place of its parameter."""
    if "<" not in address:
        return address
    before, _, after = address.partition("<")
    words = before.strip("/").split("/")
    value = MONTH if "<str:month>" in address else 999999 if missing else keys.get(words[-1], keys.get(words[0], 1))
    return PARAMETER.sub(lambda found: SECOND[found[1]], f"{before}{value}{after.partition('>')[2]}")


def test_there_are_addresses_to_walk():
    assert len(ADDRESSES) > 60
    assert {"login", "home", "review", "account_list", "trace", "dashboard"} <= {name for _, name in ADDRESSES}


def test_a_stranger_is_led_to_sign_in_everywhere(keys, client):
    wrong = []
    for (address, name), method in itertools.product(ADDRESSES, ("get", "post")):
        if name in OPEN:
            continue
        answer = getattr(client, method)(concrete(address, keys))
        led = answer.status_code == 302 and answer.url.startswith(("/login/", "/admin/login/"))
        kept = method == "post" and answer.status_code == 401
        if not (led or kept or answer.status_code == 405):
            wrong.append((method, address, answer.status_code))
    assert wrong == []


def test_what_does_not_exist_is_not_there(keys, cast, sign_in):
    client, wrong = sign_in(cast["office"]), []
    for (address, _), method in itertools.product(ADDRESSES, ("get", "post")):
        if "<int:" in address:
            answer = getattr(client, method)(concrete(address, keys, missing=True))
            if answer.status_code not in (403, 404, 405):
                wrong.append((method, address, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("office", "/tasks/?due=9999-12"),
        ("office", "/dashboard/?month=0001-01"),
        ("leader", "/overview/?month=0001-01"),
        ("admin", "/admin/reports/workday/?day__year=9999"),
        ("admin", "/admin/reports/workday/?day__year=9999&day__month=12"),
        ("admin", "/admin/reports/workday/?day__year=9999&day__month=12&day__day=31"),
        ("reporter", "/month/0001-01/"),
        ("reporter", "/month/9999-12/"),
    ],
)
def test_a_year_at_the_end_of_the_calendar_is_no_fault_of_ours(cast, period, sign_in, who, address):
    assert sign_in(cast[who]).get(address).status_code in (200, 302, 404)
