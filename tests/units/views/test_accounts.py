"""The administrator's accounts: made, changed, reset, switched."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from kit.refusal import Refusal
from tests.conftest import PASSWORD
from units.actions import accounts as verbs
from units.models import AccountEvent, User

PAGES = ("/accounts/", "/accounts/new/")


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


def typed(**values):
    return {"username": "zhang", "name": "张三", "role": "REPORTER", "unit": "", "phone": "", "email": ""} | values


def test_accounts_are_the_administrators_alone(cast, sign_in, client):
    for address in (*PAGES, f"/accounts/{cast['reporter'].pk}/"):
        allowed = {name for name, user in cast.items() if sign_in(user).get(address).status_code == 200}
        assert allowed == {"admin"}, address
        assert client.get(address).url.startswith("/login/")


@pytest.mark.parametrize("who", ["office", "reporter", "head", "leader", "inspector", "auditor"])
def test_nobody_else_acts(cast, sign_in, who):
    client, target = sign_in(cast[who]), cast["outsider"]
    for tail in ("reset", "switch"):
        assert client.post(f"/accounts/{target.pk}/{tail}/").status_code == 403
    assert client.post("/accounts/new/", typed(role="LEADER")).status_code == 403
    for verb in (verbs.reset_password, lambda user, by: verbs.switch_account(user, by, active=False)):
        with pytest.raises(PermissionDenied):
            verb(target, cast[who])
    target.refresh_from_db()
    assert target.is_active
    assert target.check_password(PASSWORD)


def test_acting_is_not_for_links(desk, reporter):
    for tail in ("reset", "switch"):
        assert desk.get(f"/accounts/{reporter.pk}/{tail}/").status_code == 405


def test_a_new_account_gets_a_password_shown_once(desk, civil, client):
    page = desk.post("/accounts/new/", typed(unit=civil.pk)).content.decode()
    user = User.objects.get(username="zhang")
    password = page.split("<code>")[1].split("</code>")[0]
    assert user.check_password(password)
    assert user.must_change_password
    assert AccountEvent.objects.get(subject=user).verb == "建立账号"
    assert password not in desk.get(f"/accounts/{user.pk}/").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "填报人须选择所在单位。"),
        ({"username": ""}, "请填写用户名。"),
        ({"username": "张三"}, "用户名为2-30位"),
        ({"username": "SysAdmin"}, "这个用户名已有人使用。"),
        ({"phone": "abc"}, "请填写电话号码"),
    ],
)
def test_bad_input_is_told_beside_the_field(desk, values, sentence):
    answer = desk.post("/accounts/new/", typed(**values))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "张三" in answer.content.decode()
    assert not User.objects.filter(name="张三").exists()


def test_nobody_without_a_unit_can_file_even_past_the_form(civil, admin, reporter):
    with pytest.raises(Refusal, match="须有所在单位"):
        verbs.create_account(User(username="x1", name="无单位", role="REPORTER"), admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=reporter.pk).update(unit=None)


def test_a_move_is_on_record_with_old_and_new(desk, reporter, water):
    values = typed(username="minzheng", name="刘填报", unit=water.pk)
    assert desk.post(f"/accounts/{reporter.pk}/", values).status_code == 302
    reporter.refresh_from_db()
    event = AccountEvent.objects.get(subject=reporter, verb="调动单位")
    assert (reporter.unit, event.changes) == (water, {"所在单位": ["县民政局", "县水利局"]})


def test_the_username_does_not_change(desk, reporter, civil):
    desk.post(f"/accounts/{reporter.pk}/", typed(username="other", name="刘填报", unit=civil.pk))
    reporter.refresh_from_db()
    assert reporter.username == "minzheng"


def test_a_reset_ends_the_session_and_asks_for_a_new_password(desk, reporter, sign_in):
    theirs = sign_in(reporter)
    page = desk.post(f"/accounts/{reporter.pk}/reset/").content.decode()
    assert theirs.get("/inbox/").status_code == 302
    reporter.refresh_from_db()
    assert reporter.check_password(page.split("<code>")[1].split("</code>")[0])
    assert reporter.must_change_password


def test_switching_off_ends_the_session_at_once(desk, reporter, sign_in):
    theirs = sign_in(reporter)
    desk.post(f"/accounts/{reporter.pk}/switch/", {"active": "0"})
    assert theirs.get("/inbox/").status_code == 302
    desk.post(f"/accounts/{reporter.pk}/switch/", {"active": "1"})
    verbs_seen = [event.verb for event in AccountEvent.objects.filter(subject=reporter)]
    assert verbs_seen == ["停用账号", "启用账号"]


def test_the_administrator_stays(desk, admin, make_user):
    page = desk.post(f"/accounts/{admin.pk}/switch/", {"active": "0"})
    admin.refresh_from_db()
    assert admin.is_active
    answer = desk.post(f"/accounts/{admin.pk}/", typed(username="sysadmin", name="赵管理", role="LEADER"))
    assert "不能改变自己的角色" in answer.content.decode()
    second = make_user("second", "ADMIN", name="副管理")
    with pytest.raises(Refusal, match="不能停用自己"):
        verbs.switch_account(admin, admin, active=False)
    verbs.switch_account(admin, second, active=False)
    with pytest.raises(Refusal):
        verbs.switch_account(second, second, active=False)
    assert page.status_code in (302, 400)


def test_filters_and_export(desk, cast):
    def rows(query):
        return {user.username for user in desk.get(f"/accounts/?{query}").context["table"].rows}

    assert rows("role=HEAD") == {"minzheng.head"}
    assert rows("q=mzj") == {"minzheng", "minzheng.head"}
    assert rows("active=0") == set()
    assert "角色没有“nonsense”" in desk.get("/accounts/?role=nonsense").content.decode()
    assert desk.get("/accounts/?role=nonsense&format=xlsx").status_code == 400
    exported = load_workbook(BytesIO(desk.get("/accounts/?role=HEAD&format=xlsx").content)).active
    assert "minzheng.head" in [cell.value for row in exported.iter_rows() for cell in row]


def test_the_number_of_queries_does_not_grow(desk, make_user, civil, django_assert_num_queries):
    desk.get("/accounts/")
    with django_assert_num_queries(6):
        desk.get("/accounts/")
    for n in range(3):
        make_user(f"more{n}", "REPORTER", civil)
    with django_assert_num_queries(6):
        desk.get("/accounts/")
