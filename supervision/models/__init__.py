"""What follows: meetings, inspections, visits and interviews, what is handed down, what owners say, papers, rankings and assessment."""

from supervision.models.directive import Batch, Directive, DirectiveEvent
from supervision.models.experience import Copying, Experience, ExperienceEvent
from supervision.models.ground import Ground
from supervision.models.interview_rule import InterviewRule
from supervision.models.item import Item
from supervision.models.occasion import Occasion, OccasionEvent
from supervision.models.paper import Block, Letterhead, Paper, PaperEvent, PaperFile, PaperRecord
from supervision.models.point import DirectiveFile, Plea, Point
from supervision.models.rhythm import Rhythm, RhythmEvent, RhythmNote, doers_of
from supervision.models.round import Round, RoundEvent, RoundRecord, Subject
from supervision.models.scheme import Scheme, SchemeItem
from supervision.models.score import Objection, PanelMark, Score, ScoreFile
from supervision.models.serial import Serial
from supervision.models.stop import Addition, Answer, OccasionFile, Stop
from supervision.models.word import OwnerWord, OwnerWordEvent, WrongLink
