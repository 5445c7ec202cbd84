"""The pages of rounds: who sees which row when, the ranking, its sheet, its poster, two editions."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from kit import clock
from supervision.actions.rounds.objections import answer_objection, object_to
from supervision.actions.rounds.publishing import correct
from supervision.actions.rounds.running import ask_marks, ask_self, show
from tests.supervision.rounds import JULY, as_published, mark_all, scheme, score, subject, trial

__all__ = ["scheme", "trial"]


@pytest.fixture
def marks(civil, labour, water, town):
    return {civil: (40, 20), labour: (50, 30), water: (45, 25), town: (60, 40)}


@pytest.fixture
def asked(trial, office):
    return ask_self(trial, office, due=clock.today())


@pytest.fixture
def marking(asked, office):
    return ask_marks(asked, office, due=clock.today())


@pytest.fixture
def give_all(marking, office, inspector, marks):
    return lambda: mark_all(marking, office, inspector, marks)


@pytest.fixture
def notice(marking, office, inspector, marks):
    mark_all(marking, office, inspector, marks)
    return show(marking, office)


@pytest.fixture
def published(scheme, office, inspector, marks, at):
    return as_published(scheme, office, inspector, JULY, marks, at)


def statuses(cast, sign_in, *addresses):
    return {name: tuple(sign_in(user).get(each).status_code for each in addresses) for name, user in cast.items()}


def addresses(round_, civil, labour):
    own, other = subject(round_, civil), subject(round_, labour)
    scores = (score(round_, civil).pk, score(round_, labour).pk)
    return (
        f"/assessment/rounds/{round_.pk}/",
        f"/assessment/subjects/{own.pk}/",
        f"/assessment/subjects/{other.pk}/",
        f"/assessment/scores/{scores[0]}/",
        f"/assessment/scores/{scores[1]}/",
        f"/assessment/rounds/{round_.pk}/print/",
    )


ALL, NONE = (200,) * 6, (404,) * 6
OVERSEE = {"office": ALL, "leader": ALL, "inspector": ALL}
OUT = {"admin": NONE, "auditor": NONE}


def test_a_trial_is_its_office_s_and_the_overseers(trial, cast, civil, labour, sign_in):
    outside = dict.fromkeys(("reporter", "head", "co_reporter", "outsider", "other_office"), NONE)
    assert statuses(cast, sign_in, *addresses(trial, civil, labour)) == OVERSEE | OUT | outside


def test_while_it_is_marked_a_unit_sees_its_own_row_alone(marking, cast, civil, labour, sign_in):
    own, other = (200, 200, 404, 200, 404, 403), (200, 404, 200, 404, 200, 403)
    told = {"reporter": own, "head": own, "co_reporter": other, "outsider": (200, 404, 404, 404, 404, 403)}
    assert statuses(cast, sign_in, *addresses(marking, civil, labour)) == OVERSEE | OUT | told | {"other_office": NONE}


def test_nobody_is_ranked_or_low_before_all_marks_are_given(marking, give_all, desk):
    page = desk.get(f"/assessment/rounds/{marking.pk}/").content.decode()
    assert "暂计" in page
    assert not any(word in page for word in ("rank-no", '<tr class="low">', ">等次<"))
    give_all()
    page = desk.get(f"/assessment/rounds/{marking.pk}/").content.decode()
    assert "rank-no" in page
    assert ">等次<" in page


def test_what_is_announced_all_its_subjects_see(notice, cast, civil, labour, sign_in):
    told = dict.fromkeys(("reporter", "head", "co_reporter", "outsider"), ALL)
    assert statuses(cast, sign_in, *addresses(notice, civil, labour)) == OVERSEE | OUT | told | {"other_office": NONE}


def test_what_is_published_everybody_sees(published, cast, civil, labour, sign_in):
    everybody = dict.fromkeys(("reporter", "head", "co_reporter", "outsider", "other_office"), ALL)
    assert statuses(cast, sign_in, *addresses(published, civil, labour)) == OVERSEE | OUT | everybody


def test_the_ranking_names_rank_total_and_who_is_low_in_tabs_of_groups(published, desk):
    page = desk.get(f"/assessment/rounds/{published.pk}/").content.decode()
    assert page.index("县人社局") < page.index("县水利局") < page.index("县民政局")
    assert '<tr class="low">' in page
    assert "靠后" in page
    assert "朱亭镇</b>" not in page
    assert "朱亭镇</b>" in desk.get(f"/assessment/rounds/{published.pk}/?group=乡镇").content.decode()
    assert "没有“山区”这个组" in desk.get(f"/assessment/rounds/{published.pk}/?group=山区").content.decode()
    sheet = desk.get(f"/assessment/rounds/{published.pk}/?format=xlsx")
    rows = load_workbook(BytesIO(b"".join(sheet))).active.iter_rows(min_row=4)
    formats = {(cell.value, cell.number_format) for row in rows for cell in row if isinstance(cell.value, int | float)}
    assert {(80, "0.00"), (50, "0.00"), (1, "General")} <= formats


def test_marks_stand_with_two_decimals_under_one_another_and_steps_say_their_day(published, desk, civil):
    page = desk.get(f"/assessment/rounds/{published.pk}/").content.decode()
    assert re.search(rf'"/assessment/scores/{score(published, civil).pk}/"[^>]*>40\.00<', page)
    assert "<b>60.00</b>" in page
    assert "<span>数字截至" in page
    assert "60.00" in desk.get(f"/assessment/rounds/{published.pk}/print/").content.decode()


def test_the_unit_s_page_says_lost_marks_first_and_the_way_to_object(published, reporter, civil, sign_in):
    page = sign_in(reporter).get(f"/assessment/subjects/{subject(published, civil).pk}/").content.decode()
    assert page.index("基础工作") < page.index("改革成效")
    assert "−20" in page
    assert "评定40分：查阅台账" in page
    assert f"/assessment/scores/{score(published, civil).pk}/#object" in page


def test_a_unit_objects_and_the_scorer_answers_from_the_page(published, civil, reporter, inspector, sign_in):
    address = f"/assessment/scores/{score(published, civil).pk}/"
    window = sign_in(reporter)
    assert window.post(address, {"text": "", "wanted": ""}).status_code == 422
    assert window.post(address, {"text": "漏了台账", "wanted": "应为60"}).status_code == 302
    assert "漏了台账" in window.get(address).content.decode()
    made = published.scheme.items.get(number=1).scores.get(subject__unit=civil).objections.get()
    answer = sign_in(inspector)
    page = answer.get(f"/assessment/objections/{made.pk}/").content.decode()
    assert "总分 60.00 → <b>80.00</b>，名次 3 → <b>1</b>" in page
    told = {"granted": "GRANTED", "note": "核实", "mark": "61"}
    assert "超过满分60分" in answer.post(f"/assessment/objections/{made.pk}/", told).content.decode()
    assert answer.post(f"/assessment/objections/{made.pk}/", told | {"mark": "60"}).status_code == 302
    assert sign_in(reporter).get(f"/assessment/objections/{made.pk}/").status_code == 403


def test_evidence_comes_with_the_objection(published, civil, reporter, inspector, sign_in):
    address, window = f"/assessment/scores/{score(published, civil).pk}/", sign_in(reporter)
    assert 'enctype="multipart/form-data"' in window.get(address).content.decode()
    pdf = lambda: SimpleUploadedFile("台账.pdf", b"%PDF-1.4\n%%EOF\n")  # noqa: E731
    refused = window.post(address, {"text": "", "wanted": "应为60", "files": pdf()}).content.decode()
    assert "附件没有收下，改好后请重新选择" in refused
    bad = SimpleUploadedFile("台账.exe", b"MZ")
    told = {"text": "漏了台账", "wanted": "应为60", "files": [pdf(), bad]}
    page = window.post(address, told, follow=True).content.decode()
    assert "“台账.exe”没有收下" in page
    file = score(published, civil).files.get()
    assert (file.name, file.by) == ("台账.pdf", reporter)
    assert "台账.pdf" in sign_in(inspector).get(address).content.decode()


def test_a_correction_is_looked_at_before_it_is_decided(published, civil, office, reporter, inspector, sign_in, desk):
    made = object_to(score(published, civil), reporter, text="漏了台账", wanted="应为60")
    answer_objection(made, inspector, granted=True, note="属实", mark=Decimal(60))
    address = f"/assessment/rounds/{published.pk}/do/correct/"
    page = desk.get(address).content.decode()
    assert re.search(r"县民政局</th>\s*<td[^>]*>3 → <b>1</b></td>\s*<td[^>]*>60.00 → <b>80.00</b>", page)
    assert "不再靠后" in page
    assert "新列靠后" in page
    published.refresh_from_db()
    assert (published.edition, score(published, civil).mark) == (1, 40)
    again = desk.post(address, {"press": "preview", "again": "on", "reason": "重算"}).content.decode()
    assert "重算" in again
    told = {"reason": "漏算一份台账", "version": published.version}
    refused = desk.post(address, told | {"moves": "0"})
    assert (refused.status_code, "变动和看到的不一样" in refused.content.decode()) == (422, True)
    seen = re.search(r'name="moves" value="(\w+)"', page)[1]
    assert desk.post(address, told | {"moves": seen}).status_code == 302
    published.refresh_from_db()
    assert (published.edition, score(published, civil).mark) == (2, 60)


def test_one_mark_is_corrected_after_its_moves_were_shown(published, civil, office, desk):
    address = f"/assessment/scores/{score(published, civil).pk}/"
    told = {"mark": "60", "reason": "补算"}
    page = desk.post(address, told).content.decode()
    assert "更正后的变动" in page
    published.refresh_from_db()
    assert published.edition == 1
    seen = re.search(r'name="moves" value="(\w+)"', page)[1]
    assert "更正后的变动" in desk.post(address, told | {"mark": "59", "moves": seen}).content.decode()
    assert desk.post(address, told | {"moves": seen}).status_code == 302
    published.refresh_from_db()
    assert published.edition == 2
    assert "没有变动，不出更正版" in desk.post(address, told).content.decode()


def test_a_dispute_is_not_for_other_units(published, civil, reporter, co_reporter, other_office, sign_in):
    object_to(score(published, civil), reporter, text="漏了台账", wanted="应为60")
    for user, seen in ((co_reporter, False), (other_office, False), (reporter, True)):
        for address in (f"subjects/{subject(published, civil).pk}/", f"scores/{score(published, civil).pk}/"):
            assert ("漏了台账" in sign_in(user).get(f"/assessment/{address}").content.decode()) == seen


def test_both_editions_stand_side_by_side_and_print_as_they_were(published, office, civil, desk):
    alone = desk.get(f"/assessment/rounds/{published.pk}/editions/").content.decode()
    assert "只有这一版" in alone
    assert "→" not in alone.partition("<main")[2]
    correct(published, office, reason="漏算一份台账", marks=[(score(published, civil), 60, "补算")])
    page = desk.get(f"/assessment/rounds/{published.pk}/editions/").content.decode()
    assert "第1版 → 第2版" in page
    assert "基础工作 40.00 → 60.00" in page
    assert "不再靠后" in page
    first = desk.get(f"/assessment/rounds/{published.pk}/print/?edition=1").content.decode()
    second = desk.get(f"/assessment/rounds/{published.pk}/print/").content.decode()
    assert "更正原因" not in first
    assert "更正原因：漏算一份台账" in second
    assert desk.get(f"/assessment/rounds/{published.pk}/print/?edition=7").status_code == 404


def test_an_item_is_marked_for_all_in_one_table(marking, civil, labour, inspector, sign_in, office):
    item = marking.scheme.items.get(number=1)
    window, address = sign_in(inspector), f"/assessment/rounds/{marking.pk}/marking/{item.pk}/"
    own, other = score(marking, civil), score(marking, labour)
    told = {f"mark_{own.pk}": "61", f"reason_{own.pk}": "好", f"mark_{other.pk}": "50", f"reason_{other.pk}": ""}
    page = window.post(address, told | {f"seen_{each.pk}": each.version for each in (own, other)})
    assert page.status_code == 422
    assert "超过满分60分" in page.content.decode()
    assert "请写明评定的理由" in page.content.decode()
    told |= {f"mark_{own.pk}": "60", f"reason_{other.pk}": "一般", f"seen_{own.pk}": 1, f"seen_{other.pk}": 1}
    assert window.post(address, told).status_code == 302
    assert (score(marking, civil).mark, score(marking, labour).mark) == (60, 50)
    stale = window.post(address, told | {f"mark_{own.pk}": "10", f"reason_{own.pk}": "改"})
    assert "请核对后再评" in stale.content.decode()
    assert sign_in(office).get(address).status_code == 403


def test_the_self_assessment_is_saved_and_handed_in(asked, civil, reporter, co_reporter, sign_in):
    own, window = score(asked, civil), sign_in(reporter)
    address = f"/assessment/subjects/{subject(asked, civil).pk}/self/"
    told = {f"mark_{own.pk}": "58", f"reason_{own.pk}": "台账齐全", "version": 1}
    assert window.post(address, told | {"press": "save"}).status_code == 302
    assert window.post(address, told | {"press": "hand_in", "version": 2}).status_code == 302
    assert subject(asked, civil).self_at
    assert "58" in window.get(address).content.decode()
    assert sign_in(co_reporter).get(address).status_code == 404


def test_a_step_asks_for_its_day_and_comes_back_with_a_sentence(trial, desk, reporter, sign_in):
    address = f"/assessment/rounds/{trial.pk}/do/ask-self/"
    assert "各单位收到消息" in desk.get(address).content.decode()
    late = desk.post(address, {"due": "2015-10-01", "version": trial.version})
    assert "自评期限2015-10-01已经过去" in late.content.decode()
    assert desk.post(address, {"due": "2015-10-23", "version": trial.version}).status_code == 302
    assert desk.get(f"/assessment/rounds/{trial.pk}/do/nothing/").status_code == 404
    assert sign_in(reporter).get(address).status_code == 403


def test_the_desk_says_what_is_wanted_by_when(asked, reporter, inspector, office, sign_in):
    assert "县民政局自评" in sign_in(reporter).get("/").content.decode()
    ask_marks(asked, office, due=clock.today())
    assert "“基础工作”还有4/4个没有评" in sign_in(inspector).get("/assessment/").content.decode()
    assert (
        "自评" not in sign_in(reporter).get("/assessment/").content.decode().split("考评排名</h1>")[1].split("筛选")[0]
    )


def test_a_round_is_opened_from_its_page(scheme, desk, reporter, sign_in):
    assert desk.post("/assessment/rounds/new/", {"scheme": scheme.pk, "month": "2015-07"}).status_code == 302
    again = desk.post("/assessment/rounds/new/", {"scheme": scheme.pk, "month": "2015-10"})
    assert "要到2015年12月才满一期" in again.content.decode()
    assert sign_in(reporter).get("/assessment/rounds/new/").status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_lists_ask_the_same_however_many(n, scheme, office, inspector, marks, at, desk, django_assert_num_queries):
    for month in range(1, 3 * n, 3):
        as_published(scheme, office, inspector, JULY.replace(month=month), marks, at)
    desk.get("/assessment/")
    with django_assert_num_queries(LIST):
        desk.get("/assessment/")
    round_ = scheme.rounds.first()
    with django_assert_num_queries(RANKING):
        desk.get(f"/assessment/rounds/{round_.pk}/")


LIST, RANKING = 9, 14
