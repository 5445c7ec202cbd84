"""What follows: dispatch meetings and visits with what was settled there."""

from supervision.models.occasion import Item, Occasion, OccasionEvent
from supervision.models.rhythm import COMING, Rhythm, RhythmEvent, RhythmNote, doers_of
from supervision.models.word import OwnerWord, OwnerWordEvent, WrongLink
