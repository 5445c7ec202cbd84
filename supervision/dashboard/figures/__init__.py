"""Figures of papers: where each comes from, the rows it is the sum of, and what a draft says with them.

``SOURCES``, ``TABLES`` and ``DRAFTERS`` (``figure``) are filled by the modules named here. ``Scope`` (``scope``) is what a paper looks
at; ``drafted``, ``compute`` and ``moved`` (``comparing``) write a draft, draw its figures again and say what is another now.
"""

from supervision.dashboard.figures import (
    bulletins,
    commitments,
    corrections,
    occasions,
    rankings,
    slips,
    summaries,
    tables,
    times,
)

FILLED_BY = (bulletins, commitments, corrections, occasions, rankings, slips, summaries, tables, times)
