"""The pages of year roll-over: choose, preview, one press; and what the tasks' pages say afterwards."""

import datetime

import pytest
from django.urls import reverse

from kit.refusal import Refusal
from reports.actions.periods import open_period
from reports.actions.review import accept
from reports.actions.takeback import take_back_period
from reports.actions.writing import submit
from supervision.actions.directives.ending import withdraw
from tasks.actions.schedule import reschedule
from tasks.actions.takeback import take_back_roll_over
from tasks.models import Plan, Task, TaskEvent
from tests.pages import folded
from tests.supervision.directives import hand_down

PARTS = ("responsibilities", "groups", "phases", "indicators", "reporting", "rules")


def url(plan):
    return reverse("plan_roll_over", args=[plan.pk])


def sent(plan, tasks, act="carry", **changed):
    """Return the form as the page sends it with nothing changed but ``changed``."""
    values = {
        "year": "2016",
        "title": "株洲县2016年“改革创新年”活动实施方案",
        "short_title": "改革创新年",
        "document_number": "",
        "issued_on": "",
        "starts_on": "2016-01-01",
        "ends_on": "2016-12-31",
        "numbering": "KEEP",
        **dict.fromkeys(PARTS, "on"),
        "section": [str(section.pk) for section in plan.sections.all()],
        "pick": [str(task.pk) for task in tasks],
        **{f"due-{task.pk}": "2016-11-30" for task in plan.tasks.all()},
        "act": act,
    }
    return values | changed


def test_a_stranger_is_led_to_the_login(client, plan):
    assert client.get(url(plan)).url.startswith("/login/")
    assert client.get(reverse("plan_carried", args=[plan.pk])).url.startswith("/login/")


@pytest.mark.parametrize(
    ("who", "status"),
    [("reporter", 403), ("head", 403), ("other_office", 403), ("leader", 403), ("admin", 403), ("auditor", 404)],
)
def test_only_the_plans_office_gets_in(who, status, cast, plan, task, sign_in):
    client = sign_in(cast[who])
    assert client.get(url(plan)).status_code == status
    assert client.post(url(plan), sent(plan, [task])).status_code == status
    assert Plan.objects.count() == 1


def test_other_methods_are_refused(office, plan, sign_in):
    assert sign_in(office).delete(url(plan)).status_code == 405
    assert sign_in(office).post(reverse("plan_carried", args=[plan.pk])).status_code == 405


def test_only_the_office_is_offered_the_way(cast, plan, sign_in):
    offered = {
        who
        for who in ("office", "other_office", "leader", "reporter")
        if url(plan) in sign_in(cast[who]).get(reverse("plan", args=[plan.pk])).content.decode()
    }
    assert offered == {"office"}


def test_unfinished_tasks_are_picked_and_dates_proposed_a_year_later(plan, task, make_task, civil, office, sign_in):
    done = make_task(plan, 2, civil, status="DONE", progress=100, due_on=datetime.date(2015, 6, 30))
    page = folded(sign_in(office).get(url(plan)))
    assert f'value="{task.pk}" data-choose="tasks" aria-label="带入第43项" checked' in page
    assert f'value="{done.pk}" data-choose="tasks" aria-label="带入第2项">' in page
    assert 'value="2016-06-30"' in page
    assert "株洲县2016年“改革创新年”活动实施方案" in page


def test_the_preview_shows_everything_and_writes_nothing(plan, task, make_task, civil, office, sign_in):
    left = make_task(plan, 44, civil)
    page = sign_in(office).post(url(plan), sent(plan, [task], act="preview", numbering="ANEW")).content.decode()
    assert "确认结转" in page
    assert "2016-11-30" in page
    assert f"第{left.number}项" in page
    assert Plan.objects.count() == 1


def test_the_preview_says_what_is_open_goes_with_which_task(
    plan, task, make_task, civil, water, office, inspector, sign_in
):
    other = make_task(plan, 44, water)
    for about, title in ((task, "核对平台停工"), (task, "接口没有开通"), (other, "水库除险")):
        hand_down(office, civil, title=title, task=about)
    withdraw(hand_down(office, civil, title="已经撤销的", task=task)[0], office, reason="重复")
    hand_down(inspector, civil, title="别人交办的", task=task)
    page = folded(sign_in(office).post(url(plan), sent(plan, [task], act="preview", numbering="ANEW")))
    card = page.split("没有办结的交办事项")[1].split("</section>")[0]
    going, staying = card.split("留在原方案接着办的 1 件")
    assert (going.count("核对平台停工"), going.count("接口没有开通"), "水库除险" in going) == (1, 1, False)
    assert '<span class="no">43</span>' in going
    assert '<span class="no">1</span>' in going
    assert "水库除险" in staying
    assert ("已经撤销的" in card, "别人交办的" in card) == (False, False)


def test_what_the_preview_sends_again_is_what_was_typed(plan, task, office, sign_in):
    answer = sign_in(office).post(
        url(plan), sent(plan, [task], act="preview", groups=[], document_number="株县办〔2016〕3号")
    )
    again = dict.fromkeys([])
    for name, value in answer.context["form"].sent:
        again.setdefault(name, []).append(value)
    assert again["document_number"] == ["株县办〔2016〕3号"]
    assert again["pick"] == [str(task.pk)]
    assert "groups" not in again
    sign_in(office).post(url(plan), again | {"act": "carry"})
    assert Task.objects.get(continues=task).due_on == datetime.date(2016, 11, 30)


def test_one_press_carries_it_out_and_shows_the_numbers(plan, task, office, sign_in):
    client = sign_in(office)
    answer = client.post(url(plan), sent(plan, [task], numbering="ANEW"), follow=True)
    new = Plan.objects.get(year=2016)
    assert answer.redirect_chain[-1][0] == reverse("plan_carried", args=[new.pk])
    page = answer.content.decode()
    assert '<span class="no">43</span>' in page
    assert '<span class="no">1</span>' in page
    assert new.events.get(verb="结转建立方案").actor == office


def test_a_second_press_is_told(plan, task, office, sign_in):
    client = sign_in(office)
    client.post(url(plan), sent(plan, [task]))
    answer = client.post(url(plan), sent(plan, [task]))
    assert answer.status_code == 422
    assert "2016年已有名称相同的方案" in answer.content.decode()
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"year": "2015"}, "须晚于2015年"),
        ({"year": ""}, "请填写"),
        ({"ends_on": "2015-12-31"}, "结束日期不能早于开始日期"),
        ({"starts_on": "2016-12-01"}, "不能早于新方案开始日期2016-12-01"),
        ({"starts_on": "明年元旦"}, "请写明日期"),
        ({"title": "长" * 121}, "120"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(changed, sentence, plan, task, office, sign_in):
    values = sent(plan, [task], document_number="株县办〔2016〕3号", **changed)
    answer = sign_in(office).post(url(plan), values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "株县办〔2016〕3号" in page
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("day", ["", "2016-02-30", "x" * 500])
def test_a_bad_date_stands_beside_its_task(day, plan, task, office, sign_in):
    answer = sign_in(office).post(url(plan), sent(plan, [task], **{f"due-{task.pk}": day}))
    assert answer.status_code == 422
    assert f'id="due-{task.pk}_error"' in answer.content.decode()


def test_a_section_not_ticked_keeps_its_tasks_behind_and_says_so(plan, task, office, sign_in):
    client, values = sign_in(office), sent(plan, [task], act="preview") | {"section": []}
    assert "所在章节没有勾选" in client.post(url(plan), values).content.decode()
    client.post(url(plan), values | {"act": "carry"})
    new = Plan.objects.get(year=2016)
    assert [new.tasks.count(), new.sections.count()] == [0, 0]


def test_going_back_from_the_preview_keeps_what_was_typed(plan, task, office, sign_in):
    page = sign_in(office).post(url(plan), sent(plan, [task], act="edit", short_title="改革新年")).content.decode()
    assert 'value="改革新年"' in page
    assert 'value="2016-11-30"' in page


def test_foreign_keys_in_the_form_are_ignored(plan, law_plan, task, make_task, civil, office, sign_in):
    foreign = make_task(law_plan, 1, civil)
    values = sent(plan, [task, foreign]) | {"section": [*sent(plan, [])["section"], "x", "9" * 30]}
    sign_in(office).post(url(plan), values)
    assert [each.continues for each in Plan.objects.get(year=2016).tasks.all()] == [task]


@pytest.fixture
def carried(plan, task, report, fill, reporter, office, sign_in):
    submit(fill(report, done="完成核对平台招标。"), reporter)
    accept(report, office)
    sign_in(office).post(url(plan), sent(plan, [task]))
    return Task.objects.get(continues=task)


def test_the_new_tasks_page_shows_the_old_ones_history(carried, task, leader, sign_in):
    page = sign_in(leader).get(reverse("task", args=[carried.pk])).content.decode()
    assert "2015年改革创新年第43项" in page
    assert "60%（推进中）" in page
    assert "完成核对平台招标。" in page
    assert "进度更新" in page
    assert reverse("task", args=[task.pk]) in page


def test_the_old_reports_are_read_only_by_those_who_may(carried, outsider, sign_in):
    page = sign_in(outsider).get(reverse("task", args=[carried.pk])).content.decode()
    assert "2015年改革创新年第43项" in page
    assert "完成核对平台招标。" not in page


def test_the_old_tasks_page_says_what_became_of_it(carried, task, outsider, sign_in):
    page = sign_in(outsider).get(reverse("task", args=[task.pk])).content.decode()
    assert "结转为" in page
    assert reverse("task", args=[carried.pk]) in page


def test_a_finished_task_taken_again_is_named_otherwise(plan, make_task, civil, office, sign_in):
    done = make_task(plan, 2, civil, status="DONE", progress=100)
    sign_in(office).post(url(plan), sent(plan, [done]))
    assert "下一年度沿用为" in sign_in(office).get(reverse("task", args=[done.pk])).content.decode()


def test_both_plans_lead_to_each_other(carried, plan, reporter, sign_in):
    client = sign_in(reporter)
    assert reverse("plan", args=[carried.plan_id]) in client.get(reverse("plan", args=[plan.pk])).content.decode()
    page = client.get(reverse("plan", args=[carried.plan_id])).content.decode()
    assert reverse("plan_carried", args=[carried.plan_id]) in page
    assert "编号对应（旧→新）" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_and_the_numbers_take_as_many_queries_for_three_tasks_as_for_one(
    count, plan, make_task, civil, labour, office, sign_in, django_assert_num_queries
):
    tasks = [make_task(plan, number, civil, [labour]) for number in range(1, count + 1)]
    client = sign_in(office)
    client.get(url(plan))
    with django_assert_num_queries(FORM_QUERIES):
        client.get(url(plan))
    client.post(url(plan), sent(plan, tasks))
    with django_assert_num_queries(CARRIED_QUERIES):
        client.get(reverse("plan_carried", args=[Plan.objects.get(year=2016).pk]))


FORM_QUERIES = 11
CARRIED_QUERIES = 7


class TestTakenBack:
    """A roll-over goes as long as nobody has built on it; the trace of both plans tells of it."""

    @pytest.fixture
    def new(self, plan, task, office, sign_in):
        sign_in(office).post(url(plan), sent(plan, [task]))
        return Plan.objects.get(year=2016)

    @staticmethod
    def address(plan):
        return reverse("plan_take_back", args=[plan.pk])

    def test_leaves_the_old_plan_as_it_was(self, plan, task, new, office, sign_in):
        desk, carried = sign_in(office), new.tasks.get()
        assert self.address(new) in desk.get(reverse("plan", args=[new.pk])).content.decode()
        assert desk.post(self.address(new), {"reason": ""}).status_code == 422
        assert desk.post(self.address(new), {"reason": "年度填错"}).url == reverse("plan", args=[plan.pk])
        assert list(Plan.objects.all()) == [plan]
        assert list(Task.objects.all()) == [task]
        (event,) = plan.events.filter(verb="撤回结转")
        assert event.note == f"2016年《{new.title}》，1项任务。年度填错"
        names = TaskEvent.objects.filter(verb="撤回结转").order_by("pk").values_list("subject", "subject_name")
        assert list(names) == [(carried.pk, str(carried)), (task.pk, str(task))]
        assert desk.post(url(plan), sent(plan, [task])).status_code == 302

    def test_is_refused_once_somebody_has_built_on_it(self, plan, new, office, sign_in):
        desk = sign_in(office)
        reschedule(new.tasks.get(), office, due_on=datetime.date(2016, 6, 30), pace="EVEN", note="提前")
        page = desk.get(self.address(new)).content.decode()
        assert "李审核于10月20日 10:00“调整任务安排”" in page
        assert "撤回原因" not in page
        answer = desk.post(self.address(new), {"reason": "年度填错"})
        assert (answer.status_code, Plan.objects.count()) == (422, 2)

    def test_is_refused_while_a_month_is_open_and_not_after_it_was_taken_back(self, plan, new, office, at):
        at("2016-01-05 09:00")
        period = open_period(new, datetime.date(2016, 1, 1), office)
        with pytest.raises(Refusal, match="没有人动笔的报送期可以先撤回"):
            take_back_roll_over(new, office, reason="年度填错")
        assert new.tasks.count() == 1
        take_back_period(period, office, reason="开错")
        take_back_roll_over(new, office, reason="年度填错")
        assert Plan.objects.count() == 1

    def test_is_the_offices(self, new, cast, sign_in):
        found = {
            name: sign_in(user).post(self.address(new), {"reason": "x"}).status_code for name, user in cast.items()
        }
        assert {name for name, status in found.items() if status == 302} == {"office"}

    def test_is_nothing_for_a_plan_of_its_own(self, plan, office):
        with pytest.raises(Refusal, match="不是结转来的"):
            take_back_roll_over(plan, office, reason="x")


class TestPagesAfterwards:
    """The year that runs stands first everywhere, and every list that holds two years says which."""

    @pytest.fixture
    def new(self, plan, task, period, office, sign_in):
        sign_in(office).post(url(plan), sent(plan, [task]))
        return Plan.objects.get(year=2016)

    @pytest.mark.parametrize("address", ["/dashboard/", "/overview/", "/filing/", "/exports/", "/filing/rows/"])
    def test_open_on_the_year_that_runs(self, plan, new, office, leader, sign_in, address):
        for user in (office, leader):
            context = sign_in(user).get(address).context
            shown = context["scope"].plans if "scope" in context else (context["plan"],)
            assert tuple(shown) == (plan,), user

    @pytest.mark.parametrize("address", ["/search/?q=核对平台", "/search/?q=改革创新年", "/plans/"])
    def test_name_the_running_year_first(self, plan, new, leader, sign_in, address):
        page = sign_in(leader).get(address).content.decode()
        page = page[page.index("<main") :]
        assert 0 < page.index("2015年") < page.index("2016年")

    def test_menus_say_the_year(self, plan, new, office, sign_in):
        page = sign_in(office).get("/filing/").content.decode()
        assert page.index("2015年改革创新年</option>") < page.index("2016年改革创新年</option>")

    def test_lists_say_the_year(self, plan, new, office, at, sign_in):
        at("2016-01-05 09:00")
        open_period(new, datetime.date(2016, 1, 1), office)
        desk = sign_in(office)
        assert tuple(desk.get("/dashboard/").context["scope"].plans) == (new,)
        table = desk.get("/periods/").context["table"]
        column = next(each for each in table.columns if each.name == "plan")
        assert [column.read(row) for row in table.rows] == ["2016年改革创新年", "2015年改革创新年"]
