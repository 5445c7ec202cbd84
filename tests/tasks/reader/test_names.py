"""Names in a list: where one ends, what belongs together, what looks like a unit."""

import pytest

from tasks.reader.names import joined, looks_like_unit, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县发改局、县财政局，县住建局；县水利局", ["县发改局", "县财政局", "县住建局", "县水利局"]),
        ("县发改局 县财政局　县住建局", ["县发改局", "县财政局", "县住建局"]),
        ("县发改局及县财政局", ["县发改局", "县财政局"]),
        ("县发改局和县财政局", ["县发改局", "县财政局"]),
        ("县人力资源和社会保障局、县卫生和计划生育局", ["县人力资源和社会保障局", "县卫生和计划生育局"]),
        ("县纪委·监察局、团县委", ["县纪委·监察局", "团县委"]),
        ("各区、县级市", ["各区、县级市"]),
        ("县农业局，各镇、街道", ["县农业局", "各镇、街道"]),
        ("县直各单位、各乡镇人民政府（街道办事处）", ["县直各单位", "各乡镇人民政府（街道办事处）"]),
        ("各县（市、区）人民政府、市直有关部门", ["各县（市、区）人民政府", "市直有关部门"]),
        ("农村中心（供销社、农机站）、县农业局等", ["农村中心（供销社、农机站）", "县农业局"]),
        ("县农业局等有关部门", ["县农业局"]),
        ("区办公室 （法规处）、区财政局", ["区办公室 （法规处）", "区财政局"]),
        ("县公安局、住建局、城管局", ["县公安局", "住建局", "城管局"]),
        ("省商务厅、工业和信息化厅、市、县政府", ["省商务厅", "工业和信息化厅", "市、县政府"]),
        ("各镇党委、政府，县应急管理局等有关部门及各区政府", ["各镇党委、政府", "县应急管理局", "各区政府"]),
    ],
)
def test_a_list_is_split_at_its_marks_and_nowhere_else(text, names):
    assert joined(split_names(text)) == names


@pytest.mark.parametrize(
    "name", ["县发改局", "团县委", "各有关单位", "经开区管委会", "水电公司（筹）", "有关乡镇", "区口岸办"]
)
def test_names_of_units(name):
    assert looks_like_unit(name)


@pytest.mark.parametrize(
    "name", ["机制", "落实责任制的单位", "推进信息公开", "局", "2015年底前完成", "建立健全工作台账。责任单位"]
)
def test_other_words(name):
    assert not looks_like_unit(name)
