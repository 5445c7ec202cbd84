"""Of the floor reports, one file per noun."""
