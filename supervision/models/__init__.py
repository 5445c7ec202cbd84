"""What follows: dispatch meetings and visits with what was settled there."""

from supervision.models.occasion import Item, Occasion, OccasionEvent
from supervision.models.word import OwnerWord, OwnerWordEvent, WrongLink
