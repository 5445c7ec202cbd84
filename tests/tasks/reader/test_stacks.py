"""Tables whose cells stand one below the other, a cell a line."""

import time

from tests.reading import read


def tasks(text):
    return [task for plan in read(text).plans for task in plan.tasks]


def stacked(*cells, mark="", gap="\n"):
    return "".join(f"{cell}{mark}{gap}" for cell in cells)


HEADS = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
ROWS = (
    ("1", "修缮村卫生室8个。", "县卫健局", "县财政局、各乡镇", "9月底前"),
    ("2", "改造农贸市场2处。", "县商务局", "", "2016年12月"),
    ("3", "铺设供水管网。", "县水务局", "县住建局", "长期坚持"),
)


def check(found):
    assert [task.number for task in found] == ["1", "2", "3"]
    assert found[0].text == "修缮村卫生室8个。"
    assert found[0].lead == ("县卫健局",)
    assert found[0].support == ("县财政局", "各乡镇")
    assert found[1].lead == ("县商务局",)
    assert found[1].support == ()
    assert found[1].deadline == "2016年12月"
    assert found[2].deadline == "长期坚持"


def test_cells_one_below_the_other_are_rows():
    check(tasks(stacked(*HEADS, *(cell for row in ROWS for cell in row))))


def test_blank_lines_and_bars_between_the_cells_change_nothing():
    cells = [*HEADS, *(cell for row in ROWS for cell in row)]
    check(tasks(stacked(*cells, gap="\n\n")))
    check(tasks(stacked(*cells, mark=" |")))
    check(tasks(stacked(*cells, mark="\n|")))


def test_without_numbers_words_behind_units_begin_the_next_row():
    cells = [*HEADS[1:], *(cell or "-" for row in ROWS for cell in row[1:])]
    found = tasks(stacked(*cells))
    assert [task.text[:4] for task in found] == ["修缮村卫", "改造农贸", "铺设供水"]
    assert found[0].support == ("县财政局", "各乡镇")
    assert found[1].support == ()


def test_units_of_one_column_may_take_several_lines():
    found = tasks(
        stacked("序号", "民生实事", "责任单位", "完成时限", "1", "修桥。", "县水务局", "县住建局", "10月投入使用")
        + stacked("2", "建图书馆", "县文旅局", "6月底前动工", "分享到：")
    )
    assert [task.names for task in found] == [("县水务局", "县住建局"), ("县文旅局",)]
    assert [task.deadline for task in found] == ["10月投入使用", "6月底前动工"]


def test_headings_between_the_rows_are_sections_and_leaders_are_leaders():
    found = tasks(
        stacked(
            "序号", "重点工作", "分管领导", "牵头单位", "配合单位", "(一)", "加强农田建设。", "1", "建设高标准农田。"
        )
        + stacked("王 强", "县农业局", "县财政局", "(二)", "改善医疗条件。", "2", "扩建县医院。", "赵明", "县卫健局")
    )
    assert [task.section for task in found] == ["(一)", "(二)"]
    assert found[0].lead == ("县农业局",)
    assert found[1].lead == ("县卫健局",)
    assert [task.leaders for task in found] == [("王强",), ("赵明",)]


def test_a_number_without_a_head_and_a_category_before_it():
    found = tasks(
        stacked("工作任务", "具体要求", "责任科室", "时限要求", "规范公开", "1", "清理文件。", "办公室", "年底前")
        + stacked("2", "更新目录。", "各科室", "持续推进", "加强宣传", "3", "报送稿件。", "办公室", "持续推进")
    )
    assert [(task.number, task.text) for task in found] == [
        ("1", "清理文件。"),
        ("2", "更新目录。"),
        ("3", "报送稿件。"),
    ]
    assert [task.names for task in found] == [("办公室",), ("各科室",), ("办公室",)]


def test_heads_over_two_rows_and_a_column_of_remarks():
    found = tasks(
        stacked("领域", "序号", "项目名称", "计划节点", "责任单位", "2018年计划", "牵头部门", "配合部门", mark=" |")
        + stacked("水环境", "1", "整治河道。", "2020年12月", "区建管委", "区环保局", "完成两条", mark=" |")
        + stacked("大气", "2", "改造锅炉。", "2019年6月", "区环保局", "区发改委", "全部完成", mark=" |")
    )
    assert [task.lead for task in found] == [("区建管委",), ("区环保局",)]
    assert [task.support for task in found] == [("区环保局",), ("区发改委",)]
    assert [task.text for task in found] == ["整治河道。", "改造锅炉。"]


def test_the_table_ends_where_the_signature_begins():
    text = stacked("序号", "工作任务", "责任单位", "1", "修路。", "县交通局", "2", "修桥。", "县水务局")
    found = tasks(text + "某县人民政府办公室\n2016年3月1日\n")
    assert [task.names for task in found] == [("县交通局",), ("县水务局",)]


def test_spans_lead_back_to_the_text_as_it_came():
    text = "某县2016年任务分解表\n" + stacked(*HEADS, *(cell for row in ROWS for cell in row))
    found = tasks(text)
    assert all(text[slice(*task.span)].startswith(task.number) for task in found)


def test_rows_that_begin_with_their_number_and_words_behind_the_units():
    found = tasks(
        stacked("工 作 任 务", "区直牵头部门", "本局责任处（单位）", "工 作 要 求", "一、推进公开", "（一）公开清单")
        + stacked("1.公开权力清单", "区审批局", "综合处牵头，各处、单位配合落实", "及时动态更新。")
        + stacked("2.公开责任清单", "重点公开保留事项。", "（二）公开监管", "3.公开抽查清单", "区经发局", "区市监局")
        + stacked("综合处牵头，各处、单位配合落实", "公布结果。", "4.公开案件", "各处、单位分别牵头落实", "推进公开。")
    )
    assert [task.number for task in found] == ["1", "2", "3", "4"]
    assert [task.lead for task in found] == [("综合处",), (), ("综合处",), ("各处、单位",)]
    assert found[0].text == "公开权力清单 及时动态更新。"
    assert [task.section for task in found] == ["（一）", "（一）", "（二）", "（二）"]
    assert found[2].names == ("区经发局", "区市监局", "综合处", "各处、单位")


def test_heads_over_and_over_are_no_table_and_take_little_time():
    begun = time.process_time()
    for piece in ("序号\n工作任务\n责任单位\n", "序号\n工作任务\n责任单位\n1\n修路\n"):
        read(piece * 3000)
    assert time.process_time() - begun < 10


def test_heads_printed_once_more_on_the_next_page():
    found = tasks(stacked(*HEADS, *ROWS[0], "2", *ROWS[1][1:3], ROWS[1][4], *HEADS, *ROWS[2]))
    check(found)
