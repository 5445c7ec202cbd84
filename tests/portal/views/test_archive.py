"""The pages of the archive: who gets in, what is in the way, progress with and without script, the download."""

import pytest
from django.urls import reverse

from kit.packing import verify
from portal.actions.archive import begin_archive, pack, pack_all
from reports.models import Archive
from tasks.models import PlanEvent
from tests.portal.archived import closed, filed

__all__ = ["closed", "filed"]


def plan_url(plan):
    return reverse("plan_archive", args=[plan.pk])


def url(archive, name="archive"):
    return reverse(name, args=[archive.pk])


@pytest.fixture
def begun(closed, office):
    return begin_archive(closed, office)


@pytest.fixture
def archive(begun, office):
    return pack_all(begun, office)


def test_a_stranger_is_led_to_the_login(client, archive):
    for address in (plan_url(archive.plan), url(archive), url(archive, "archive_download")):
        assert client.get(address).url.startswith("/login/")
    assert client.post(url(archive, "archive_pack")).status_code in (302, 401)


READERS = {"office", "leader", "inspector"}


@pytest.mark.parametrize(
    "who", ["office", "other_office", "reporter", "head", "outsider", "leader", "inspector", "admin", "auditor"]
)
def test_who_gets_to_the_package(who, cast, archive, sign_in):
    client = sign_in(cast[who])
    allowed = who in READERS
    assert client.get(plan_url(archive.plan)).status_code == (200 if allowed else 404 if who == "auditor" else 403)
    assert client.get(url(archive)).status_code == (200 if allowed else 404)
    download = client.get(url(archive, "archive_download"))
    assert download.status_code == (200 if allowed else 404)
    download.close()


@pytest.mark.parametrize("who", ["leader", "inspector", "other_office", "reporter", "admin"])
def test_only_the_office_makes_one(who, cast, begun, sign_in):
    client = sign_in(cast[who])
    assert client.post(plan_url(begun.plan)).status_code == 403
    assert client.post(url(begun, "archive_pack")).status_code == (403 if who in READERS else 404)
    assert Archive.objects.get().place == 0


def test_other_methods_are_refused(office, begun, sign_in):
    client = sign_in(office)
    assert client.delete(plan_url(begun.plan)).status_code == 405
    assert client.get(url(begun, "archive_pack")).status_code == 405
    assert client.post(url(begun)).status_code == 405
    assert client.post(url(begun, "archive_download")).status_code == 405
    assert client.head(url(begun, "archive_download")).status_code == 405


def test_the_plans_page_leads_there_for_those_who_may(closed, cast, sign_in):
    led = {
        who
        for who in ("office", "other_office", "leader", "inspector", "reporter")
        if plan_url(closed) in sign_in(cast[who]).get(reverse("plan", args=[closed.pk])).content.decode()
    }
    assert led == READERS


def test_from_the_press_to_the_file_without_script(closed, office, sign_in):
    client = sign_in(office)
    assert "开始归档" in client.get(plan_url(closed)).content.decode()
    answer = client.post(plan_url(closed), follow=True)
    begun = Archive.objects.get()
    assert answer.redirect_chain[-1][0] == url(begun)
    assert "继续" in answer.content.decode()
    while not Archive.objects.get().is_ready:
        answer = client.post(url(begun, "archive_pack"), follow=True)
        assert answer.redirect_chain[-1][0] == url(begun)
    page = answer.content.decode()
    assert url(begun, "archive_download") in page
    assert Archive.objects.get().checksum in page


def test_with_script_the_page_asks_again_until_it_is_ready(begun, office, sign_in):
    client = sign_in(office)
    assert f'hx-post="{url(begun, "archive_pack")}"' in client.get(url(begun)).content.decode()
    pack(begun, office, seconds=0)
    assert "已打包 1 / " in client.get(url(begun)).content.decode()
    while not Archive.objects.get().is_ready:
        part = client.post(url(begun, "archive_pack"), headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
    assert "hx-post" not in part
    assert "下载归档包" in part


def test_who_only_reads_sees_no_button(begun, leader, sign_in):
    page = sign_in(leader).get(url(begun)).content.decode()
    assert "hx-post" not in page
    assert "继续</button>" not in page
    assert "归档由县委改革办办理" in sign_in(leader).get(plan_url(begun.plan)).content.decode()


def test_what_is_in_the_way_is_said_and_refused(plan, filed, office, sign_in):
    client = sign_in(office)
    page = client.get(plan_url(plan)).content.decode()
    assert "还不能全部归档" in page
    assert "2015年10月没有结账" in page
    assert "部分归档</button>" not in page
    answer = client.post(plan_url(plan))
    assert "还没有结账的月份" in answer.content.decode()
    assert not Archive.objects.exists()


def test_the_download_is_the_package_under_a_chinese_name_and_on_record(archive, leader, sign_in, tmp_path):
    answer = sign_in(leader).get(url(archive, "archive_download"))
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/zip"
    assert "%E5%BD%92%E6%A1%A3" in answer["Content-Disposition"]
    assert int(answer["Content-Length"]) == len(content)
    (tmp_path / "a.zip").write_bytes(content)
    assert verify(tmp_path / "a.zip").faults == ()
    assert PlanEvent.objects.get(verb="下载归档包").actor == leader


def test_an_unfinished_one_is_not_handed_out(begun, office, sign_in):
    answer = sign_in(office).get(url(begun, "archive_download"))
    assert "还没有打包完" in answer.content.decode()
    assert not PlanEvent.objects.filter(verb="下载归档包").exists()


def test_missing_files_are_shown(archive, office, sign_in):
    Archive.objects.update(lacking=["附件/a.pdf：文件已不在服务器上。"])
    client = sign_in(office)
    assert "附件/a.pdf：文件已不在服务器上。" in client.get(url(archive)).content.decode()
    assert "缺1个文件" in client.get(plan_url(archive.plan)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    count, archive, office, sign_in, django_assert_num_queries
):
    for n in range(count - 1):
        Archive.objects.create(
            plan=archive.plan, by=office, file=f"archives/{n}.zip", status="READY", ready_at=archive.at
        )
    client = sign_in(office)
    client.get(plan_url(archive.plan))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(plan_url(archive.plan))


LIST_QUERIES = 9


def test_its_office_throws_an_old_package_away(archive, cast, sign_in, django_capture_on_commit_callbacks):
    place, plan = archive.location, archive.plan
    assert place.exists()
    for who, status in {"leader": 403, "inspector": 403, "other_office": 404, "reporter": 404}.items():
        assert sign_in(cast[who]).post(url(archive, "archive_delete")).status_code == status
    desk = sign_in(cast["office"])
    assert "删去归档包" in desk.get(url(archive)).content.decode()
    assert desk.get(url(archive, "archive_delete")).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(url(archive, "archive_delete")).url == plan_url(plan)
    assert not place.exists()
    assert PlanEvent.objects.filter(subject=plan, verb="删去归档包", note__contains="校验码").exists()
    assert desk.post(url(archive, "archive_delete")).status_code == 404
