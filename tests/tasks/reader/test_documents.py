"""Whole small documents: what is a section, what is a task, what is neither, and what is left for a person."""

import pytest

from tasks.reader import as_dict
from tasks.reader import read as read_document
from tests.reading import read
from tests.work import calls

WHOLE = """某市人民政府办公室关于印发某市2020年政务服务提升工作方案的通知
某政办发〔2020〕12号

各县（市、区）人民政府：
根据《省政府办公厅关于印发某省政务服务方案的通知》（某政〔2019〕3号）精神，现印发给你们。
某市人民政府办公室
2020年4月2日

某市2020年政务服务提升工作方案

一、总体要求
坚持问题导向。
二、主要任务
（一）提升审批效率
1.压减时限。企业开办压缩至1个工作日。（牵头单位：市市场监管局；配合单位：市公安局、市税务局）
2.推行一窗受理。（牵头单位：市审批局；完成时限：6月底前）
（二）优化服务
1.完善平台。（牵头单位：市大数据局；配合单位：市财政局）
三、保障措施
（一）加强领导。各部门要高度重视。
（二）强化督查。市政府督查室定期督查。
附件：1.任务清单
"""


def test_a_whole_document_as_plain_values():
    document = read_document(WHOLE)
    values = as_dict(document)
    assert (values["title"], values["document_number"]) == ("某市2020年政务服务提升工作方案", "某政办发〔2020〕12号")
    assert values["plans"][0]["sections"][0] == {"number": "（一）", "title": "提升审批效率"}
    assert values["plans"][0]["tasks"][0] == {
        "number": "1",
        "section": "（一）",
        "text": "压减时限。企业开办压缩至1个工作日。",
        "units": ["市市场监管局", "市公安局", "市税务局"],
        "lead": ["市市场监管局"],
        "support": ["市公安局", "市税务局"],
        "deadline": "",
        "points": [],
    }
    assert document.issued_on == "2020-04-02"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("全面深化改革工作要点", "REFORM"),
        ("法治政府建设方案", "LAW"),
        ("重点项目攻坚方案", "BREAKTHROUGH"),
        ("为民办实事项目分解表", "OTHER"),
    ],
)
def test_kinds_of_plans(title, kind):
    assert read(f"某县2016年{title}\n一、任务\n1.落实。（责任单位：县财政局）").plans[0].kind == kind


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("4.落实经费。", "编号从1跳到4，请核对是否缺项。"),
        ("1.落实经费。", None),
        ("40.落实经费。", "行首像编号，但与前文接不上，按正文处理。"),
        ("40.落实经费。\n41.严格考核。", "编号从1跳到40，请核对是否缺项。"),
    ],
)
def test_numbers_that_do_not_fit_are_reported(second, reason):
    document = read(f"某县方案\n一、重点工作\n1.整治环境。（责任单位：县环保局）\n{second}（责任单位：县财政局）")
    reasons = [problem.reason for problem in document.problems if "编号" in problem.reason]
    assert reasons == ([reason] if reason else [])


def test_nothing_found_is_said():
    for text in ("", "今天天气很好。\n明天也好。"):
        document = read(text)
        assert document.plans[0].tasks == []
        assert [problem.reason for problem in document.problems] == [
            "没有找到任务：没有写明责任单位的条目，也没有标题为任务的部分。"
        ]


def hundreds(count):
    return "某县方案\n一、任务\n" + "".join(
        f"{number}.推进建设，完善机制，提高水平。（牵头单位：县发改局；配合单位：县财政局）\n"
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (hundreds, 150),
        ("（".__mul__, 10_000),
        ("一、1.（一）".__mul__, 1_500),
        ("责任单位：".__mul__, 2_500),
        ("按职责分工".__mul__, 2_000),
        ("《".__mul__, 10_000),
        ("责任单位\n".__mul__, 4_000),
        ("序号\n任务\n责任单位\n1\n修路\n县交通局\n".__mul__, 300),
        ("序号\n工作任务\n责任单位\n".__mul__, 1_500),
        ("序号\n工作任务\n责任单位\n1\n修路\n".__mul__, 500),
        ("1、责任单位：".__mul__, 4_000),
        ("1、责任单位：县甲局 ".__mul__, 2_500),
        ("（1）推进。（责任单位：县甲局）".__mul__, 2_500),
    ],
    ids=range(13),
)
def test_what_reading_does_grows_with_the_text_alone(text, times):
    small, double = (calls(lambda n=n: read(text(n))) for n in (times, 2 * times))
    assert double < 2.2 * small


def test_hundreds_of_tasks_are_all_read():
    assert len(read(hundreds(300)).plans[0].tasks) == 300


NUMBERED = "\n一、重点任务\n1.修路。（责任单位：县交通局）\n2.架桥。（责任单位：县住建局）\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县2017年度全面深化改革\n工作要点", "某县2017年度全面深化改革工作要点"),
        ("某县 2017 年工作要点", "某县2017年工作要点"),
        ("某县政办发〔2017〕12号\n某县2017年工作要点", "某县2017年工作要点"),
        ("某县政办发〔2017〕12号 某县2017年工作要点", "某县2017年工作要点"),
        ("某县人民政府办公室文件\n关于印发《某县2017年\n重点工作分解表》的通知\n各乡镇：", "某县2017年重点工作分解表"),
        ("中共某县委 某县人民政府\n关于加快旅游发展的实施意见", "关于加快旅游发展的实施意见"),
        ("某县人民政府\n关于加快旅游发展的实施意见\n（2017年3月2日）", "关于加快旅游发展的实施意见"),
        ("附件\n某县“放管服”改革\n2018年重点任务\n分工方案", "某县“放管服”改革2018年重点任务分工方案"),
        ("某县2018年为民办实事\n\n实施方案\n\n为做好工作，制定本方案。", "某县2018年为民办实事实施方案"),
        ("关于做好2018年河长制工作的通知\n各乡镇：", "关于做好2018年河长制工作的通知"),
    ],
)
def test_a_title_is_whole_however_it_was_set(head, title):
    assert read(head + NUMBERED).title == title
