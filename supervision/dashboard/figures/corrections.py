"""What a correction says: which figure of which printed paper is another, from what to what."""

from supervision.dashboard.figures.figure import SOURCES, TABLES, Figure, drafter, source
from supervision.dashboard.figures.page import Page
from supervision.dashboard.figures.scope import EYES
from supervision.models import Paper, PaperRecord

SHOWN = 30


def record_of(scope, paper):
    if paper not in scope.printed:
        scope.printed[paper] = PaperRecord.objects.visible_to(EYES).filter(paper=paper).first()
    return scope.printed[paper]


def changed(scope, paper):
    """{key: (figure as printed, as it is now)} of a printed paper, of the moment it was drawn as of; drawn once for all that tell of it."""
    if paper not in scope.corrected:
        record = record_of(scope, paper)
        scope.corrected[paper] = _changes(scope, record.content["blocks"] if record else ())
    return scope.corrected[paper]


def _changes(scope, blocks):
    found = {}
    for block in blocks:
        now = figures_of(scope, block)
        for key in dict.fromkeys([*block["figures"], *now]):
            old, new = block["figures"].get(key), now.get(key)
            if key not in found and (old and old["value"]) != (new and new["value"]):
                found[key] = old, new
    return found


def figures_of(scope, block):
    """The figures of a block, drawn again; what has no source of ours stays."""
    table = next((each["source"] for each in block["figures"].values() if each.get("source") in TABLES), None)
    if block["kind"] in ("TABLE", "ANNEX") and table:
        return TABLES[table].of(scope, **block["content"].get("params", {})).figures
    return {
        key: SOURCES[each["source"]].of(scope, **each["params"]).plain(each["source"], each["params"])
        if each.get("source") in SOURCES
        else each
        for key, each in block["figures"].items()
    }


@source("corrected", "更正的数字", "paper", "figure")
def corrected(scope, paper, figure):
    old, new = changed(scope, paper).get(figure, (None, None))
    label = (new or old or {}).get("label", "")
    told = [each["value"] if each else "（无）" for each in (old, new)]
    rows = tuple(
        (f"{word}：{name}", said, address)
        for word, each in (("原文", old), ("现为", new))
        if each
        for name, said, address in each["records"]
    )
    words = f"“{label}”由“{told[0]}”更正为“{told[1]}”" if old or new else "没有变动"
    return Figure(
        words, "印发件上的数字，与现在同一口径的数字", rows, (new or old or {}).get("address", ""), label=label
    )


@drafter(Paper.Kind.CORRECTION)
def correction(scope, about):
    """What is another, figure by figure; the whole text, with the figures as they are now, follows by who begins it."""
    paper = about.get("replaces")
    page, found = Page(scope), list(changed(scope, paper.pk)) if paper else []
    page.text(
        "；".join(page.put("corrected", paper=paper.pk, figure=key) for key in found[:SHOWN]),
        "；其余见正文" if len(found) > SHOWN else "",
        "。" if found else "",
    )
    return page.blocks
