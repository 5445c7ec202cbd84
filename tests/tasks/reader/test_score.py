"""The scorer: what counts as found, as missed, as said too much."""

from tasks.reader import read
from tasks.reader.score import Measure, score

TEXT = (
    "某县方案\n一、任务\n1.修建道路。（牵头单位：县交通局；配合单位：县财政局；完成时限：2016年6月）\n"
    "2.治理河道。（牵头单位：县水利局）\n3.植树造林。（责任单位：县林业局）\n"
)


def wanted(number, starts, units, lead=(), deadline=None):
    return {"number": number, "starts": starts, "units": list(units), "lead": list(lead), "deadline": deadline}


TRUTH = [
    wanted("1", "修建道路。", ["县交通局", "县财政局"], ["县交通局"], "2016年6月。"),
    wanted("2", "治理 河道。", ["县水利局"], ["县水利局"]),
    wanted("3", "植树造林。", ["县林业局"]),
]


def test_all_right():
    result = score(read(TEXT), {"tasks": TRUTH})
    assert (result.tasks, result.units) == (Measure(3, 3, 3), Measure(4, 4, 4))
    assert (result.lead, result.deadlines, result.faults) == (Measure(2, 2, 2), Measure(1, 1, 1), ())


def test_a_missed_task_costs_recall_and_a_wrong_unit_both():
    truth = [TRUTH[0], wanted("2", "治理河道。", ["县环保局"], ["县环保局"]), wanted("4", "绿化。", ["县城管局"])]
    result = score(read(TEXT), {"tasks": truth})
    assert result.tasks == Measure(2, 3, 3)
    assert result.units == Measure(2, 4, 4)
    assert (result.tasks.precision, result.units.recall) == (2 / 3, 0.5)
    assert len(result.faults) == 4


def test_a_lead_by_convention_claims_nothing():
    text = "某县方案\n一、任务\n1.修建道路。（责任单位：县交通局、县财政局）"
    result = score(read(text), {"tasks": [wanted("1", "修建道路。", ["县交通局", "县财政局"])]})
    assert result.lead == Measure(0, 0, 0)
    assert (result.lead.precision, result.lead.recall) == (1.0, 1.0)


def test_equal_numbers_are_told_apart_by_their_first_words():
    text = "某县方案\n一、路\n1.修路。（县交通局负责）\n二、水\n1.治水。（县水利局负责）"
    truth = [wanted("1", "治水。", ["县水利局"]), wanted("1", "修路。", ["县交通局"])]
    assert score(read(text), {"tasks": truth}).tasks == Measure(2, 2, 2)
