"""What a writer may put into a paper: every figure and table its kind and plans can be asked for, of the whole or of a part."""

import re
from dataclasses import dataclass, field
from itertools import product

from supervision.dashboard.figures import directives, filing, occasions, projects, slips, tasks
from supervision.dashboard.figures.figure import NOTHING, SOURCES, TABLES, key_of
from supervision.dashboard.figures.rounds import groups_of
from supervision.models import Paper
from tasks.models import Responsibility

Kind = Paper.Kind
NOUNS = {
    "任务": ("tasks", "units", "changes"),
    "重点项目": ("projects", "approvals"),
    "报送和审核": ("reports", "review"),
    "交办": ("directives", "directive"),
    "活动": ("occasions", "items"),
    "责任书": ("commitment",),
    "考评": ("round",),
    "时间": ("until", "as", "filing"),
}
NOUN_OF = {word: noun for noun, words in NOUNS.items() for word in words}
PLACE = {noun: place for place, noun in enumerate(NOUNS)}
# A figure that cannot be asked without saying which; None is all of them together.
WAYS = {
    "tasks_light": {"light": tasks.LIGHTS},
    "tasks_moved": {"light": tasks.LIGHTS},
    "reports_count": {"fact": [each.value for each in filing.RULES]},
    "reports_missing_named": {"fact": ("missing", "late", "lapsed")},
    "directives_column": {"column": directives.COLUMNS},
    "occasions_held": {"kind": occasions.KINDS},
    "directive_count": {"of": slips.COUNTS},
    "projects_count": {"light": (None, *projects.LIGHTS)},
    "projects_money": {"measure": projects.MEASURES},
    "projects_rate": {"rate": projects.RATES},
    "projects_rate_part": {"rate": projects.RATES},
    "projects_rate_whole": {"rate": projects.RATES},
    "projects_listed": {"how": projects.KINDS},
    "commitment_tasks": {"role": (None, *Responsibility.Role.values)},
}
WORDS = {"light": {key: light.label for key, light in tasks.LIGHTS.items()}, "role": dict(Responsibility.Role.choices)}
SCALES = {"YI": "亿元", "WAN": "万元"}
# What media are not told: who lags and why, what was handed down, how offices review.
INTERNAL = re.compile("_named$|_lagging$|_last$|_stuck|_low|^round_ranking|^(?:directives|review|items|changes)_")


# What a paper is about, besides plans, and figures are asked of.
ABOUT = ("directive", "round")


@dataclass(frozen=True)
class Offer:
    """One figure or table as it would stand in the paper now; ``after`` is the measure that belongs behind it."""

    source: str
    params: dict = field(hash=False)
    noun: str
    label: str
    value: str = ""
    rule: str = ""
    after: str = ""

    @property
    def key(self):
        return key_of(self.source, self.params)

    def says(self, word):
        return word in f"{self.noun}{self.label}{self.rule}"


def figures_offered(paper, scope, part=None):
    """[Offer] of the figures there is something to say of."""
    found = []
    for key, source in _fitting(paper, scope, SOURCES, part):
        for params in _asked(paper, scope, key, source, part):
            figure = source.of(scope, **params)
            if figure.value != NOTHING:
                label = _label(figure.label, params, scope)
                after = SCALES.get(params.get("scale"), "")
                found.append(Offer(key, params, _noun(key), label, figure.value, figure.rule, after))
    return sorted(found, key=lambda each: PLACE[each.noun])


def tables_offered(paper, scope, part=None):
    """[Offer] of the tables with a row at least; their value is how many rows they have."""
    found = []
    for key, source in _fitting(paper, scope, TABLES, part):
        for params in _asked(paper, scope, key, source, part):
            if rows := len(source.of(scope, **params).content["rows"]):
                found.append(Offer(key, params, _noun(key), _label(source.label, params, scope), f"{rows}行"))
    return sorted(found, key=lambda each: PLACE[each.noun])


def _fitting(paper, scope, sources, part):
    """Those that may be asked of this paper and this part of it."""
    for key, source in sources.items():
        noun = NOUN_OF.get(key.split("_")[0])
        lacks = (
            noun is None
            or (part and part.name not in source.params)
            or (noun == "重点项目" and not scope.programmes)
            or (noun == "责任书" and (paper.kind != Kind.COMMITMENT or not (part or paper.addressee_id)))
            or any(name in source.params and not getattr(paper, f"{name}_id") for name in ABOUT)
            or (paper.kind == Kind.MEDIA and INTERNAL.search(key))
        )
        if not lacks:
            yield key, source


def _asked(paper, scope, key, source, part):
    """Each way the source is asked, as its params."""
    fixed = {part.name: part.value} if part else {}
    if key.startswith("commitment_") and not part:
        fixed["unit"] = paper.addressee_id
    fixed |= {name: getattr(paper, f"{name}_id") for name in ABOUT if name in source.params}
    ways = dict(WAYS.get(key, {}))
    if "group" in source.params and "group" not in fixed:
        ways["group"] = range(len(groups_of(scope, paper.round_id)))
    for values in product(*ways.values()):
        params = fixed | {name: value for name, value in zip(ways, values, strict=True) if value is not None}
        if "scale" in source.params:
            params["scale"] = projects.scale_of(scope, **{name: params[name] for name in fixed})
        yield params


def _noun(key):
    return NOUN_OF[key.split("_")[0]]


def _label(label, params, scope):
    """As the figure is called, with which one it is where the name does not say so."""
    told = [words[params[name]] for name, words in WORDS.items() if name in params and words[params[name]] not in label]
    if "group" in params:
        told.append(groups_of(scope, params["round"])[params["group"]]["name"])
    return label + (f"（{'、'.join(told)}）" if told else "")
