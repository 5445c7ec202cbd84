"""Charts drawn on the server, without script and inline style; their numbers stand in the page.

Tones as everywhere: good, warn, danger, info, done, muted, plain; ``static/zhuzhou.css`` colours ``tone-…``. The markup is
that of docs/face.md. Curves, funnels and timetables are modules of their own.
"""

from kit.charts.bars import bar, stacked_bar
from kit.charts.cells import Cell, Head, heat_map, legend, strip
