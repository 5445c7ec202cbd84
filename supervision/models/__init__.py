"""What follows: dispatch meetings and visits with what was settled there."""

from supervision.models.occasion import Item, Occasion, OccasionEvent
