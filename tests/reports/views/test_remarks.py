"""The office's remarks by sheet: out with the summary, corrected, looked over, taken until the month is closed."""

import pytest

from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, remark, return_report
from reports.actions.writing import submit
from reports.models import Entry, ReportEvent
from tests.conftest import OCTOBER
from tests.reports.sheets import Paper

LEAD, SUPPORTS = "审核意见", "配合单位审核意见"


@pytest.fixture
def accepted(period, civil, fill, reporter, office):
    """县民政局's report of October, accepted."""
    report = submit(fill(period.reports.get(unit=civil)), reporter)
    remark(report.entries.get(), office, light="GREEN", text="数据清楚")
    return accept(report, office)


@pytest.fixture
def waiting(period, labour, fill, co_reporter):
    """县人社局's report, waiting for the office."""
    return submit(fill(period.reports.get(unit=labour)), co_reporter)


@pytest.fixture
def base(period):
    return f"/periods/{period.pk}/remarks"


@pytest.fixture
def client(sign_in, office, accepted, waiting):
    return sign_in(office)


@pytest.fixture
def paper(client, base):
    return Paper(client.get(f"{base}.xlsx").content)


def sent(client, base, paper):
    answer = client.post(f"{base}/", {"file": paper.upload("汇总表.xlsx")})
    return client.get(f"{base}/") if answer.status_code == 302 else answer


def taken(client, base, page, **choices):
    return client.post(f"{base}/take/", {"seen": page.context["preview"].fingerprint} | choices)


def remark_of(report):
    return Entry.objects.get(report=report).office_remark


def test_the_summary_carries_each_unit_s_remark_apart(paper):
    assert (paper[LEAD, "43"], paper[SUPPORTS, "43"]) == ("数据清楚", "【县人社局】")
    assert paper.book["_meta"].sheet_state == "veryHidden"
    assert paper.page.protection.sheet is False


def test_corrected_remarks_are_shown_old_and_new_and_then_taken(client, base, paper, accepted, waiting):
    paper.fill("43", 审核意见="数据清楚，请补附件。", 配合单位审核意见="【县人社局】口径一致。")
    page = sent(client, base, paper)
    shown = [
        (item.changes[0].label, item.changes[0].old, item.changes[0].new) for item in page.context["preview"].items
    ]
    assert shown == [
        ("县民政局（牵头）", "数据清楚", "数据清楚，请补附件。"),
        ("县人社局（配合）", "", "口径一致。"),
    ]
    assert remark_of(accepted) == "数据清楚"
    assert taken(client, base, page).url == f"{base}/"
    assert (remark_of(accepted), remark_of(waiting)) == ("数据清楚，请补附件。", "口径一致。")
    assert Entry.objects.get(report=accepted).office_light == "GREEN"
    waiting.refresh_from_db()
    assert waiting.review_started_at
    done, open_ = (report.events.get(verb="导入审核意见") for report in (accepted, waiting))
    assert done.changes == {"43 建立居民家庭经济状况核对平台": ["数据清楚", "数据清楚，请补附件。"]}
    # What is still to be decided is told to the unit with the decision.
    assert (open_.changes, open_.note) == ({}, "汇总表.xlsx：第43项")


def test_the_same_file_twice_and_an_untouched_one_change_nothing(client, base, paper):
    assert sent(client, base, paper).context["preview"].items == []
    paper["审核意见", "43"] = "改过。"
    taken(client, base, sent(client, base, paper))
    assert sent(client, base, paper).context["preview"].items == []
    assert ReportEvent.objects.filter(verb="导入审核意见").count() == 1


def test_an_emptied_remark_is_taken_away(client, base, paper, accepted):
    paper["审核意见", "43"] = None
    taken(client, base, sent(client, base, paper))
    assert remark_of(accepted) == ""


def test_a_remark_changed_meanwhile_asks_for_a_choice(client, base, paper, waiting, office):
    paper["配合单位审核意见", "43"] = "【县人社局】表里的。"
    entry = waiting.entries.get()
    remark(entry, office, text="网上的。")
    page = sent(client, base, paper)
    assert taken(client, base, page).status_code == 422
    taken(client, base, page, **{f"m{entry.pk}": "sheet"})
    assert remark_of(waiting) == "表里的。"


@pytest.mark.parametrize(
    ("head", "typed", "sentence"),
    [
        (LEAD, "长" * 301, "不超过300字，现在超出1字"),
        (LEAD, "=1+1", "是公式"),
        (SUPPORTS, "口径一致。", "请以【单位】开头，例如：【县人社局】意见"),
        (SUPPORTS, "【县人杜局】口径一致。", "相近的有：县人社局"),
        (SUPPORTS, "【县人社局】一\n【县人社局】二", "同一单位写了两段"),
        ("编号", "44", "这个月没有这项任务"),
    ],
)
def test_each_fault_says_what_to_do(client, base, paper, accepted, head, typed, sentence):
    paper[LEAD, "43"] = "改过。"
    paper[head, "43"] = typed
    page = sent(client, base, paper)
    assert any(sentence in fault.sentence for fault in page.context["preview"].faults)
    assert taken(client, base, page).status_code == 409
    assert remark_of(accepted) == "数据清楚"
    marked = client.get(f"{base}/marked.xlsx")
    assert "问题" in [cell.value for row in Paper(marked.content).page.iter_rows(max_row=8) for cell in row]


def test_a_report_gone_back_to_its_unit_is_told_and_keeps_none_of_the_rest(
    client, base, paper, accepted, waiting, office
):
    return_report(waiting, office, reason="口径不一")
    page = sent(client, base, paper.fill("43", 审核意见="改过。", 配合单位审核意见="【县人社局】改过。"))
    assert ["县人社局的月报现在是“已退回”" in each for each in page.context["preview"].untaken] == [True]
    taken(client, base, page)
    assert (remark_of(accepted), remark_of(waiting)) == ("改过。", "")


def test_another_month_s_and_another_plan_s_summary(
    client, base, paper, plan, at, law_plan, sign_in, other_office, make_task, civil
):
    at("2015-11-03 10:00")
    november = open_period(plan, OCTOBER.replace(month=11))
    answer = sent(client, f"/periods/{november.pk}/remarks", paper)
    assert "这是2015年10月的汇总表" in answer.context["form"].errors["file"][0]
    make_task(law_plan, 1, civil)
    law = open_period(law_plan, OCTOBER)
    answer = sent(sign_in(other_office), f"/periods/{law.pk}/remarks", paper)
    assert "这里只能导入“株洲县2015年“法治建设年”活动实施方案”的" in answer.context["form"].errors["file"][0]


def test_a_closed_month_takes_nothing(client, base, paper, accepted, waiting, office, period, at):
    page = sent(client, base, paper.fill("43", 审核意见="改过。"))
    accept(waiting, office)
    at("2015-11-10 10:00")
    close_period(period, office)
    assert "已结账" in client.get(f"{base}/").content.decode()
    for answer in (client.get(f"{base}.xlsx"), taken(client, base, page)):
        assert answer.status_code == 400
    assert remark_of(accepted) == "数据清楚"
    exports = client.get(f"/exports/?plan={period.plan_id}&month=2015-10").content.decode()
    assert "审核意见导出" not in exports


def test_tampered_facts(client, base, paper):
    paper.book["_meta"].cell(5, 4).value = "县水利局"
    assert "校验页被改动过" in sent(client, base, paper).context["form"].errors["file"][0]


def test_who_may(client, base, paper, sign_in, cast, period, accepted):
    for who in ("other_office", "reporter", "head", "outsider", "leader", "inspector"):
        person = sign_in(cast[who])
        assert [person.get(f"{base}{end}").status_code for end in ("/", ".xlsx", "/marked.xlsx")] == [403] * 3
        assert person.post(f"{base}/", {"file": paper.upload()}).status_code == 403
        assert person.post(f"{base}/take/").status_code == 403
    assert sign_in(cast["auditor"]).get(f"{base}/").status_code == 404
    assert client.get(f"{base}/take/").status_code == 405
    assert client.get(f"{base}/marked.xlsx").status_code == 404
    assert remark_of(accepted) == "数据清楚"
    link = f'href="{base}/"'
    assert link in client.get(f"/exports/?plan={period.plan_id}").content.decode()
    assert link not in sign_in(cast["leader"]).get(f"/exports/?plan={period.plan_id}").content.decode()


@pytest.mark.parametrize("numbers", [[43], [43, 1, 2]])
def test_the_number_of_queries_does_not_grow_with_the_tasks(
    sign_in, office, plan, make_task, civil, reporter, fill, period, base, django_assert_num_queries, numbers
):
    for number in numbers[1:]:
        make_task(plan, number, civil)
    open_period(plan, OCTOBER)
    accept(submit(fill(period.reports.get(unit=civil)), reporter), office)
    client = sign_in(office)
    paper = Paper(client.get(f"{base}.xlsx").content)
    for number in numbers:
        paper["审核意见", number] = "好。"
    client.post(f"{base}/", {"file": paper.upload()})
    with django_assert_num_queries(7):
        assert len(client.get(f"{base}/").context["preview"].items) == len(numbers)
