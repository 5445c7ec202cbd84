"""Posts to a robot on the loopback: after the commit, one for all who are told alike, without body or key anywhere."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.pages import folded
from tests.reports.actions.test_races import at_once
from tests.units.robot import listening
from units.actions import posts
from units.actions.notices import tell
from units.models import Notice, Post
from zhuzhou.safety import unsafe_settings


@pytest.fixture
def robot(settings):
    with listening() as found:
        settings.WEBHOOK_URL, settings.SITE_URL = found.url, "https://duban.example.cn"
        yield found


@pytest.fixture
def people(reporter, head, co_reporter):
    return reporter, head, co_reporter


def join_posts():
    """Wait until the thread that posts has ended."""
    for thread in threading.enumerate():
        if thread.name == "webhook":
            thread.join(20)
    connection.close()


def test_without_an_address_nothing_is_kept_or_sent(people, settings):
    assert settings.WEBHOOK_URL == ""
    tell(people, key="open:1", title="开始填报")
    assert (Notice.objects.count(), Post.objects.count(), posts.send_posts()) == (3, 0, 0)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("wecom", {"msgtype": "text", "text": {"content": "WORDS"}}),
        ("dingtalk", {"msgtype": "text", "text": {"content": "WORDS"}}),
        ("feishu", {"msg_type": "text", "content": {"text": "WORDS"}}),
        (
            "plain",
            {
                "title": "开始填报",
                "to": "县民政局、县人社局",
                "url": "https://duban.example.cn/month/",
                "at": "2015-10-20 10:00",
            },
        ),
    ],
)
def test_all_who_are_told_alike_are_one_post_in_the_robots_language(robot, people, settings, kind, wanted):
    settings.WEBHOOK_KIND = kind
    tell(people, key="open:1", title="开始填报", body="不给别人看的正文", url="/month/")
    assert robot.taken == []
    assert posts.send_posts() == 1
    ((path, values),) = robot.taken
    words = "【年度任务督办平台】开始填报\n告知：县民政局、县人社局\nhttps://duban.example.cn/month/"
    assert path == "/send?key=SECRET-KEY"
    assert str(values) == str(wanted).replace("'WORDS'", repr(words))
    assert posts.send_posts() == 0
    tell(people, key="open:1", title="开始填报")
    assert posts.send_posts() == 0


def test_a_title_that_is_not_for_everybody_stays_in_the_house(robot, people, settings):
    tell(people[:1], key="x", title="约谈通知：张某", private=True, url="/occasions/1/")
    posts.send_posts()
    assert robot.taken[0][1]["title"] == "有新消息，请登录查看"
    assert "张某" not in str(robot.taken)


@pytest.mark.parametrize(
    ("status", "says", "why"),
    [
        (500, "", "没有收下：状态码500"),
        (302, "", "没有收下：状态码302"),
        (200, '{"errcode": 45009, "errmsg": "SECRET-KEY"}', "没有收下：错误码45009"),
        (200, '{"code": 19024}', "没有收下：错误码19024"),
    ],
)
def test_what_is_refused_waits_and_is_on_record(robot, people, at, caplog, status, says, why):
    robot.status, robot.says = status, says
    tell(people[:1], key="a", title="催报")
    assert posts.send_posts() == 0
    assert Post.objects.get().error == why
    assert len(robot.taken) == 1
    assert "SECRET-KEY" not in caplog.text
    robot.status, robot.says = 200, "ok"
    assert posts.send_posts() == 0
    at("2015-10-20 10:11")
    assert posts.send_posts() == 1
    assert Post.objects.get().error == ""


def test_a_refusal_does_not_stop_the_others_a_silence_does(robot, people, settings, monkeypatch, at):
    robot.status = 500
    for number in range(3):
        tell(people[:1], key=f"k{number}", title="催报")
    posts.send_posts()
    assert len(robot.taken) == 3
    monkeypatch.setattr(posts, "TIMEOUT", 0.2)
    robot.silent = True
    at("2015-10-20 10:11")
    assert posts.send_posts() == 0
    assert robot.met == 1
    assert set(Post.objects.values_list("error", flat=True)) == {"没有应答（TimeoutError）"}
    assert not Post.objects.due().exists()


def test_a_robot_that_answers_byte_by_byte_or_without_end_holds_nobody(robot, people, monkeypatch):
    monkeypatch.setattr(posts, "LONGEST", 0.2)
    robot.drips = True
    tell(people[:1], key="a", title="催报")
    posts.send_posts()
    assert len(robot.taken) == 1
    robot.drips, robot.says = False, "x" * 10_000_000
    tell(people[:1], key="b", title="催报")
    assert posts.send_posts() == 1
    assert len(robot.taken) == 2


def test_after_two_days_it_is_given_up(robot, people, at):
    tell(people[:1], key="a", title="催报")
    at("2015-10-22 10:01")
    assert posts.send_posts() == 0
    assert Post.objects.get().due_at is None
    assert robot.taken == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y", "http:///x", "//x/y", "http://u:p@x/y", "http://x:y/z", "nonsense"]
)
def test_only_addresses_of_web_servers_are_taken(people, settings, url):
    settings.WEBHOOK_URL = url
    assert not posts.is_address(url)
    tell(people[:1], key="a", title="催报")
    assert posts.send_posts() == 0
    assert Post.objects.get().error == "没有收下：WEBHOOK_URL不是http或https网址"
    assert "zhuzhou.E005" in {each.id for each in unsafe_settings()}
    assert url not in str(list(unsafe_settings()))


def test_an_unknown_kind_is_told_at_the_start(people, settings):
    settings.WEBHOOK_KIND = "qq"
    assert "zhuzhou.E006" in {each.id for each in unsafe_settings()}


def test_the_administrator_sees_what_failed_without_the_key(robot, people, office, admin, sign_in):
    robot.status = 404
    tell(people[:1], key="a", title="催报")
    posts.send_posts()
    shown = folded(sign_in(admin).get("/accounts/"))
    assert "有1条群消息没有发出" not in shown
    Post.objects.update(due_at=None)
    shown = folded(sign_in(admin).get("/accounts/"))
    assert "有1条群消息没有发出" in shown
    assert "催报：没有收下：状态码404" in shown
    assert "SECRET" not in shown


def test_the_command_sends_what_waits(robot, people, capsys):
    tell(people[:1], key="a", title="催报")
    call_command("send_mail")
    assert capsys.readouterr().out == "发出0封邮件。\n发出1条群消息。\n"
    assert len(robot.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_a_press_does_not_wait_for_a_silent_robot(robot, people, monkeypatch):
    monkeypatch.setattr(posts, "TIMEOUT", 20)
    robot.silent = True
    tell(people, key="a", title="催报")
    assert Post.objects.get().error == ""
    robot.ended.set()
    join_posts()
    assert Post.objects.get().error != ""


@pytest.mark.django_db(transaction=True)
def test_a_thread_posts_after_the_commit_and_nothing_after_a_rollback(robot, people):
    with transaction.atomic():
        tell(people, key="a", title="催报")
        transaction.set_rollback(True)
    join_posts()
    assert robot.taken == []
    tell(people, key="a", title="催报")
    join_posts()
    assert len(robot.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_post_once(robot, people):
    at_once(*[lambda: tell(people, key="a", title="催报")] * 3)
    join_posts()
    assert (Notice.objects.count(), len(robot.taken)) == (3, 1)


def test_many_are_told_with_as_many_questions_as_one(robot, people, django_assert_num_queries):
    for number, told in enumerate((people[:1], people)):
        with django_assert_num_queries(6):
            tell(told, key=f"k{number}", title="催报")
