"""Papers to one unit begun from the pages: who finds the button, where it leads, what it says when it cannot."""

import pytest

from supervision.models import Paper
from tests.supervision.directives import hand_down


@pytest.fixture
def handed(inspector, civil):
    return hand_down(inspector, civil)[0]


def test_a_slip_is_one_press_from_the_directive(sign_in, inspector, reporter, handed):
    window = sign_in(inspector)
    assert f'action="/directives/{handed.pk}/paper/slip/draft/"' in window.get(f"/directives/{handed.pk}/").text
    answer = window.post(f"/directives/{handed.pk}/paper/slip/draft/")
    assert answer.url == f"/papers/{Paper.objects.get().pk}/edit/"
    assert window.post(f"/directives/{handed.pk}/paper/nothing/draft/").status_code == 404
    unit = sign_in(reporter)
    assert "draft/" not in unit.get(f"/directives/{handed.pk}/").text
    assert unit.post(f"/directives/{handed.pk}/paper/slip/draft/").status_code == 403


def test_commitments_of_a_plan_in_one_press(sign_in, office, reporter, plan, make_task, civil, water):
    window = sign_in(office)
    assert window.post("/papers/commitments/", {"plan": plan.pk}, follow=True).text.count("没有责任书可起草") == 1
    for number, unit in ((1, civil), (2, water)):
        make_task(plan, number, unit)
    assert 'action="/papers/commitments/"' in window.get("/papers/new/").text
    page = window.post("/papers/commitments/", {"plan": plan.pk}, follow=True)
    assert "2个责任单位：新起草责任书2份" in page.text
    assert "没有缺的" in window.post("/papers/commitments/", {"plan": plan.pk}, follow=True).text
    assert Paper.objects.filter(kind="COMMITMENT").count() == 2
    assert sign_in(reporter).post("/papers/commitments/", {"plan": plan.pk}).status_code == 403
    assert window.post("/papers/commitments/", {"plan": "x"}).status_code == 404
