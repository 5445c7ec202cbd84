"""A field declared once reaches every place: those of an entry, and one more of each kind, in a column made for the test."""

import datetime
import json
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.db.models import QuerySet

from kit.fields import Amount, Choice, Count, Day, Fields, Words, YesNo
from kit.sheets import sealed
from kit.statements import asking
from portal.actions.papers import Papers
from portal.actions.succession import merge
from reports import offline
from reports.actions.periods import open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import save_entry, submit
from reports.fields import ENTRY
from reports.models import Entry, Submission
from tests.house.typed import uncleaned
from tests.pages import folded
from tests.reports.sheets import Paper
from tests.reports.views.sending import sent

MONTH, FORM, PAGE = "/month/2015-10/", "/month/2015-10/offline.xlsx", "/month/2015-10/offline/"
JSON = {"headers": {"accept": "application/json"}}
KINDS = (
    Words("site", "现场情况", limit=30),
    Words("witness", "见证人", rows=0),
    Count("visits", "走访户数", most=9000, measure="户"),
    Amount("funds", "资金使用(万元)", "本月实际支付。", short="资金"),
    Day("signed_on", "签约日期"),
    Choice("stage", "所处阶段", choices=(("PLAN", "前期"), ("BUILD", "建设"))),
    YesNo("in_public", "已公示"),
)
# What is said first and then, of any field by its kind.
SAID = {
    Count: (120, 7000),
    Amount: (Decimal("12.50"), Decimal("0.05")),
    Day: (datetime.date(2015, 10, 8), datetime.date(2015, 12, 31)),
    YesNo: (True, False),
}
WORDS_OF = {
    Count: ("120户", "7000户"),
    Amount: ("12.5", "0.05"),
    Day: ("2015-10-08", "2015-12-31"),
    YesNo: ("是", "否"),
}


def said(each, turn):
    if isinstance(each, Choice):
        return each.choices[turn][0]
    return SAID[type(each)][turn] if type(each) in SAID else f"{each.label}第{turn + 1}稿。"


def words(each, turn):
    """What a page says of it: in the words of its kind, written out here."""
    if each.name in RULED:
        return RULED_WORDS[each.name][turn]
    if isinstance(each, Choice):
        return each.choices[turn][1]
    return WORDS_OF.get(type(each), (f"{each.label}第1稿。", f"{each.label}第2稿。"))[turn]


RULED = {
    "progress": (60, 70),
    "light": ("YELLOW", "RED"),
    "no_change": (False, True),
    "no_change_reason": ("", "等待批复。"),
}
RULED_WORDS = RULED | {"progress": ("60%", "70%"), "light": ("黄灯", "红灯"), "no_change": ("否", "是")}
# No transaction around the module: columns are made and taken away.
pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {**ENTRY, **Fields(*KINDS)}
ONCE, AGAIN = ({n: RULED[n][turn] if n in RULED else said(each, turn) for n, each in ASKED.items()} for turn in (0, 1))


@pytest.fixture(scope="module", autouse=True)
def extra(django_db_setup, django_db_blocker):
    """Declare one more field of each kind, and give each its column."""
    columns = [(each, each.column()) for each in KINDS]
    with django_db_blocker.unblock():
        for each, column in columns:
            ENTRY[each.name] = each
            Entry.add_to_class(each.name, column)
            with connection.schema_editor() as editor:
                editor.add_field(Entry, column)
    asking._kept.clear()  # they do not name the columns that came
    yield
    with django_db_blocker.unblock():
        for each, column in columns:
            with connection.schema_editor() as editor:
                editor.remove_field(Entry, column)
            Entry._meta.local_fields.remove(column)
            Entry._meta._expire_cache()
            delattr(Entry, each.name)
            del ENTRY[each.name]
    asking._kept.clear()  # they name the columns that went


def test_what_people_type_is_cleaned_as_in_every_form():
    form = SimpleNamespace(__name__="EntryForm", base_fields={name: each.form_field for name, each in ENTRY.items()})
    assert uncleaned([form]) == []


def write(entry, by, **values):
    return save_entry(entry, by, values, seen_version=Entry.objects.get(pk=entry.pk).version)


@pytest.fixture
def filed(report, entry, reporter):
    """October with every field filled in, filed; 本月无变化 is ticked in the second filing only."""
    write(entry, reporter, **ONCE)
    submit(report, reporter)
    report.refresh_from_db()
    return report


@pytest.fixture
def refiled(filed, entry, office, reporter):
    """The same returned and filed again with every field changed."""
    return_report(filed, office, reason="请核对。")
    write(entry, reporter, **(AGAIN | {"done": "", "progress": 60}))
    submit(filed, reporter, note="已改。")
    filed.refresh_from_db()
    return filed


def test_the_page_draws_every_field_and_keeps_what_is_typed(sign_in, reporter, entry, report):
    client = sign_in(reporter)
    page = folded(client.get(MONTH))
    for name, each in ENTRY.items():
        assert f'name="e{entry.pk}-{name}"' in page
        assert each.label in page
    answer = client.post(f"/entries/{entry.pk}/save/", sent(entry, **ONCE), **JSON)
    assert (answer.status_code, answer.json()["errors"]) == (200, {})
    entry.refresh_from_db()
    assert ENTRY.values_of(entry) == ONCE
    again = folded(client.get(MONTH))
    for box in (
        'value="12.5"',
        'type="date" name="e{}-signed_on" value="2015-10-08"',
        'value="120"',
        'value="PLAN" id="id_e{}-stage_0" checked',
    ):
        assert box.format(entry.pk) in again
    preview = folded(client.get(f"/reports/{report.pk}/?preview=1"))
    assert all(words(each, 0) in preview for each in ENTRY.further)


def test_what_is_no_number_and_no_day_is_told_beside_its_field(sign_in, reporter, entry):
    wrong = {"visits": "9001", "funds": "-1", "signed_on": "13月1日", "stage": "END"}
    answer = sign_in(reporter).post(f"/entries/{entry.pk}/save/", sent(entry, **(ONCE | wrong)), **JSON).json()
    assert set(answer["errors"]) == set(wrong)
    entry.refresh_from_db()
    assert (entry.site, entry.funds, entry.signed_on) == (ONCE["site"], None, None)


def test_a_stale_page_is_told_of_both_values_of_every_field(sign_in, reporter, head, entry):
    stale = sent(entry)
    write(entry, head, **AGAIN)
    mine = {name: value for name, value in ONCE.items() if name not in ("no_change", "no_change_reason", "in_public")}
    typed = sent(Entry(pk=entry.pk, task=entry.task), **mine) | {f"e{entry.pk}-seen": stale[f"e{entry.pk}-seen"]}
    answer = sign_in(reporter).post(f"/entries/{entry.pk}/save/", typed, **JSON)
    assert answer.status_code == 409
    for name in mine:
        assert f'data-side="{name}"' in answer.json()["html"]
        assert ENTRY[name].words(AGAIN[name]) in answer.json()["html"]


def test_the_offline_form_asks_every_field_and_gives_it_back(sign_in, reporter, entry, report):
    write(entry, reporter, **ONCE)
    client = sign_in(reporter)
    paper = Paper(client.get(FORM).content)
    client.post(PAGE, {"file": paper.upload()})
    assert client.get(PAGE).context["preview"].unchanged == 1
    cells = {name: each.cell(AGAIN[name]) for name, each in ENTRY.items()}
    paper.fill("43", **{ENTRY[name].label: value for name, value in cells.items()})
    client.post(PAGE, {"file": paper.upload()})
    preview = client.get(PAGE).context["preview"]
    assert preview.faults == []
    assert {change.label: change.new for change in preview.items[0].changes} == {
        each.label: each.words(AGAIN[name]) for name, each in ENTRY.items()
    }
    client.post(f"{PAGE}take/", {"seen": preview.fingerprint})
    entry.refresh_from_db()
    assert ENTRY.values_of(entry) == AGAIN


def test_a_cell_that_cannot_be_is_a_fault_of_its_own_column(sign_in, reporter, report):
    client = sign_in(reporter)
    wrong = {"走访户数": "许多", "资金使用(万元)": "12.345", "签约日期": "月底", "所处阶段": "收尾", "已公示": "也许"}
    client.post(PAGE, {"file": Paper(client.get(FORM).content).fill("43", **wrong).upload()})
    assert {fault.head for fault in client.get(PAGE).context["preview"].faults} == set(wrong)


def test_a_form_handed_out_before_a_field_was_asked_is_taken_and_told_what_it_lacks(sign_in, reporter, entry):
    client, place = sign_in(reporter), list(ENTRY.items())
    for name, each in place:
        write(entry, reporter, **ONCE)
        del ENTRY[name]
        paper = Paper(client.get(FORM).content)
        ENTRY.clear()
        ENTRY.update(place)
        other = "done" if name != "done" else "problems"
        client.post(PAGE, {"file": paper.fill("43", **{ENTRY[other].label: "另有进展。"}).upload()})
        preview = client.get(PAGE).context["preview"]
        assert preview.untaken == [f"表中没有“{each.label}”一栏：是下载以后新增的，请在网页上填。"]
        client.post(f"{PAGE}take/", {"seen": preview.fingerprint})
        entry.refresh_from_db()
        assert ENTRY.values_of(entry) == ONCE | {other: "另有进展。"}


def test_a_form_from_before_forms_kept_their_heads_is_taken_by_those_that_stand_in_it(
    sign_in, reporter, entry, monkeypatch
):
    client = sign_in(reporter)
    with monkeypatch.context() as before:
        before.setattr(
            offline, "sealed", lambda schema, rows: sealed(schema, [row for row in rows if row[0] != "field"])
        )
        before.delitem(ENTRY, "in_public")
        paper = Paper(client.get(FORM).content).fill("43", 本月进展="完成招标。")
    client.post(PAGE, {"file": paper.upload()})
    preview = client.get(PAGE).context["preview"]
    assert preview.untaken == ["表中没有“已公示”一栏：是下载以后新增的，请在网页上填。"]
    assert [change.new for change in preview.items[0].changes] == ["完成招标。"]


def test_a_form_with_a_field_that_is_asked_no_more_is_taken_without_it(sign_in, reporter, entry):
    client = sign_in(reporter)
    paper = Paper(client.get(FORM).content).fill("43", 本月进展="完成招标。", 现场情况="现场情况第1稿。")
    site = ENTRY.pop("site")
    client.post(PAGE, {"file": paper.upload()})
    preview = client.get(PAGE).context["preview"]
    ENTRY["site"] = site
    assert preview.untaken == ["“现场情况”一栏没有取：下载以后已不用填。"]
    assert [change.label for change in preview.items[0].changes] == ["本月进展"]


def places(filed, clients, plan):
    """What is shown of a filed report: {place: text}, one place a page or sheet."""
    unit, office = clients
    task = filed.entries.get().task_id
    found = {
        "report": unit.get(f"/reports/{filed.pk}/").content.decode(),
        "print": unit.get(f"/reports/{filed.pk}/print/").content.decode(),
        "task": unit.get(f"/tasks/{task}/").content.decode(),
        "review": office.get(f"/review/{filed.pk}/").content.decode(),
    }
    period = SimpleNamespace(pk=filed.period_id, closed_at=filed.submitted_at)
    archive = SimpleNamespace(plan=plan, periods=[period], contents=[])
    packed = Papers(archive).make("report", filed.latest.pk, "月报/a.html")
    return found | {"archive": b"".join(packed).decode()}


@pytest.fixture
def clients(sign_in, reporter, office):
    return sign_in(reporter), sign_in(office)


def test_every_paper_of_a_filed_report_tells_every_field(filed, clients, plan):
    for place, text in places(filed, clients, plan).items():
        for name in set(ENTRY) - {"no_change", "no_change_reason"}:
            assert words(ENTRY[name], 0) in text, (place, name)
        for each in KINDS:
            assert each.label in text, (place, each.name)


def test_last_month_stands_beside_this_one_with_every_further_field(filed, sign_in, reporter, plan, office, at):
    accept(filed, office)
    at("2015-11-05 09:00")
    open_period(plan, datetime.date(2015, 11, 1))
    page = sign_in(reporter).get("/month/2015-11/").content.decode()
    for each in ENTRY.further:
        assert f"<b>{each.short or each.label}</b>" in page
        assert words(each, 0) in page


def test_the_comparison_of_two_filings_names_every_field_with_both_values(refiled, clients):
    text = clients[1].get(f"/review/{refiled.pk}/").content.decode()
    change = {
        row.label: (row.old, row.new)
        for row in clients[1].get(f"/review/{refiled.pk}/").context["lines"][0].since_filed
    }
    for name in set(ENTRY) - {"progress", "done"}:
        assert change[ENTRY[name].label] == (words(ENTRY[name], 0), words(ENTRY[name], 1))
        assert ENTRY[name].label in text
    assert refiled.submissions.last().content["entries"][0]["funds"] == "0.05"


def test_the_summary_of_the_month_has_a_column_of_every_further_field(filed, clients, plan, office):
    accept(filed, office)
    content = clients[1].get(f"/exports/progress.xlsx?plan={plan.pk}&month=2015-10").content
    rows = list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].values)
    heads = next(row for row in rows if "资金使用(万元)" in row)
    line = dict(zip(heads, next(row for row in rows if row[0] == "43"), strict=True))
    assert (line["资金使用(万元)"], line["走访户数"], line["所处阶段"], line["现场情况"]) == (
        12.5,
        120,
        "前期",
        "现场情况第1稿。",
    )
    assert line["签约日期"].date() == ONCE["signed_on"]


def test_a_record_of_old_without_a_field_stays_readable_everywhere(refiled, clients, plan, office):
    accept(refiled, office)
    whole = list(refiled.submissions.all())
    for name in ENTRY:
        for each in whole:
            kept = each.content["entries"][0]
            lacking = each.content | {"entries": [{key: value for key, value in kept.items() if key != name}]}
            QuerySet(Submission).filter(pk=each.pk).update(content=lacking)
        assert all("43" in text for text in places(refiled, clients, plan).values())
        assert clients[1].get(f"/exports/progress.xlsx?plan={plan.pk}&month=2015-10").status_code == 200


def test_two_units_that_become_one_join_every_field(
    period, entry, report, task, civil, labour, admin, reporter, co_reporter
):
    other = period.reports.get(unit=labour).entries.get()
    write(entry, reporter, **(AGAIN | {"no_change": False}))
    write(other, co_reporter, **ONCE)
    merge([labour], civil, admin, effective_on=datetime.date(2015, 10, 20), reason="株县编〔2015〕9号")
    entry.refresh_from_db()
    assert entry.site == "现场情况第2稿。\n【县人社局】现场情况第1稿。"
    assert (entry.progress, entry.visits, entry.stage) == (70, 7000, "BUILD")
    assert (entry.funds, entry.signed_on, entry.in_public) == (Decimal("12.55"), datetime.date(2015, 12, 31), False)


def test_figures_kept_as_json_are_declared_alike():
    figures = Fields(
        *KINDS, Amount("paid", "到位资金", needed="请填{past}月到位资金。", when=lambda said, past: said.funds)
    )
    kept = json.loads(json.dumps({name: figures[name].plain(ONCE[name]) for name in ONCE if name in figures}))
    assert figures.values_of(kept) == {name: ONCE.get(name) for name in figures}
    assert figures.lacking(kept, 10) == [("paid", "请填10月到位资金。")]
    assert figures.faults(kept | {"site": "长" * 31}) == [("site", "超出1字，请压缩到30字以内。")]
    assert [(each.name, said) for each, said in figures.told({"funds": "12.5"})] == [("funds", "12.5")]
