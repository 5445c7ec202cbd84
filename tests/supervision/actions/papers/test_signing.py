"""From the draft to the printed paper, and how a mistake in it is mended."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from kit.refusal import Already, Conflict, Refusal
from portal.actions.succession import rename
from supervision.actions.papers.drafting import discard, start, write_block
from supervision.actions.papers.letterheads import keep_letterhead
from supervision.actions.papers.signing import attach_scan, correct, cosign, send, send_back, sign, take_back, withdraw
from supervision.dashboard.papers import content_of
from supervision.models import Block, Letterhead, Paper, Serial
from units.models import Notice

D = datetime.date


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


def test_the_head_signs_and_it_takes_a_number(paper, office, office_head, reform_office):
    sent = send(paper, office)
    assert sent.status == "SIGNING"
    assert told(office_head) == [f"待签发：{paper.title}"]
    row = sign(paper, office_head, seen_version=sent.version)
    assert (row.status, row.code, row.signed_by) == ("PRINTED", "改革通报〔2015〕第1期", office_head)
    content = row.record.content
    assert content["title"] == paper.title
    assert content["masthead"] == "改革创新年活动通报"
    assert content["code"] == row.code
    assert content["printed_on"] == "2015-10-20"
    assert content["blocks"][0]["text"].startswith("全县72项任务")
    assert row.record.author == office_head
    assert told(office) == [f"已印发：{row}"]


def test_numbers_run_on_and_are_never_given_twice(printed, plan, office, office_head, reform_office):
    withdraw(printed, office, "数字有误")
    made = start(office, "BULLETIN", plans=[plan], month=D(2015, 9, 1))
    send(made, office)
    assert sign(made, office_head).number == 2
    assert Serial.objects.get(issuer=reform_office, series="改革通报").last == 2


def test_a_letter_has_its_own_form(paper, office, office_head, reform_office):
    keep_letterhead(reform_office, "BULLETIN", office, masthead="文件", series="株县改", numbering="LETTER")
    send(paper, office)
    assert sign(paper, office_head).code == "株县改〔2015〕1号"


def test_the_head_sends_it_back_with_a_word(paper, office, office_head):
    send(paper, office)
    with pytest.raises(Refusal, match="请写明哪里要改"):
        send_back(paper, office_head, " ")
    row = send_back(paper, office_head, "第二段补上期限")
    assert (row.status, row.word) == ("DRAFT", "第二段补上期限")
    assert told(office) == [f"退回修改：{paper.title}"]
    send(paper, office)
    assert take_back(paper, office).status == "DRAFT"


def test_who_does_not_sign(paper, office, head, leader, inspector):
    send(paper, office)
    for stranger in (office, head, leader, inspector):
        with pytest.raises(PermissionDenied):
            sign(paper, stranger)
        with pytest.raises(PermissionDenied):
            send_back(paper, stranger, "x")


def test_pressed_twice_and_two_at_once(paper, office, office_head):
    sent = send(paper, office)
    with pytest.raises(Already, match="“送签”"):
        send(paper, office)
    with pytest.raises(Conflict):
        sign(paper, office_head, seen_version=sent.version - 1)
    sign(paper, office_head, seen_version=sent.version)
    with pytest.raises(Already, match="“印发”"):
        sign(paper, office_head, seen_version=sent.version)
    assert Serial.objects.get().last == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda paper: Letterhead.objects.all().delete(), "县委改革办还没有设通报的抬头和文号，不能编号。"),
        (lambda paper: paper.issuer.people.filter(role="HEAD").update(is_active=False), "没有人能签发"),
        (lambda paper: paper.blocks.update(text=""), "正文还没有一段文字。"),
        (lambda paper: paper.blocks.update(text="⟦x⟧项"), "第1段：“⟦x⟧”没有来源"),
        (lambda paper: Paper.objects.update(kind="SLIP"), "督办单只送一个单位，请写明送给谁。"),
    ],
    ids=["no number", "no head", "no text", "a figure from nowhere", "to nobody"],
)
def test_what_is_not_whole_is_not_sent(paper, office, spoil, sentence):
    spoil(paper)
    with pytest.raises(Refusal, match=sentence):
        send(paper, office)
    paper.refresh_from_db()
    assert paper.status == "DRAFT"


def test_an_issuer_that_loses_its_head_between_stops_the_signing(paper, office, office_head):
    send(paper, office)
    Letterhead.objects.all().delete()
    with pytest.raises(Refusal, match="不能编号"):
        sign(paper, office_head)
    assert not Serial.objects.exists()


def test_withdrawn_with_a_reason(printed, office, office_head, reporter):
    with pytest.raises(PermissionDenied):
        withdraw(printed, reporter, "x")
    with pytest.raises(Refusal, match="请写明为什么撤回"):
        withdraw(printed, office, "")
    row = withdraw(printed, office_head, "引用了未核实的数字")
    assert (row.status, row.word, row.code) == ("WITHDRAWN", "引用了未核实的数字", "改革通报〔2015〕第1期")
    with pytest.raises(Refusal, match="不能更正"):
        correct(row, office, "x")


def test_a_correction_replaces_and_the_first_stays(printed, office, office_head):
    before = printed.record.checksum
    made = correct(printed, office, "第一段任务数应为71项。")
    assert (made.kind, made.replaces) == ("CORRECTION", printed)
    assert (
        made.blocks.first().text
        == f"县委改革办印发的《{printed.title}》（改革通报〔2015〕第1期）有误：第一段任务数应为71项。现更正如下。"
    )
    assert made.blocks.count() == 2
    with pytest.raises(Refusal, match="不能再更正一次"):
        correct(printed, office, "又错了")
    write_block(made, office, made.blocks.last(), text="全县71项任务，请于10月30日前报送。", seen_version=1)
    send(made, office)
    out = sign(made, office_head)
    assert out.code == "改革通报〔2015〕第2期"
    assert out.record.content["replaces"] == "改革通报〔2015〕第1期"
    printed.refresh_from_db()
    assert (printed.status, printed.record.checksum) == ("PRINTED", before)
    assert printed.correction == out


def test_a_withdrawn_correction_makes_room_and_marks_nothing(printed, office, office_head):
    made = correct(printed, office, "错")
    write_block(made, office, made.blocks.last(), text="全县71项任务，请于10月30日前报送。", seen_version=1)
    send(made, office)
    sign(made, office_head)
    withdraw(made, office_head, "更正本身有误")
    shown = Paper.objects.visible_to(office).with_parts()
    assert shown.get(pk=printed.pk).correction is None
    again = correct(printed, office, "真的错了")
    assert list(printed.corrections.order_by("pk")) == [made, again]
    write_block(again, office, again.blocks.last(), text="全县72项任务，请于10月30日前报送。", seen_version=1)
    send(again, office)
    out = sign(again, office_head)
    assert (shown.get(pk=printed.pk).correction, shown.count()) == (out, 3)


def test_a_correction_begun_by_mistake_makes_room(printed, office):
    discard(correct(printed, office, "错"), office)
    assert correct(printed, office, "真的错了").replaces == printed


def test_what_was_printed_does_not_change_with_what_it_names(printed, admin, reform_office, plan):
    rename(
        reform_office, admin, name="县委深改办", full_name="", effective_on=D(2015, 10, 20), reason="株县编〔2015〕9号"
    )
    plan.short_title = "另一个名字"
    plan.save()
    Block.objects.update(text="改过")
    content = content_of(Paper.objects.get())
    assert content["issuer"] == "县委改革办"
    assert content["blocks"][0]["text"].startswith("全县72项任务")


def test_the_scan_and_the_day_both_signed(printed, office, reporter):
    upload = SimpleUploadedFile("责任书.pdf", b"%PDF-1.4 x")
    with pytest.raises(PermissionDenied):
        attach_scan(printed, reporter, upload)
    attach_scan(printed, office, upload, agreed_on=D(2015, 10, 19))
    printed.refresh_from_db()
    assert printed.agreed_on == D(2015, 10, 19)
    assert printed.files.get().name == "责任书.pdf"
    with pytest.raises(Refusal, match="内容相同"):
        attach_scan(printed, office, SimpleUploadedFile("再来.pdf", b"%PDF-1.4 x"))


def test_no_scan_of_a_draft(paper, office):
    with pytest.raises(Refusal, match="不能上传扫描件"):
        attach_scan(paper, office, SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"))


def test_the_unit_a_paper_is_for_is_told(paper, office, office_head, reporter, civil):
    paper.addressee = civil
    paper.save()
    send(paper, office)
    row = sign(paper, office_head)
    assert told(reporter) == [f"县委改革办通报：{row}"]
    assert row in Paper.objects.visible_to(reporter)


@pytest.fixture
def co_head(make_user, law_office):
    return make_user("fajianban.head", "HEAD", law_office)


@pytest.fixture
def joint(paper, law_office, co_head):
    paper.co_issuers.add(law_office)
    return paper


def test_the_co_issuer_s_head_signs_before_the_issuer_s(joint, office, office_head, co_head, reform_office):
    sent = send(joint, office)
    assert (told(co_head), told(office_head)) == ([f"待会签：{joint.title}"], [])
    hands = lambda user: list(Paper.objects.visible_to(user).in_hand(user))  # noqa: E731
    assert (hands(co_head), hands(office_head)) == ([joint], [])
    with pytest.raises(Refusal, match="县委法建办还没有会签，会签以后才能签发"):
        sign(joint, office_head)
    with pytest.raises(PermissionDenied):
        cosign(joint, office_head)
    with pytest.raises(Conflict):
        cosign(joint, co_head, seen_version=sent.version - 1)
    cosign(joint, co_head, seen_version=sent.version)
    with pytest.raises(Already, match="已由.*会签"):
        cosign(joint, co_head)
    assert (hands(co_head), hands(office_head)) == ([], [joint])
    assert told(office_head) == [f"待签发：{joint.title}"]
    row = sign(joint, office_head, seen_version=sent.version)
    assert row.status == "PRINTED"
    assert row.record.content["signer"] == f"{office_head.name}　{co_head.name}"
    assert list(row.events.order_by("pk").values_list("verb", "note"))[-2:] == [
        ("会签", "县委法建办"),
        ("印发", "改革通报〔2015〕第1期"),
    ]


def test_what_is_given_back_is_signed_anew(joint, office, office_head, co_head):
    send(joint, office)
    cosign(joint, co_head)
    send_back(joint, office_head, "补上期限")
    assert joint.joint.waiting().count() == 1
    send(joint, office)
    send_back(joint, co_head, "第二段不妥")
    send(joint, office)
    cosign(joint, co_head)
    take_back(joint, office)
    assert joint.joint.waiting().count() == 1


def test_a_co_issuer_without_a_head_stops_it(paper, office, law_office):
    paper.co_issuers.add(law_office)
    with pytest.raises(Refusal, match="县委法建办还没有单位负责人账号，没有人能会签"):
        send(paper, office)
