"""Sums for the overview pages: read-only, as of one month, returned as small frozen values.

Screen, sheet and bulletin call the same functions. A closed month reads its frozen standings; the live one is computed
from the tasks' rows. Nothing here grows with the number of years.
"""

from reports.dashboard.filing import asked_words, filing, heat, owing
from reports.dashboard.progress import (
    REST,
    Sums,
    indicators,
    lags,
    news,
    parts,
    since_last_month,
    totals,
    with_lights_before,
)
from reports.dashboard.scope import scope_of
