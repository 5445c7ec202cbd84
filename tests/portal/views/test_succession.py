"""The pages on which the administrator renames and merges units: type, look at what follows, one press."""

import pytest
from django.urls import reverse

from reports.actions.writing import submit
from tests.pages import folded
from units.models import Unit, UnitEvent, User

MERGE = reverse("unit_merge")


def rename_url(unit):
    return reverse("unit_rename", args=[unit.pk])


@pytest.fixture
def health(make_unit):
    return make_unit("县卫计局", order=40)


def merging(units, act="merge", **changed):
    values = {
        "unit": [unit.name for unit in units],
        "successor": "县卫计局",
        "new_name": "",
        "new_full_name": "",
        "new_group": "GOVERNMENT",
        "effective_on": "2015-10-20",
        "reason": "株县编〔2015〕9号",
        "keep_names": "on",
        "keep_contacts": "on",
        "act": act,
    }
    return values | changed


RENAMING = {
    "name": "县民政和社会局",
    "full_name": "",
    "keep_name": "on",
    "effective_on": "2015-10-20",
    "reason": "株县编〔2015〕9号",
}


def test_a_stranger_is_led_to_the_login(client, civil):
    assert client.get(MERGE).url.startswith("/login/")
    assert client.get(rename_url(civil)).url.startswith("/login/")


@pytest.mark.parametrize("who", ["office", "reporter", "head", "leader", "inspector", "auditor"])
def test_others_than_the_administrator_are_refused(who, cast, civil, health, sign_in):
    client = sign_in(cast[who])
    for address, values in ((MERGE, merging([civil])), (rename_url(civil), RENAMING)):
        assert client.get(address).status_code == 403
        assert client.post(address, values).status_code == 403
    assert Unit.objects.get(pk=civil.pk).successor is None
    page = client.get(reverse("unit", args=[civil.pk])).content.decode()
    assert rename_url(civil) not in page


def test_other_methods_are_refused_and_a_missing_unit_is_not_there(admin, civil, sign_in):
    client = sign_in(admin)
    assert client.delete(MERGE).status_code == 405
    assert client.delete(rename_url(civil)).status_code == 405
    assert client.get(reverse("unit_rename", args=[999999])).status_code == 404


def test_the_administrator_is_led_there_from_the_unit_and_the_directory(admin, civil, sign_in):
    client = sign_in(admin)
    page = client.get(reverse("unit", args=[civil.pk])).content.decode()
    assert rename_url(civil) in page
    assert f"{MERGE}?unit={civil.pk}" in page
    assert MERGE in client.get(reverse("unit_list")).content.decode()
    assert 'value="县民政局" list="unit-names"' in client.get(f"{MERGE}?unit={civil.pk}").content.decode()
    for word in ("x", "9" * 30, ""):
        assert client.get(f"{MERGE}?unit={word}").status_code == 200


def test_the_preview_shows_tasks_reports_accounts_and_contacts_and_writes_nothing(
    report, task, civil, labour, health, reporter, admin, sign_in
):
    civil.contacts.create(post="LIAISON", name="刘联络", phone="13800000000")
    page = sign_in(admin).post(MERGE, merging([civil], act="preview")).content.decode()
    for words in ("确认办理", task.short_title, "县卫计局、县人社局", "转为承接单位的月报", "刘填报", "联络员刘联络"):
        assert words in page
    assert Unit.objects.get(pk=civil.pk).successor is None


def test_one_press_does_it_with_what_the_preview_sends(report, civil, health, reporter, admin, sign_in):
    client = sign_in(admin)
    form = client.post(MERGE, merging([civil], act="preview")).context["form"]
    again = {}
    for name, value in form.sent:
        again.setdefault(name, []).append(value)
    answer = client.post(MERGE, again | {"act": "merge"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("unit", args=[health.pk])
    assert "县民政局已并入县卫计局" in answer.content.decode()
    assert UnitEvent.objects.get(subject=civil, verb="撤销并入").actor == admin
    assert User.objects.get(pk=reporter.pk).unit == health


def test_several_units_typed_in_one_row_become_a_new_one(civil, labour, health, admin, sign_in):
    values = merging([], unit=["县民政局、县人社局"], successor="", new_name="县民生局", new_full_name="县民生事务局")
    page = sign_in(admin).post(MERGE, values | {"act": "preview"}).content.decode()
    assert "新建单位" in page
    assert not Unit.objects.filter(name="县民生局").exists()
    sign_in(admin).post(MERGE, values)
    new = Unit.objects.get(name="县民生局")
    assert set(new.predecessors.all()) == {civil, labour}
    assert (new.full_name, new.order) == ("县民生事务局", 10)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unit": []}, "请填写被并入、撤销的单位"),
        ({"unit": ["县某局"]}, "没有名为“县某局”的单位"),
        ({"unit": ["县民政局", "县民政局"]}, "重复了"),
        ({"successor": ""}, "二者填一"),
        ({"new_name": "县民生局"}, "二者填一"),
        ({"successor": "", "new_name": "县卫计局"}, "已有名为"),
        ({"successor": "县民政局"}, "不能同时是被撤销的单位"),
        ({"effective_on": "2015-10-21"}, "还没有到"),
        ({"effective_on": "下月"}, "请写明日期"),
        ({"reason": ""}, "请填写"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(changed, sentence, civil, health, admin, sign_in):
    values = merging([civil], new_full_name="打了一半的全称") | changed
    for act in ("preview", "merge"):
        answer = sign_in(admin).post(MERGE, values | {"act": act})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "打了一半的全称" in answer.content.decode()
    assert Unit.objects.get(pk=civil.pk).successor is None


def test_a_second_press_is_told(civil, health, admin, sign_in):
    client = sign_in(admin)
    client.post(MERGE, merging([civil]))
    answer = client.post(MERGE, merging([civil]))
    assert answer.status_code == 422
    assert UnitEvent.objects.filter(subject=civil, verb="撤销并入").count() == 1


def test_a_unit_is_renamed(report, civil, admin, sign_in):
    client = sign_in(admin)
    assert "还没有报送的月报 1 份" in folded(client.get(rename_url(civil)))
    answer = client.post(rename_url(civil), RENAMING, follow=True)
    assert "县民政局已更名为县民政和社会局" in folded(answer)
    assert UnitEvent.objects.get(subject=civil, verb="修改单位").actor == admin


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "必填"),
        ({"name": "县民政局"}, "相同"),
        ({"name": "县卫计局"}, "请改用合并"),
        ({"effective_on": "2015-10-21"}, "还没有到"),
    ],
)
def test_a_bad_name_is_told(changed, sentence, civil, health, admin, sign_in):
    answer = sign_in(admin).post(rename_url(civil), RENAMING | {"full_name": "打了一半"} | changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "打了一半" in answer.content.decode()


def test_the_successors_people_find_what_is_left_of_the_old_unit(
    report, fill, civil, health, reporter, admin, sign_in, at
):
    at("2015-11-02 09:00")
    sign_in(admin).post(MERGE, merging([civil]))
    client = sign_in(User.objects.get(pk=reporter.pk))
    assert "改革创新年（县民政局）" in client.get("/").content.decode()
    page = client.get("/month/2015-10/").content.decode()
    assert "改革创新年（县民政局）" in page
    submit(fill(report), User.objects.get(pk=reporter.pk))
    assert client.get(reverse("report", args=[report.pk])).status_code == 200
    assert client.get(reverse("report_print", args=[report.pk])).status_code == 200


def test_the_abolished_units_page_says_where_it_went(civil, health, admin, reporter, sign_in):
    sign_in(admin).post(MERGE, merging([civil]))
    page = sign_in(admin).get(reverse("unit", args=[civil.pk])).content.decode()
    assert "已停用" in page
    assert "并入或更名为" in page
    assert rename_url(civil) not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_as_many_queries_for_three_tasks_as_for_one(
    count, plan, make_task, civil, labour, health, admin, sign_in, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_task(plan, number, civil, [labour])
    client = sign_in(admin)
    client.get(MERGE)
    with django_assert_num_queries(PREVIEW_QUERIES):
        client.post(MERGE, merging([civil], act="preview"))


PREVIEW_QUERIES = 24
