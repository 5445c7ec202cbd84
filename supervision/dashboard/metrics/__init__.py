"""What of our records can be measured of a unit, project or envoy: each by the rows another page counts already.

A metric is one key of ``METRICS``; a scheme's item names it. A subject that a metric says nothing of has nothing to be measured there.
"""

from supervision.dashboard.metrics.filing import METRICS as FILING
from supervision.dashboard.metrics.matters import METRICS as MATTERS
from supervision.dashboard.metrics.money import METRICS as MONEY
from supervision.dashboard.metrics.standings import METRICS as STANDINGS

METRICS = {each.key: each for each in (*FILING, *STANDINGS, *MONEY, *MATTERS)}
