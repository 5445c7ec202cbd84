"""Notations met in documents of many governments, each in the smallest document that shows it."""

import pytest

from tests.reading import read


def read_tasks(text):
    return read(text).plans[0].tasks


def told(text):
    return [(task.number, task.names("LEAD") if task.lead_stated else [], task.names()) for task in read_tasks(text)]


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("（责任单位：县财政局，各县、市、区人民政府）", ["县财政局", "各县、市、区人民政府"]),
        ("（责任单位：县财政局，各省、自治区、直辖市人民政府）", ["县财政局", "各省、自治区、直辖市人民政府"]),
        ("（责任单位：县财政局，各县（市、区）、开发区）", ["县财政局", "各县（市、区）、开发区"]),
        ("（责任单位：县财政局、县公安局等有关部门和单位）", ["县财政局", "县公安局"]),
        ("（县财政局、县公安局等县级相关部门和单位负责）", ["县财政局", "县公安局"]),
        ("（县财政局，移动、电信、联通、广电等运营企业）", ["县财政局", "移动", "电信", "联通", "广电"]),
        ("（县财政局，各县（区、市）人民政府、管委会）", ["县财政局", "各县（区、市）人民政府", "管委会"]),
        (
            "（县卫计委，市、县（区）发展改革、财政、人社部门）",
            ["县卫计委", "市、县（区）发展改革", "财政", "人社部门"],
        ),
        ("责任单位为县财政局、县公安局。", ["县财政局", "县公安局"]),
        ("此项工作由县财政局牵头，县公安局配合。", ["县财政局", "县公安局"]),
    ],
)
def test_units(note, units):
    assert told(f"某县方案\n一、重点任务\n1.健全机制。{note}\n2.落实经费。（责任单位：县财政局）\n")[0][2] == units


@pytest.mark.parametrize(
    ("note", "lead", "support"),
    [
        ("主要责任单位：县财政局；其他责任单位：县公安局", ["县财政局"], ["县公安局"]),
        ("责任单位：县财政局、县公安局（共同牵头），县教育局", ["县财政局", "县公安局"], ["县教育局"]),
        ("（县财政局牵头，县公安局、县教育局会同有关部门配合）", ["县财政局"], ["县公安局", "县教育局", "有关部门"]),
        ("责任单位为县公安局，牵头单位为县财政局。", ["县财政局"], ["县公安局"]),
    ],
)
def test_leads(note, lead, support):
    task = read_tasks(f"某县方案\n一、重点任务\n1.健全机制。{note}\n")[0]
    assert (task.names("LEAD"), task.names("SUPPORT")) == (lead, support)


@pytest.mark.parametrize(
    "rule",
    [
        "（列第一位者为牵头或汇总单位，下同）",
        "（排名第一的单位为牵头单位，下同）",
        "（第一个单位为牵头单位，下同）",
        "（列首位的为牵头单位，其余为配合单位，下同）",
    ],
)
def test_first_is_lead_stated_once(rule):
    text = f"某市分解\n1.减税。\n责任单位：财政局、税务局{rule}\n2.修路。\n责任单位：交通局、各镇（街道）\n"
    assert told(text) == [("1", ["财政局"], ["财政局", "税务局"]), ("2", ["交通局"], ["交通局", "各镇（街道）"])]


@pytest.mark.parametrize(
    "heading", ["保障措施", "组织保障", "工作要求", "实施步骤", "总体要求", "强化督促落实", "严明纪律"]
)
def test_numbers_that_run_on_into_what_is_no_task(heading):
    text = f"某区要点\n一、任务\n1.修路。（责任单位：区交通局）\n2.治水。（责任单位：区水务局）\n二、{heading}\n3.加强领导。\n"
    plan = read(text).plans[0]
    assert [task.number for task in plan.tasks] == ["1", "2"]
    assert [aside.title for aside in plan.asides] == [heading]


def test_too_long_a_text_is_read_as_far_as_it_goes_and_says_so():
    lines = ["某县方案", "1.修路。（责任单位：县交通局）", *["那天早晨，他走出门去，看见街上空无一人。" * 20] * 1300]
    document = read("\n".join(lines))
    assert len(document.plans[0].tasks) == 1
    assert "没有读取" in document.problems[-1].reason
    assert 1200 < document.problems[-1].line < 1302


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("（市级责任单位：市住建局；区级责任单位：各区政府）", ["市住建局", "各区政府"]),
        ("（主体责任单位：市公安局；监管责任单位：市交通局；指导单位：市委办）", ["市公安局", "市交通局"]),
        ("（责任单位：各区政府、管委会）", ["各区政府", "管委会"]),
        ("（责任单位：各镇人民政府、街道办事处）", ["各镇人民政府", "街道办事处"]),
        ("（责任单位：各镇党委、政府）", ["各镇党委、政府"]),
    ],
)
def test_labels_with_a_level_and_bodies_beside_one_another(note, units):
    assert told(f"某市方案\n一、重点任务\n1.健全机制。{note}\n2.落实经费。（责任单位：市财政局）\n")[0][2] == units


@pytest.mark.parametrize("head", ["时间进度", "完成期限", "起止时间", "时间"])
def test_heads_of_a_column_of_deadlines(head):
    text = (
        f"某区分解表\n序号\t改革任务\t牵头单位\t{head}\n1\t公车改革\t区机关局\t上半年\n2\t建立机制\t区信访局\t3—6月\n"
    )
    assert [task.deadline for task in read_tasks(text)] == ["上半年", "3—6月"]


@pytest.mark.parametrize(
    ("sentence", "lead", "units", "deadline"),
    [
        ("县编办牵头，县直各部门配合，2016年6月完成。", ["县编办"], ["县编办", "县直各部门"], "2016年6月完成"),
        ("县编办牵头，2016年底前完成第一批试点。", ["县编办"], ["县编办"], "2016年底前完成第一批试点"),
        ("县林业局、县金融办负责，持续推进。", [], ["县林业局", "县金融办"], "持续推进"),
        ("县发改局、县工信局等按职责分工负责，各乡镇落实属地责任。", [], ["县发改局", "县工信局", "各乡镇"], ""),
    ],
)
def test_a_last_sentence_that_is_nothing_but_who_and_when(sentence, lead, units, deadline):
    first, _ = read_tasks(f"某县分工\n一、任务\n1.健全机制。{sentence}\n2.落实经费。（县财政局牵头）\n")
    assert (first.names("LEAD"), first.names(), first.deadline, first.text) == (lead, units, deadline, "健全机制。")


@pytest.mark.parametrize(
    "title",
    ["开展食品安全监督检查", "完善河长制工作机制", "完善住房保障体系", "加强政策落实情况督查", "实施义务教育提升步骤"],
)
def test_a_task_without_units_whose_title_sounds_like_a_safeguard_is_still_a_task(title):
    text = f"某县方案\n一、重点任务\n1.修路。（责任单位：县交通局）\n2.{title}。\n3.治水。（责任单位：县水利局）\n"
    assert [task.number for task in read_tasks(text)] == ["1", "2", "3"]
