"""What the floor adds to the demonstration year (``kit.floors.gathered("demo", "PARTS")``): each part notes in the year's agenda what is to happen."""

from supervision.demo.directives import Directives
from supervision.demo.dispatch import Dispatch
from supervision.demo.duties import Duties
from supervision.demo.experiences import Experiences
from supervision.demo.inspections import Inspections
from supervision.demo.papers import Papers
from supervision.demo.rounds import Rounds
from supervision.demo.schemes import Schemes

PARTS = [Dispatch, Duties, Schemes, Directives, Inspections, Experiences, Rounds, Papers]
