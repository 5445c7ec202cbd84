"""What the relief rules of 2024 forbid to count is found by its words."""

import pytest

from supervision.forbidden import named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("领导批示数量", ["领导批示"]),
        ("在市级以上媒体刊发稿件，每篇加2分", ["刊发"]),
        ("平台登录率", ["登录"]),
        ("召开会议不少于3次；报送照片", ["召开会议", "照片"]),
        ("不以开会次数、发文数量计分。", []),
        ("不以登录计分。以照片计分。", ["照片"]),
        ("任务进度与应达进度相比", []),
        ("", []),
    ],
)
def test_words_are_named(text, words):
    assert [word for word, _ in named(text)] == words


def test_each_says_why():
    assert named("领导批示") == [("领导批示", "不得把领导批示作为考核内容")]
