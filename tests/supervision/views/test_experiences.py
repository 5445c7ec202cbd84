"""Pages of cases of reform: offered from the task, listed, chosen, copied; who may not see one does not."""

import pytest

from supervision.actions.experiences import choose, offer
from supervision.models import Copying, Experience

TOLD = {"title": "一窗受理", "difficulty": "跑五个窗口", "done": "并为一个窗口", "result": "平均少跑三趟"}
LIST = 10


@pytest.fixture
def case(task, reporter):
    return offer(task, reporter, **TOLD)


def test_from_the_task_to_the_whole_county(task, reporter, office, make_user, water, sign_in):
    assert f'href="/tasks/{task.pk}/experience/"' in sign_in(reporter).get(f"/tasks/{task.pk}/").content.decode()
    short = sign_in(reporter).post(f"/tasks/{task.pk}/experience/", TOLD | {"done": ""})
    assert short.status_code == 422
    assert "跑五个窗口" in short.content.decode()
    sign_in(reporter).post(f"/tasks/{task.pk}/experience/", TOLD)
    case = Experience.objects.get()
    address = f"/experiences/{case.pk}/"
    learner = make_user("shuili", "REPORTER", water)
    assert sign_in(learner).get(address).status_code == 404
    refused = sign_in(office).post(f"{address}do/", {"verb": "decline", "text": ""})
    assert (refused.status_code, "请写明为什么不选用" in refused.content.decode()) == (422, True)
    assert sign_in(office).post(f"{address}do/", {"verb": "choose", "version": "1"}, follow=True).status_code == 200
    page = (
        sign_in(learner)
        .post(f"{address}do/", {"verb": "copy", "text": "三个站所合并受理"}, follow=True)
        .content.decode()
    )
    assert "三个站所合并受理" in page
    assert Copying.objects.get().unit == water
    assert "没有这样的办理" in sign_in(learner).post(f"{address}do/", {"verb": "praise"}).content.decode()
    assert f'href="{address}"' in sign_in(learner).get("/search/?q=一窗").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_few_and_many(
    count, case, task, reporter, office, sign_in, django_assert_num_queries
):
    for number in range(1, count):
        choose(offer(task, reporter, **TOLD | {"title": f"做法{number}"}), office)
    desk = sign_in(office)
    with django_assert_num_queries(LIST):
        page = desk.get("/experiences/").content.decode()
    assert page.count("一窗受理") >= 1
    assert f"共 <b>{count}</b> 条" in page
    assert "没有符合条件的经验" in desk.get("/experiences/?q=没有的词").content.decode()
    assert desk.get("/experiences/?format=xlsx").headers["Content-Type"].endswith("sheet")
