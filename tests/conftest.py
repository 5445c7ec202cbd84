"""The cast and the stage: one county in small, and a clock that tests set.

``now`` is 2015-10-20 10:00 unless a test moves it with ``at``. Everything is made through the models and actions of the
application itself.
"""

import datetime
import re

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from kit import apart, clock, deadlines, statements
from kit.records import checksum
from reports.actions.periods import open_period
from tasks.actions.assignment import assign
from tasks.actions.classes import set_up
from tasks.actions.drafting import choose_names
from tasks.actions.listing import Told, list_project
from tasks.actions.receiving import receive
from tasks.actions.schedule import change_rules
from tasks.models import Plan, Section, Task
from tests.databases import django_db_setup, empty
from tests.demonstration import played
from tests.loading import DOCUMENT
from tests.once import built_once, pytest_fixture_setup, pytest_itemcollected
from tests.order import pytest_collection_modifyitems
from units.models import Unit, User

__all__ = [
    "built_once",
    "django_db_setup",
    "empty",
    "played",
    "pytest_collection_modifyitems",
    "pytest_fixture_setup",
    "pytest_itemcollected",
]
# Together the tests ask for more than a server's pages do; to begin anew at its limit costs a fifth of their time.
statements.MOST_STATEMENTS = 10_000
# Markup of ours that was escaped by mistake: a person would read it as text.
ESCAPED = re.compile(rb"&lt;/?(?:ul|li|div|span|small|table|td|tr|details|svg)(?: (?:class|id|href|aria-label)=|&gt;)")
PASSWORD = "Correct-Horse-9"
OCTOBER = datetime.date(2015, 10, 1)
ACTION_LEADS = ("县发改局", "县重点办", "县前期办", "县政府金融办", "县征地办", "县招商局", "县优化办")


class Reading(Client):
    """A client that reads every page it is given: none may show its own markup as text."""

    def request(self, **request):
        answer = super().request(**request)
        if not answer.streaming and "html" in answer.get("Content-Type", ""):
            assert not (shown := ESCAPED.search(answer.content)), shown.group()
        return answer

    def __deepcopy__(self, memo):
        """Another window of the same person."""
        window = type(self)()
        window.cookies.load(self.cookies.output(header="", sep=";"))
        return window


def moment(text):
    """Return an aware moment of Beijing time: moment("2015-10-31 23:59:59")."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=deadlines.BEIJING)


@pytest.fixture(autouse=True)
def stage(settings, tmp_path):
    """Files below a folder of the test's own, the clock on 20 October 2015."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ZHUZHOU_TODAY = moment("2015-10-20 10:00:00")


@pytest.fixture(autouse=True)
def read_here(request, monkeypatch):
    """Read sheets and documents in this process, as on Windows; what is marked ``apart`` tries the child itself."""
    if request.node.get_closest_marker("apart") is None:
        monkeypatch.setattr(apart, "resource", None)


@pytest.fixture
def at(settings):
    """Move the business clock: at("2015-10-31 23:59:59")."""

    def move(text):
        settings.ZHUZHOU_TODAY = moment(text)

    return move


@pytest.fixture
def make_unit(db):
    def make(name, group="GOVERNMENT", **values):
        return Unit.objects.get_or_create(name=name, defaults={"peer_group": group, **values})[0]

    return make


@pytest.fixture
def make_user(make_unit):
    def make(username, role, unit=None, **values):
        user = User(
            username=username,
            name=values.pop("name", username),
            role=role,
            unit=make_unit(unit) if isinstance(unit, str) else unit,
            must_change_password=False,
            password_set_at=clock.now(),
            **values,
        )
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def civil(make_unit):
    return make_unit("县民政局", order=10)


@pytest.fixture
def labour(make_unit):
    return make_unit("县人社局", order=20)


@pytest.fixture
def water(make_unit):
    return make_unit("县水利局", order=30)


@pytest.fixture
def reform_office(make_unit):
    return make_unit("县委改革办", "LEADING_OFFICE", order=1)


@pytest.fixture
def law_office(make_unit):
    return make_unit("县委法建办", "LEADING_OFFICE", order=2)


@pytest.fixture
def town(make_unit):
    return make_unit("朱亭镇", "TOWNSHIP", order=900)


@pytest.fixture
def mayor(make_user, town):
    return make_user("zhuting", "REPORTER", town, name="朱亭填报")


@pytest.fixture
def office(make_user, reform_office):
    return make_user("gaigeban", "OFFICE", reform_office, name="李审核")


@pytest.fixture
def other_office(make_user, law_office):
    return make_user("fajianban", "OFFICE", law_office, name="王法建")


@pytest.fixture
def reporter(make_user, civil):
    return make_user("minzheng", "REPORTER", civil, name="刘填报")


@pytest.fixture
def head(make_user, civil):
    return make_user("minzheng.head", "HEAD", civil, name="陈局长")


@pytest.fixture
def co_reporter(make_user, labour):
    return make_user("renshe", "REPORTER", labour, name="周人社")


@pytest.fixture
def outsider(make_user, water):
    return make_user("shuili", "REPORTER", water, name="吴水利")


@pytest.fixture
def leader(make_user, db):
    return make_user("leader", "LEADER", name="张县长")


@pytest.fixture
def inspector(make_user, make_unit):
    return make_user("ducha", "INSPECTOR", make_unit("县委督查室", "PARTY", order=3), name="孙督查")


@pytest.fixture
def admin(make_user, db):
    return make_user("sysadmin", "ADMIN", name="赵管理")


@pytest.fixture
def auditor(make_user, db):
    return make_user("auditor", "AUDITOR", name="钱审计")


@pytest.fixture
def cast(office, other_office, reporter, head, co_reporter, outsider, leader, inspector, admin, auditor):
    """Everybody, by the names DESIGN section 11 gives them."""
    people = (office, other_office, reporter, head, co_reporter, outsider, leader, inspector, admin, auditor)
    names = ("office", "other_office", "reporter", "head", "co_reporter", "outsider")
    return dict(zip((*names, "leader", "inspector", "admin", "auditor"), people, strict=True))


@pytest.fixture
def make_plan(db):
    def make(office, title="改革创新年", kind="REFORM", year=2015, **values):
        plan = Plan.objects.create(
            year=year,
            kind=kind,
            title=f"株洲县{year}年“{title}”活动实施方案",
            short_title=title,
            document_number=f"株县办〔{year}〕4号",
            issued_on=datetime.date(year, 3, 18),
            office=office,
            starts_on=datetime.date(year, 1, 1),
            ends_on=datetime.date(year, 12, 31),
            **values,
        )
        return change_rules(plan, None, slow_after=10, late_after=30, basis="POINTS")

    return make


@pytest.fixture
def plan(make_plan, reform_office):
    plan = make_plan(reform_office)
    Section.objects.create(plan=plan, number="（一）", title="推进社会事业改革", order=1)
    return plan


@pytest.fixture
def law_plan(make_plan, law_office):
    return make_plan(law_office, "法治建设年", "LAW")


@pytest.fixture
def make_task(db):
    def make(plan, number, lead=None, supports=(), **values):
        task = Task(
            plan=plan,
            section=plan.sections.first(),
            number=str(number),
            order=values.pop("order", int(number) if str(number).isdigit() else 0),
            short_title=values.pop("short_title", f"第{number}项改革任务"),
            text=values.pop("text", f"第{number}项改革任务的原文。"),
            starts_on=values.pop("starts_on", plan.starts_on),
            due_on=values.pop("due_on", plan.ends_on),
            **values,
        )
        task.save()
        if lead:
            assign(task, lead, list(supports), None)
        return task

    return make


@pytest.fixture
def programme(make_plan, make_unit, make_task):
    """项目突破年 with its seven actions, each led by a unit of its own, and what class belongs to which."""
    plan = make_plan(make_unit("县项目突破年办", "LEADING_OFFICE", order=3), "项目突破年", "BREAKTHROUGH")
    for order, (number, lead) in enumerate(zip("一二三四五六七", ACTION_LEADS, strict=True), 1):
        make_task(plan, f"({number})", make_unit(lead), short_title=f"第{number}项突破行动", order=order)
    set_up(plan)
    return plan


@pytest.fixture
def make_project(programme, civil):
    """Put a project on the list as first decided: make_project("标准厂房", "NEW", amounts={"INVESTED": {month: 万元}})."""

    def make(name, klass="NEW", lead=civil, supports=(), *, code="", package=None, month=None, **told):
        parts = {part: told.pop(part) for part in ("places", "labels", "people", "amounts", "nodes") if part in told}
        units = [lead, *supports] if lead else []
        values = Told({"name": name, **told}, units=units, **parts)
        return list_project(programme, None, klass, values, code=code, package=package, month=month)

    return make


@pytest.fixture
def task(plan, make_task, civil, labour):
    """Task 43: led by 县民政局, supported by 县人社局."""
    return make_task(plan, 43, civil, [labour], short_title="建立居民家庭经济状况核对平台")


@pytest.fixture
def period(plan, task):
    """October 2015, open, with reports for the units of ``task``."""
    return open_period(plan, OCTOBER)


@pytest.fixture
def report(period, civil):
    """What 县民政局 owes for October."""
    return period.reports.get(unit=civil)


@pytest.fixture
def entry(report, task):
    return report.entries.get(task=task)


@pytest.fixture
def fill():
    """Write every entry of a report so that it can be filed: fill(report, progress=60)."""

    def write(report, **values):
        text = {
            "progress": 60,
            "light": "YELLOW",
            "done": "完成核对平台招标，接入公安、车管两家数据。",
            "problems": "住房公积金数据接口尚未开通。",
            "next_steps": "完成联调，11月试运行。",
        }
        report.entries.update(**(text | values), version=1)
        return report

    return write


@pytest.fixture
def reading(office, civil, labour, water):
    """A plan document (tests.loading) sent in by the office: three of its five names are in the directory."""
    return receive(office, "服务提升年.txt", DOCUMENT, checksum(DOCUMENT.encode()))


@pytest.fixture
def settled(reading, office):
    """The same with every name decided: 县信息中心 becomes a unit, 各有关单位 stays as text."""
    choices = {"县信息中心": {"way": "NEW", "group": "INSTITUTION"}, "各有关单位": {"way": "TEXT"}}
    return choose_names(reading, office, choices, seen=1)


@pytest.fixture
def sign_in(settings):
    """Return a browser-like client of a person who signed in some time ago: sign_in(office)."""

    def enter(user):
        client, session = Reading(), SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "units.backends.PersonBackend"
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return enter


@pytest.fixture
def desk(sign_in, office):
    """The office's own window."""
    return sign_in(office)
