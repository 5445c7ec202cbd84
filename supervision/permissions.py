"""Who may dispatch projects, who answers for what was settled, who hands down and who answers."""

from tasks.models import Task
from tasks.permissions import can_manage_plan, leads
from units.models import User


def can_dispatch(user, plan, action=None, sector=None):
    """The unit that leads an action for its projects, a sector's lead for the sector, the plan's office for all."""
    if can_manage_plan(user, plan):
        return True
    if action is not None:
        return action.plan_id == plan.pk and leads(user, action)
    acts = user.is_authenticated and user.does_business and not user.sees_everything and user.unit_id
    return bool(acts) and sector is not None and sector.plan_id == plan.pk and sector.lead_id == user.unit_id


def can_read_dispatch(user, plan, action=None, sector=None):
    return can_dispatch(user, plan, action, sector) or (user.is_authenticated and user.sees_everything)


def can_record_visit(user, plan, leader):
    own = user.is_authenticated and user.role == User.Role.LEADER and user.pk == leader.pk
    return own or can_manage_plan(user, plan)


def can_record_visits(user):
    """Who may record any: leaders, and offices for them."""
    return user.is_authenticated and user.role in (User.Role.LEADER, User.Role.OFFICE)


def can_confirm_word(user, word):
    acts = user.is_authenticated and user.role in User.WITH_UNIT
    return acts and word.confirming_unit is not None and word.confirming_unit.pk == user.unit_id


def acts_for_a_unit(user):
    """Whoever does a unit's business: its 填报人, head and office staff, and inspectors for their 督查室."""
    return user.is_authenticated and user.role in User.ACTING and bool(user.unit_id)


def can_organise(user, plan):
    """The plan's office, whoever leads one of its working groups, sectors or actions of projects, and the 督查室."""
    if not acts_for_a_unit(user):
        return False
    if user.role == User.Role.INSPECTOR or can_manage_plan(user, plan):
        return True
    if plan.groups.filter(leads=user.unit_id).exists() or plan.sectors.filter(lead=user.unit_id).exists():
        return True
    actions = Task.objects.visible_to(user).actions().in_force().filter(plan=plan, plan__kind=plan.Kind.BREAKTHROUGH)
    return actions.filter(responsibilities__unit=user.unit_id, responsibilities__role="LEAD").exists()


def can_keep_interview_rules(user, plan):
    """The plan's office, and the 督查室."""
    return can_manage_plan(user, plan) or (acts_for_a_unit(user) and user.role == User.Role.INSPECTOR)


def can_keep(user, occasion):
    """Write, correct and settle an occasion, and say later whether its items were kept."""
    if occasion.kind == occasion.Kind.VISIT:
        return can_record_visit(user, occasion.plan, occasion.leader)
    if occasion.is_dispatch:
        return can_dispatch(user, occasion.plan, occasion.action, occasion.sector)
    organisers = filter(None, [occasion.unit, *occasion.co_organisers.all()])
    return acts_for_a_unit(user) and any(user.unit_id == (each.answering() or each).pk for each in organisers)


def can_arrange(user, occasion):
    """Say when a proposed interview is held, or why it is not: its organisers, and the plan's office while nothing else is said of it."""
    is_proposed = occasion.status == occasion.Status.PROPOSED
    return can_keep(user, occasion) or is_proposed and can_manage_plan(user, occasion.plan)


def can_answer_occasion(user, occasion):
    """A unit that an inspection or interview names, once it is settled or the talk is over."""
    acts = user.is_authenticated and user.role in User.WITH_UNIT and user.unit_id
    return bool(acts) and any(user.unit_id == (unit.answering() or unit).pk for unit in occasion.named_units())


def can_keep_rhythm(user, plan):
    return can_manage_plan(user, plan)


def can_note_duty(user, plan, unit):
    """Whoever acts for the unit whose duty it is, a 督查室 too, and the plan's office for it."""
    acts = user.is_authenticated and user.role in (*User.WITH_UNIT, User.Role.INSPECTOR)
    return can_manage_plan(user, plan) or (acts and user.unit_id == unit.pk)


def acts_for(user, unit):
    """Whoever handles this unit's business, or that of the unit it was merged into."""
    if not user.is_authenticated or user.role not in User.ACTING or not user.unit_id or unit is None:
        return False
    return user.unit_id == unit.pk or unit.answering() == user.unit


def can_hand_down(user, task=None, item=None):
    """Inspectors anything; a plan's office duties and what its plan holds; who leads an action, sector or group what belongs there.

    Who keeps an occasion hands down what was settled there, whosever the task is: a problem's cause brings it before another action.
    """
    if not user.is_authenticated or user.role not in User.ACTING or not user.unit_id:
        return False
    if user.role == User.Role.INSPECTOR or item is not None and can_keep(user, item.occasion):
        return True
    if task is None:
        return user.role == User.Role.OFFICE
    return can_manage_plan(user, task.plan) or _leads_around(user, task)


def _leads_around(user, task):
    """An action of projects, the action or sector of a project, the group of a section."""
    if not task.is_project and task.plan.kind == task.plan.Kind.BREAKTHROUGH and leads(user, task):
        return True
    if task.is_project:
        sector = task.project.sector
        return leads(user, task.parent) or (sector is not None and sector.lead_id == user.unit_id)
    group = task.section.group if task.section else None
    return group is not None and group.leads.filter(pk=user.unit_id).exists()


def can_order(user):
    """County leaders give orders (批示); inspectors and offices type them for a leader."""
    return user.is_authenticated and user.role == User.Role.LEADER


def can_direct(user, directive):
    """Everything the issuer does: issue, decide, check, close, withdraw, urge."""
    return acts_for(user, directive.issuer)


def can_answer(user, directive):
    """Sign, object, answer, ask for more time: whoever acts for the unit."""
    return acts_for(user, directive.unit)


def can_hand_in(user, directive):
    """The unit; where its head signs, the head."""
    may = can_answer(user, directive)
    return may and (not directive.unit_now.head_signs or user.role == User.Role.HEAD)


def can_remark(user, directive):
    if can_order(user):
        return True
    return any(acts_for(user, unit) for unit in directive.co_issuers.all())


def can_see_burdens(user):
    """How much is asked of whom is for those who ask, and who oversees them."""
    return user.is_authenticated and user.role in User.OVERLOOKERS


def can_see_burden(user, unit):
    return can_see_burdens(user) or (user.is_authenticated and user.does_business and user.unit_id == unit.pk)


def can_draft_papers(user):
    """Offices of plans and the 督查室 write papers; who leads an action or group writes under its own head."""
    return acts_for_a_unit(user) and user.role in (User.Role.OFFICE, User.Role.INSPECTOR)


def can_write_paper(user, paper):
    """Write, send to be signed, withdraw: whoever acts for the unit that drafts it, and for a co-issuer."""
    return can_draft_papers(user) and any(acts_for(user, unit) for unit in (paper.unit, *paper.co_issuers.all()))


def can_sign_paper(user, paper):
    return user.is_authenticated and user.role == User.Role.HEAD and acts_for(user, paper.issuer)


def can_cosign_paper(user, paper):
    """The head of a unit that issues it together with the issuer."""
    heads = user.is_authenticated and user.role == User.Role.HEAD
    return heads and any(acts_for(user, unit) for unit in paper.co_issuers.all())


def can_keep_letterheads(user, unit):
    """How a unit heads and numbers its papers: whoever writes papers for it, and the administrator."""
    admin = user.is_authenticated and user.role == User.Role.ADMIN
    return admin or (can_draft_papers(user) and acts_for(user, unit))


def can_run_scheme(user, scheme):
    """Write a scheme and run its rounds: the office whose scheme it is."""
    return acts_for(user, scheme.unit) and user.role in (User.Role.OFFICE, User.Role.INSPECTOR)


def can_mark(user, item, scheme):
    """Whoever acts for the unit that scores the item; where none is named or nobody is asked to mark, the scheme's office."""
    by_office = item.scorer is None or "MARKING" not in scheme.steps
    return acts_for(user, item.scorer) or (by_office and acts_for(user, scheme.unit))


def can_self_score(user, subject):
    return user.is_authenticated and user.role in User.WITH_UNIT and acts_for(user, subject.unit)


def can_read_ranking(user, round_):
    """All marks and ranks: everybody's who sees the round once it is announced or published; before, its office's and the overseers'."""
    if not user.is_authenticated or not user.does_business:
        return False
    shown = round_.is_out or round_.status == round_.Status.NOTICE
    return shown or user.sees_everything or acts_for(user, round_.scheme.unit)


def can_read_score(user, score):
    """Of a round that is not announced: the unit itself its own, who marks the item what they mark."""
    round_ = score.subject.round
    if can_read_ranking(user, round_) or acts_for(user, score.subject.unit):
        return True
    return round_.status in round_.ASKING and can_mark(user, score.item, round_.scheme)


def can_offer_experience(user, task):
    acts = user.is_authenticated and user.role in User.WITH_UNIT and user.unit_id
    return bool(acts) and any(each.unit_id == user.unit_id for each in task.responsibilities.all())


def can_choose_experience(user, experience):
    return can_manage_plan(user, experience.task.plan)


def can_take_back(user, experience):
    """The unit that offered it while the office has not chosen; after, the office."""
    if experience.status == experience.Status.CHOSEN:
        return can_choose_experience(user, experience)
    return acts_for(user, experience.unit)


def can_write_schemes(user, plan):
    """The plan's office, and the 督查室, each schemes of its own."""
    return can_manage_plan(user, plan) or (acts_for_a_unit(user) and user.role == User.Role.INSPECTOR)


def can_read_summary(user, plan, unit=None):
    """Who oversees, the plan's office; a unit its own. What it says of directives and reports is not for everybody."""
    if not user.is_authenticated or not user.does_business:
        return False
    return user.sees_everything or can_manage_plan(user, plan) or (unit is not None and user.unit_id == unit.pk)
