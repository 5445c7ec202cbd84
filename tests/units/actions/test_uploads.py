"""Files that wait: one a person and kind, taken once, gone after a day."""

import pytest

from kit.refusal import Already, Refusal
from units.actions.uploads import drop_uploads, keep_beside, keep_upload, sweep_uploads, take_upload
from units.models import Upload


def keep(by, name="表.xlsx", kind="offline 2015-10"):
    return keep_upload(by, kind, name=name, content=b"x", data={"name": name})


def test_a_later_one_of_the_same_person_and_kind_takes_the_place(reporter, head):
    others = {keep(head), keep(reporter, kind="offline 2015-09")}
    keep(reporter)
    last = keep(reporter, "新表.xlsx")
    assert set(Upload.objects.all()) == others | {last}
    assert list(Upload.objects.visible_to(head)) == [Upload.objects.get(by=head)]


def test_what_was_shown_is_taken_once_and_who_presses_again_is_told_when(reporter):
    upload, writes = keep(reporter), []
    take_upload(upload, lambda: writes.append(1))
    with pytest.raises(Already, match=r"“表\.xlsx”已于10:00:00取入"):
        take_upload(upload, lambda: writes.append(1))
    assert writes == [1]


def test_a_refusal_leaves_it_waiting(reporter):
    def refuse():
        raise Refusal("不行。")

    upload = keep(reporter)
    with pytest.raises(Refusal):
        take_upload(upload, refuse)
    upload.refresh_from_db()
    assert upload.taken_at is None


def test_what_was_replaced_since_is_not_taken(reporter):
    shown = keep(reporter)
    keep(reporter, "新表.xlsx")
    with pytest.raises(Refusal, match="换成后来上传的"):
        take_upload(shown, lambda: 1 / 0)


def test_it_is_let_go_after_a_day_and_when_dropped(reporter, head, at):
    keep(head)
    at("2015-10-21 09:59")
    assert sweep_uploads() == 0
    at("2015-10-21 10:01")
    assert sweep_uploads() == 1
    keep(reporter)
    drop_uploads(reporter, "offline 2015-10")
    assert not Upload.objects.exists()


def test_several_files_of_one_form_wait_side_by_side_each_content_once(reporter):
    for name, content in (("甲.png", b"1"), ("乙.png", b"2"), ("甲又.png", b"1")):
        keep_beside(reporter, "note 1", name=name, content=content)
    assert [(each.name, each.as_sent.read()) for each in Upload.objects.all()] == [("甲.png", b"1"), ("乙.png", b"2")]
