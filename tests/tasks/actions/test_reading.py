"""What the reader found becomes what can be loaded; what the document does not say is asked for."""

from tasks.actions.reading import loadable
from tasks.reader import Document, PlanRead, SectionRead, TaskRead


def document(*tasks, sections=(), year=2016):
    plan = PlanRead("OTHER", "方案", year, sections, tasks)
    return Document("通知", "县办〔2016〕1号", None, (plan, plan), ())


def test_offices_are_given_in_order_and_the_last_serves_for_the_rest():
    read = document(TaskRead("1", None, "事项。"), year=None)
    values = loadable(read, offices=["甲办"], year=2017)
    assert [(plan["office"], plan["year"]) for plan in values["plans"]] == [("甲办", 2017)] * 2
    assert [plan["office"] for plan in loadable(read, offices=["甲办", "乙办"])["plans"]] == ["甲办", "乙办"]
    assert loadable(read)["plans"][0]["office"] is None


def test_the_stated_lead_leads_and_else_the_first_unit():
    stated = TaskRead("1", None, "事项。", units=("甲局", "乙局"), lead=("乙局",), support=("甲局",))
    printed = TaskRead("2", None, "事项。", units=("甲局", "乙局"))
    first, second = loadable(document(stated, printed))["plans"][0]["tasks"]
    assert [unit["role"] for unit in first["units"]] == ["SUPPORT", "LEAD"]
    assert [unit["role"] for unit in second["units"]] == ["LEAD", "SUPPORT"]


def test_numbers_that_start_anew_carry_their_section():
    sections = tuple(
        SectionRead(number, number, path)
        for number, path in (
            ("一", ("一",)),
            ("（一）", ("一", "（一）")),
            ("二", ("二",)),
            ("（一）", ("二", "（一）")),
        )
    )
    tasks = [
        TaskRead("1", "（一）", "事项。", path=("一", "（一）")),
        TaskRead("1", "（一）", "事项。", path=("二", "（一）")),
    ]
    plan = loadable(document(*tasks, sections=sections))["plans"][0]
    assert [each["number"] for each in plan["sections"]] == ["一", "一（一）", "二", "二（一）"]
    assert [each["number"] for each in plan["tasks"]] == ["一（一）1", "二（一）1"]
    assert [each["section"] for each in plan["tasks"]] == ["一（一）", "二（一）"]
