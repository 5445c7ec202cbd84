"""Digits typed by hand, told from those that name a day, a paper or a place in a list."""

import json
import random
import re

import pytest
from django.conf import settings

from kit.numerals import arabic
from supervision.papers.handwritten import handwritten, spots

NAMES = (
    "根据株县办〔2015〕4号要求",
    "督查通报〔2015〕第9期",
    "现将第9期通报印发",
    "2015年10月20日下午3时30分，",
    "截至2015年9月30日24:00，",
    "2015年1至9月",
    "1-9月、1—9月、9月份、9月底前",
    "9月15日至20日",
    "3月31日、4月15日前",
    "2013—2015年度",
    "每月25日前报送",
    "请于20日前整改到位",
    "2015-10-20，2015/10/20",
    "3季度",
    "1.加强领导",
    "（2）落实责任",
    "第45项任务、第3条、第12—14项",
    "见附件1、附表2、表3，附件：1.名单\n　\xa02.分工",
    "G107和S211改造，107国道绿化",
    "项目XK-023进度缓慢",
    "县政府办公室12号文",
)
TYPED = (
    ("尚有23户房屋未拆", ["23"]),
    ("完成投资36.81亿元，占57.0%", ["36.81", "57.0%"]),
    ("共１，２３４户，增５.6%", ["１，２３４", "５.6%"]),
    ("3个工作日内整改", ["3"]),
    ("30日内报送", ["30"]),
    ("2015亩", ["2015"]),
    ("2015年完成2015亩", ["2015"]),
    ("县发改局（23）落后", ["23"]),
    ("9月完成12,500万元", ["12,500"]),
    ("第9期通报以来新增7件", ["7"]),
    ("共⟦a9⟧件，其中9件", ["9"]),
    ("110联动", ["110"]),
    ("3.5公里", ["3.5"]),
)


@pytest.mark.parametrize("text", NAMES)
def test_names_of_days_papers_and_places_are_not_marked(text):
    assert handwritten(text) == []


@pytest.mark.parametrize(("text", "digits"), TYPED)
def test_what_counts_is_marked(text, digits):
    assert handwritten(text) == digits


def texts(value):
    if isinstance(value, str):
        yield value
    elif value and isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def sentences():
    """Those of the county's own notice, as they stand and with their numerals as digits."""
    notice = json.loads((settings.BASE_DIR / "fixtures" / "notice-2015-4.json").read_text("utf-8"))
    found = {part.strip() for text in texts(notice) for part in re.split("[。；\n]", text)} - {""}
    return [form for each in sorted(found) for form in (each, arabic(each))]


def test_any_sentence_with_a_count_a_day_and_a_figure_put_into_it():
    """After real sentences: the count is marked, the day and the figure are not, and no mark tears a number."""
    for sentence in sentences():
        known = handwritten(sentence)
        parts = {"，共37户，": ["37"], "，截至2015年10月20日，": [], "，⟦tasks_red-12⟧个，": []}
        for part, digits in parts.items():
            assert handwritten(sentence + part) == known + digits, sentence
        for first, last in spots(sentence):
            around = sentence[max(first - 1, 0) : first] + sentence[last : last + 1]
            assert not re.search(r"\d", around), sentence


def test_every_number_of_a_sentence_that_names_nothing_is_marked():
    rng = random.Random(11)
    for _ in range(300):
        numbers = [f"{rng.randint(1, 99999)}" + rng.choice(["", ".5", "%", ".25%"]) for _ in range(3)]
        text = "其中{}户，另有{}亩，再加{}个。".format(*numbers)
        assert handwritten(text) == numbers
