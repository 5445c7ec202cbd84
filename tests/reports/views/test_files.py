"""Files: in by content, out only to who may see the entry, away without breaking what was filed."""

import io
import os
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from kit import uploads
from kit.refusal import Refusal
from reports.actions.files import PER_ENTRY, attach, limits, remove
from reports.actions.writing import submit
from reports.models import Attachment

JSON = {"headers": {"accept": "application/json"}}


def pdf(name="验收单.pdf", size=0):
    return SimpleUploadedFile(name, b"%PDF-1.4\n" + b"x" * size)


def docx():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return SimpleUploadedFile("方案.docx", packed.getvalue())


@pytest.fixture
def send(sign_in, reporter, entry):
    def post(*files, user=None, **options):
        address = reverse("entry_files", args=[entry.pk])
        return sign_in(user or reporter).post(address, {"files": list(files)}, **(options or JSON))

    return post


@pytest.fixture
def evidence(entry, reporter):
    return attach(entry, reporter, pdf())


def read(answer):
    return b"".join(answer.streaming_content)


def code(answer):
    """Return the status of an answer, its file read to the end so that it is closed."""
    if answer.streaming:
        read(answer)
    return answer.status_code


def test_several_files_at_once_each_judged_by_itself(send, entry):
    answer = send(pdf(), docx(), SimpleUploadedFile("程序.exe", b"MZ"), SimpleUploadedFile("空.pdf", b"")).json()
    assert [each.name for each in entry.attachments.all()] == ["验收单.pdf", "方案.docx"]
    assert [each["name"] for each in answer["errors"]] == ["程序.exe", "空.pdf"]
    assert "验收单.pdf" in answer["html"]


def test_the_same_name_twice_keeps_both_apart(send, entry, sign_in, reporter):
    send(SimpleUploadedFile("照片.pdf", b"%PDF-1.4 one"), SimpleUploadedFile("照片.pdf", b"%PDF-1.4 two"))
    first, second = entry.attachments.all()
    assert first.file.name != second.file.name
    bodies = [read(sign_in(reporter).get(reverse("attachment", args=[each.pk]))) for each in (first, second)]
    assert bodies == [b"%PDF-1.4 one", b"%PDF-1.4 two"]


def test_the_same_content_twice_beside_one_task_is_told_and_kept_once(send, entry, settings, reporter):
    send(pdf("验收单.pdf"))
    answer = send(pdf("验收单（副本）.pdf"), pdf("另一份.pdf", size=3)).json()
    assert [each["sentence"] for each in answer["errors"]] == [
        "“验收单（副本）.pdf”与已上传的“验收单.pdf”内容相同，没有再存一份。"
    ]
    assert list(entry.attachments.values_list("name", flat=True)) == ["验收单.pdf", "另一份.pdf"]
    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(stored) == 2
    remove(entry.attachments.get(name="验收单.pdf"), reporter)
    assert send(pdf("验收单.pdf")).json()["errors"] == []


def test_nineteen_megabytes_arrive_whole(send, entry, sign_in, reporter):
    send(pdf(size=19 * 1024 * 1024))
    stored = entry.attachments.get()
    body = read(sign_in(reporter).get(reverse("attachment", args=[stored.pk])))
    assert len(body) == stored.size == 19 * 1024 * 1024 + 9


def test_more_than_the_limit_is_refused_with_the_limit(send, entry, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    answer = send(pdf(size=1024 * 1024)).json()
    assert answer["errors"][0]["sentence"] == "“验收单.pdf”超过1 MB，请压缩或拆分后再上传。"
    assert "不超过1 MB" in limits()
    assert entry.attachments.count() == 0


def test_an_entry_holds_so_many_and_no_more(entry, reporter):
    for number in range(PER_ENTRY):
        attach(entry, reporter, pdf(f"{number}.pdf", size=number))
    with pytest.raises(Refusal, match=f"最多{PER_ENTRY}个"):
        attach(entry, reporter, pdf(size=PER_ENTRY))


def test_a_full_disk_is_a_sentence_and_leaves_no_row(send, entry, settings, tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    answer = send(pdf()).json()
    assert "暂时存不下" in answer["errors"][0]["sentence"]
    assert entry.attachments.count() == 0


def test_without_script_the_page_tells(send, entry):
    answer = send(pdf(), SimpleUploadedFile("程序.exe", b"MZ"), follow=True)
    told = [str(each) for each in answer.context["messages"]]
    assert told[0].startswith("不支持“程序.exe”的格式")
    assert told[1] == "已上传1个附件。"


def test_a_download_is_a_download_typed_by_our_table(evidence, sign_in, reporter):
    answer = sign_in(reporter).get(reverse("attachment", args=[evidence.pk]))
    assert code(answer) == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_a_draft_s_file_is_the_unit_s_alone_then_follows_the_entry(cast, evidence, sign_in, report, fill, reporter):
    def codes():
        address = reverse("attachment", args=[evidence.pk])
        return {who: code(sign_in(user).get(address)) for who, user in cast.items()}

    own = dict.fromkeys(cast, 404) | {"reporter": 200, "head": 200}
    assert codes() == own
    submit(fill(report), reporter)
    assert codes() == own | dict.fromkeys(["office", "co_reporter", "leader", "inspector"], 200)


def test_a_stranger_is_led_to_the_sign_in(client, evidence):
    answer = client.get(reverse("attachment", args=[evidence.pk]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("login"))


def test_foreign_units_put_nothing_in_and_take_nothing_away(
    send, sign_in, outsider, co_reporter, evidence, report, fill, reporter, entry
):
    assert send(pdf(), user=outsider).status_code == 404
    assert sign_in(outsider).post(reverse("attachment_remove", args=[evidence.pk])).status_code == 404
    submit(fill(report), reporter)
    assert send(pdf(), user=co_reporter).status_code == 403
    assert sign_in(co_reporter).post(reverse("attachment_remove", args=[evidence.pk])).status_code == 403
    assert entry.attachments.present().count() == 1


def test_removing_takes_the_file_off_the_list(evidence, sign_in, reporter, entry):
    answer = sign_in(reporter).post(reverse("attachment_remove", args=[evidence.pk]), **JSON)
    assert "验收单.pdf" not in answer.json()["html"]
    assert entry.attachments.present().count() == 0
    assert sign_in(reporter).get(reverse("attachment", args=[evidence.pk])).status_code == 404
    assert sign_in(reporter).get(reverse("attachment_remove", args=[evidence.pk])).status_code == 405


def test_what_was_filed_with_a_file_keeps_it(evidence, report, fill, reporter, office, sign_in):
    submit(fill(report), reporter)
    from_office = sign_in(office)
    report.refresh_from_db()
    report.status = "RETURNED"
    report.save()
    remove(evidence, reporter)
    report.status = "SUBMITTED"
    report.save()
    assert read(from_office.get(reverse("attachment", args=[evidence.pk]))).startswith(b"%PDF")


def test_a_file_gone_from_disk_is_not_found(evidence, sign_in, reporter):
    evidence.file.storage.delete(evidence.file.name)
    assert sign_in(reporter).get(reverse("attachment", args=[evidence.pk])).status_code == 404


@pytest.mark.parametrize(
    ("moment", "may"), [("2015-11-05 23:59:59", True), ("2015-11-06 00:00:00", False), ("2015-09-30 23:59:59", False)]
)
def test_a_closed_period_takes_no_file_and_gives_none_back(send, evidence, sign_in, reporter, at, moment, may, entry):
    at(moment)
    send(pdf(size=2))
    sign_in(reporter).post(reverse("attachment_remove", args=[evidence.pk]))
    assert entry.attachments.present().count() == 1
    assert (entry.attachments.count() == 2) is may


def test_sweeping_takes_only_old_orphans(evidence, settings, capsys):
    folder = settings.MEDIA_ROOT / "2015" / "10"
    old, fresh = folder / "old.pdf", folder / "fresh.pdf"
    for path in (old, fresh):
        path.write_bytes(b"%PDF")
    day_ago = time.time() - 90_000
    for path in (old, settings.MEDIA_ROOT / evidence.file.name):
        os.utime(path, (day_ago, day_ago))
    call_command("sweep_files")
    assert "2015/10/old.pdf\n清理1个文件、0份没有取入的表。" in capsys.readouterr().out
    assert not old.exists()
    assert fresh.exists()
    assert (settings.MEDIA_ROOT / evidence.file.name).exists()


def test_the_limits_are_told_as_they_are_checked():
    assert limits() == "PDF、JPG、PNG、DOC(X)、XLS(X)、WPS、ET，单个不超过20 MB"
    assert Attachment._meta.get_field("name").max_length >= uploads.MOST_NAME_BYTES
