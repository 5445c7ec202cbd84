"""What may be put into a paper: every source is offered somewhere, each as it would be drawn, of the whole or of a part."""

import pytest

from supervision.actions.papers.drafting import start
from supervision.dashboard.figures.figure import NOTHING, SOURCES, TABLES
from supervision.dashboard.figures.offered import NOUN_OF, WAYS, figures_offered, tables_offered
from supervision.dashboard.figures.parts import chapters_of, parts_of
from supervision.dashboard.figures.scope import scope_of
from tests.supervision.dashboard.figures.conftest import SEPTEMBER

RANGES = {"plan", "section", "unit", "action", "klass", "leader", "cause", "round", "directive", "group", "scale"}


@pytest.fixture
def bulletin(month, office, plan):
    return start(office, "BULLETIN", plans=[plan], month=SEPTEMBER)


def told(offers):
    return {each.label: each.value for each in offers}


def test_every_source_can_be_asked_and_is_offered():
    for key, source in (SOURCES | TABLES).items():
        if key == "corrected":
            continue
        assert key.split("_")[0] in NOUN_OF, key
        missing = set(source.params) - RANGES - set(WAYS.get(key, ()))
        assert not missing or missing == {"kind"} and key.startswith("items_"), (key, missing)


def test_figures_are_as_the_draft_draws_them(bulletin):
    offers = figures_offered(bulletin, scope_of(bulletin))
    drawn = {key: each["value"] for block in bulletin.blocks.all() for key, each in block.figures.items()}
    offered = {each.key: each.value for each in offers}
    assert len(offered) == len(offers) > 30
    shared = offered.keys() & drawn.keys()
    assert len(shared) > 15
    assert {key: offered[key] for key in shared} == {key: drawn[key] for key in shared}
    assert NOTHING not in offered.values()
    assert not any(each.noun in ("重点项目", "责任书", "考评") for each in offers)


def test_of_a_unit_only_what_can_be_told_of_one(bulletin, civil):
    scope = scope_of(bulletin)
    part = next(each for each in parts_of(bulletin, scope) if each.key == f"unit-{civil.pk}")
    offers = figures_offered(bulletin, scope, part)
    assert told(offers)["任务项数"] == "2"
    assert all(each.params["unit"] == civil.pk for each in offers)
    assert "办公室审核平均天数" not in told(offers)
    assert told(tables_offered(bulletin, scope, part)) == {"红黄灯任务": "1行"}


def test_media_are_offered_nothing_internal(bulletin):
    bulletin.kind = "MEDIA"
    offers = figures_offered(bulletin, scope_of(bulletin))
    assert {each.noun for each in offers} == {"任务", "报送和审核", "活动", "时间"}
    assert not {"tasks_lagging", "units_last", "reports_missing_named"} & {each.source for each in offers}


def test_projects_by_class_action_and_measure(register, make_user, programme, at):
    at("2015-10-20 10:00:00")
    paper = start(make_user("xiangmu", "OFFICE", programme.office), "REPORT", plans=[programme], month=SEPTEMBER)
    scope = scope_of(paper)
    found = told(figures_offered(paper, scope))
    assert {"年计划投资", "应完成投资", "累计完成投资", "开工率", "重点项目个数", "红灯个数"} <= found.keys()
    part = next(each for each in parts_of(paper, scope) if each.key == "klass-NEW")
    narrowed = figures_offered(paper, scope, part)
    assert told(narrowed)["新开工个数"] != found["重点项目个数"]
    assert all(each.after in ("亿元", "万元") for each in narrowed if each.source == "projects_money")
    assert any(each.group == "行动" for each in chapters_of([programme]))
