"""Units renamed and merged: history stays, obligations follow, nothing written is lost, every step is on record."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from kit.refusal import Refusal
from portal.actions.succession import merge, rename
from portal.dashboard.succession import Fate, consequences, fates
from reports.actions.files import attach
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import save_entry, sign, submit
from reports.dashboard.filed import Filed
from reports.dashboard.ledgers import progress
from reports.models import Attachment, Entry, Exemption, MonthlyReport, ReportEvent, Standing
from reports.permissions import can_file, can_sign
from tasks.actions.listing import Person
from tasks.actions.schedules import Step
from tasks.models import Group, GroupLead, Indicator, PlanEvent, Project, ProjectPerson, Task, TaskEvent
from units.actions.loading import Directory
from units.models import AccountEvent, Contact, Unit, UnitEvent, UnitName

TODAY = datetime.date(2015, 10, 20)
CHANGE = {"effective_on": TODAY, "reason": "株县编〔2015〕9号"}
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def health(make_unit):
    """The successor, which has no task yet."""
    return make_unit("县卫计局", order=40)


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


# the directory


def test_the_unit_is_abolished_and_names_its_successor(civil, health, admin):
    merge([civil], health, admin, **CHANGE)
    civil = again(civil)
    assert (civil.active_to, civil.successor, civil.is_active) == (datetime.date(2015, 10, 19), health, False)
    event = UnitEvent.objects.get(subject=civil, verb="撤销并入")
    assert event.actor == admin
    assert "株县编〔2015〕9号" in event.note
    assert event.changes["停用日期"] == ["", "2015-10-19"]
    assert UnitEvent.objects.filter(subject=health, verb="承接").exists()


def test_several_become_a_new_one(civil, labour, admin):
    new = merge([civil, labour], Unit(name="县民生局", order=10), admin, **CHANGE)
    assert new.active_from == TODAY
    assert set(new.predecessors.all()) == {civil, labour}
    assert UnitEvent.objects.filter(subject=new, verb="建立单位").exists()


def test_accounts_move_and_say_so(civil, health, reporter, head, admin):
    merge([civil], health, admin, **CHANGE)
    assert [again(user).unit for user in (reporter, head)] == [health, health]
    event = AccountEvent.objects.get(subject=reporter, verb="调动单位")
    assert event.changes == {"所在单位": ["县民政局", "县卫计局"]}


def test_old_names_mean_the_successor_where_wanted(civil, labour, health, admin):
    UnitName.objects.create(unit=civil, name="县民政")
    merge([civil], health, admin, **CHANGE)
    merge([labour], health, admin, **CHANGE, keep_names=False)
    assert {each.name for each in again(health).other_names.all()} == {"县民政", "县民政局"}
    assert Unit.objects.named("县民政局") == health
    assert Unit.objects.active().named("县民政") == health
    directory = Directory.of_all()
    assert (directory.find("县民政局", ""), directory.find("县人社局", "")) == (health, labour)


def test_a_new_unit_may_be_called_as_one_of_the_merged_was_spelled(civil, labour, admin):
    UnitName.objects.create(unit=civil, name="县民生局")
    assert merge([civil, labour], Unit(name="县民生局"), admin, **CHANGE).name == "县民生局"


def test_contacts_are_lent_for_the_posts_nobody_has(civil, health, admin):
    Contact.objects.create(unit=civil, post="LIAISON", name="刘联络", phone="13800000000")
    Contact.objects.create(unit=civil, post="PRINCIPAL", name="陈局长", phone="13800000001")
    Contact.objects.create(unit=health, post="PRINCIPAL", name="何局长", phone="13800000002")
    merge([civil], health, admin, **CHANGE)
    assert {each.post: each.name for each in health.contacts.all()} == {"LIAISON": "刘联络", "PRINCIPAL": "何局长"}
    assert UnitEvent.objects.filter(subject=health, verb="沿用原单位联系人").exists()


@pytest.mark.parametrize("who", ["office", "reporter", "head", "leader", "inspector", "auditor"])
def test_only_the_administrator_merges_and_renames(who, cast, civil, health):
    with pytest.raises(PermissionDenied):
        merge([civil], health, cast[who], **CHANGE)
    with pytest.raises(PermissionDenied):
        rename(civil, cast[who], name="县民政和社会局", full_name="", **CHANGE)
    assert again(civil).name == "县民政局"
    assert again(civil).successor is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " "}, "写明依据"),
        ({"effective_on": datetime.date(2015, 10, 21)}, "还没有到"),
    ],
)
def test_day_and_document_are_asked_for(changed, sentence, civil, health, admin):
    with pytest.raises(Refusal, match=sentence):
        merge([civil], health, admin, **CHANGE | changed)


def test_what_cannot_be_is_refused(civil, labour, health, admin):
    with pytest.raises(Refusal, match="请选择"):
        merge([], health, admin, **CHANGE)
    with pytest.raises(Refusal, match="不能同时"):
        merge([civil, health], health, admin, **CHANGE)
    with pytest.raises(Refusal, match="已有名为"):
        merge([civil], Unit(name="县卫计局"), admin, **CHANGE)
    merge([civil], health, admin, **CHANGE)
    with pytest.raises(Refusal, match="已于2015-10-19停用"):
        merge([civil], labour, admin, **CHANGE)
    with pytest.raises(Refusal, match="已于2015-10-19停用"):
        merge([labour], civil, admin, **CHANGE)


# tasks


def test_open_parts_go_over_the_lead_wins_and_the_order_stays(plan, task, make_task, civil, labour, water, admin):
    second = make_task(plan, 44, water, [civil, labour])
    merge([civil], labour, admin, **CHANGE)
    assert [(each.unit.name, each.role) for each in again(task).responsibilities.all()] == [("县人社局", "LEAD")]
    assert [(each.unit.name, each.role) for each in again(second).responsibilities.all()] == [
        ("县水利局", "LEAD"),
        ("县人社局", "SUPPORT"),
    ]
    event = TaskEvent.objects.filter(subject=task, verb="调整责任单位").last()
    assert (event.actor, event.changes["责任单位"]) == (
        admin,
        ["县民政局（牵头）、县人社局（配合）", "县人社局（牵头）"],
    )


def test_tasks_done_and_plans_that_ended_keep_their_names(
    plan, make_task, make_plan, reform_office, civil, health, admin
):
    done = make_task(plan, 1, civil, status="DONE", progress=100)
    past = make_task(make_plan(reform_office, "往年", year=2014), 1, civil)
    proposed = make_task(plan, 3, civil, status="PROPOSED")
    merge([civil], health, admin, **CHANGE)
    assert [again(each).lead for each in (done, past, proposed)] == [civil, civil, health]


def test_offices_groups_and_indicators_follow(plan, task, reform_office, civil, health, office, admin):
    group = Group.objects.create(plan=plan, kind="WORKING", name="社会事业组", office=civil)
    GroupLead.objects.create(group=group, unit=civil, order=1)
    GroupLead.objects.create(group=group, unit=health, order=2)
    Indicator.objects.create(plan=plan, unit=civil, name="指标", target=1, unit_of_measure="个")
    merge([civil, reform_office], health, admin, **CHANGE)
    plan = again(plan)
    assert (plan.office, again(group).office, plan.indicators.get().unit) == (health, health, health)
    assert [(lead.unit, lead.order) for lead in group.grouplead_set.all()] == [(health, 1)]
    assert PlanEvent.objects.get(subject=plan, verb="机构调整").changes["主管办公室"] == ["县委改革办", "县卫计局"]
    assert again(office).unit == health


# reports


def test_a_report_not_filed_moves_with_everything_in_it(report, entry, civil, health, reporter, admin):
    save_entry(entry, reporter, {"done": "写了一半。"}, seen_version=0)
    attach(Entry.objects.get(pk=entry.pk), reporter, SimpleUploadedFile("图.pdf", PDF))
    merge([civil], health, admin, **CHANGE)
    moved = again(report)
    assert (moved.unit, moved.unit_name, moved.status) == (health, "县卫计局", "DRAFT")
    assert moved.entries.get().done == "写了一半。"
    assert Attachment.objects.visible_to(again(reporter)).get().name == "图.pdf"
    assert can_file(again(reporter), moved)
    event = ReportEvent.objects.get(subject=moved, verb="转由承接单位报送")
    assert event.changes == {"单位名称": ["县民政局", "县卫计局"]}
    assert MonthlyReport.objects.filter(period=report.period_id, unit=health).count() == 1


def test_a_report_not_filed_joins_the_successors_own(
    report, entry, period, civil, labour, reporter, co_reporter, task, plan, make_task, admin
):
    alone = make_task(plan, 44, civil)
    open_period(plan, period.month)
    own = period.reports.get(unit=labour)
    save_entry(entry, reporter, {"done": "牵头单位写的。", "progress": 55}, seen_version=0)
    attach(Entry.objects.get(pk=entry.pk), reporter, SimpleUploadedFile("图.pdf", PDF))
    save_entry(own.entries.get(), co_reporter, {"done": "配合单位写的。", "progress": 30}, seen_version=0)
    merge([civil], labour, admin, **CHANGE)
    assert set(own.entries.values_list("task", flat=True)) == {task.pk, alone.pk}
    joined = own.entries.get(task=task)
    assert joined.done == "配合单位写的。\n【县民政局】牵头单位写的。"
    assert (joined.progress, joined.role, joined.version) == (55, "LEAD", 2)
    assert Attachment.objects.get().entry == joined
    assert Attachment.objects.get().report == own
    left = again(report)
    assert (left.status, left.exemption.by, left.unit) == ("EXEMPT", admin, civil)
    assert left.entries.count() == 0
    assert ReportEvent.objects.filter(subject=left, verb="并入承接单位月报").exists()
    assert ReportEvent.objects.filter(subject=own, verb="并入月报内容").exists()


def test_an_untouched_report_joins_without_a_trace_of_text(report, period, civil, labour, co_reporter, admin):
    own = period.reports.get(unit=labour)
    save_entry(own.entries.get(), co_reporter, {"done": "配合单位写的。", "progress": 30}, seen_version=0)
    merge([civil], labour, admin, **CHANGE)
    joined = own.entries.get()
    assert (joined.done, joined.progress, joined.role) == ("配合单位写的。", 30, "LEAD")


def test_what_was_filed_stays_and_is_not_owed_twice(report, fill, civil, health, reporter, office, admin):
    submit(fill(report), reporter)
    before = report.submissions.get().content
    merge([civil], health, admin, **CHANGE)
    filed = again(report)
    assert (filed.unit, filed.unit_name, filed.status) == (civil, "县民政局", "SUBMITTED")
    assert filed.submissions.get().content == before
    assert not MonthlyReport.objects.filter(unit=health).exists()
    open_period(report.period.plan, report.period.month)
    assert not MonthlyReport.objects.filter(unit=health).exists()
    accept(filed, office)
    assert again(filed).status == "ACCEPTED"


def test_the_successor_answers_for_a_report_returned_afterwards(
    report, fill, civil, health, reporter, head, office, admin
):
    submit(fill(report), reporter)
    merge([civil], health, admin, **CHANGE)
    return_report(again(report), office, reason="数字不对")
    reporter, head = again(reporter), again(head)
    assert reporter.notices.filter(title__contains="被退回").exists()
    assert can_file(reporter, again(report))
    assert can_sign(head, again(report))
    entry = report.entries.get()
    save_entry(entry, reporter, {"done": "改过的数字。"}, seen_version=entry.version)
    submit(again(report), reporter)
    assert report.latest.content["unit"] == "县民政局"


def test_the_successors_head_reads_and_signs_what_was_returned_to_the_old_unit(
    report, fill, civil, health, reporter, head, office, admin
):
    Unit.objects.filter(pk=civil.pk).update(head_signs=True)
    submit(fill(report), reporter)
    sign(again(report), head)
    merge([civil], health, admin, **CHANGE)
    return_report(again(report), office, reason="数字不对")
    submit(again(report), again(reporter))
    waiting = again(report)
    assert (waiting.status, waiting.unit) == ("SIGNING", civil)
    assert Filed(waiting, again(head)).draft.content["unit"] == "县民政局"
    assert again(head).notices.filter(title__contains="待您审签").exists()
    assert sign(waiting, again(head)).status == "SUBMITTED"


def test_a_month_past_its_deadline_stays_and_the_successor_may_still_file_it(
    report, fill, civil, health, reporter, admin, at
):
    at("2015-11-02 09:00")
    assert fates([civil], health) == [(report, Fate.STAY)]
    merge([civil], health, admin, **CHANGE)
    assert again(report).unit == civil
    assert ReportEvent.objects.filter(subject=report, verb="机构调整", note__contains="由县卫计局报送").exists()
    submit(fill(again(report)), again(reporter))
    assert (again(report).is_late, again(report).unit_name) == (True, "县民政局")


def test_a_report_stays_beside_the_successors_filed_one(
    report, period, fill, civil, labour, reporter, co_reporter, admin
):
    own = period.reports.get(unit=labour)
    submit(fill(own), co_reporter)
    assert fates([civil], labour) == [(report, Fate.STAY)]
    merge([civil], labour, admin, **CHANGE)
    assert (again(report).unit, again(own).status) == (civil, "SUBMITTED")
    assert set(MonthlyReport.objects.visible_to(again(reporter)).answered_by(again(reporter))) == {report, own}


def test_a_report_at_the_heads_desk_goes_back_to_be_written(report, fill, civil, health, reporter, head, admin):
    Unit.objects.filter(pk=civil.pk).update(head_signs=True)
    submit(fill(report), reporter)
    assert again(report).status == "SIGNING"
    merge([civil], health, admin, **CHANGE)
    assert (again(report).status, again(report).unit) == ("DRAFT", health)
    with pytest.raises(Refusal):
        sign(again(report), again(head))


def test_two_units_merged_into_a_new_one_owe_one_report(report, period, civil, labour, reporter, co_reporter, admin):
    save_entry(report.entries.get(), reporter, {"done": "甲。"}, seen_version=0)
    save_entry(period.reports.get(unit=labour).entries.get(), co_reporter, {"done": "乙。"}, seen_version=0)
    new = merge([civil, labour], Unit(name="县民生局"), admin, **CHANGE)
    mine = period.reports.get(unit=new)
    assert mine.entries.get().done == "甲。\n【县人社局】乙。"
    assert [each.status for each in period.reports.exclude(unit=new)] == ["EXEMPT"]


def test_the_next_month_is_the_successors(report, plan, task, civil, labour, health, admin, at):
    merge([civil], health, admin, **CHANGE)
    at("2015-11-02 09:00")
    units = set(open_period(plan, datetime.date(2015, 11, 1)).reports.values_list("unit__name", flat=True))
    assert units == {"县卫计局", "县人社局"}


def test_last_months_text_stands_beside_the_successors_entry(
    report, plan, fill, civil, health, reporter, office, admin, at
):
    submit(fill(report), reporter)
    accept(report, office)
    at("2015-11-03 09:00")
    merge([civil], health, admin, **CHANGE | {"effective_on": datetime.date(2015, 11, 1)})
    entry = open_period(plan, datetime.date(2015, 11, 1)).reports.get(unit=health).entries.get()
    assert Entry.objects.previous([entry])[entry.task_id].report == report
    assert Entry.objects.accepted_before([entry]) == {entry.task_id: 60}


def test_a_closed_month_keeps_the_old_name_everywhere(
    report, fill, period, civil, labour, health, reporter, co_reporter, office, admin, at
):
    for filed, by in ((report, reporter), (period.reports.get(unit=labour), co_reporter)):
        submit(fill(filed), by)
        accept(filed, office)
    at("2015-11-10 09:00")
    close_period(period, office)
    lines, standings = progress(period, period.reports.all(), period.plan.tasks), list(Standing.objects.values())
    merge([civil], health, admin, **CHANGE)
    assert progress(again(period), again(period).reports.all(), period.plan.tasks) == lines
    assert lines[0].lead == "县民政局"
    assert list(Standing.objects.values()) == standings
    rename(labour, admin, name="县人社和医保局", full_name="", **CHANGE)
    assert progress(again(period), again(period).reports.all(), period.plan.tasks) == lines


# the preview


def test_the_preview_says_what_then_happens(report, task, civil, labour, health, reporter, admin):
    found = consequences([civil], health, TODAY)
    assert found.tasks == [(task, "县民政局、县人社局", "县卫计局、县人社局")]
    assert found.reports == [(report, Fate.MOVE)]
    assert (found.accounts, found.filed) == ([reporter], 0)
    new = consequences([civil, labour], Unit(name="县民生局"), TODAY)
    assert [(each.unit.name, fate) for each, fate in new.reports] == [("县民政局", Fate.MOVE), ("县人社局", Fate.JOIN)]
    assert new.tasks == [(task, "县民政局、县人社局", "县民生局")]


def test_a_failure_halfway_leaves_nothing(report, period, civil, labour, reporter, office, admin):
    """An exemption of the report is on record already, so that the last step meets the constraint."""
    Exemption.objects.create(report=report, reason="误记", by=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        merge([civil], labour, admin, **CHANGE)
    assert (again(civil).successor, again(reporter).unit, again(report).unit) == (None, civil, civil)
    assert report.entries.count() == 1


# another name


def test_a_renamed_unit_files_under_its_new_name_and_what_was_filed_keeps_the_old(
    report, period, civil, labour, fill, reporter, co_reporter, admin
):
    submit(fill(report), reporter)
    rename(civil, admin, name="县民政和社会局", full_name="县民政和社会事务局", **CHANGE)
    rename(labour, admin, name="县人社和医保局", full_name="", **CHANGE)
    assert (again(report).unit_name, again(report).submissions.get().content["unit"]) == ("县民政局", "县民政局")
    open_report = period.reports.get(unit=labour)
    assert open_report.unit_name == "县人社和医保局"
    assert ReportEvent.objects.get(subject=open_report, verb="单位更名").changes == {
        "单位名称": ["县人社局", "县人社和医保局"]
    }
    assert again(civil).initials == "xmzhshj"
    assert Unit.objects.named("县民政局") == civil
    assert UnitEvent.objects.get(subject=civil, verb="修改单位").note.startswith("更名：株县编〔2015〕9号")


def test_a_name_may_come_back_and_must_be_free(civil, labour, admin):
    rename(civil, admin, name="县民政和社会局", full_name="", **CHANGE)
    assert rename(civil, admin, name="县民政局", full_name="", **CHANGE).name == "县民政局"
    with pytest.raises(Refusal, match="请改用合并"):
        rename(civil, admin, name="县人社局", full_name="", **CHANGE)
    with pytest.raises(Refusal, match="相同"):
        rename(civil, admin, name="县民政局", full_name="", **CHANGE)
    UnitName.objects.create(unit=labour, name="县劳动局")
    with pytest.raises(Refusal, match="其他写法"):
        rename(civil, admin, name="县劳动局", full_name="", **CHANGE)


def test_the_old_name_may_be_given_up(civil, admin):
    rename(civil, admin, name="县民政和社会局", full_name="", **CHANGE, keep_name=False)
    assert Unit.objects.named("县民政局") is None


def test_a_task_has_one_lead_after_all(plan, make_task, civil, labour, water, admin):
    task = make_task(plan, 44, civil, [labour, water])
    merge([labour, civil], water, admin, **CHANGE)
    assert [(each.unit, each.role, each.order) for each in Task.objects.get(pk=task.pk).responsibilities.all()] == [
        (water, "LEAD", 1)
    ]


# key projects


def test_the_successor_serves_the_projects_and_stands_wherever_the_unit_stood(
    make_project, programme, civil, labour, health, town, admin
):
    other = Unit.objects.create(name="龙门镇", peer_group="TOWNSHIP", order=901)
    node = Step("用地预审", datetime.date(2015, 11, 30), unit_id=civil.pk)
    people = [Person(ProjectPerson.Role.ENVOY, "李示例", civil)]
    project = make_project("标准厂房", supports=[labour], places=[town, other], people=people, nodes=[node])
    programme.sectors.filter(name="工业").update(lead=civil)
    told = consequences([civil], health, TODAY).others
    assert "2015年项目突破年行业“工业”的牵头单位" in told
    assert "2015年项目突破年重点项目责任人的单位（1处）" in told
    merge([civil], health, admin, **CHANGE)
    merge([town], other, admin, **CHANGE)
    project = Project.objects.with_people().get(pk=project.pk)
    assert (project.service_unit, project.task.supports) == (health, [labour])
    assert [person.unit for person in project.people.all()] == [health]
    assert [each.unit for each in project.task.milestones.all()] == [health]
    assert list(project.places.all()) == [other]
    assert programme.sectors.get(name="工业").lead == health
    first, second = PlanEvent.objects.filter(subject=programme, verb="机构调整").order_by("pk")
    assert first.changes["行业“工业”牵头单位"] == ["县民政局", "县卫计局"]
    assert second.changes["项目建设地点“朱亭镇”"] == ["朱亭镇", "龙门镇（1个项目）"]


def test_two_lines_of_one_project_become_the_successors_one(make_project, programme, civil, labour, admin):
    project = make_project("标准厂房", nodes=[Step("开工", datetime.date(2015, 10, 31), "START")])
    period = open_period(programme, datetime.date(2015, 10, 1))
    old = period.reports.get(unit=civil)
    old.entries.update(invested=50, shape="基础完成", problems="缺用地", nodes={"1": "2015-10-02"}, version=1)
    new = MonthlyReport.objects.create(
        period=period, unit=labour, unit_name=labour.name, serial=900, due_at=old.due_at, closes_at=old.closes_at
    )
    Entry.objects.create(report=new, task=project.task, role="LEAD", invested=60, version=1)
    merge([civil], labour, admin, **CHANGE)
    entry = Entry.objects.get(task=project.task)
    assert (entry.report.unit, entry.invested, entry.shape, entry.problems) == (labour, 60, "基础完成", "缺用地")
    assert entry.nodes == {"1": "2015-10-02"}
    event = ReportEvent.objects.get(subject=new, verb="并入月报内容")
    assert event.changes["K01 本月投资（万元）"] == ["50.00", "60.00"]


def test_a_filed_line_keeps_the_name_it_was_filed_under(make_project, programme, civil, health, admin, make_user):
    make_project("标准厂房")
    period = open_period(programme, datetime.date(2015, 10, 1))
    report = period.reports.get(unit=civil)
    report.entries.update(invested=50, shape="基础完成", version=1)
    submit(report, make_user("x", "REPORTER", civil))
    before = again(report).latest.content
    merge([civil], health, admin, **CHANGE)
    assert again(report).unit_name == "县民政局"
    assert again(report).latest.content == before
