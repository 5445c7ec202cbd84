"""A case of reform offered by its unit, chosen or not by the office, copied by others; nobody is scored by how many."""

from django.db import transaction

from kit import clock
from kit.moves import lock, move, require, require_said, require_status
from kit.refusal import Already, Refusal
from supervision.models import Copying, Experience, ExperienceEvent
from supervision.permissions import acts_for_a_unit, can_choose_experience, can_offer_experience, can_take_back
from units.actions.notices import tell

Status = Experience.Status


@transaction.atomic
def offer(task, by, **told):
    """``told`` are title, difficulty, done, result."""
    require(can_offer_experience(by, task))
    made = Experience.objects.create(task=task, unit=by.unit, by=by, **told)
    ExperienceEvent.write(made, by, "推荐")
    return made


@transaction.atomic
def choose(experience, by, *, note="", seen_version=None):
    return _decide(experience, by, Status.CHOSEN, "选用", note, seen_version, chosen_at=clock.now())


@transaction.atomic
def decline(experience, by, *, note, seen_version=None):
    require_said(note, "请写明为什么不选用，推荐单位看得到。")
    return _decide(experience, by, Status.DECLINED, "未选用", note, seen_version)


def _decide(experience, by, status, verb, note, seen_version, **values):
    experience = lock(experience, seen_version=seen_version)
    require(can_choose_experience(by, experience))
    move(experience, status, decision=note, **values)
    ExperienceEvent.write(experience, by, verb, note=note)
    if experience.by.is_active:
        key = f"experience:{experience.pk}:{experience.version}"
        tell([experience.by], key=key, title=f"{verb}：{experience.title}", body=note, url=experience.address)
    return experience


@transaction.atomic
def take_back(experience, by, *, reason, seen_version=None):
    experience = lock(experience, seen_version=seen_version)
    require(can_take_back(by, experience))
    require_said(reason, "请写明为什么撤回。")
    move(experience, Status.TAKEN_BACK, decision=reason)
    ExperienceEvent.write(experience, by, "撤回", note=reason)
    return experience


@transaction.atomic
def copy(experience, by, *, text):
    """Another unit says that it works by this case, once."""
    experience = lock(experience)
    require(acts_for_a_unit(by))
    require_status(experience, Status.CHOSEN, otherwise="还不能登记学用")
    require_said(text, "请写明在本单位怎样学用。")
    if by.unit_id == experience.unit_id:
        raise Refusal("这是本单位自己的经验，不用登记学用。")
    made, is_new = Copying.objects.get_or_create(experience=experience, unit=by.unit, defaults={"text": text, "by": by})
    if not is_new:
        raise Already("本单位已经登记过学用。")
    ExperienceEvent.write(experience, by, "学用", note=text)
    return made
