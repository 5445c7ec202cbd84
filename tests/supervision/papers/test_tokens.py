"""Tokens in the text of papers."""

from supervision.papers.tokens import faults, keys_of, pieces, plain, token

FIGURES = {"done": {"value": "36.81"}, "share-p3": {"value": "57.0%"}, "named": {"value": "伏波路（⟦done⟧）"}}
TEXT = "完成投资⟦done⟧亿元，占⟦share-p3⟧。"


def test_a_text_reads_with_its_values():
    assert plain(TEXT, FIGURES) == "完成投资36.81亿元，占57.0%。"
    assert pieces(TEXT, FIGURES) == [
        ("完成投资", None),
        ("36.81", "done"),
        ("亿元，占", None),
        ("57.0%", "share-p3"),
        ("。", None),
    ]


def test_a_value_is_not_read_again_for_tokens():
    assert plain(token("named"), FIGURES) == "伏波路（⟦done⟧）"


def test_what_is_no_figure_stays_as_it_was_typed_and_is_named():
    text = "共⟦other⟧个，⟦done⟧"
    assert plain(text, FIGURES) == "共⟦other⟧个，36.81"
    assert faults(text, FIGURES) == ["“⟦other⟧”没有来源，请删去后重新插入。"]
    assert faults(TEXT, FIGURES) == []


def test_a_bracket_left_over_is_told():
    for text in ("共⟦done个", "共done⟧个", "共⟦do ne⟧个", "⟦⟦done⟧"):
        assert any("不完整" in fault for fault in faults(text, FIGURES)), text


def test_keys_come_once_in_order():
    assert keys_of("⟦b⟧⟦a⟧⟦b⟧") == ["b", "a"]


def test_nothing_is_nothing():
    assert (plain("", {}), pieces("", {}), faults("", {})) == ("", [], [])
