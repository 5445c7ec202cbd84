"""The inbox: unread first, paged, read by a press."""

import pytest
from django.urls import reverse

from units.actions.notices import tell
from units.models import Notice

READ = "/inbox/read/"


@pytest.fixture
def told(reporter):
    """Two notices, the older read."""
    tell([reporter], key="a", title="旧的", url="/month/")
    Notice.objects.update(read_at="2015-10-19T10:00+08:00")
    tell([reporter], key="b", title="十月开始填报", body="第一行\n第二行", url="/month/2015-10/")
    return reporter


def test_what_is_unread_stands_first(sign_in, told):
    page = sign_in(told).get("/inbox/")
    assert [notice.title for notice in page.context["page_obj"]] == ["十月开始填报", "旧的"]
    assert "第一行\n第二行" in page.content.decode()
    assert page.context["inbox_count"] == 1


def test_a_press_marks_it_read_and_leads_on(sign_in, told):
    notice = Notice.objects.get(title="十月开始填报")
    answer = sign_in(told).post(READ, {"notice": notice.pk, "go": 1})
    notice.refresh_from_db()
    assert answer.url == "/month/2015-10/"
    assert notice.read_at is not None


def test_marking_alone_stays(sign_in, told):
    assert sign_in(told).post(READ, {"notice": Notice.objects.get(title="十月开始填报").pk}).url == "/inbox/"


def test_one_press_marks_all(sign_in, told):
    client = sign_in(told)
    client.post(READ)
    assert not Notice.objects.unread().exists()
    assert "（1条）" in str(next(iter(client.get("/inbox/").context["messages"])))


def test_reading_is_a_press_not_a_visit(sign_in, told):
    sign_in(told).get("/inbox/")
    assert Notice.objects.unread().count() == 1
    assert sign_in(told).get(READ).status_code == 405


def test_another_s_notice_is_not_found(sign_in, told, office):
    notice = Notice.objects.get(title="十月开始填报")
    assert sign_in(office).post(READ, {"notice": notice.pk}).status_code == 404
    assert sign_in(office).post(READ, {"notice": "x"}).status_code == 404
    assert "十月开始填报" not in sign_in(office).get("/inbox/").content.decode()


def test_a_foreign_address_is_not_followed(sign_in, reporter):
    tell([reporter], key="x", title="坏的", url="https://elsewhere.invalid/")
    answer = sign_in(reporter).post(READ, {"notice": Notice.objects.get().pk, "go": 1})
    assert answer.url == reverse("inbox")


def test_an_empty_inbox_says_what_will_come(sign_in, reporter):
    assert "还没有消息" in sign_in(reporter).get("/inbox/").content.decode()


@pytest.mark.parametrize("notices", [1, 3])
def test_the_inbox_costs_the_same_for_one_and_three(sign_in, reporter, notices, django_assert_num_queries):
    for number in range(notices):
        tell([reporter], key=str(number), title=f"第{number}条")
    client = sign_in(reporter)
    client.get("/inbox/")
    with django_assert_num_queries(6):
        client.get("/inbox/")


def test_thirty_a_page(sign_in, reporter):
    for number in range(31):
        tell([reporter], key=str(number), title=f"第{number}条")
    client = sign_in(reporter)
    assert len(client.get("/inbox/?page=2").context["page_obj"]) == 1
    assert client.get("/inbox/?page=nonsense").status_code == 200
