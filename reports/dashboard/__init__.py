"""Sums for the overview pages: read-only, as of one month, returned as small frozen values.

Screen, sheet and bulletin call the same functions. A closed month reads its frozen standings; the live one is computed
from the tasks' rows. Nothing here grows with the number of years.
"""

from reports.dashboard.filing import Filing, HeatRow, Owing, filing, heat, owing
from reports.dashboard.progress import (
    REST,
    IndicatorLine,
    Lag,
    Part,
    Sums,
    indicators,
    lags,
    news,
    parts,
    since_last_month,
    totals,
)
from reports.dashboard.scope import Scope, scope_of

__all__ = [
    "REST",
    "Filing",
    "HeatRow",
    "IndicatorLine",
    "Lag",
    "Owing",
    "Part",
    "Scope",
    "Sums",
    "filing",
    "heat",
    "indicators",
    "lags",
    "news",
    "owing",
    "parts",
    "scope_of",
    "since_last_month",
    "totals",
]
