"""The nodes of key projects in the offline form: a sheet of their own, laid to the lines of their projects."""

import datetime
from decimal import Decimal

import pytest

from reports.actions.periods import open_period
from reports.actions.writing import save_entry
from reports.models import Entry
from tasks.actions.schedules import Step
from tests.reports.sheets import Paper
from tests.reports.views.test_offline import FORM, sent, sentences, taken

D = datetime.date
NODES = [Step("开工", D(2015, 3, 10), "START"), Step("主体", D(2015, 6, 30)), Step("主体", D(2015, 9, 30), goal=True)]


@pytest.fixture
def project(make_project):
    return make_project("渌水大桥", "CONTINUED", code="X34", amounts={"INVESTED": {D(2015, 1, 1): 100}}, nodes=NODES)


@pytest.fixture
def line(project, programme, civil):
    return open_period(programme, D(2015, 10, 1)).reports.get(unit=civil).entries.get()


@pytest.fixture
def client(sign_in, reporter, line):
    return sign_in(reporter)


def names_of(project):
    return [f"node_{each.pk}" for each in project.task.milestones.order_by("due_on")]


@pytest.fixture
def paper(client):
    return Paper(client.get(FORM).content)


def nodes_of(paper):
    """The same workbook, its rows known by the node."""
    nodes = Paper(paper.content, "节点")
    nodes.page = nodes.book.worksheets[1]
    return nodes


def test_every_open_node_has_a_row_and_its_day_is_taken(client, paper, line, project):
    start, first, last = names_of(project)
    nodes = nodes_of(paper.fill("X34", **{"本月投资（万元）": 90, "形象进度": "墩身"}))
    rows = [[cell.value for cell in row] for row in nodes.page.iter_rows(min_row=5, max_col=6)]
    assert [row[:4] for row in rows] == [
        ["项目突破年", "X34", "渌水大桥", "开工"],
        ["项目突破年", "X34", "渌水大桥", "主体（2015-06-30）"],
        ["项目突破年", "X34", "渌水大桥", "主体（2015-09-30）"],
    ]
    page = sent(client, nodes.fill("开工", 完成日期=D(2015, 10, 9)).fill("主体（2015-06-30）", 完成日期="2015-10-12"))
    assert sentences(page) == page.context["preview"].untaken == []
    (item,) = page.context["preview"].items
    told = [(each.label, each.new) for each in item.changes]
    assert told == [("本月投资（万元）", "90"), ("形象进度", "墩身"), ("开工", "2015-10-09"), ("主体", "2015-10-12")]
    taken(client, page)
    fresh = Entry.objects.get(pk=line.pk)
    days = [getattr(fresh, name) for name in (start, first, last)]
    assert (fresh.invested, days) == (90, [D(2015, 10, 9), D(2015, 10, 12), None])
    assert sent(client, nodes).context["preview"].items == []


def test_only_the_day_may_be_written_and_it_is_checked_as_one(paper):
    page = nodes_of(paper).page
    assert page.protection.sheet
    unlocked = {cell.column for row in page.iter_rows(min_row=5) for cell in row if not cell.protection.locked}
    assert unlocked == {6}
    assert [each.type for each in page.data_validations.dataValidation] == ["date"]


def test_money_that_came_back_can_be_typed_into_the_form(paper):
    (least,) = {
        each.formula1
        for each in paper.page.data_validations.dataValidation
        if paper.cell("本月投资（万元）", "X34").coordinate in each.sqref
    }
    assert Decimal(least) < 0


def test_a_day_changed_on_both_sides_is_chosen_as_other_fields_are(client, paper, line, project, head):
    start, *_ = names_of(project)
    save_entry(line, head, {start: D(2015, 10, 5)}, seen_version=0)
    nodes = nodes_of(paper).fill("开工", 完成日期=D(2015, 10, 9))
    page = sent(client, nodes)
    assert taken(client, page).status_code == 422
    taken(client, page, **{f"e{line.pk}-{start}": "record"})
    assert getattr(Entry.objects.get(pk=line.pk), start) == D(2015, 10, 5)
    taken(client, sent(client, nodes), **{f"e{line.pk}-{start}": "sheet"})
    assert getattr(Entry.objects.get(pk=line.pk), start) == D(2015, 10, 9)


def test_an_emptied_day_empties_and_an_untouched_one_is_left(client, line, project, reporter):
    start, first, _ = names_of(project)
    save_entry(line, reporter, {start: D(2015, 10, 5), first: D(2015, 10, 6)}, seen_version=0)
    taken(client, sent(client, nodes_of(Paper(client.get(FORM).content)).fill("开工", 完成日期=None)))
    assert Entry.objects.get(pk=line.pk).nodes == {first.removeprefix("node_"): "2015-10-06"}


@pytest.mark.parametrize(
    ("head", "typed", "sentence"),
    [
        ("完成日期", "十月九日", "请写明日期"),
        ("完成日期", "=TODAY()", "是公式，不能导入"),
        ("节点", "封顶", "表中没有这个节点"),
        ("编号", "X35", "表中没有这个节点"),
    ],
)
def test_what_is_wrong_with_a_node_is_told_by_its_cell(client, paper, line, head, typed, sentence):
    nodes = nodes_of(paper)
    row = nodes.row("开工")
    nodes.fill("开工", 完成日期=D(2015, 10, 9))[head, "开工"] = typed
    page = sent(client, nodes)
    (fault,) = page.context["preview"].faults
    assert sentence in fault.sentence
    assert (fault.sheet, fault.place, fault.head) == ("10月节点", f"F{row}", "完成日期")
    assert taken(client, page).status_code == 409
    assert Entry.objects.get(pk=line.pk).nodes == {}


def test_a_node_twice_counts_once_and_two_days_are_told(client, paper):
    nodes = nodes_of(paper)
    again = nodes.page.max_row + 1
    for column in range(1, 7):
        nodes.page.cell(again, column).value = nodes.page.cell(nodes.row("开工"), column).value
    nodes.page.cell(again, 6).value = D(2015, 10, 9)
    assert [each.new for each in sent(client, nodes).context["preview"].items[0].changes] == ["2015-10-09"]
    nodes.fill("开工", 完成日期=D(2015, 10, 8))
    assert sentences(sent(client, nodes)) == ["这个节点在表中出现了两次，日期不同。请只留一处。"]


def test_the_nodes_of_a_project_whose_line_was_deleted_are_taken(client, paper, line, project):
    start, *_ = names_of(project)
    paper.page.delete_rows(paper.row("X34"))
    page = sent(client, nodes_of(paper).fill("开工", 完成日期=D(2015, 10, 9)))
    taken(client, page)
    assert getattr(Entry.objects.get(pk=line.pk), start) == D(2015, 10, 9)


def test_without_the_sheet_of_nodes_the_rest_is_taken_and_told(client, paper, line):
    del paper.book["10月节点"]
    page = sent(client, paper.fill("X34", **{"本月投资（万元）": 90}))
    assert page.context["preview"].untaken == [
        "“项目突破年”第X34项的节点“开工”“主体”“主体”：表中没有，没有改动，请在网页上填。"
    ]
    taken(client, page)
    assert Entry.objects.get(pk=line.pk).invested == 90


def test_a_node_that_is_gone_since_is_asked_back_not_dropped(client, paper, line, project):
    project.task.milestones.get(title="开工").delete()
    nodes = nodes_of(paper)
    assert sentences(sent(client, nodes.fill("主体（2015-06-30）", 完成日期=D(2015, 10, 9)))) == []
    page = sent(client, nodes.fill("开工", 完成日期=D(2015, 10, 9)))
    assert sentences(page) == ["这个节点已不用填：下载以后时间表有变动，或已经办完。请把日期删去。"]


def test_a_unit_without_projects_has_no_sheet_of_nodes(sign_in, reporter, period):
    paper = Paper(sign_in(reporter).get(FORM).content)
    assert [sheet.title for sheet in paper.book.worksheets] == ["10月填报", "_meta"]
