"""Tables drawn with lines of text."""

from tests.reading import read

DRAWN = """某市任务分解一览表

┌─────────┬───┬────────┬────┐
│  工 作 任 务  │分管领│牵头组织实施单位│完成时限│
│         │ 导 │        │    │
├─────────┼───┼────────┼────┤
│调整支出结构，加大│张三 │市财政局、国家税│年底前 │
│教育投入     │   │务局      │    │
├─────────┼───┼────────┼────┤
│加快信用建设   │李四 │金融办     │10月底前│
└─────────┴───┴────────┴────┘
"""


def test_rows_drawn_over_several_lines():
    tasks = read(DRAWN).plans[0].tasks
    assert [(task.text, task.lead, task.deadline) for task in tasks] == [
        ("调整支出结构，加大教育投入", ("市财政局", "国家税务局"), "年底前"),
        ("加快信用建设", ("金融办",), "10月底前"),
    ]


def test_a_row_is_found_again_in_the_drawing():
    second = read(DRAWN).plans[0].tasks[1]
    assert DRAWN[slice(*second.span)].startswith("│加快信用建设")


def test_cells_between_bars():
    text = (
        "某区任务分解表\n序号 | 任 务 名 称 | 牵 头 部 门 | 配 合 部 门 |\n--- | --- | --- | --- |\n"
        "1 | 改造小区 | 区住建局 | 各街道 |\n| 2 | 新增床位 | 区民政局 | |\n"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.text, task.lead, task.support) for task in tasks] == [
        ("1", "改造小区", ("区住建局",), ("各街道",)),
        ("2", "新增床位", ("区民政局",), ()),
    ]
    assert text[slice(*tasks[1].span)].startswith("| 2")
