"""版记: to whom copies go, who printed it and when, at the bottom of the last page."""

import math

from supervision.documents.head import addressed_below, day_words
from supervision.documents.wml import SMALL_CHARACTER, TAB, WIDTH, box, paragraph, rule, run, width_of

# Eighths of a point: 0.35 mm outside, 0.25 mm inside.
OUTSIDE, INSIDE = 8, 6
LINE, RULE = 480, 20
# Letters of 4号 in the first line of those who get copies, and in the lines below it, which begin behind the colon.
FIRST, FURTHER = 28, 25


def imprint(content: dict, width: int = WIDTH) -> str:
    """A box at the bottom of the page its paragraph is on, which is as high: where that has no room, both go on to another page.

    A floating table or frame would do for Word; LibreOffice leaves these where the text ends.
    """
    copies = [("主送", content["main_to"])] if addressed_below(content) else []
    copies += [("抄送", content["copy_to"])] if content["copy_to"] else []
    texts = [f"{word}：{units.strip().rstrip('。；;.，,')}。" for word, units in copies]
    drawn = [
        _rule(OUTSIDE),
        *(part for each in texts for part in (_copies(each), _rule(INSIDE))),
        _printed(content, width),
        _rule(OUTSIDE),
    ]
    height = LINE * (1 + sum(_lines(each, width) for each in texts)) + RULE * (len(texts) + 2)
    place = 'relativeFrom="margin"><wp:align>left</wp:align>', 'relativeFrom="margin"><wp:align>bottom</wp:align>'
    return paragraph("Flush", box("".join(drawn), "版记", (width, height), place, key=9, wrap="wrapNone"), exact=height)


def _lines(text, width):
    more = (width - WIDTH) / SMALL_CHARACTER
    return 1 + max(0, math.ceil((width_of(text) - FIRST - more) / (FURTHER + more)))


def _rule(size):
    return paragraph("Imprint", rule=rule("top", size), exact=RULE)


def _copies(text):
    aside = SMALL_CHARACTER
    return paragraph("Imprint", run(text), exact=LINE, left=4 * aside, hanging=3 * aside, right=aside)


def _printed(content, width):
    day = f"{day_words(content['printed_on'])}印发"
    stop = width - SMALL_CHARACTER
    return paragraph("Imprint", run(content["issuer"]), TAB, run(day), tab=stop, exact=LINE, left=SMALL_CHARACTER)
