"""Of the floor units, one file per noun."""
