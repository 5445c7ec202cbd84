"""Whole small documents: what is a section, what is a task, what is neither, and what is left for a person."""

import pytest

from tests.reading import read
from tests.work import calls


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
