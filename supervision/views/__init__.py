"""Of the floor supervision, one file per noun."""
