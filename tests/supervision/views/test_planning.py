"""Occasions on their pages: entered, scheduled, told, held, settled, answered; the list and its literal questions."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from supervision.actions.directives import checking
from supervision.actions.findings import note_finding
from supervision.actions.meetings import revise_occasion, settle_occasion
from supervision.actions.occasions import announce_occasion, drop_occasion, hold_occasion, plan_occasion, set_stops
from supervision.models import Item, Occasion, OccasionFile
from tests.supervision.conftest import stop_at
from tests.supervision.directives import bring_to, hand_down

D = datetime.date
LIST, PAGE, YEAR, TALKS, LOOK = 15, 20, 15, 12, 6


def read(client, address, **more):
    return client.get(address, **more).content.decode()


def new(programme, **more):
    first = {"plan": programme.pk, "title": "四季度督查", "month": "2015-10", "span": "3", "held_on": "2015-10-20"}
    return first | {"ways": ["看", "听"], "content": "看现场"} | more


def test_an_inspection_is_entered_scheduled_and_told(programme, inspector, project, water, sign_in, reporter):
    desk = sign_in(inspector)
    answer = desk.post("/occasions/new/?kind=INSPECTION", new(programme, co_organisers="县发改局、县重点办"))
    made = Occasion.objects.get()
    assert (answer.url, made.ways, made.period_words) == (f"/occasions/{made.pk}/", "听看", "四季度")
    assert [unit.name for unit in made.co_organisers.order_by("pk")] == ["县发改局", "县重点办"]
    rows = {"s-TOTAL_FORMS": "3", "s-INITIAL_FORMS": "0", "version": made.version}
    rows |= {"s-0-project": project.name, "s-0-day": "2015-10-20", "s-0-hour": "10:30", "s-1-unit": "县水利局"}
    assert "日程已保存" in desk.post(f"{answer.url}stops/", rows, follow=True).content.decode()
    assert [str(stop) for stop in made.stops.all()] == [str(project), "县水利局"]
    told = desk.post(f"{answer.url}announce/", {"letter_number": "", "version": made.version}, follow=True)
    assert "通知已发出" in told.content.decode()
    made.refresh_from_db()
    assert made.letter_number == "督查〔2015〕1号"
    paper = read(sign_in(reporter), f"{answer.url}notice/")
    for words in ("督查〔2015〕1号", "听取汇报、察看现场", "县民政局、县水利局：", "10:30", "关于开展四季度督查的通知"):
        assert words in paper


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_on": "2015-10-19"}, "早于开始日期2015-10-20"),
        ({"title": ""}, "请填写名称"),
        ({"title": "长" * 81}, "名称不超过80字，现有81字"),
        ({"content": "长" * 5001}, "内容和要求不超过5000字"),
        ({"month": "2016-01"}, "不在方案年度内"),
        ({"co_organisers": "没有的局"}, "没有名为“没有的局”的单位"),
        ({"plan": "0"}, "选择一个有效"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(programme, inspector, sign_in, wrong, said):
    answer = sign_in(inspector).post("/occasions/new/?kind=INSPECTION", new(programme, basis="一月一督查", **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "一月一督查" in answer.content.decode()
    assert not Occasion.objects.exists()


def test_what_is_wrong_with_the_schedule_is_told_by_row(inspection, inspector, sign_in):
    rows = {"s-TOTAL_FORMS": "2", "s-INITIAL_FORMS": "0", "version": inspection.version}
    desk = sign_in(inspector)
    for more, said in (
        ({"s-0-people": "石某"}, "请写明去哪个项目或单位"),
        ({"s-0-project": "没有的项目"}, "没有“没有的项目”，请写项目编号或全名"),
        ({"s-0-unit": "县水利局", "s-0-hour": "25:00"}, "时间写作9:30"),
        ({"s-0-unit": "县水利局", "s-0-day": "2015-11-01"}, "2015-11-01不在督查的日期内"),
    ):
        answer = desk.post(f"/occasions/{inspection.pk}/stops/", rows | more)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    stale = desk.post(f"/occasions/{inspection.pk}/stops/", rows | {"s-0-unit": "县水利局", "version": "1"})
    assert "请按最新情况办理" in stale.content.decode()
    assert inspection.stops.count() == 2


def test_a_kind_that_nobody_enters_here_is_told(inspector, programme, sign_in):
    for kind in ("VISIT", "x"):
        assert "没有这个种类" in read(sign_in(inspector), f"/occasions/new/?kind={kind}")


def test_it_is_held_settled_and_answered_on_its_pages(inspection, inspector, reporter, sign_in):
    desk, one = sign_in(inspector), f"/occasions/{inspection.pk}/"
    assert "已记为开展" in desk.post(f"{one}hold/", {"version": inspection.version}, follow=True).content.decode()
    inspection.refresh_from_db()
    head = {"title": "四季度督查", "held_on": "2015-10-20", "conclusion": "总体正常", "version": inspection.version}
    assert "已保存" in desk.post(one, head, follow=True).content.decode()
    inspection.refresh_from_db()
    assert "已定结论" in desk.post(f"{one}settle/", {"version": inspection.version}, follow=True).content.decode()
    unit = sign_in(reporter)
    assert "总体正常" in read(unit, one)
    assert "反馈意见" in read(unit, one)
    assert "已提交" in unit.post(f"{one}answer/", {"text": "没有不同意见"}, follow=True).content.decode()
    assert "反馈意见" not in read(unit, one).split("page-aside")[0].split("page-columns")[0]
    assert "没有不同意见" in read(desk, one)
    assert "已补充" in desk.post(f"{one}word/", {"text": "复核无误"}, follow=True).content.decode()
    assert "复核无误" in read(unit, one)


def test_why_it_is_not_held_is_asked(inspection, inspector, sign_in):
    desk, one = sign_in(inspector), f"/occasions/{inspection.pk}/drop/"
    assert "请填写原因" in desk.post(one, {"reason": " "}).content.decode()
    assert "未开展" in desk.post(one, {"reason": "合并"}, follow=True).content.decode()


def test_files_come_in_and_leave_to_those_who_read_all(inspection, inspector, reporter, leader, sign_in):
    desk = sign_in(inspector)
    files = [SimpleUploadedFile("方案.pdf", b"%PDF-1.4"), SimpleUploadedFile("坏.exe", b"MZ")]
    page = desk.post(f"/occasions/{inspection.pk}/files/", {"files": files}, follow=True).content.decode()
    assert "已上传1个文件" in page
    assert "不支持“坏.exe”的格式" in page
    row = OccasionFile.objects.get()
    answer = desk.get(f"/occasion-files/{row.pk}/")
    assert (answer.getvalue(), answer["Content-Type"]) == (b"%PDF-1.4", "application/pdf")
    announce_occasion(inspection, inspector)
    assert sign_in(reporter).get(f"/occasion-files/{row.pk}/").status_code == 404
    assert "已移除" in desk.post(f"/occasion-files/{row.pk}/remove/", follow=True).content.decode()
    assert desk.get(f"/occasion-files/{row.pk}/").status_code == 404


def test_a_line_of_it_becomes_a_directive_once(inspection, inspector, sign_in, civil):
    note_finding(inspection, inspector, key="1" * 32, stop=inspection.stops.first(), text="6号墩停工", kind="FINDING")
    item, desk = Item.objects.get(), sign_in(inspector)
    link = f"/directives/new/?item={item.pk}"
    assert link in read(desk, f"/occasions/{inspection.pk}/")
    assert "6号墩停工" in read(desk, link)
    form = {"kind": "FINDING", "title": "6号墩停工", "units": "县民政局", "due_on": "2015-10-30"}
    form |= {"p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "0", "p-0-text": "复工", "level": "UNIT"}
    desk.post(link, form)
    assert item.directives.count() == 1
    page = read(desk, f"/occasions/{inspection.pk}/")
    assert link not in page
    assert "交办拟稿" in page


def test_the_list_is_found_filtered_and_handed_out(inspection, inspector, make_inspection, sign_in):
    drop_occasion(make_inspection(title="合并的督查"), inspector, "合并")
    desk = sign_in(inspector)
    for asked, there, gone in (
        ("?kind=INSPECTION&status=DROPPED", "合并的督查", "四季度督查<"),
        ("?unit=shuili", "四季度督查", "合并的督查"),
        ("?unit=slj", "四季度督查", "合并的督查"),
        ("?q=合并", "合并的督查", "四季度督查<"),
        ("?kind=MEETING", "没有符合条件", "四季度督查<"),
    ):
        page = read(desk, f"/occasions/{asked}")
        assert there in page, asked
        assert gone not in page, asked
    assert "没有显示任何内容" in read(desk, "/occasions/?kind=x")
    assert desk.get("/occasions/?format=xlsx")["Content-Type"].startswith("application/vnd")


def test_the_year_shows_who_is_named_twice(inspection, make_inspection, owner, inspector, water, sign_in, outsider):
    page = read(sign_in(owner), "/inspections/?year=2015")
    assert "请商量合并" not in page
    other = make_inspection(by=owner, title="突破年办督查", held_on=D(2015, 10, 26))
    set_stops(other, owner, [stop_at(unit=water)])
    page = read(sign_in(inspector), "/inspections/?year=2015")
    assert "10月 <b>县水利局</b> 要接受 2 次督查" in page
    assert "突破年办督查" not in read(sign_in(outsider), "/inspections/?year=2015")
    assert "没有登记督查" in read(sign_in(owner), "/inspections/?year=2014")
    drop_occasion(other, owner, "合并")
    assert "请商量合并" not in read(sign_in(inspector), "/inspections/?year=2015")


def test_what_was_closed_is_looked_at_on_its_page(inspection, inspector, reporter, sign_in):
    item = note_finding(inspection, inspector, key="1" * 32, stop=None, text="围挡未拆", kind="FINDING")
    desk = sign_in(inspector)
    desk.post(f"/occasions/{inspection.pk}/", {"item": item.pk, "kept": "KEPT"})
    assert "还没有看" in read(desk, "/inspections/look/")
    saved = desk.post(f"/items/{item.pk}/look/", {"is_back": "1", "note": "又堆上了"}, follow=True).content.decode()
    assert "反弹" in saved
    assert "围挡未拆" not in read(sign_in(reporter), "/inspections/look/")


def test_what_came_back_stands_on_both_pages(inspection, inspector, civil, reporter, sign_in):
    item = note_finding(inspection, inspector, key="1" * 32, stop=None, text="围挡未拆", kind="FINDING", unit=civil)
    row = bring_to(hand_down(inspector, civil, item=item)[0], "CHECKING", reporter)
    checking.close(row, inspector, how="看过")
    desk, address = sign_in(inspector), f"/items/{item.pk}/look/"
    assert f"{row.code}同时重新办理" in read(desk, address)
    told = {"is_back": "1", "note": "又堆上了", "due_on": ""}
    for said in ("请写明新期限", "请勾选反弹的是哪几点"):
        assert said in desk.post(address, told).content.decode()
    told["points"] = "2"
    shown = desk.post(address, told | {"due_on": "2015-11-06"}, follow=True).content.decode()
    assert f"{row.code}重新办理" in shown
    assert "办理中" in shown
    page = read(desk, f"/directives/{row.pk}/")
    assert "<dt>回头看</dt>" in page
    assert "回头看：又堆上了" in page
    assert [point.is_open for point in row.points.order_by("number")] == [False, True]


def test_findings_typed_by_a_script_answer_as_data(inspection, inspector, lead, sign_in):
    desk, one = sign_in(inspector), f"/occasions/{inspection.pk}/note/"
    form = {"key": "1" * 32, "stop": inspection.stops.first().pk, "text": "6号墩停工", "kind": "FINDING"}
    first = desk.post(one, form, headers={"accept": "application/json"}).json()
    again = desk.post(one, form, headers={"accept": "application/json"}).json()
    assert (first["number"], again["number"], Item.objects.count()) == (1, 1, 1)
    picture = SimpleUploadedFile("现场.pdf", b"%PDF-1.4")
    sent = desk.post(first["files"], {"files": picture}, headers={"accept": "application/json"})
    assert sent.json() == {"kept": True}
    wrong = desk.post(one, form | {"key": "2" * 32, "text": ""}, headers={"accept": "application/json"})
    assert (wrong.status_code, wrong.json()["error"]) == (422, "请填写看到什么。")
    assert sign_in(lead).post(one, form).status_code in (403, 404)


@pytest.fixture
def full(inspection, inspector, make_inspection, programme, owner, water, civil):
    """More of everything."""

    def make(number):
        for place in range(number):
            other = make_inspection(title=f"督查{place}", held_on=D(2015, 10, 20))
            set_stops(other, inspector, [stop_at(unit=water), stop_at(unit=civil)])
            hold_occasion(other, inspector)
            item = note_finding(other, inspector, key=f"{place:032x}", stop=None, text="围挡", kind="FINDING")
            Item.objects.filter(pk=item.pk).update(kept="KEPT", kept_by=inspector)
            talk = {"month": D(2015, 9, 1), "title": f"约谈{place}", "held_on": D(2015, 10, 19)}
            talk = plan_occasion(programme, owner, "INTERVIEW", **talk)
            set_stops(talk, owner, [stop_at(unit=water)])
            hold_occasion(talk, owner)

    return make


def test_a_year_of_many_inspections_is_shown_by_pages(full, make_inspection, inspector, sign_in, water, civil):
    full(7)
    for place in range(45):
        make_inspection(title=f"暗访{place}", held_on=D(2015, 11, 3))
    desk = sign_in(inspector)
    first, second = (read(desk, f"/inspections/?year=2015&page={page}") for page in (1, 2))
    assert ("共 <b>53</b> 次" in first, "涉及 <b>2</b> 个单位" in first) == (True, True)
    assert ("暗访0" in first, "暗访44" in first, "暗访44" in second) == (True, False, True)
    assert "10月 <b>县水利局</b> 要接受 8 次督查" in first
    assert first.count("次督查：") == 2
    assert "等</td>" in first


@pytest.mark.parametrize("more", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(more, full, inspector, sign_in, django_assert_num_queries):
    full(more)
    desk = sign_in(inspector)
    for address, number in (
        ("/occasions/", LIST),
        ("/inspections/?year=2015", YEAR),
        ("/interviews/", TALKS),
        ("/inspections/look/", LOOK),
    ):
        desk.get(address)
        with django_assert_num_queries(number):
            desk.get(address)


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    more, inspection, inspector, project, sign_in, django_assert_num_queries
):
    set_stops(inspection, inspector, [stop_at(project=project, group=f"第{n}组") for n in range(more)])
    for number in range(more):
        note_finding(inspection, inspector, key=f"{number:032x}", stop=None, text=f"第{number}个", kind="FINDING")
    revise_occasion(inspection, inspector, conclusion="正常")
    settle_occasion(inspection, inspector)
    desk = sign_in(inspector)
    desk.get(f"/occasions/{inspection.pk}/")
    with django_assert_num_queries(PAGE):
        desk.get(f"/occasions/{inspection.pk}/")


def test_a_project_tells_of_its_inspections_by_name(inspection, inspector, project, leader, rf):
    note_finding(inspection, inspector, key="1" * 32, stop=inspection.stops.first(), text="6号墩停工", kind="FINDING")
    request = rf.get("/")
    request.user = leader
    drawn = Template("{% load occasions %}{% project_visits project %}")
    page = drawn.render(Context({"request": request, "project": project}))
    assert "2015-10-20 四季度督查</a>" in page
    assert "未整改" in page
