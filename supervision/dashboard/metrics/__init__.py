"""What of our records can be measured of a unit, project or envoy: each by the rows another page counts already.

A metric is one key of ``METRICS``; a scheme's item names it. A subject that a metric says nothing of has nothing to be measured there.
"""

from supervision.dashboard.metrics import filing, standings, money, matters  # isort: skip
from supervision.dashboard.metrics.scope import METRICS

FILLED_BY = (filing, standings, money, matters)
