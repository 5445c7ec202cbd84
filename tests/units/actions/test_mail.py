"""Mail through a server on the loopback: after the commit, each address by itself, none twice."""

import threading
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from reports.actions.reminders import urge
from reports.models import MonthlyReport
from tests.pages import folded
from tests.reports.actions.test_races import at_once
from tests.units.mailserver import serving
from units.actions import mail
from units.actions.notices import tell
from units.actions.sending import LEASE
from units.models import Mail, Notice


@pytest.fixture
def server(settings):
    with serving() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = found.server_address
        settings.EMAIL_TIMEOUT = 1
        yield found


@pytest.fixture
def people(reporter, head, co_reporter):
    for person in (reporter, head, co_reporter):
        person.email = f"{person.username}@example.org"
        person.save()
    return reporter, head, co_reporter


def addresses(server):
    return [address for address, _ in server.taken]


def test_each_gets_a_mail_of_their_own_once(server, people):
    tell(people, key="open:1", title="开始填报", body="按时报送截止：10月31日 24:00")
    assert server.taken == []
    assert mail.send_waiting() == 3
    assert addresses(server) == [person.email for person in people]
    message = message_from_bytes(server.taken[0][1], policy=policy.default)
    assert (message["To"], message["Subject"]) == (people[0].email, "开始填报")
    assert message.get_content().strip() == "按时报送截止：10月31日 24:00"
    assert mail.send_waiting() == 0
    tell(people, key="open:1", title="开始填报")
    assert mail.send_waiting() == 0


def test_a_break_in_a_title_is_a_blank(server, people):
    tell(people[:1], key="open:1", title="催报：\r\n甲\n乙" + "长" * 200)
    assert mail.send_waiting() == 1
    assert Notice.objects.get().title == ("催报： 甲 乙" + "长" * 200)[:120]


def test_a_refused_address_does_not_stop_the_others_and_is_on_record(server, people, at, caplog):
    server.refused[people[0].email] = 550
    tell(people, key="open:1", title="开始填报")
    assert mail.send_waiting() == 2
    assert addresses(server) == [people[1].email, people[2].email]
    (failed,) = Mail.objects.undelivered()
    assert (failed.address, failed.error) == (people[0].email, "邮件服务器拒收：550 no such user")
    assert people[0].email in caplog.text
    at("2015-10-20 18:00")
    assert mail.send_waiting() == 0


def test_an_address_that_is_busy_is_tried_again_until_two_days_are_over(server, people, at):
    server.refused[people[0].email] = 450
    tell(people[:1], key="open:1", title="开始填报")
    mail.send_waiting()
    assert not Mail.objects.due().exists()
    at("2015-10-20 10:11")
    assert Mail.objects.due().exists()
    del server.refused[people[0].email]
    assert mail.send_waiting() == 1
    tell(people[:1], key="open:2", title="开始填报")
    at("2015-10-22 10:12")
    assert mail.send_waiting() == 0
    assert Mail.objects.get(sent_at=None).due_at is None


def test_a_silent_server_is_asked_once_for_all_and_later_again(server, people, at):
    server.silent = True
    tell(people, key="open:1", title="开始填报")
    assert mail.send_waiting() == 0
    assert server.met == 1
    assert "邮件服务器没有应答" in Mail.objects.first().error
    server.silent = False
    assert mail.send_waiting() == 0
    at("2015-10-20 10:11")
    call_command("send_mail")
    assert len(server.taken) == 3


def test_the_office_and_the_administrator_see_which_address_failed(
    server, people, period, office, other_office, admin, sign_in, civil
):
    server.refused[people[0].email] = 550
    tell(people, key="open:x", title="开始填报")
    mail.send_waiting()
    for user, page in ((office, f"/periods/{period.pk}/"), (admin, "/accounts/")):
        shown = folded(sign_in(user).get(page))
        assert "有1个邮箱的邮件没有送到" in shown
        assert "县民政局 刘填报 minzheng@example.org：邮件服务器拒收：550 no such user" in shown
    assert "没有送到" not in sign_in(other_office).get(f"/periods/{period.pk}/").content.decode()
    people[0].email = "new@example.org"
    people[0].save()
    assert "没有送到" not in sign_in(admin).get("/accounts/").content.decode()


def test_chasing_many_asks_as_much_as_chasing_one(
    server, period, people, report, office, at, django_assert_num_queries
):
    report = MonthlyReport.objects.select_related("period__plan", "unit").get(pk=report.pk)
    with django_assert_num_queries(QUERIES):
        urge([report], office)
    at("2015-10-20 10:02")
    reports = list(period.reports.select_related("period__plan", "unit"))
    with django_assert_num_queries(QUERIES):
        assert len(urge(reports, office)) == 2


QUERIES = 14


def test_a_message_of_which_every_answer_is_late_ends_before_another_process_takes_it():
    answers = ("MAIL", "RCPT", "DATA", "the end of it")
    assert settings.EMAIL_TIMEOUT >= 30
    assert len(answers) * settings.EMAIL_TIMEOUT < LEASE.total_seconds()


@pytest.mark.django_db(transaction=True)
def test_chasing_answers_at_once_while_the_server_says_nothing(server, plan, period, people, office, settings):
    server.silent, settings.EMAIL_TIMEOUT = True, 20
    with transaction.atomic():
        urge(period.reports.all(), office)
    assert Mail.objects.filter(error="").count() == 3
    server.ended.set()
    join_mail()
    assert Mail.objects.exclude(error="").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_thread_sends_after_the_commit_and_nothing_after_a_rollback(server, people):
    with transaction.atomic():
        tell(people, key="open:1", title="开始填报")
        transaction.set_rollback(True)
    join_mail()
    assert server.taken == []
    tell(people, key="open:1", title="开始填报")
    join_mail()
    assert len(server.taken) == 3


@pytest.mark.django_db(transaction=True)
def test_two_processes_send_nothing_twice(server, people):
    Mail.objects.bulk_create(
        Mail(notice=Notice.objects.create(user=person, key=f"k{n}", title="催报"), address=person.email)
        for person in people
        for n in range(8)
    )
    given = at_once(mail.send_waiting, mail.send_waiting, mail.send_waiting)
    assert (sum(given), len(server.taken)) == (24, 24)


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_tell_and_mail_once(server, people):
    at_once(*[lambda: tell(people, key="remind:20151020", title="提醒")] * 3)
    join_mail()
    assert (Notice.objects.count(), len(server.taken)) == (3, 3)


def join_mail():
    """Wait until the thread that sends has ended."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(20)
    connection.close()
