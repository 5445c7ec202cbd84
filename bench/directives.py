"""Directives in bulk: issued over a year by the inspectorate and the plans' offices, in every state."""

import datetime

from bench.rows import BATCH
from bench.words import title
from kit import clock, deadlines
from supervision.models import Directive, DirectiveEvent, Point, Serial
from units.models import Unit, User

S = Directive.Status
STATES = (S.CLOSED,) * 5 + (S.ONGOING,) * 2 + (S.SENT, S.CHECKING, S.CONTINUING, S.WITHDRAWN)
KINDS, LEVELS = list(Directive.Kind), list(Directive.Level)
TONE = {S.CLOSED: "销号", S.WITHDRAWN: "撤销"}


def make_directives(count, plans, units, tasks):
    """``count`` of them, every third about a task."""
    inspectorate = Unit.objects.get_or_create(name="县委督查室", defaults={"peer_group": "PARTY"})[0]
    User.objects.filter(role=User.Role.INSPECTOR).update(unit=inspectorate)
    by = User.objects.filter(role=User.Role.INSPECTOR).first()
    issuers = [inspectorate, *(plan.office for plan, *_ in plans)]
    numbers, today = dict.fromkeys(issuers, 0), clock.today()
    rows = [_row(place, issuers, numbers, units, tasks, by, today) for place in range(count)]
    rows = Directive.objects.bulk_create(rows, batch_size=BATCH)
    Point.objects.bulk_create(
        (Point(directive=row, number=number, text=title(row.number + number)) for row in rows for number in (1, 2)),
        batch_size=BATCH,
    )
    DirectiveEvent.objects.bulk_create(_events(rows, by), batch_size=BATCH)
    Serial.objects.bulk_create(
        Serial(issuer=issuer, series="交办", year=today.year, last=last) for issuer, last in numbers.items()
    )


def _row(place, issuers, numbers, units, tasks, by, today):
    issuer, status = issuers[place % len(issuers)], STATES[place % len(STATES)]
    numbers[issuer] += 1
    sent = today - datetime.timedelta(days=place % 300)
    due = sent + datetime.timedelta(days=20)
    moment = deadlines.instant(sent, 10)
    later = deadlines.instant(due, 10)
    done = status in (S.CLOSED, S.CHECKING)
    return Directive(
        issuer=issuer,
        series="交办",
        year=today.year,
        number=numbers[issuer],
        kind=KINDS[place % len(KINDS)],
        level=LEVELS[place % len(LEVELS)],
        task=None if place % 3 else tasks[place % len(tasks)],
        title=title(place),
        unit=units[place % len(units)],
        due_on=due,
        first_due_on=due,
        sign_by=sent + datetime.timedelta(days=3),
        review_on=due if status == S.CONTINUING else None,
        sent_at=moment,
        signed_at=None if status == S.SENT else moment,
        handed_in_at=later if done else None,
        closed_at=later if status == S.CLOSED else None,
        status=status,
        by=by,
    )


def _events(rows, by):
    for row in rows:
        for verb, at in (("下达", row.sent_at), (TONE.get(row.status, "签收"), row.sent_at)):
            event = DirectiveEvent.made(row, by, verb, at=at)
            event.status_then = S.SENT if verb == "下达" else row.status
            yield event
