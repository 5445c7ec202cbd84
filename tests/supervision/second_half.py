"""A row of everything papers, schemes, rounds and experience keep, for tests that walk all models."""

import datetime

from kit import clock
from supervision.models import Objection, PanelMark, Round, RoundRecord, Score, ScoreFile, Subject
from supervision.models.experience import Copying, Experience
from supervision.models.paper import Block, Letterhead, Paper, PaperFile, PaperRecord
from supervision.models.scheme import FullMark, PeerGroup, Scheme, SchemeItem

D = datetime.date
FILE = {"name": "x.pdf", "size": 1, "checksum": "x", "file": "none.pdf", "kind": "pdf"}
FROZEN = {"content": {}, "checksum": "x", "author_name": "x"}


def one_of_each(plan, unit, by, task, *, project=None):
    """A draft paper, a scheme with a round that goes on, an experience offered; ``unit`` stands wherever a unit may."""
    office = plan.office or unit
    scheme = Scheme.objects.create(plan=plan, unit=office, name="季度排名", by=by)
    group = PeerGroup.objects.create(scheme=scheme, name="县直单位")
    group.units.add(unit)
    item = SchemeItem.objects.create(scheme=scheme, number=1, title="投资率", full=35, scorer=unit)
    FullMark.objects.create(item=item, group=group, full=30)
    round_ = Round.objects.create(scheme=scheme, month=D(2015, 7, 1), until=D(2015, 9, 1), by=by)
    subject = Subject.objects.create(round=round_, unit=unit, project=project, name=unit.name, group=group.name)
    score = Score.objects.create(subject=subject, item=item, full=30)
    PanelMark.objects.create(score=score, seat="评委一", mark=20, by=by)
    ScoreFile.objects.create(score=score, by=by, **FILE)
    Objection.objects.create(score=score, text="x", wanted="x", by=by)
    RoundRecord.objects.create(round=round_, edition=1, author=by, at=clock.now(), **FROZEN)
    Letterhead.objects.create(unit=unit, kind="BULLETIN", masthead="督查通报", series="督查通报")
    paper = Paper.objects.create(
        kind="BULLETIN", title="9月通报", unit=unit, issuer=unit, addressee=unit, year=2015, drafted_by=by
    )
    paper.plans.add(plan)
    paper.co_issuers.add(unit)
    Block.objects.create(paper=paper, order=1, text="现通报如下。")
    PaperFile.objects.create(paper=paper, by=by, **FILE)
    PaperRecord.objects.create(paper=paper, author=by, at=clock.now(), **FROZEN)
    case = Experience.objects.create(
        task=task, unit=unit, title="一窗受理", difficulty="x", done="x", result="x", by=by
    )
    Copying.objects.create(experience=case, unit=unit, text="x", by=by)
    return {
        "papers": paper.pk,
        "schemes": scheme.pk,
        "rounds": round_.pk,
        "subjects": subject.pk,
        "scores": score.pk,
        "experiences": case.pk,
    }
