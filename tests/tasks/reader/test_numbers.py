"""Numbers at the head of a line: without a mark, above 999, run into the cells beside them."""

from tests.reading import read


def tasks(text):
    return [task for plan in read(text).plans for task in plan.tasks]


def numbers(text):
    return [task.number for task in tasks(text)]


def test_digits_alone_at_the_head_of_a_line_number_tasks():
    text = "某县工作方案\n1 修路。（责任单位：县交通局）\n2 修桥。（责任单位：县水务局）\n3 通电。（责任单位：县供电公司）\n"
    assert numbers(text) == ["1", "2", "3"]
    assert tasks(text)[0].text == "修路。"


def test_digits_alone_head_the_decimals_beneath_them():
    text = (
        "某区方案\n1 整治市容\n1.1 清理占道经营。（责任单位：区城管局）\n1.2 规范广告。（责任单位：区城管局）\n"
        "2 提升环卫\n2.1 新建公厕12座。（责任单位：区住建局）\n"
    )
    plan = read(text).plans[0]
    assert [(section.number, section.title) for section in plan.sections] == [("1", "整治市容"), ("2", "提升环卫")]
    assert [task.section for task in plan.tasks] == ["1", "1", "2"]


def test_a_count_at_the_head_of_a_line_is_no_number():
    text = "某县方案\n1.新建学校。\n2 个乡镇各建一所，\n3 个社区扩建。（责任单位：县教育局）\n2.修路。（责任单位：县交通局）\n"
    assert numbers(text) == ["1", "2"]


def test_a_single_digit_alone_begins_no_series():
    assert numbers(
        "某县方案\n1 总体要求\n（一）修路。（责任单位：县交通局）\n（二）修桥。（责任单位：县水务局）\n"
    ) == ["（一）", "（二）"]


def test_numbers_go_on_above_999_and_years_do_not_join_them():
    long = "某县台账\n" + "".join(
        f"{number}．整治第{number}处。（责任单位：县水务局）\n" for number in range(997, 1004)
    )
    assert numbers(long) == [str(number) for number in range(997, 1004)]
    dated = "某县方案\n1.修路。（责任单位：县交通局）\n2016．12．30前完成。\n2.修桥。（责任单位：县水务局）\n"
    assert numbers(dated) == ["1", "2"]


def test_a_text_that_begins_with_digits_keeps_them():
    found = tasks(
        "某市方案 1、建机制。（责任单位：市人社局） 2、121人才梯队项目。（责任单位：市人社局） "
        + "3、修路。（责任单位：市交通局） " * 30
    )
    assert [task.text for task in found[:2]] == ["建机制。", "121人才梯队项目。"]


def test_a_number_before_a_word_that_begins_like_a_measure():
    text = (
        "某区任务分解表序号工作任务责任单位完成时限1推进平台建设。区甲局、区乙局2016年9月"
        "2支持企业融资。区财政局2016年12月3大力发展电商。区商务局11月底前4部署2个试点。区民政局长期坚持"
    )
    assert numbers(text) == ["1", "2", "3", "4"]
    assert tasks(text)[3].text == "部署2个试点。"
