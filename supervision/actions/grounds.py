"""What a corrected round does to the interviews that rested on it: each is asked about again, and somebody says what follows."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, lock_rows, require, require_said
from kit.refusal import Already, Refusal
from supervision.models import Ground, Occasion, OccasionEvent
from supervision.permissions import can_arrange
from units.actions.notices import tell
from units.models import User

AGAIN, DECIDED = "依据已更正", "重新研究"


def ask_again(round_, moved):
    """Mark every interview proposed from an earlier edition; ``moved`` is {subject: what the correction made of it}."""
    grounds = Ground.objects.filter(subject__round=round_, subject__in=moved)
    grounds = grounds.exclude(occasion__status=Occasion.Status.DROPPED)
    lock_rows(Occasion.objects.filter(pk__in=grounds.values("occasion")))
    for ground in grounds.select_related("occasion__unit").order_by("occasion", "pk"):
        words = f"第{round_.edition}版：{moved[ground.subject_id]}"[:200]
        change(ground, moved=words, asked_at=clock.now(), decision="", decided_by=None, decided_at=None)
        occasion = ground.occasion
        change(occasion)
        OccasionEvent.write(occasion, None, AGAIN, note=f"{ground.words}。{ground.moved}")
        told = {"title": f"约谈依据已更正：{occasion}", "body": f"{ground.words}。{ground.moved}。请重新研究是否约谈。"}
        key, url = f"ground:{ground.pk}:{round_.edition}", f"/occasions/{occasion.pk}/"
        people = User.objects.acting_for([occasion.unit.answering() or occasion.unit])
        tell(people, key=key, url=url, private=True, **told)


@transaction.atomic
def decide_ground(ground, by, *, decision):
    occasion = lock(ground.occasion)
    require(can_arrange(by, occasion))
    row = Ground.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=ground.pk)
    if row.decided_at:
        raise Already(f"{row.decided_by.name}已经写明：{row.decision}")
    if not row.asked_at:
        raise Refusal("这条依据没有更正过，不用重新研究。")
    change(row, decision=require_said(decision, "请写明研究结果。"), decided_by=by, decided_at=clock.now())
    OccasionEvent.write(occasion, by, DECIDED, note=f"{row.moved}。{row.decision}")
    return row
