"""How papers are drawn on pages, and what other pages show of them."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from supervision.models import Paper
from supervision.papers import reading
from supervision.permissions import can_draft_papers
from units.models import User

register = template.Library()


SHOWN = 6
# As many characters are kept on one line in a table: a number of a task, a unit's short name, a head of two.
SHORT = {"th": 2, "td": 6}


@register.inclusion_tag("supervision/part/desk_papers.html", takes_context=True)
def desk_papers(context):
    user = context["request"].user
    signs = user.role == User.Role.HEAD
    if not signs and not can_draft_papers(user):
        return {}
    rows = Paper.objects.visible_to(user).in_hand(user).select_related("issuer", "sent_by")
    rows = list(rows.order_by("sent_at" if signs else "-word", "-at", "pk")[: SHOWN + 1])
    return {"papers": rows[:SHOWN], "more": len(rows) > SHOWN, "signs": signs, "drafts": not signs}


@register.filter
def day_words(text):
    return reading.day_words(text)


@register.filter
def placed(key, place):
    return f"{place}-{key}"


@register.simple_tag
def paper_table(block, place, paper):
    part = reading.Part(place, block.kind, [], block.figures, block.content)
    return _Drawing(paper).table(part)


@register.simple_tag
def paper_parts(content, paper=None):
    """The parts of a paper as HTML, the annexes apart; with ``paper`` every figure leads to its page."""
    found = reading.parts(content)
    draw = _Drawing(paper)
    body = [draw.part(each) for each in found if each.kind != "ANNEX"]
    annexes = [each for each in found if each.kind == "ANNEX"]
    return {
        "body": mark_safe("".join(body)),
        "annexes": mark_safe("".join(map(draw.part, annexes))),
        "named": [each.title for each in annexes],
    }


@register.simple_tag
def summary_parts(blocks):
    """The parts of a summary that is no paper: every figure leads to the page with its rows."""
    draw = _Live()
    return mark_safe("".join(draw.part(each) for each in reading.parts({"blocks": blocks})))


class _Drawing:
    """Drawn in Python: a table of a hundred rows is too much for a template."""

    def __init__(self, paper):
        self.address = reverse("paper_figure", args=[paper.pk, "KEY"]) if paper else ""

    def part(self, part):
        if part.kind == "HEADING":
            return format_html(
                '<h{0} class="letter-{0}">{1}</h{0}>', min(part.level + 1, 4), self.line(part, part.lines)
            )
        if part.kind == "TEXT":
            return mark_safe("".join(format_html("<p>{}</p>", self.line(part, [line])) for line in part.lines))
        head = f"附件{part.number or ''}" if part.kind == "ANNEX" else ""
        return format_html(
            '<section class="{}">{}<p class="table-title">{}</p>{}</section>',
            "letter-page" if head else "letter-table",
            format_html('<p class="letter-annex-head">{}</p>', head) if head else "",
            self.line(part, part.lines),
            self.table(part),
        )

    def line(self, part, lines):
        return mark_safe("".join(self.piece(part, text, key) for line in lines for text, key in line))

    def piece(self, part, text, key):
        if key is None or not self.address:
            return conditional_escape(text)
        place = self.address.replace("KEY", f"{part.place}-{key}")
        return f'<a class="fig" href="{place}">{conditional_escape(text)}</a>'

    def table(self, part):
        content = part.content
        if not content.get("rows"):
            return ""
        heads = "".join(self.row(part, row, "th") for row in content.get("heads", ()))
        body = "".join(self.row(part, row, "td") for row in content["rows"])
        total = self.row(part, content["sum"], "td") if content.get("sum") else ""
        named = conditional_escape(part.title or f"第{part.place}段的表格")
        return mark_safe(
            f'<div class="paper-table" tabindex="0" role="region" aria-label="{named}"><table>'
            f"<thead>{heads}</thead><tbody>{body}{total}</tbody></table></div>"
        )

    def row(self, part, cells, tag):
        return "<tr>{}</tr>".format("".join(self.cell(part, cell, tag) for cell in cells))

    def cell(self, part, cell, tag):
        key = cell.get("k") if isinstance(cell, dict) else None
        text = reading.value_of(cell)
        short = len(text) <= SHORT[tag]
        css = "num" if tag == "td" and isinstance(cell, dict) else "short" if short else ""
        more = (' scope="col"' if tag == "th" else "") + (f' class="{css}"' if css else "")
        return f"<{tag}{more}>{self.piece(part, text, key)}</{tag}>"


class _Live(_Drawing):
    """Of figures that are no part of a paper."""

    def __init__(self):
        super().__init__(None)

    def piece(self, part, text, key):
        figure = part.figures.get(key) if key else None
        if not figure or not figure["address"]:
            return conditional_escape(text)
        return format_html('<a class="fig" href="{}" title="{}">{}</a>', figure["address"], figure["rule"], text)
