"""Part of a package, said on the project's form: it counts once, its parts carry the money and owe the months."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kit.refusal import Refusal
from reports.actions import listing
from reports.actions.periods import open_period
from reports.dashboard.listed import Listed
from reports.dashboard.programme import Programme, summed
from reports.models import Entry
from tasks.actions.listing import Told
from tasks.actions.months import enter_month
from tasks.actions.packages import put_in_package
from tasks.models import Project, Task, TaskEvent
from tests.pages import folded

D = datetime.date
OCTOBER = D(2015, 10, 1)
EVEN = {"INVESTED": {D(2015, n, 1): Decimal(10) for n in range(1, 13)}}


@pytest.fixture
def owner(make_user, programme):
    return make_user("tupoban", "OFFICE", programme.office, name="罗例项")


@pytest.fixture
def whole(make_project):
    return make_project("农村公路打包", "CONTINUED", code="X17", total=500)


@pytest.fixture
def part(make_project):
    project = make_project("东线", "CONTINUED", code="X18", amounts=EVEN, year_plan=120)
    enter_month(project.task, D(2015, 9, 1), {"invested": "30.5"}, None)
    return project


def edit(client, project, **values):
    told = {"name": project.name, "lead": "县民政局", "year_plan": "" if project.year_plan is None else "120"}
    total = {"total": "500"} if project.total else {}
    return client.post(reverse("project_edit", args=[project.pk]), told | total | values)


def money(owner, programme):
    """(projects counted, money done and planned) as the list, its sums and the official sheet have them; all the same."""
    found = Programme(owner, programme)
    rows = found.running
    sums = summed(rows)
    listed = Listed(programme, D(2015, 9, 1), Project.objects.visible_to(owner), Entry.objects.visible_to(owner))
    assert (len(listed.lines), listed.sums.done) == (len(rows), sums.done)
    return len(rows), sums.done


def test_a_project_becomes_a_part_and_stands_alone_again(whole, part, owner, programme, sign_in):
    open_period(programme, OCTOBER)
    owed = Entry.objects.filter(task__kind="PROJECT").order_by("task").values_list("task__number", flat=True)
    assert (money(owner, programme), list(owed.all())) == ((2, Decimal("30.5")), ["X17", "X18"])
    client = sign_in(owner)
    assert "X17 农村公路打包" in folded(client.get(reverse("project_edit", args=[part.pk])))
    assert "修改所属打包项目须写明原因" in folded(edit(client, part, package=whole.pk))
    assert edit(client, part, package=whole.pk, note="合并上报").status_code == 302
    assert (money(owner, programme), list(owed.all())) == ((1, Decimal("30.5")), ["X18"])
    stands = Project.objects.with_course().get(pk=whole.pk)
    assert (stands.sums("INVESTED"), stands.task.progress) == ((120, Decimal("30.5")), 25)
    assert part.task.events.get(verb="改所属打包项目").changes == {"所属打包项目": ["单独计数", "X17 农村公路打包"]}
    assert edit(client, part, package="", note="分开上报").status_code == 302
    assert (money(owner, programme), list(owed.all())) == ((2, Decimal("30.5")), ["X17", "X18"])
    assert Task.objects.get(pk=whole.pk).progress == 0
    assert TaskEvent.objects.filter(subject=whole.pk, verb="改子项目").count() == 2


def test_one_may_be_listed_as_a_part_from_the_beginning(whole, programme, owner, sign_in):
    period = open_period(programme, OCTOBER)
    new = {"klass": "CONTINUED", "name": "西线", "lead": "县民政局", "package": whole.pk}
    new |= {"added": "on", "reason": "分标", "month": "2015-10"}
    assert sign_in(owner).post(reverse("project_add", args=[programme.pk]), new).status_code == 302
    made = Project.objects.get(name="西线")
    assert made.package == whole
    assert [entry.task_id for entry in Entry.objects.filter(report__period=period, task__kind="PROJECT")] == [made.pk]


def test_saving_the_form_again_keeps_the_package(whole, part, owner, sign_in):
    put_in_package(part, owner, whole, reason="合并")
    assert edit(sign_in(owner), part, package=whole.pk, goal_words="通车").status_code == 302
    part.refresh_from_db()
    assert (part.package, part.goal_words) == (whole, "通车")
    assert part.task.events.filter(verb="改所属打包项目").count() == 1


def refused(owner, project, package, reason="合并"):
    with pytest.raises(Refusal) as why:
        put_in_package(project, owner, package, reason=reason)
    return str(why.value)


def test_what_cannot_be_packed_is_said(whole, part, owner, make_project, programme):
    money = make_project("有钱的", "CONTINUED", code="X20", amounts=EVEN)
    assert "自己有按月计划或完成数" in refused(owner, part, money)
    assert "子项目须是同一类别" in refused(owner, part, make_project("新的", "NEW"))
    late = make_project("后来的", "CONTINUED", month=D(2015, 6, 1))
    assert "2015年06月才列入，子项目不能更早" in refused(owner, part, late)
    assert "须写明原因" in refused(owner, part, whole, reason=" ")
    assert "不在打包项目里" in refused(owner, part, None)
    put_in_package(part, owner, whole, reason="合并")
    assert "已属于" in refused(owner, part, whole)
    assert "自己是打包项目的子项目" in refused(owner, money, part)
    other = make_project("另一个打包", "CONTINUED")
    assert "自己是打包项目，不能再列入" in refused(owner, whole, other)
    assert "另一个项目" in refused(owner, other, other)
    listing.stop_project(other, owner, D(2015, 9, 3), reason="x")
    assert "已调出" in refused(owner, money, other)
    assert "不能改所属打包项目" in refused(owner, other, whole)


def test_the_form_offers_what_can_hold_parts_and_nothing_of_another_plan(
    whole, part, make_project, owner, programme, sign_in
):
    listing.stop_project(make_project("停了的", "CONTINUED"), owner, D(2015, 9, 3), reason="x")
    page = sign_in(owner).get(reverse("project_edit", args=[part.pk]))
    assert list(page.context["form"].fields["package"].queryset) == [whole]
    assert edit(sign_in(owner), part, package="999999", note="x").status_code == 200


def test_a_refusal_stands_on_the_form_and_nothing_of_it_is_written(whole, part, owner, make_project, sign_in):
    new = make_project("新的", "NEW")
    page = edit(sign_in(owner), part, package=new.pk, note="x", goal_words="通车")
    assert "子项目须是同一类别" in folded(page)
    assert "通车" in folded(page)
    part.refresh_from_db()
    assert (part.package, part.goal_words) == (None, "")


def test_only_the_plans_office_packs(whole, part, reporter, office):
    for person in (reporter, office):
        with pytest.raises(PermissionDenied):
            put_in_package(part, person, whole, reason="x")


def test_a_new_part_of_what_has_money_of_its_own_is_refused(part, programme, owner):
    with pytest.raises(Refusal, match="自己有按月计划或完成数"):
        listing.list_project(programme, owner, "CONTINUED", Told({"name": "西线"}), package=part)
