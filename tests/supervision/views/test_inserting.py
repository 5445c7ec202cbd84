"""A figure or a table that the draft lacks, chosen from a page and put where the caret stood."""

import pytest

from supervision.actions.papers.drafting import draw_again, start, write_block
from supervision.models import Block, Paper
from tests.supervision.dashboard.figures.conftest import SEPTEMBER, month  # noqa: F401
from units.models import User


@pytest.fixture
def draft(month, office, plan):  # noqa: F811
    row = start(office, "BULLETIN", plans=[plan], month=SEPTEMBER)
    row.blocks.all().delete()
    Block.objects.create(paper=row, order=1, text="红灯任务，请于10月30日前说明。")
    return row


@pytest.fixture
def window(sign_in, office):
    return sign_in(office)


def address(row, more=""):
    return f"/papers/{row.pk}/blocks/{row.blocks.first().pk}/insert/{more}"


def test_the_press_saves_the_paragraph_and_leads_to_the_choice(window, draft):
    block = draft.blocks.get()
    told = {"text": "改过的文字。", "version": 1, "at": "2", "act": "insert"}
    answer = window.post(f"/papers/{draft.pk}/blocks/{block.pk}/", told)
    assert answer.url == address(draft, "?at=2&version=2")
    assert draft.blocks.get().text == "改过的文字。"


def test_a_figure_goes_where_the_caret_stood_and_is_drawn_like_any_other(window, draft, office):
    page = window.get(address(draft, "?at=4&version=1")).content.decode()
    assert 'value="tasks_light-lightRED"' in page
    assert '<input type="hidden" name="at" value="4">' in page
    answer = window.post(address(draft), {"figure": "tasks_light-lightRED", "at": "4", "version": "1"})
    block = draft.blocks.get()
    assert answer.url == f"/papers/{draft.pk}/edit/#b{block.pk}"
    assert block.text == "红灯任务⟦tasks_light-lightRED⟧，请于10月30日前说明。"
    figure = block.figures["tasks_light-lightRED"]
    assert (figure["source"], figure["value"]) == ("tasks_light", "2")
    assert draft.events.newest().first().verb == "插入数字"
    assert window.get(f"/papers/{draft.pk}/figures/1-tasks_light-lightRED/").status_code == 200
    draw_again(draft, office)
    assert draft.blocks.get().figures["tasks_light-lightRED"]["value"] == "2"


def test_without_a_caret_it_goes_to_the_end_and_never_into_another_figure(window, draft):
    window.post(address(draft), {"figure": "tasks_total", "at": "", "version": "1"})
    assert draft.blocks.get().text.endswith("说明。⟦tasks_total⟧")
    inside = len("红灯任务，请于10月30日前说明。⟦tas")
    window.post(address(draft), {"figure": "tasks_overdue", "at": inside, "version": "2"})
    assert draft.blocks.get().text.endswith("⟦tasks_total⟧⟦tasks_overdue⟧")


def test_a_place_in_a_text_that_is_another_now_is_refused(window, draft, office):
    write_block(draft, office, draft.blocks.get(), text="同事改过。", seen_version=1)
    answer = window.post(address(draft), {"figure": "tasks_total", "at": "4", "version": "1"}, follow=True)
    assert "这一段刚才有人改过，没有插入" in answer.content.decode()
    assert draft.blocks.get().text == "同事改过。"


def test_a_table_behind_the_paragraph_or_as_annex(window, draft):
    window.post(address(draft), {"table": "tasks_by_unit"})
    window.post(address(draft), {"annex": "tasks_slow"})
    kinds = list(draft.blocks.values_list("kind", "source", "text"))
    assert kinds == [
        ("TEXT", "", "红灯任务，请于10月30日前说明。"),
        ("TABLE", "tasks_by_unit", "分单位任务情况"),
        ("ANNEX", "tasks_slow", "红黄灯任务"),
    ]
    verbs = list(draft.events.order_by("pk").values_list("verb", flat=True))
    assert verbs[-1] == "插入附件"
    assert "插入表格" in verbs


def test_narrowed_and_found_by_a_word(window, draft, civil):
    page = window.get(address(draft, f"?part=unit-{civil.pk}&q=红灯")).content.decode()
    assert f"tasks_light-lightRED-unit{civil.pk}" in page
    assert "按时率" not in page
    window.post(address(draft, f"?part=unit-{civil.pk}"), {"annex": f"tasks_slow-unit{civil.pk}"})
    window.post(address(draft), {"annex": "tasks_slow"})
    one, whole = draft.blocks.filter(kind="ANNEX")
    assert len(one.content["rows"]) < len(whole.content["rows"])
    assert not one.figures.keys() & whole.figures.keys()
    assert "因此没有显示任何内容" in window.get(address(draft, "?part=unit-0")).content.decode()


def test_what_is_not_offered_is_refused_in_words(window, draft):
    answer = window.post(address(draft), {"figure": "commitment_money"}, follow=True)
    assert "没有这个数字或表格" in answer.content.decode()
    heading = Block.objects.create(paper=draft, order=2, kind="HEADING", text="一、总体情况")
    page = window.get(f"/papers/{draft.pk}/blocks/{heading.pk}/insert/").content.decode()
    assert "tasks_by_unit" in page
    assert "tasks_total" not in page


def test_only_who_writes_a_draft(sign_in, draft, office, office_head, reporter):
    assert sign_in(reporter).get(address(draft)).status_code == 404
    assert sign_in(office_head).get(address(draft)).status_code == 403
    Paper.objects.filter(pk=draft.pk).update(status="SIGNING")
    answer = sign_in(office).get(address(draft))
    assert answer.url == f"/papers/{draft.pk}/"


def test_a_special_bulletin_is_of_one_section(window, draft, plan):
    section = plan.sections.create(number="（二）", title="民生领域改革", order=2)
    plan.tasks.filter(number="1").update(section=section)
    told = {"kind": "BULLETIN", "plans": plan.pk, "month": "2015-09", "issuer": plan.office_id}
    told |= {"part": f"section-{section.pk}"}
    assert "（二）民生领域改革" in window.get("/papers/new/").content.decode()
    wrong = window.post("/papers/new/", told | {"kind": "SUMMARY"}).content.decode()
    assert "通报、专报可以只写一个章节或行动" in wrong
    assert window.post("/papers/new/", told).status_code == 302
    made = Paper.objects.exclude(pk=draft.pk).get()
    assert made.title == "关于2015年9月改革创新年“（二）民生领域改革”推进情况的通报"
    figures = {key: each for block in made.blocks.all() for key, each in block.figures.items()}
    assert figures[f"tasks_total-section{section.pk}"]["value"] == "1"
    assert "tasks_total" not in figures
    assert made.events.get().note == "只写（二）民生领域改革"


def test_of_several_plans_no_part_is_written(sign_in, draft, make_user, plan, make_plan, law_office):
    law = make_plan(law_office, "法治建设年", "LAW")
    section = law.sections.create(number="（一）", title="立法", order=1)
    told = {"kind": "BULLETIN", "plans": [plan.pk, law.pk], "month": "2015-09", "part": f"section-{section.pk}"}
    inspector = make_user("ducha9", User.Role.INSPECTOR, plan.office)
    answer = sign_in(inspector).post("/papers/new/", told | {"issuer": plan.office_id})
    assert "要单独写，请只勾选它所在的方案" in answer.content.decode()
