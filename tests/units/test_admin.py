"""The technical administration: who gets in, and what it leaves behind."""

import pytest
from django.contrib import admin as administration
from django.contrib.auth.models import Group
from django.urls import reverse

from kit.trace import Event
from reports.models import MonthlyReport, Submission
from units.models import Contact, Unit, UnitEvent, UnitName, User

OTHERS = ["office", "other_office", "reporter", "head", "co_reporter", "outsider", "leader", "inspector", "auditor"]
PAGES = ["/admin/", "/admin/units/unit/", "/admin/units/unit/add/", "/admin/units/user/"]


def unit_form(unit, names=(), **values):
    """What the browser sends for a unit: its fields, and its other spellings as rows."""
    fields = {
        "name": unit.name,
        "full_name": unit.full_name,
        "peer_group": unit.peer_group,
        "order": unit.order,
        "pinyin": unit.pinyin,
        "initials": unit.initials,
        "active_from": "",
        "active_to": "",
        "successor": "",
    }
    known = list(unit.other_names.all()) if unit.pk else []
    rows = {
        "other_names-TOTAL_FORMS": len(known) + len(names),
        "other_names-INITIAL_FORMS": len(known),
        "contacts-TOTAL_FORMS": 0,
        "contacts-INITIAL_FORMS": 0,
    }
    for place, each in enumerate(known):
        rows |= {f"other_names-{place}-id": each.pk, f"other_names-{place}-name": each.name}
    for place, name in enumerate(names, len(known)):
        rows[f"other_names-{place}-name"] = name
    return fields | rows | values


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(client, db, page):
    assert client.get(page, follow=True).redirect_chain[-1] == (f"/login/?next={page}", 302)


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("page", PAGES)
def test_nobody_but_the_administrator_gets_in(cast, sign_in, who, page):
    assert sign_in(cast[who]).get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_gets_in(admin, sign_in, page):
    assert sign_in(admin).get(page).status_code == 200


def test_every_registered_list_opens_and_nothing_is_deleted(admin, sign_in, report):
    client = sign_in(admin)
    for model in administration.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        row = model._default_manager.first()
        if row is None:
            continue
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200, name
        assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403, name
        assert model._default_manager.filter(pk=row.pk).exists()


def test_the_trace_and_the_reports_are_not_here():
    registered = administration.site._registry
    assert not [model for model in registered if issubclass(model, Event)]
    assert not {MonthlyReport, Submission, Group} & set(registered)


def test_sign_in_is_ours(client, db, admin, sign_in):
    answer = client.get("/admin/login/?next=/admin/units/unit/")
    assert answer.url == "/login/?next=/admin/units/unit/"
    assert client.post("/admin/login/", {"username": "sysadmin", "password": "x"}).status_code == 302
    assert sign_in(admin).get("/admin/login/").url == "/admin/"


def test_sign_out_and_password_are_ours(admin, sign_in):
    client = sign_in(admin)
    assert client.get("/admin/password_change/").url == reverse("password")
    answer = client.post("/admin/logout/")
    assert (answer.status_code, answer.url) == (307, reverse("logout"))


def test_a_new_unit_is_on_record(admin, sign_in):
    form = unit_form(Unit(name="县编办"), ["县机构编制委员会办公室"])
    assert sign_in(admin).post("/admin/units/unit/add/", form).status_code == 302
    unit = Unit.objects.get(name="县编办")
    assert unit.initials == "xbb"
    assert [(event.verb, event.actor) for event in unit.events.all()] == [("建立单位", admin), ("修改其他写法", admin)]
    assert unit.events.last().changes == {"其他写法": ["", "县机构编制委员会办公室"]}


def test_a_change_is_on_record_with_old_and_new(admin, sign_in, civil):
    form = unit_form(civil, order=77, peer_group="MASS")
    assert sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", form).status_code == 302
    event = UnitEvent.objects.get()
    assert event.changes == {"排序": ["10", "77"], "同类组": ["政府部门", "群团"]}
    assert event.actor == admin


def test_nothing_changed_is_nothing_on_record(admin, sign_in, civil):
    sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", unit_form(civil))
    assert not UnitEvent.objects.exists()


def test_a_spelling_is_taken_away_and_that_is_on_record(admin, sign_in, civil):
    UnitName.objects.create(unit=civil, name="民政局")
    form = unit_form(civil) | {"other_names-0-DELETE": "on"}
    sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", form)
    assert not civil.other_names.exists()
    assert UnitEvent.objects.get().changes == {"其他写法": ["民政局", ""]}


@pytest.mark.parametrize(
    ("names", "values", "sentence"),
    [
        (["县人社局"], {}, "“县人社局”已是一个单位的名称。"),
        ([], {"name": "人社局"}, "“人社局”已是县人社局的其他写法，不能再作单位名称。"),
        ([], {"active_from": "2015-05-01", "active_to": "2015-04-01"}, "停用日期不能早于启用日期。"),
    ],
)
def test_a_faulty_unit_is_told_beside_the_field(admin, sign_in, civil, labour, names, values, sentence):
    UnitName.objects.create(unit=labour, name="人社局")
    answer = sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", unit_form(civil, names, **values))
    assert sentence in answer.content.decode()
    assert not UnitEvent.objects.exists()


def test_a_renamed_unit_keeps_its_filed_reports(admin, sign_in, civil, report):
    form = unit_form(civil, name="县民政和养老局")
    sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", form)
    civil.refresh_from_db()
    assert (civil.name, civil.initials) == ("县民政和养老局", "xmzhylj")
    report.refresh_from_db()
    assert report.unit_name == "县民政局"
    assert UnitEvent.objects.get().changes["名称"] == ["县民政局", "县民政和养老局"]


def test_contacts_are_only_shown(admin, sign_in, civil):
    contact = Contact.objects.create(unit=civil, post="LIAISON", name="何联络", phone="0731-27610000")
    form = unit_form(civil) | {
        "contacts-TOTAL_FORMS": 1,
        "contacts-INITIAL_FORMS": 1,
        "contacts-0-id": contact.pk,
        "contacts-0-name": "别人",
    }
    client = sign_in(admin)
    assert "何联络" in client.get(f"/admin/units/unit/{civil.pk}/change/").content.decode()
    client.post(f"/admin/units/unit/{civil.pk}/change/", form)
    contact.refresh_from_db()
    assert contact.name == "何联络"


def test_accounts_are_only_shown(admin, sign_in, reporter):
    client = sign_in(admin)
    page = f"/admin/units/user/{reporter.pk}/change/"
    shown = client.get(page).content.decode()
    assert "刘填报" in shown
    assert f'href="{reverse("account", args=[reporter.pk])}"' in shown
    assert reporter.password not in shown
    assert client.post(page, {"name": "别人", "role": "ADMIN"}).status_code == 403
    assert client.get("/admin/units/user/add/").status_code == 403
    reporter.refresh_from_db()
    assert (reporter.name, reporter.role) == ("刘填报", User.Role.REPORTER)


def test_the_list_of_units_asks_a_fixed_number_of_questions(admin, sign_in, make_unit, django_assert_num_queries):
    client = sign_in(admin)
    make_unit("县一局")
    client.get("/admin/units/unit/")
    with django_assert_num_queries(4):
        client.get("/admin/units/unit/")
    make_unit("县二局")
    make_unit("县三局", successor=make_unit("县四局"))
    with django_assert_num_queries(4):
        client.get("/admin/units/unit/")


@pytest.mark.parametrize("name", ["县 民政局", "县民政\u200b局", "县民\u3000政局"])
def test_a_unit_that_differs_in_blanks_alone_is_refused_beside_its_name(admin, civil, sign_in, name):
    answer = sign_in(admin).post("/admin/units/unit/add/", unit_form(Unit(name=name)))
    assert answer.status_code == 200
    assert "已有名为“县民政局”的单位。" in answer.content.decode()
    assert Unit.objects.count() == 1


def test_another_spelling_is_known_by_its_look(admin, civil, water, sign_in):
    UnitName.objects.create(unit=water, name="水利（水务）局")
    form = unit_form(civil, names=["水利(水务) 局"])
    answer = sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", form)
    assert "已是一个单位的写法" in answer.content.decode()
    sign_in(admin).post(f"/admin/units/unit/{civil.pk}/change/", unit_form(civil, names=["民 政局"]))
    assert [each.name for each in civil.other_names.all()] == ["民政局"]
