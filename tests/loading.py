"""A plan document of an invented county, as tests send it in."""

PLAN = "清江县2016年“服务提升年”活动实施方案"
DOCUMENT = """清江县人民政府办公室关于印发《清江县2016年“服务提升年”活动实施方案》的通知
清政办〔2016〕7号

清江县2016年“服务提升年”活动实施方案

一、总体要求
坚持便民高效，切实解决群众办事难的问题。

二、主要任务
（一）优化政务服务
1.推行一窗受理。整合各部门办事窗口，实行一窗受理、集成服务。（牵头单位：县民政局；配合单位：县人社局、县信息中心；完成时限：2016年6月底前）
2.清理证明事项。全面清理各类证明，能取消的一律取消。（责任单位：县民政局、各有关单位）
（二）改善农村设施
3.整修山塘水库。整修病险山塘30口，恢复灌溉面积2000亩。（责任单位：县水利局、县人社局）

三、工作要求
各单位要高度重视，每月底前报送进展情况。
"""


def long_document(tasks, units=30):
    """A document of that many tasks, each with two units."""
    lines = [PLAN, "", "一、主要任务"]
    for number in range(1, tasks + 1):
        first, second = f"县第{number % units}局", f"县第{(number + 7) % units}局"
        lines.append(f"{number}.落实第{number}项重点工作。按时完成年度建设内容。（责任单位：{first}、{second}）")
    return "\n".join(lines)
