"""Saving one entry: good fields are kept, bad ones told, a stale page overwrites nothing, a closed period is closed."""

import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from reports.actions.review import accept
from reports.actions.writing import save_entry, submit
from reports.forms.entry import EntryForm, seen_of
from tests.conftest import OCTOBER

JSON = {"headers": {"accept": "application/json"}}
TEXTS = {
    "progress": "60",
    "light": "YELLOW",
    "done": "完成招标。",
    "problems": "接口未开通。",
    "next_steps": "11月试运行。",
    "no_change_reason": "",
    "fall_reason": "",
}


def sent(entry, seen=None, **values):
    """Return what the page sends for one entry."""
    data = TEXTS | values
    data = {name: value for name, value in data.items() if value is not None}
    return {f"e{entry.pk}-{name}": value for name, value in data.items()} | {
        f"e{entry.pk}-seen": seen or seen_of(entry)
    }


@pytest.fixture
def save(sign_in, reporter, entry):
    """Save the entry as the script does: save(done="…"), save(user=co_reporter)."""

    def post(user=None, seen=None, **values):
        entry.refresh_from_db()
        return sign_in(user or reporter).post(
            reverse("entry_save", args=[entry.pk]), sent(entry, seen, **values), **JSON
        )

    return post


def test_a_save_is_on_record_and_says_when(save, entry):
    answer = save().json()
    entry.refresh_from_db()
    assert (entry.progress, entry.light, entry.done, entry.version) == (60, "YELLOW", "完成招标。", 1)
    assert (answer["saved_at"], answer["version"]) == ("10:00:00", 1)
    assert answer["seen"] == seen_of(entry)
    assert answer["state"] == {"key": "full", "word": "已填", "tone": "good"}
    assert answer["problems"] == answer["errors"] == {}


def test_the_answer_says_what_is_missing_and_the_light_by_the_rules(save):
    answer = save(problems="", next_steps="").json()
    assert set(answer["problems"]) == {"problems", "next_steps"}
    assert answer["state"]["word"] == "有问题"
    assert answer["judged"]["word"] == "黄灯"
    assert "进度60%" in answer["judged"]["reason"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("progress", "六十", "累计进度请填0到100的整数。"),
        ("progress", "101", "累计进度请填0到100的整数。"),
        ("progress", "-1", "累计进度请填0到100的整数。"),
        ("progress", "55.5", "累计进度请填0到100的整数。"),
        ("light", "PINK", "请从绿灯、黄灯、红灯、已办结中选择。"),
        ("problems", "字" * 10_001, "超过10000字（现有10001字），太长的部分请作为附件上传。"),
    ],
)
def test_a_bad_field_keeps_no_good_one_from_being_saved(save, entry, field, value, sentence):
    answer = save(**{field: value}).json()
    entry.refresh_from_db()
    assert entry.done == "完成招标。"
    assert answer["errors"][field] == [sentence]
    assert getattr(entry, field) in (None, "")


def test_a_text_too_long_to_file_is_kept_as_a_draft(save, entry):
    answer = save(done="字" * 1200).json()
    entry.refresh_from_db()
    assert len(entry.done) == 1200
    assert answer["problems"]["done"] == ["超出200字，请压缩到1000字以内。"]


def test_percent_signs_line_ends_and_control_characters_are_cleaned(save, entry):
    save(progress=" ６０％", done="一\r\n二\x00\x0b三")
    entry.refresh_from_db()
    assert (entry.progress, entry.done) == (60, "一\n二\n三")


def test_a_field_that_was_not_sent_is_left_alone(sign_in, reporter, entry):
    client, address = sign_in(reporter), reverse("entry_save", args=[entry.pk])
    client.post(address, sent(entry), **JSON)
    entry.refresh_from_db()
    client.post(address, {f"e{entry.pk}-seen": seen_of(entry), f"e{entry.pk}-done": "只改这一栏。"}, **JSON)
    entry.refresh_from_db()
    assert (entry.done, entry.next_steps, entry.progress) == ("只改这一栏。", "11月试运行。", 60)


def test_a_stale_tab_overwrites_nothing_and_gets_both_texts(save, entry):
    old = seen_of(entry)
    save(done="第一个窗口。")
    answer = save(seen=old, done="第二个窗口。")
    entry.refresh_from_db()
    assert answer.status_code == 409
    assert entry.done == "第一个窗口。"
    assert "第一个窗口。" in answer.json()["html"]
    assert "第二个窗口。" in answer.json()["html"]
    assert answer.json()["seen"] == seen_of(entry)


def test_a_stale_tab_that_typed_nothing_takes_what_others_wrote(save, entry):
    old = seen_of(entry)
    save(done="第一个窗口。")
    blank = dict.fromkeys(TEXTS, "") | {"light": None}
    answer = save(seen=old, **blank)
    entry.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json()["take"] == {
        "progress": 60,
        "light": "YELLOW",
        "done": "第一个窗口。",
        "problems": "接口未开通。",
        "next_steps": "11月试运行。",
    }
    assert (entry.done, entry.version) == ("第一个窗口。", 1)


def test_two_people_in_different_fields_are_no_conflict(save, entry):
    old = seen_of(entry)
    blank = dict.fromkeys(TEXTS, "") | {"light": None}
    save(**(blank | {"done": "一个写进展。", "progress": "40"}))
    answer = save(seen=old, **(blank | {"next_steps": "一个写打算。"}))
    entry.refresh_from_db()
    assert answer.status_code == 200
    assert (entry.done, entry.progress, entry.next_steps) == ("一个写进展。", 40, "一个写打算。")
    assert answer.json()["take"] == {"progress": 40, "done": "一个写进展。"}
    assert answer.json()["seen"] == seen_of(entry)


def test_only_the_contested_field_stands_side_by_side(save, entry):
    old = seen_of(entry)
    blank = dict.fromkeys(TEXTS, "") | {"light": None}
    save(**(blank | {"done": "甲写的。", "progress": "40"}))
    answer = save(seen=old, **(blank | {"done": "乙写的。"}))
    assert answer.status_code == 409
    assert answer.json()["html"].count("data-side=") == 1
    assert answer.json()["take"] == {"progress": 40}


def test_the_same_save_twice_counts_once(save, entry):
    old = seen_of(entry)
    save()
    assert save(seen=old).status_code == 200
    entry.refresh_from_db()
    assert entry.version == 1


def test_a_garbled_seen_is_a_conflict_not_an_overwrite(save, entry):
    save()
    assert save(seen="nonsense", done="别的。").status_code == 409


def test_without_script_a_save_leads_back_to_its_place(sign_in, reporter, entry):
    answer = sign_in(reporter).post(reverse("entry_save", args=[entry.pk]), sent(entry))
    assert answer.url == f"/month/2015-10/#e{entry.pk}"


def test_a_lost_session_is_told_to_the_script(client, entry):
    answer = client.post(reverse("entry_save", args=[entry.pk]), sent(entry), **JSON)
    assert answer.status_code == 401
    assert answer.json()["login"].startswith(reverse("login"))


def test_an_outsider_finds_nothing_and_a_co_responsible_unit_only_what_is_filed(
    save, outsider, co_reporter, report, fill, reporter, entry
):
    assert save(user=outsider).status_code == 404
    assert save(user=co_reporter).status_code == 404
    submit(fill(report), reporter)
    assert save(user=co_reporter, done="别人的。").status_code == 403


@pytest.mark.parametrize("who", ["office", "leader", "inspector"])
def test_those_who_read_what_is_filed_write_nothing(cast, who, save, report, fill, reporter, entry):
    submit(fill(report), reporter)
    assert save(user=cast[who], done="改你的。").status_code == 403


@pytest.mark.parametrize("who", ["admin", "auditor", "other_office"])
def test_those_without_a_part_find_nothing(cast, who, save):
    assert save(user=cast[who]).status_code == 404


def test_reading_is_no_way_to_save(sign_in, reporter, entry):
    assert sign_in(reporter).get(reverse("entry_save", args=[entry.pk])).status_code == 405
    assert sign_in(reporter).get(reverse("entry_carry", args=[entry.pk])).status_code == 405


def test_a_filed_report_takes_no_more(save, report, fill, reporter, entry):
    submit(fill(report), reporter)
    answer = save(done="补一句。")
    assert answer.status_code == 400
    assert "不能修改" in answer.json()["error"]


@pytest.fixture
def september(plan, task, civil, reporter, office, fill, at):
    """September's report of the unit, accepted."""
    at("2015-09-20 10:00")
    period = open_period(plan, OCTOBER.replace(month=9))
    report = submit(
        fill(period.reports.get(unit=civil), progress=50, done="九月：完成调研。", next_steps="十月招标。"), reporter
    )
    accept(report, office)
    at("2015-10-20 10:00")
    return report


MOMENTS = [
    ("2015-09-30 23:59:59", False),
    ("2015-10-01 00:00:00", True),
    ("2015-10-31 23:59:59", True),
    ("2015-11-01 00:00:00", True),
    ("2015-11-05 23:59:59", True),
    ("2015-11-06 00:00:00", False),
]


@pytest.mark.parametrize(("moment", "may"), MOMENTS)
def test_the_window_holds_for_autosave(moment, may, at, save, entry):
    at(moment)
    answer = save()
    entry.refresh_from_db()
    assert answer.status_code == (200 if may else 400)
    assert entry.done == ("完成招标。" if may else "")


@pytest.mark.parametrize(("moment", "may"), MOMENTS)
def test_the_window_holds_for_carrying_forward(moment, may, at, september, sign_in, reporter, entry):
    at(moment)
    answer = sign_in(reporter).post(reverse("entry_carry", args=[entry.pk]), **JSON)
    entry.refresh_from_db()
    assert answer.status_code == (200 if may else 400)
    assert entry.done == ("九月：完成调研。" if may else "")


def test_without_an_earlier_month_there_is_nothing_to_carry(sign_in, reporter, entry):
    answer = sign_in(reporter).post(reverse("entry_carry", args=[entry.pk]), **JSON)
    assert answer.json()["error"] == "上月没有可以带入的内容。"


def test_one_press_carries_last_month_into_the_empty_fields(september, sign_in, reporter, entry):
    save_entry(entry, reporter, {"done": "十月：已招标。"}, seen_version=0)
    answer = sign_in(reporter).post(reverse("entry_carry", args=[entry.pk]), **JSON).json()
    entry.refresh_from_db()
    assert (entry.done, entry.progress, entry.next_steps) == ("十月：已招标。", 50, "十月招标。")
    assert answer["take"]["progress"] == 50
    assert answer["seen"] == seen_of(entry)


@pytest.mark.parametrize(("who", "status", "progress"), [("reporter", 200, 95), ("head", 409, 50)])
def test_what_one_s_own_press_took_over_is_no_quarrel_with_what_is_typed_meanwhile(
    september, cast, save, entry, who, status, progress
):
    old, blank = seen_of(entry), dict.fromkeys(TEXTS, "") | {"light": None}
    save(user=cast[who], **(blank | {"no_change": "on"}))
    answer = save(seen=old, **(blank | {"no_change": "on", "progress": "95"}))
    entry.refresh_from_db()
    assert (answer.status_code, entry.progress, entry.next_steps) == (status, progress, "十月招标。")


def test_a_text_carried_and_left_is_marked(september, save):
    assert save(done="九月，完成调研").json()["near_copy"] is True
    assert save(done="十月二十日签订合同并进场施工。").json()["near_copy"] is False


def test_progress_below_the_accepted_asks_why(september, save):
    answer = save(progress="40").json()
    assert answer["falls"] is True
    assert answer["problems"]["fall_reason"] == ["进度比上次通过的50%低，请写明下降原因。"]


def test_an_autosave_costs_a_fixed_number_of_queries(
    september, save, entry, sign_in, reporter, django_assert_num_queries
):
    save()
    client, address, data = sign_in(reporter), reverse("entry_save", args=[entry.pk]), sent(entry, done="再写一句。")
    client.get("/inbox/")
    entry.refresh_from_db()
    data |= {f"e{entry.pk}-seen": seen_of(entry)}
    with django_assert_num_queries(13):
        assert client.post(address, data, **JSON).status_code == 200


def test_a_page_that_shows_what_it_was_drawn_with_is_untouched(entry):
    form = EntryForm(entry, sent(entry, **(dict.fromkeys(TEXTS, "") | {"light": None})))
    assert form.typed == {}
    assert EntryForm(entry, sent(entry, done="x", **({"light": None}))).typed["done"] == "x"
