"""Typed text as it is kept."""

import pytest

from kit.text import clean, half_width, is_blank


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("完成招标。", "完成招标。"),
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("县\u200b发\ufeff改\u00ad局\x00\x07", "县发改局"),
        ("\u202e县发改局\u2069", "县发改局"),
        ("A\u030a", "Å"),
        ("A\u200b\u030a", "Å"),
        ("\u200b\ufeff\u2060", ""),
        ("\u3164\u2800", ""),
        ("\u0301", ""),
        (" \u3000\n", ""),
        ("　　一是…\t二是…", "　　一是…\t二是…"),
        ("𠮷\ue000👍", "𠮷\ue000👍"),
        ("半\ud83d个", "半个"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_not_kept(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２．５％", "12.5%"),
        ("０７３１－２２３３", "0731-2233"),
        ("（0731）2233—1", "(0731)2233-1"),
        ("−5\u200b ", "-5"),
        ("ｌｉ", "li"),
    ],
)
def test_numbers_are_kept_in_half_width(typed, kept):
    assert half_width(typed) == kept


def test_a_text_of_zero_width_characters_is_blank():
    assert is_blank("\u200b\ufeff \n")
    assert not is_blank("无")
