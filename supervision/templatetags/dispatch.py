"""What the dispatch page draws: the strip of all projects, the track of one, money, people."""

from decimal import Decimal

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from kit.charts.bars import hall_track
from kit.rates import grouped, rounded
from tasks.models import ProjectPerson

register = template.Library()
register.filter("money", grouped)
SHORT = {"danger": "红", "warn": "黄"}
ROLES = (ProjectPerson.Role.LEADER, ProjectPerson.Role.ENVOY)


@register.filter
def yi(wan):
    """万元 as 亿元 with two decimals."""
    return grouped(rounded(Decimal(wan) / 10000, 2))


@register.filter
def signed(points):
    """Ahead has a minus as wide as a digit; nothing to compare has a dash."""
    return "—" if points is None else f"{'−' * (points < 0)}{abs(points)}"


@register.filter
def unsigned(number):
    return "—" if number is None else f"{abs(number)}"


@register.simple_tag
def strip(lines, current, scope):
    """One tile a project: a letter for red and yellow, and its code."""
    return mark_safe("".join(_tile(line, current, scope) for line in lines))


def _tile(line, current, scope):
    tone = line.light.tone
    here = ' aria-current="true"' if current and line.pk == current.pk else ""
    words = escape(f"{line.code} {line.name}，{line.light.label}")
    return (
        f'<li><a class="tone-{tone}" href="{escape(scope)}&amp;project={line.pk}" title="{words}"'
        f' aria-label="{words}"{here}>{_short(line, tone)}</a></li>'
    )


def _short(line, tone):
    """A tile has room for a letter and a number, or for the code."""
    number = "".join(filter(str.isdigit, line.code))[-3:]
    return escape(f"{SHORT[tone]}{number or line.code[-2:]}" if tone in SHORT else line.code[-4:])


@register.simple_tag
def track_of(line, focus):
    if line.share is None:
        return ""
    return hall_track(line.share, focus.due_share, focus.judged.light.tone, whole=grouped(line.year))


@register.simple_tag
def people(project):
    found = {}
    for person in project.people.all():
        found.setdefault(person.role, []).append(person.name)
    parts = []
    for role in ROLES:
        names = "、".join(found.get(role, ()))
        shown = format_html("{}", names) if names else mark_safe('<b class="tone-text tone-danger">空缺</b>')
        parts.append(format_html("{} {}", role.label, shown))
    return mark_safe("　".join(parts))
