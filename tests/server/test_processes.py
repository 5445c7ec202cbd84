"""Two processes with threads answer as one: nothing a person typed or is owed lives in the memory of one of them."""

import threading

import pytest

from reports.actions.review import accept, return_report
from reports.actions.writing import submit
from reports.models import Entry, Submission
from tests.reports.actions.test_races import at_once
from tests.reports.sheets import FILLED, Paper
from tests.server.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

MONTH, OFFLINE = "/month/2015-10/", "/month/2015-10/offline/"
# So many fresh connections meet both processes.
TIMES = 12
PAGES = """/ /dashboard/ /overview/ /tasks/ /tasks/?light=RED /filing/ /filing/rows/ /standings/ /exports/ /plans/
/indicators/ /units/ /search/?q=民政 /inbox/ /help/ /periods/ /review/ /imports/ /month/2015-10/ {task} {unit} {plan} {report}"""


def test_who_has_signed_out_is_out_in_every_process(visitor, reporter, port):
    person = visitor(reporter)
    stolen = Visitor(port, person.cookies)
    assert {stolen.get("/inbox/").status for _ in range(TIMES)} == {200}
    assert person.post("/logout/").status == 302
    answers = [stolen.get("/inbox/") for _ in range(TIMES)]
    assert {(each.status, each.location.split("?")[0]) for each in answers} == {(302, "/login/")}


def test_the_answer_to_a_return_is_the_same_on_every_load(visitor, report, fill, reporter, head, office):
    return_report(submit(fill(report), reporter), office, reason="数据不清")
    person, seen = visitor(reporter), ""
    for text in ("已补户数", "已补户数和名单"):
        sent = {f"note-{report.pk}": text, f"note-{report.pk}-seen": seen, "act": "save"}
        assert person.post(MONTH, **sent).status == 302
        assert [person.get(MONTH).field(f"note-{report.pk}") for _ in range(TIMES)] == [text] * TIMES
        seen = text
    report.refresh_from_db()
    assert report.answer == seen
    assert visitor(head).get(MONTH).field(f"note-{report.pk}") == seen


def test_an_offline_form_is_shown_on_every_load_and_the_last_one_is_taken(visitor, report, entry, reporter):
    person = visitor(reporter)
    paper = Paper(person.get(f"{OFFLINE[:-1]}.xlsx").content)
    for text in ("第一份表。", "第二份表。"):
        paper.fill("43", **FILLED | {"本月进展": text})
        assert person.post(OFFLINE, file=paper.upload()).status == 302
        pages = [person.get(OFFLINE) for _ in range(TIMES)]
        assert [text in page.text for page in pages] == [True] * TIMES
    assert "第一份表。" not in pages[-1].text
    seen = pages[-1].field("seen")
    answers = at_once(*[lambda: person.post(f"{OFFLINE}take/", seen=seen)] * 3)
    assert [each.status for each in answers] == [302] * 3
    entry.refresh_from_db()
    assert (entry.done, report.events.filter(verb="离线表导入").count()) == ("第二份表。", 1)


def test_corrected_remarks_are_shown_on_every_load_and_taken_once(visitor, report, fill, reporter, office):
    accept(submit(fill(report), reporter), office)
    person, base = visitor(office), f"/periods/{report.period_id}/remarks"
    paper = Paper(person.get(f"{base}.xlsx").content)
    paper["审核意见", "43"] = "请补充户数。"
    assert person.post(f"{base}/", file=paper.upload("汇总表.xlsx")).status == 302
    pages = [person.get(f"{base}/") for _ in range(TIMES)]
    assert ["请补充户数。" in page.text for page in pages] == [True] * TIMES
    assert person.post(f"{base}/take/", seen=pages[0].field("seen")).status == 302
    assert Entry.objects.get(report=report).office_remark == "请补充户数。"


def test_two_submits_at_once_file_once_and_both_are_told_that_it_is_filed(visitor, report, fill, reporter, head):
    fill(report)
    people = [visitor(reporter), visitor(head), visitor(reporter)]
    acts = [lambda each=each: each.post(MONTH, act=f"submit:{report.pk}") for each in people]
    answers = at_once(*acts)
    assert [answer.status for answer in answers] == [302] * 3
    pages = [person.follow(answer, MONTH).text for person, answer in zip(people, answers, strict=True)]
    assert (Submission.objects.count(), sum("已报送：编号" in page for page in pages)) == (1, 1)
    assert sum("“报送”，没有重复办理" in page for page in pages) == 2
    assert not any("没有保存" in page for page in pages)


def test_no_page_hangs_while_eight_people_turn_pages(visitor, report, fill, reporter, office, leader, task, plan):
    accept(submit(fill(report), reporter), office)
    names = {"task": f"/tasks/{task.pk}/", "unit": f"/units/{report.unit_id}/", "plan": f"/plans/{plan.pk}/"}
    pages = PAGES.format(**names, report=f"/reports/{report.pk}/").replace("民政", "%E6%B0%91%E6%94%BF").split()
    people = [visitor(user) for user in (office, leader, reporter, office, leader, reporter, office, leader)]
    found, start = [], threading.Barrier(len(people), timeout=20)

    def turn(person, number):
        start.wait()
        turned = pages[3 * number :] + pages[: 3 * number]
        found.extend((path, person.get(path).status) for path in turned)

    at_once(*[lambda person=person, number=number: turn(person, number) for number, person in enumerate(people)])
    assert len(found) == len(pages) * len(people)
    assert [each for each in found if each[1] not in (200, 302, 403)] == []
    assert len({path for path, status in found if status == 200}) >= 20
