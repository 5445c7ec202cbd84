"""The directory of units and the three people each names."""

import pytest

from kit import clock
from units.actions.succession import rename_unit
from units.models import Contact, Unit, UnitEvent

CONTACTS = {
    "PRINCIPAL-name": "陈局长",
    "PRINCIPAL-title": "局长",
    "PRINCIPAL-phone": "0731-27610001",
    "DEPUTY-name": "李副局长",
    "DEPUTY-title": "",
    "DEPUTY-phone": "0731-27610002",
    "LIAISON-name": "刘联络",
    "LIAISON-title": "办公室主任",
    "LIAISON-phone": "13800000000",
}


@pytest.fixture
def named(civil, reporter, sign_in):
    sign_in(reporter).post(f"/units/{civil.pk}/contacts/", CONTACTS)
    return civil


def test_everyone_with_business_sees_the_directory(civil, cast, sign_in, client):
    for name, user in cast.items():
        assert sign_in(user).get("/units/").status_code == 200, name
    assert client.get("/units/").url.startswith("/login/")


@pytest.mark.parametrize("word", ["民政", "xianminzheng", "mzj", "xmzj"])
def test_a_unit_is_found_by_chinese_pinyin_and_initials(civil, labour, reporter, sign_in, word):
    rows = sign_in(reporter).get(f"/units/?q={word}").context["table"].rows
    assert rows == [civil]


def test_naming_all_three_is_on_record(named):
    assert {contact.post: contact.name for contact in named.contacts.all()} == {
        "PRINCIPAL": "陈局长",
        "DEPUTY": "李副局长",
        "LIAISON": "刘联络",
    }
    event = UnitEvent.objects.get(subject=named)
    assert (event.verb, event.actor_name) == ("更新联系人", "县民政局 刘填报")
    assert event.changes["联络员"] == ["", "刘联络 办公室主任 13800000000"]


def test_a_change_keeps_old_and_new_and_an_empty_name_takes_away(named, reporter, sign_in):
    changed = CONTACTS | {"LIAISON-name": "新联络", "DEPUTY-name": "", "DEPUTY-phone": ""}
    sign_in(reporter).post(f"/units/{named.pk}/contacts/", changed)
    event = UnitEvent.objects.filter(subject=named).newest()[0]
    assert event.changes["联络员"][1].startswith("新联络")
    assert event.changes["分管领导"][1] == ""
    assert Contact.objects.filter(unit=named).count() == 2


def test_the_list_shows_who_has_not(named, labour, office, sign_in):
    client = sign_in(office)
    page = client.get("/units/").content.decode()
    assert "还没有报全" in page
    assert named not in client.get("/units/?contacts=missing").context["table"].rows
    assert client.get("/units/?contacts=complete").context["table"].rows == [named]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"LIAISON-phone": "电话"}, "请填写电话号码"),
        ({"LIAISON-phone": ""}, "请填写联络员的联系电话。"),
        ({"DEPUTY-name": ""}, "请填写分管领导的姓名。"),
        ({"LIAISON-name": "长" * 41}, "姓名不超过40字，现有41字"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(civil, reporter, sign_in, values, sentence):
    answer = sign_in(reporter).post(f"/units/{civil.pk}/contacts/", CONTACTS | values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "陈局长" in page
    assert not civil.contacts.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("reporter", 200),
        ("head", 200),
        ("admin", 200),
        ("outsider", 403),
        ("office", 403),
        ("leader", 403),
        ("auditor", 403),
    ],
)
def test_who_names_the_contacts(civil, cast, sign_in, who, status):
    client = sign_in(cast[who])
    assert client.get(f"/units/{civil.pk}/contacts/").status_code == status
    if status == 403:
        assert client.post(f"/units/{civil.pk}/contacts/", CONTACTS).status_code == 403
        assert not civil.contacts.exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("reporter", True),
        ("office", True),
        ("leader", True),
        ("inspector", True),
        ("admin", True),
        ("outsider", False),
        ("auditor", False),
    ],
)
def test_who_sees_the_telephone_numbers(named, cast, sign_in, who, sees):
    client = sign_in(cast[who])
    assert ("13800000000" in client.get(f"/units/{named.pk}/").content.decode()) is sees
    assert client.get("/units/9999/").status_code == 404


def test_the_list_gives_numbers_only_to_those_who_work_with_all(named, cast, sign_in):
    for name, sees in (("office", True), ("leader", True), ("outsider", False), ("auditor", False)):
        assert ("13800000000" in sign_in(cast[name]).get("/units/").content.decode()) is sees, name


def test_the_head_decides_about_signing(civil, cast, sign_in):
    assert sign_in(cast["reporter"]).post(f"/units/{civil.pk}/signing/", {"on": "1"}).status_code == 403
    assert sign_in(cast["head"]).get(f"/units/{civil.pk}/signing/").status_code == 405
    sign_in(cast["head"]).post(f"/units/{civil.pk}/signing/", {"on": "1"})
    civil.refresh_from_db()
    assert civil.head_signs
    assert UnitEvent.objects.get(subject=civil).verb == "月报须负责人审签"


def test_the_number_of_queries_does_not_grow(civil, office, sign_in, make_unit, django_assert_num_queries):
    client = sign_in(office)
    client.get("/units/")
    with django_assert_num_queries(8):
        client.get("/units/")
    for name in ("县教育局", "县科技局", "县公安局"):
        make_unit(name)
    with django_assert_num_queries(8):
        client.get("/units/")


def test_an_empty_directory_says_what_to_do_not_that_all_is_well(admin, sign_in):
    page = sign_in(admin).get("/units/").content.decode()
    assert "联系人已报全" not in page
    assert "还没有责任单位。由系统管理员新建，或用表格导入。" in page
    assert "/units/new/" in page


def test_the_administrator_makes_a_unit(admin, sign_in, civil):
    desk = sign_in(admin)
    typed = {"name": "县教育局", "full_name": "某县教育局", "peer_group": "GOVERNMENT"}
    assert desk.post("/units/new/", typed).url == "/units/"
    made = Unit.objects.get(name="县教育局")
    assert made.order > civil.order
    assert made.events.get().verb == "建立单位"
    again = desk.post("/units/new/", typed | {"name": "县 教育局"})
    assert again.status_code == 422
    assert "已有名为" in again.content.decode()
    assert desk.post("/units/new/", typed | {"name": "县科技局", "another": "1"}).url == "/units/new/"


def test_making_units_is_the_administrators(cast, sign_in, client):
    allowed = {name for name, user in cast.items() if sign_in(user).get("/units/new/").status_code == 200}
    assert allowed == {"admin"}
    assert sign_in(cast["office"]).post("/units/new/", {"name": "县教育局"}).status_code == 403


@pytest.mark.parametrize("word", ["县民政局", "minzhengju", "mzj", "xmzj"])
def test_a_renamed_unit_is_found_by_what_it_was_called(civil, admin, reporter, sign_in, word):
    new = "县社会事务局"
    rename_unit(civil, admin, name=new, full_name="", effective_on=clock.today(), reason="株发〔2015〕9号")
    found = sign_in(reporter).get(f"/units/?q={word}").context["table"].rows
    assert [unit.name for unit in found] == [new]
