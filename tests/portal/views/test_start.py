"""The administrator's first page: from an empty database to the first month, with what is done and what comes next."""

import json

import pytest

from kit import backups
from reports.actions.periods import open_period
from tasks.actions.receiving import receive
from tasks.models import Indicator, Plan, PlanReading
from tests.conftest import OCTOBER
from tests.loading import DOCUMENT
from units.models import Unit, UnitName


@pytest.fixture
def look(sign_in, admin, settings, tmp_path):
    """Return {step: (is it done, what is wanted)}, the one that comes next, and the page."""
    settings.VAR_DIR = tmp_path

    def ask():
        answer = sign_in(admin).get("/")
        steps = {step.title: (step.is_done, "".join(step.wanted)) for step in answer.context["steps"]}
        following = answer.context["next"]
        return steps, following and following.title, answer.content.decode()

    return ask


def test_an_empty_county_begins_with_units(look):
    steps, following, page = look()
    assert following == "单位"
    assert not any(done for done, _ in steps.values())
    assert list(steps) == ["单位", "账号", "方案文件", "开启报送期"]
    for address in ("/units/new/", "/accounts/new/", "/loading/", "/plans/shipped/"):
        assert address in page
    assert "由主管办公室办理" in page


def test_each_step_is_done_by_what_is_there(look, civil, make_user, make_plan, make_task, reform_office):
    assert look()[1] == "账号"
    make_user("gaige", "OFFICE", reform_office)
    make_user("minzheng2", "REPORTER", civil)
    assert look()[1] == "方案文件"
    plan = make_plan(reform_office)
    make_task(plan, 1, civil)
    steps, following, page = look()
    assert (following, steps["账号"]) == ("开启报送期", (True, ""))
    assert "请县委改革办在“报送期”开启当月" in steps["开启报送期"][1]
    assert "/plans/shipped/" not in page
    open_period(plan, OCTOBER)
    steps, following, page = look()
    assert following is None
    assert "各项准备已经就绪" in page


def test_an_office_or_a_unit_without_accounts_is_named(look, task, reform_office):
    wanted = look()[0]["账号"][1]
    assert "县委改革办是方案的主管办公室，还没有“办公室人员”账号" in wanted
    assert "2个有任务的单位还没有填报账号" in wanted


def test_the_newest_backup_is_told_with_its_age(look, tmp_path):
    assert "还没有做过备份" in look()[2]
    made = backups.Made(str(tmp_path / "gone.zip"), 0.0, 5, 2, 2048)
    (tmp_path / "backup.json").write_text(json.dumps(vars(made)), "utf-8")
    page = look()[2]
    assert "天前" in page
    assert "备份文件已不在原处" in page


def test_the_number_of_queries_does_not_grow(
    look, task, make_plan, law_office, django_assert_num_queries, admin, client
):
    client.force_login(admin, backend="units.backends.PersonBackend")
    client.get("/")
    with django_assert_num_queries(11):
        client.get("/")
    make_plan(law_office, "法治建设年", "LAW")
    with django_assert_num_queries(11):
        client.get("/")


def test_the_shipped_plans_are_a_press_away_and_taken_back_like_any_load(sign_in, admin, make_unit):
    own = make_unit("县教育局")
    desk = sign_in(admin)
    assert desk.get("/plans/shipped/").status_code == 405
    address = desk.post("/plans/shipped/").url
    assert (Plan.objects.count(), Indicator.objects.count()) == (3, 16)
    reading = PlanReading.objects.get()
    assert "撤销导入" in desk.get(address).content.decode()
    assert desk.post("/plans/shipped/", follow=True).status_code == 400
    answer = desk.post(f"{address}undo/", {"reason": "只是看看", "seen": reading.version})
    assert answer.url == address
    assert (Plan.objects.count(), Indicator.objects.count(), UnitName.objects.count()) == (0, 0, 0)
    assert list(Unit.objects.all()) == [own]
    assert desk.get(address).status_code == 200
    assert desk.get(f"{address}check/").status_code == 200
    desk.post("/plans/shipped/")
    assert Plan.objects.count() == 3


def test_the_shipped_plans_are_the_administrators(sign_in, cast):
    for who in ("office", "reporter", "leader", "auditor"):
        assert sign_in(cast[who]).post("/plans/shipped/").status_code == 403


def test_an_office_without_a_plan_is_sent_to_the_plan_documents(sign_in, office):
    desk = sign_in(office)
    for address in ("/dashboard/", "/periods/"):
        page = desk.get(address).content.decode()
        assert "/loading/" in page, address
        assert "去开启报送期" not in page, address


def test_who_opens_no_month_is_not_sent_to_open_one(sign_in, leader, plan):
    assert "去开启报送期" not in sign_in(leader).get("/dashboard/").content.decode()


def test_what_the_administrator_sends_in_is_seen_by_the_offices(sign_in, admin, office, other_office, reporter):
    made = receive(admin, "方案.txt", DOCUMENT, "0")
    for who in (office, other_office):
        assert sign_in(who).get(f"/loading/{made.pk}/").status_code == 200
    assert sign_in(reporter).get(f"/loading/{made.pk}/").status_code in (403, 404)
