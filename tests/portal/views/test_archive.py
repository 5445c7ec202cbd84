"""The page of the archive: who gets in, what is in the way, the download."""

import pytest
from django.urls import reverse

from kit.packing import verify
from tasks.models import PlanEvent
from tests.portal.archived import closed, filed

__all__ = ["closed", "filed"]
READERS = {"office", "leader", "inspector"}


def url(plan, name="plan_archive"):
    return reverse(name, args=[plan.pk])


def test_a_stranger_is_led_to_the_login(client, closed):
    for name in ("plan_archive", "archive_download"):
        assert client.get(url(closed, name)).url.startswith("/login/")


@pytest.mark.parametrize(
    "who", ["office", "other_office", "reporter", "head", "outsider", "leader", "inspector", "admin", "auditor"]
)
def test_who_gets_to_the_package(who, cast, closed, sign_in):
    client = sign_in(cast[who])
    expected = 200 if who in READERS else 404 if who == "auditor" else 403
    assert client.get(url(closed)).status_code == expected
    download = client.get(url(closed, "archive_download"))
    assert download.status_code == expected
    assert download.streaming is (who in READERS)
    if who in READERS:
        assert b"".join(download.streaming_content)[:2] == b"PK"
    assert PlanEvent.objects.filter(verb="归档包送完").exists() is (who in READERS)


def test_other_methods_are_refused(office, closed, sign_in):
    client = sign_in(office)
    assert client.post(url(closed)).status_code == 405
    assert client.post(url(closed, "archive_download")).status_code == 405
    assert client.head(url(closed, "archive_download")).status_code == 405


def test_the_plans_page_leads_there_for_those_who_may(closed, cast, sign_in):
    led = {
        who
        for who in ("office", "other_office", "leader", "inspector", "reporter")
        if url(closed) in sign_in(cast[who]).get(reverse("plan", args=[closed.pk])).content.decode()
    }
    assert led == READERS


def test_what_is_in_the_way_is_said_and_refused(plan, filed, office, sign_in):
    client = sign_in(office)
    page = client.get(url(plan)).content.decode()
    assert "还不能全部归档" in page
    assert "2015年10月没有结账" in page
    assert url(plan, "archive_download") not in page
    answer = client.get(url(plan, "archive_download"), follow=True)
    assert "还没有结账的月份" in answer.content.decode()
    assert not PlanEvent.objects.filter(verb="下载归档包").exists()


def test_a_year_with_open_months_is_only_offered_in_part(closed, office, sign_in):
    type(closed).objects.update(ends_on="2015-12-31")
    client = sign_in(office)
    assert f'{url(closed, "archive_download")}?partial=1"' in client.get(url(closed)).content.decode()
    assert "还不能归档" in client.get(url(closed, "archive_download"), follow=True).content.decode()
    answer = client.get(url(closed, "archive_download"), {"partial": "1"})
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_download_is_the_package_under_a_chinese_name(closed, leader, sign_in, tmp_path):
    client = sign_in(leader)
    answer = client.get(url(closed, "archive_download"))
    (tmp_path / "a.zip").write_bytes(b"".join(answer.streaming_content))
    assert answer["Content-Type"] == "application/zip"
    assert "%E5%BD%92%E6%A1%A3" in answer["Content-Disposition"]
    assert verify(tmp_path / "a.zip").faults == ()
    page = client.get(url(closed)).content.decode()
    assert page.index("归档包送完") < page.index("下载归档包</td>")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_three_as_for_one(count, closed, office, sign_in, django_assert_num_queries):
    for _ in range(count):
        PlanEvent.write(closed, office, "下载归档包")
    client = sign_in(office)
    client.get(url(closed))
    with django_assert_num_queries(17):
        client.get(url(closed))
