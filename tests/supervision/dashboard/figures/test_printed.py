"""Nothing printed changes: what happens to reports, months and units afterwards is said beside it, never in it."""

import datetime

from django.urls import reverse

from reports.actions.corrections import correct as correct_month
from reports.models import Standing
from supervision.actions.papers.drafting import start
from supervision.actions.papers.signing import send, sign
from supervision.actions.rounds.publishing import publish
from supervision.actions.rounds.running import open_round
from supervision.dashboard.figures.comparing import moved
from supervision.dashboard.simulation import simulate
from supervision.models import Score, Subject
from supervision.models.scheme import PeerGroup, Scheme, SchemeItem
from supervision.tables.archived_papers import ARCHIVED
from tests.supervision.dashboard.figures.conftest import SEPTEMBER
from units.actions.succession import merge_units, rename_unit

D = datetime.date
FACES = ("paper_print", "paper_text", "paper_docx")


def faces(paper, client):
    """Every form a paper is handed out in, and what the archive keeps of its figures."""
    given = {name: client.get(reverse(name, args=[paper.pk])).content for name in FACES}
    _, figures, rows = ARCHIVED.sheets(paper.plans.get(), [])
    return given | {"archive": (list(figures.rows), list(rows.rows), ARCHIVED.make(str(paper.pk)))}


def test_a_month_corrected_a_unit_renamed_and_one_merged_change_no_face_of_a_paper(
    month, plan, office, office_head, letterhead, labour, water, civil, admin, leader, sign_in, at
):
    paper = start(office, "BULLETIN", plans=[plan], month=SEPTEMBER, main_to="各责任单位")
    send(paper, office)
    printed, reading = sign(paper, office_head), sign_in(leader)
    before = faces(printed, reading)
    at("2015-10-22 09:00:00")
    standing = Standing.objects.get(period=month, task__number="1")
    correct_month(standing, office, progress=60, reason="多报一项未计", seen=20)
    told = {"full_name": "", "effective_on": D(2015, 10, 22), "reason": "株发〔2015〕9号"}
    rename_unit(labour, admin, name="县人力社保局", **told)
    merge_units([water], civil, admin, effective_on=D(2015, 10, 22), reason="株发〔2015〕9号")
    assert faces(printed, reading) == before
    assert {each.key: (each.old, each.new) for each in moved(printed)}["tasks_light-lightRED"] == ("2", "1")


def test_a_round_gives_what_the_simulation_gave(month, plan, reform_office, office, civil, labour, water):
    scheme = Scheme.objects.create(
        plan=plan, unit=reform_office, name="月排名", minimum=3, low_count=1, months=1, steps=[]
    )
    PeerGroup.objects.create(scheme=scheme, name="县直", order=1).units.set([civil, labour, water])
    words = {"each": {"迟报": "1", "缺报": "3", "退回未重报": "2"}}
    items = (("进度", 60, "SHARE", "progress", {}), ("报送", 40, "EVENTS", "on_time", words))
    for number, (title, full, way, metric, params) in enumerate(items, 1):
        SchemeItem.objects.create(
            scheme=scheme, number=number, title=title, full=full, way=way, metric=metric, params=params
        )
    simulated = simulate(scheme, SEPTEMBER, SEPTEMBER)
    made = publish(open_round(scheme, office, SEPTEMBER), office)
    rows = {(each.name, each.total, each.rank, each.is_low) for each in simulated.result.rows}
    assert {(each.name, each.total, each.rank, each.is_low) for each in Subject.objects.filter(round=made)} == rows
    marks = {(row.name, score.item.number, score.mark) for row in simulated.result.rows for score in row.scores}
    kept = Score.objects.filter(subject__round=made).values_list("subject__name", "item__number", "mark")
    assert set(kept) == marks
    assert len({total for _, total, *_ in rows}) == 3
