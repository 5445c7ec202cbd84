"""How many of each kind came how far: a row a kind, a column a stage, each number over a bar of its share."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kit.charts.cells import Head, head_of
from kit.charts.parts import framed, href_of, tone_of


@dataclass(frozen=True)
class Step:
    """``count`` came this far, or None where the kind has no such stage; ``href`` leads to them."""

    count: int | None
    href: str = ""
    tone: str = "done"


def drawn(
    stages: Sequence[str], rows: Sequence[tuple[Head | str, Sequence[Step]]], *, corner: str, caption: str
) -> SafeString:
    heads = "".join(f'<th scope="col">{html.escape(stage)}</th>' for stage in stages)
    lines = "".join(f"<tr>{head_of(head, 'row')}{_cells(stages, steps)}</tr>" for head, steps in rows)
    return framed("funnel", caption, f'<th scope="col">{html.escape(corner)}</th>{heads}', lines)


def _cells(stages: Sequence[str], steps: Sequence[Step]) -> str:
    whole = next((step.count for step in steps if step.count), 0)
    return "".join(f"<td>{_cell(step, whole, stage)}</td>" for stage, step in zip(stages, steps, strict=True))


def _cell(step: Step, whole: int, stage: str) -> str:
    if step.count is None:
        return '<span class="muted">—</span>'
    address = href_of(step.href)
    named = (
        f'<a href="{address}" aria-label="{html.escape(stage)}{step.count}个">{step.count}</a>'
        if address
        else str(step.count)
    )
    share = 100 * step.count / whole if whole else 0
    # Narrowing to both sides, so that what falls away is seen between two stages.
    bar = f'<rect x="{50 - share / 2:.2f}%" width="{share:.2f}%" height="10" rx="2"/>' if share else ""
    return f'<b>{named}</b><svg class="funnel-bar tone-{tone_of(step.tone)}" width="100%" height="10" aria-hidden="true">{bar}</svg>'
