"""What follows: dispatch meetings and visits with what was settled there, and what is handed down."""

from supervision.models.directive import Batch, Directive, DirectiveEvent
from supervision.models.occasion import Item, Occasion, OccasionEvent
from supervision.models.point import Plea, Point
from supervision.models.rhythm import COMING, Rhythm, RhythmEvent, RhythmNote, doers_of
from supervision.models.serial import Serial
from supervision.models.word import OwnerWord, OwnerWordEvent, WrongLink
