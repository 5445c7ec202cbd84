"""The unit's verbs: write, carry forward, submit, sign, withdraw."""

from django.db import transaction
from django.db.models import F

from kit import clock
from kit.moves import lock, move, require, require_seen, require_status
from kit.refusal import Conflict, Refusal
from kit.text import clean, is_blank
from kit.trace import spare
from reports import completeness
from reports.line import NODE
from reports.models import Entry, MonthlyReport, ReportEvent, Submission
from reports.models.past import past_of
from reports.models.report import with_nodes
from reports.permissions import can_file, can_sign
from units.actions.notices import tell
from units.models import User

Status = MonthlyReport.Status

FOR_SIGNING = "提交审签"
# The verbs by which a report comes to be filed.
FILING = ("报送", FOR_SIGNING, "审签并报送")


class Incomplete(Refusal):
    """``problems`` is a list of (entry, completeness.Problem)."""

    def __init__(self, problems):
        super().__init__(f"提交前请改正{len(problems)}处问题。")
        self.problems = problems


def require_writable(report, now):
    if report.status == Status.EXEMPT:
        raise Refusal("这份月报已批准免报，不用填写。")
    if report.is_missed(now):
        raise Refusal(report.missed_words)
    require_status(report, *MonthlyReport.WITH_UNIT, otherwise="不能修改。需要修改的，先撤回或请办公室退回")
    if now < report.period.opens_at:
        raise Refusal(f"{clock.local(report.period.opens_at):%m月%d日 %H:%M}开始填报。")


def why_closed(report, now):
    try:
        require_writable(report, now)
    except Refusal as why:
        return str(why)
    return ""


@transaction.atomic
def save_entry(entry, by, values, *, seen_version):
    """Write ``values`` ({name of a field: value}) as a draft; 本月无变化 takes over what stood last time.

    A version other than the one on record is a Conflict carrying the entry as it is now; nothing is overwritten.
    """
    report = lock(entry.report)
    require(can_file(by, report))
    now = clock.now()
    require_writable(report, now)
    if values.get("no_change") and not entry.no_change:
        last = Entry.objects.previous([entry]).get(entry.task_id)
        values = values | completeness.unchanged(entry, values, last)
    changed = Entry.objects.filter(pk=entry.pk, version=seen_version).update(
        **columns_of(entry, values),
        version=F("version") + 1,
        edited_at=now,
        edited_by=by,
    )
    fresh = Entry.objects.select_related("report__period__plan", "edited_by", "task").get(pk=entry.pk)
    if not changed:
        who = fresh.edited_by.name if fresh.edited_by else "另一个窗口"
        raise Conflict(f"{who}已在{clock.local(fresh.edited_at):%H:%M:%S}保存了新的内容，两份都已保留，请选择。", fresh)
    if report.status == Status.DUE:
        move(report, Status.DRAFT)
        ReportEvent.write(report, by, "开始填报")
    return fresh


def columns_of(entry, values):
    """{column: value} of what was said; the days of a project's nodes stand in one."""
    columns = {name: value for name, value in values.items() if name in entry.asked and not name.startswith(NODE)}
    told = {name.removeprefix(NODE): value for name, value in values.items() if name.startswith(NODE)}
    if told:
        nodes = Entry.objects.values_list("nodes", flat=True).get(pk=entry.pk)
        nodes |= {key: day.isoformat() for key, day in told.items() if day}
        columns["nodes"] = {key: day for key, day in nodes.items() if told.get(key, day)}
    return columns


@transaction.atomic
def save_answer(report, by, text, *, seen):
    """Keep what answers a return (重报说明) until it is filed; ``seen`` is the text it was written over."""
    text, report = _answer(text), lock(report)
    require(can_file(by, report))
    require_writable(report, clock.now())
    if report.answer not in (seen, text):
        raise Conflict(f"重报说明已在别处改为“{report.answer}”，您写的还没有保存。", report)
    report.answer = text
    report.save(update_fields=["answer"])
    return report


def _answer(text):
    text, limit = clean(text).strip(), MonthlyReport._meta.get_field("answer").max_length
    if len(text) > limit:
        raise Refusal(f"重报说明不超过{limit}字，现有{len(text)}字，请压缩。")
    return text


@transaction.atomic
def carry_forward(entry, by, *, seen_version):
    last = Entry.objects.previous([entry]).get(entry.task_id)
    if last is None:
        raise Refusal("上月没有可以带入的内容。")
    asked = entry.asked
    names = [name for name, each in asked.items() if each.carried and (each.kept or not entry.no_change)]
    values = {name: getattr(last, name) for name in names if getattr(entry, name) == asked[name].blank}
    if all(value == asked[name].blank for name, value in values.items()):
        raise Refusal("各栏都已填写，没有可以从上月带入的空栏。")
    return save_entry(entry, by, values, seen_version=seen_version)


def problems_of(report, note=""):
    """[(entry, Problem)]; ``note`` is the answer that would be filed along."""
    entries = with_nodes(report.entries.select_related("task").in_order())
    accepted, last = past_of(entries), Entry.objects.previous(entries)
    found = [(entry, completeness.UNANSWERED) for entry in entries if not note.strip() and _is_left(entry, report)]
    return found + [
        (entry, problem)
        for entry in entries
        for problem in completeness.problems_of(entry, accepted.get(entry.task_id), last.get(entry.task_id))
    ]


def _is_left(entry, report):
    entry.report = report
    return report.status == Status.RETURNED and entry.must_redo


@transaction.atomic
def submit(report, by, *, note=None):
    """To the office at once, or to the unit's head first where the unit wants that. ``Incomplete`` says all to mend.

    ``note`` answers a return; without one it is what the report's page has kept (``save_answer``).
    """
    report = lock(report)
    require(can_file(by, report))
    spare(report, report.status in (Status.SIGNING, Status.SUBMITTED, Status.ACCEPTED), *FILING)
    now = clock.now()
    require_writable(report, now)
    if not report.entries.exists():
        raise Refusal("这份月报没有任务，不用报送。")
    report.answer = report.answer if note is None else _answer(note)
    if found := problems_of(report, report.answer):
        raise Incomplete(found)
    if report.unit.head_signs and by.role != User.Role.HEAD:
        move(report, Status.SIGNING, answer=report.answer)
        ReportEvent.write(report, by, FOR_SIGNING, note=report.answer)
        heads = User.objects.filter(unit=report.unit.answering(), role=User.Role.HEAD, is_active=True)
        tell(heads, key=f"sign:{report.pk}:{report.version}", title=f"{report}待您审签", url=f"/reports/{report.pk}/")
        return report
    return _file(report, by, now, verb="报送")


@transaction.atomic
def sign(report, by, *, seen_version=None):
    report = lock(report)
    require(can_sign(by, report))
    spare(report, report.status in (Status.SUBMITTED, Status.ACCEPTED), *FILING)
    require_seen(report, seen_version)
    now = clock.now()
    require_status(report, Status.SIGNING, otherwise="不用审签")
    if report.is_missed(now):
        raise Refusal(report.missed_words)
    return _file(report, by, now, verb="审签并报送")


@transaction.atomic
def hand_back(report, by, *, reason, seen_version=None):
    report = lock(report)
    require(can_sign(by, report))
    last = report.events.newest().first()
    spare(report, last and (last.verb, last.note) == ("审签未通过", reason.strip()), "审签未通过")
    require_seen(report, seen_version)
    if is_blank(reason):
        raise Refusal("请写明退回填报人的原因。")
    require_status(report, Status.SIGNING, otherwise="不用审签")
    move(report, _back_to(report))
    ReportEvent.write(report, by, "审签未通过", note=reason.strip())
    tell(
        User.objects.filter(unit=report.unit.answering(), role=User.Role.REPORTER, is_active=True),
        key=f"handback:{report.pk}:{report.version}",
        title=f"{report}审签未通过，请修改后重新提交",
        body=f"原因：{reason.strip()}",
        url="/month/",
    )
    return report


def _back_to(report):
    return Status.RETURNED if report.return_due_at else Status.DRAFT


def _author(report, by):
    """Who wrote what a head signs: whoever handed it over, or wrote in it last before the head filed it without."""
    if not report.unit.head_signs:
        return by
    if report.status == Status.SIGNING:
        handed_over = report.events.filter(verb=FOR_SIGNING).select_related("actor").newest().first()
        return handed_over.actor if handed_over else by
    latest = report.entries.exclude(edited_by=None).select_related("edited_by").order_by("-edited_at").first()
    return latest.edited_by if latest else by


def _file(report, by, now, *, verb):
    note, report.unit_name = report.answer, report.unit.name
    first = report.first_submitted_at is None
    on_time = now < (report.return_due_at or report.due_at)
    submission = Submission.made(
        report.content_now(),
        _author(report, by),
        report=report,
        serial=report.submissions.count() + 1,
        note=note,
        signer_name=by.signature if report.unit.head_signs else "",
        at=now,
        on_time=on_time,
    )
    submission.save()
    timeliness = {"first_submitted_at": now, "is_late": now >= report.due_at} if first else {}
    move(
        report,
        Status.SUBMITTED,
        submitted_at=now,
        review_started_at=None,
        unit_name=report.unit_name,
        answer="",
        **timeliness,
    )
    changes = {"第几次": ["", submission.serial], "时效": ["", "迟报" if report.is_late else "按时"]}
    if report.return_due_at:
        changes["重报"] = ["", "期限内" if on_time else "已过重报期限"]
    ReportEvent.write(report, by, verb, note=note, changes=changes)
    return report


@transaction.atomic
def withdraw(report, by, *, seen_version=None):
    """Until the office has started to decide on it.

    What nobody has decided on yet has then not been filed: only the trace keeps its moment.
    """
    report = lock(report)
    require(can_file(by, report))
    spare(report, report.is_with_unit, "撤回", "退回", "重新打开并退回", "审签未通过")
    require_seen(report, seen_version)
    if report.status == Status.SUBMITTED and report.review_started_at:
        raise Refusal(f"{report.reviewing}，不能撤回。需要修改的，请联系办公室退回。")
    require_status(report, Status.SUBMITTED, Status.SIGNING, otherwise="不能撤回")
    if clock.now() >= report.closes_at:
        raise Refusal("填报已关闭，撤回后将无法再报送，因此不能撤回。")
    # What a filed report answered comes back with it; one that waits for its signature still has it.
    answer = report.latest.note if report.status == Status.SUBMITTED else report.answer
    first, unfiled = report.first_submitted_at, {}
    if first and report.return_due_at is None:
        unfiled = {"first_submitted_at": None, "is_late": None, "submitted_at": None}
    move(report, _back_to(report), answer=answer, **unfiled)
    changes = {"首次报送": [f"{clock.local(first):%Y-%m-%d %H:%M}", ""]} if unfiled else {}
    ReportEvent.write(report, by, "撤回", changes=changes)
    return report
